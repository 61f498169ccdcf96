//! "Did you mean": the one known word that a written word was probably meant to be.

/// The nearest candidate, if it is near enough and no other is as near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = word.to_lowercase().chars().collect();
    let limit = (written.len() / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    let mut unique = true;
    for candidate in candidates {
        let known: Vec<char> = candidate.to_lowercase().chars().collect();
        if known.len().abs_diff(written.len()) > limit {
            continue;
        }
        let distance = distance(&written, &known);
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, other)) if distance == least => unique &= other == candidate,
            _ => {
                best = Some((distance, candidate));
                unique = true;
            }
        }
    }
    best.filter(|(distance, _)| *distance <= limit && unique).map(|(_, candidate)| candidate)
}

/// "`a`, `b` or `c`", for messages.
pub fn either<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|w| format!("`{w}`")).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// Damerau's distance (optimal string alignment): a swap of neighbours counts once, because `titel` is one slip.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_one_that_was_meant() {
        assert_eq!(nearest("titel", ["title", "type"]), Some("title"));
        assert_eq!(nearest("severtiy", ["severity", "status"]), Some("severity"));
        assert_eq!(nearest("Checkout", ["checkout", "catalog"]), Some("checkout"));
    }

    #[test]
    fn stays_silent_rather_than_guess() {
        assert_eq!(nearest("sev9", ["sev1", "sev2"]), None);
        assert_eq!(nearest("banana", ["title", "type"]), None);
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn lists_read_well() {
        assert_eq!(either(["a"]), "`a`");
        assert_eq!(either(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
