//! Which records know of each other.

use crate::record::{Record, Target};

/// Whether one of them names the other, by its id or by one it had.
pub fn are_linked(a: &Record, b: &Record) -> bool {
    names(a, b) || names(b, a)
}

fn names(from: &Record, to: &Record) -> bool {
    from.references.iter().filter(|reference| reference.target == Target::Incident).any(|reference| {
        let name = reference.name.value.as_str();
        name == &*to.id || to.aliases().iter().any(|alias| alias.value == name)
    })
}

#[cfg(test)]
mod tests {
    use crate::record::archive::{Archive, Memory};

    #[test]
    fn a_service_that_is_called_like_an_old_id_is_no_link() {
        let are_linked = |keys: &str| {
            let file = |id: &str, keys: &str| {
                (format!("incidents/2024/05/{id}/incident.md"), format!("---\ntitle: Checkout fails\n{keys}\n---\n"))
            };
            let named = file("2024-05-02-named", "aliases: [checkout]");
            let archive = Archive::load(&Memory([file("2024-05-01-naming", keys), named].into())).unwrap();
            super::are_linked(&archive.records[0], &archive.records[1])
        };
        assert!(are_linked("related: {recurrence_of: [checkout]}"));
        assert!(are_linked("related: {recurrence_of: [2024-05-02-named]}"));
        let impact = "timeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, impact: {checkout: degraded}}";
        assert!(!are_linked(impact));
    }
}
