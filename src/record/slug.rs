//! Names as ids: `[a-z0-9-]`.

use std::collections::BTreeSet;

use super::id::MAX_LENGTH;

/// A text in lower case with hyphens for everything that is neither a letter of ASCII nor a digit. May be empty.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match fold(c) {
            Some(plain) => out.push_str(plain),
            None if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            None if c == '\'' || c == '’' => {}
            None if !out.ends_with('-') => out.push('-'),
            None => {}
        }
    }
    out.trim_matches('-').to_owned()
}

/// The letters of western Europe without their marks, so that `Zürich` stays readable.
fn fold(c: char) -> Option<&'static str> {
    const FOLDED: [(&str, &str); 11] = [
        ("àáâãåāÀÁÂÃÅĀ", "a"),
        ("çčćÇČĆ", "c"),
        ("èéêëēěÈÉÊËĒĚ", "e"),
        ("ìíîïīÌÍÎÏĪ", "i"),
        ("ñńÑŃ", "n"),
        ("òóôõøōÒÓÔÕØŌ", "o"),
        ("ùúûūůÙÚÛŪŮ", "u"),
        ("ýÿÝ", "y"),
        ("äÄæÆ", "ae"),
        ("öÖœŒ", "oe"),
        ("üÜ", "ue"),
    ];
    FOLDED.iter().find(|(letters, _)| letters.contains(c)).map(|(_, plain)| *plain).or(if c == 'ß' {
        Some("ss")
    } else {
        None
    })
}

/// The id of a record: its day and the first of some names that is not empty as a slug.
pub fn record_id(day: &str, names: &[&str], fallback: &str, taken: &BTreeSet<String>) -> String {
    let name = names.iter().map(|name| slug(name)).find(|name| !name.is_empty()).unwrap_or_else(|| fallback.to_owned());
    unique(&format!("{day}-{name}"), taken)
}

/// An id that is not taken: the wanted one, cut at a word, with a number where another has it.
pub fn unique(wanted: &str, taken: &BTreeSet<String>) -> String {
    let first = cut(wanted, MAX_LENGTH);
    if !taken.contains(first) {
        return first.to_owned();
    }
    (2..)
        .map(|n| {
            let ending = format!("-{n}");
            format!("{}{ending}", cut(wanted, MAX_LENGTH - ending.len()))
        })
        .find(|id| !taken.contains(id))
        .unwrap_or_else(|| first.to_owned())
}

fn cut(id: &str, limit: usize) -> &str {
    if id.len() <= limit {
        return id;
    }
    // One very long word is cut in the middle, rather than leave the day alone.
    let end = id[..=limit].rfind('-').filter(|end| *end > limit / 2).unwrap_or(limit);
    id[..end].trim_end_matches('-')
}

/// An id for something with a title, in a list in which some are taken. `otherwise` is for titles without any letter of ASCII.
pub fn of_title(title: &str, otherwise: &str, taken: &BTreeSet<String>) -> String {
    let slug = slug(title);
    unique(if slug.is_empty() { otherwise } else { &slug }, taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        assert_eq!(slug("Compute/NYC1"), "compute-nyc1");
        assert_eq!(slug("  API: we're (partly) down! "), "api-were-partly-down");
        assert_eq!(slug("Zürich Börse"), "zuerich-boerse");
        assert_eq!(slug("決済"), "");
    }

    #[test]
    fn ids_are_unique_and_short_enough() {
        let mut taken = BTreeSet::new();
        let id = |taken: &BTreeSet<String>| record_id("2024-05-01", &["決済", "pay"], "incident", taken);
        assert_eq!(id(&taken), "2024-05-01-pay");
        taken.insert("2024-05-01-pay".into());
        assert_eq!(id(&taken), "2024-05-01-pay-2");
        assert_eq!(record_id("2024-05-01", &["決済"], "incident", &taken), "2024-05-01-incident");

        let long = format!("2024-05-01-{}", "word-".repeat(30));
        let first = unique(&long, &taken);
        assert!(first.len() <= MAX_LENGTH && first.ends_with("-word"), "{first}");
        taken.insert(first);
        let second = unique(&long, &taken);
        assert!(second.len() <= MAX_LENGTH && second.ends_with("-word-2"), "{second}");
        let one_word = unique(&format!("2024-05-01-{}", "x".repeat(100)), &taken);
        assert_eq!(one_word, format!("2024-05-01-{}", "x".repeat(69)));
    }
}
