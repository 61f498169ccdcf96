//! Looks for words in any case of Latin letters.

use aho_corasick::{AhoCorasick, Match, MatchKind, packed};

/// Words that are looked for together. A text is turned into small letters first: so a few words are found many bytes at a
/// time, and not letter by letter with both cases of each in mind.
#[derive(Clone, Debug)]
pub struct AnyCase {
    /// Nothing where there are no words.
    search: Option<Search>,
}

#[derive(Clone, Debug)]
enum Search {
    /// Of a few words, where the machine can do it. The automaton looks for their rarest letter first, and in prose none is rare.
    Packed(packed::Searcher),
    Automaton(AhoCorasick),
}

impl Search {
    fn of(words: &[String]) -> Option<Self> {
        if words.is_empty() {
            return None;
        }
        let packed =
            packed::Config::new().match_kind(packed::MatchKind::LeftmostLongest).builder().extend(words).build();
        let automaton = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
        packed.map(Self::Packed).or_else(|| automaton().ok().map(Self::Automaton))
    }
}

impl AnyCase {
    pub fn new(words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_ascii_lowercase()).collect();
        Self { search: Search::of(&words) }
    }

    /// Whether any of the words stands somewhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.search.as_ref().is_some_and(|search| match search {
            Search::Packed(words) => words.find(text.to_ascii_lowercase()).is_some(),
            Search::Automaton(words) => words.is_match(&text.to_ascii_lowercase()),
        })
    }

    /// Where the words stand, the longest of those that begin at one place. None overlaps another.
    pub fn find_all(&self, text: &str) -> Vec<Match> {
        match &self.search {
            None => Vec::new(),
            Some(Search::Packed(words)) => words.find_iter(&text.to_ascii_lowercase()).collect(),
            Some(Search::Automaton(words)) => words.find_iter(&text.to_ascii_lowercase()).collect(),
        }
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

    #[test]
    fn many_words_are_found_as_few_are() {
        let words: Vec<String> = (10..90).map(|i| format!("Pool{i}")).chain(["pool10 is".to_owned()]).collect();
        let (few, many) = (AnyCase::new(&words[..2]), AnyCase::new(&words));
        assert!(matches!(many.search, Some(Search::Automaton(_))));
        let found =
            |text: &str| many.find_all(text).iter().map(|found| text[found.range()].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("The pool10 IS full, pOOL89 too."), ["pool10 IS", "pOOL89"]);
        for (text, is_there) in
            [("POOL10", true), ("a carpool11s", true), ("pool", false), ("", false), ("pool 10, pool1 1", false)]
        {
            assert_eq!((few.is_in(text), many.is_in(text)), (is_there, is_there), "{text}");
        }
    }
}
