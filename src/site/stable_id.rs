//! Ids as the status page API and the feeds have them: twelve characters that never change for a record.

/// Twelve characters of `[a-z0-9]` that follow from a name alone. Names of different kinds do not meet.
pub fn stable_id(kind: &str, name: &str) -> String {
    let mut hash = fnv1a(&[kind, "/", name].concat());
    let digit = |n: u64| char::from_digit((n % 36) as u32, 36).unwrap_or('0');
    let mut id = String::with_capacity(12);
    for _ in 0..12 {
        id.push(digit(hash));
        hash /= 36;
    }
    id
}

/// Whether a text has the form of one.
pub fn is_one(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// A short name for a content, so that a changed one is not taken from a cache.
pub fn version<'a>(contents: impl Iterator<Item = &'a [u8]>) -> String {
    let hash = contents.fold(FNV_OFFSET, fnv1a_from);
    format!("{:08x}", hash as u32 ^ (hash >> 32) as u32)
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, because its result is the same for all time, and a little mixing, because its high bits are weak.
fn fnv1a(text: &str) -> u64 {
    let hash = fnv1a_from(FNV_OFFSET, text.as_bytes());
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

fn fnv1a_from(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn an_id_is_twelve_characters_and_never_changes() {
        let id = stable_id("incident", "2024-05-01-checkout-errors");
        assert_eq!(id, stable_id("incident", "2024-05-01-checkout-errors"));
        assert_eq!(id, "wr7id7a3nyes");
        assert!(id.len() == 12 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    }

    #[test]
    fn names_of_different_kinds_do_not_meet() {
        assert_ne!(stable_id("incident", "checkout"), stable_id("component", "checkout"));
    }

    #[test]
    fn many_names_have_as_many_ids() {
        let ids: HashSet<String> =
            (0..20_000).map(|n| stable_id("incident", &format!("2024-05-01-event-{n}"))).collect();
        assert_eq!(ids.len(), 20_000);
    }
}
