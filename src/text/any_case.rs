//! Looks for words in any case of Latin letters.

use aho_corasick::{AhoCorasick, Match, MatchKind};

/// Words that are looked for together. A text is turned into small letters first: so a few words are found many bytes at a
/// time, and not letter by letter with both cases of each in mind.
#[derive(Clone, Debug)]
pub struct AnyCase {
    /// Nothing where there are no words.
    search: Option<AhoCorasick>,
}

impl AnyCase {
    pub fn new(words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_ascii_lowercase()).collect();
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words);
        Self { search: search.ok().filter(|_| !words.is_empty()) }
    }

    /// Whether any of the words stands somewhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.search.as_ref().is_some_and(|search| search.is_match(&text.to_ascii_lowercase()))
    }

    /// Where the words stand, the longest of those that begin at one place. None overlaps another.
    pub fn find_all(&self, text: &str) -> Vec<Match> {
        let small = text.to_ascii_lowercase();
        self.search.iter().flat_map(|search| search.find_iter(&small)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_where_the_text_has_them() {
        let words = AnyCase::new(["Pool", "pool is", "è risolto", "부주의"]);
        let found = |text| words.find_all(text).iter().map(|found| &text[found.range()]).collect::<Vec<_>>();
        assert_eq!(found("È già: the POOL IS full, pools too"), ["POOL IS", "pool"]);
        assert_eq!(found("è RISOLTO; 작업자의 부주의로"), ["è RISOLTO", "부주의"]);
        assert!(words.is_in("carPOOL") && !words.is_in("po ol"));
        assert!(!AnyCase::new([""; 0]).is_in("anything"));
    }
}
