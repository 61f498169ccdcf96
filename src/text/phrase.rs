//! Looks for words in the prose of people.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::any_case::AnyCase;
use super::word;

/// Phrases that are looked for together, in one pass over a text.
///
/// A phrase is found as whole words, in any case of Latin letters, across line breaks. Korean and Japanese write endings
/// and neighbours without a space between, so a phrase may begin or end inside what looks like a word there.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The longest word of each phrase: few texts have one of these, while many have the words that phrases begin with.
    anchors: AnyCase,
    /// Finds where each phrase may begin. Nothing where there are no phrases.
    heads: Option<AhoCorasick>,
    phrases: Vec<String>,
}

impl Lexicon {
    /// A blank phrase is none.
    pub fn new<'p>(phrases: impl IntoIterator<Item = &'p str>) -> Self {
        let phrases = phrases.into_iter().map(str::trim).filter(|phrase| !phrase.is_empty());
        let phrases: Vec<String> = phrases.map(str::to_owned).collect();
        let heads =
            AhoCorasick::builder().ascii_case_insensitive(true).build(phrases.iter().map(|phrase| head(phrase)));
        let heads = heads.ok().filter(|_| !phrases.is_empty());
        Self { anchors: AnyCase::new(anchors(&phrases)), heads, phrases }
    }

    /// Where the phrases stand, as bytes, in the order of the text.
    pub fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a str)> {
        let may_be_there = self.anchors.is_in(text);
        let starts =
            self.heads.iter().filter(move |_| may_be_there).flat_map(move |heads| heads.find_overlapping_iter(text));
        starts.filter_map(move |found| {
            let (start, phrase) = (found.start(), self.phrases.get(found.pattern().as_usize())?);
            let end = start + length_of(text.get(start..)?, phrase)?;
            word::is_whole(text, start..end).then_some((start..end, phrase.as_str()))
        })
    }

    /// Whether any of the phrases stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.find_all(text).next().is_some()
    }
}

/// The parts of a phrase between the places where a text may be written in another way.
fn words(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(|c: char| c == ' ' || is_apostrophe(c))
}

fn head(phrase: &str) -> &str {
    words(phrase).next().unwrap_or(phrase)
}

/// Of two that are as long the first: before a noun such as `error` stands what tells it from others.
fn anchor(phrase: &str) -> &str {
    words(phrase).reduce(|longest, word| if word.len() > longest.len() { word } else { longest }).unwrap_or(phrase)
}

/// The anchors of phrases without those that have another one inside: the fewer there are, the faster they are found.
fn anchors(phrases: &[String]) -> Vec<&str> {
    let mut all: Vec<&str> = phrases.iter().map(|phrase| anchor(phrase)).collect();
    all.sort_by_key(|anchor| anchor.len());
    let mut kept: Vec<&str> = Vec::new();
    for anchor in all {
        if !kept.iter().any(|shorter| anchor.contains(shorter)) {
            kept.push(anchor);
        }
    }
    kept
}

/// The sentence around a place of a text.
pub fn sentence(text: &str, place: &Range<usize>) -> Range<usize> {
    let is_end = |(_, c): &(usize, char)| matches!(c, '.' | '!' | '?' | ';' | '。' | '！' | '？' | '\n');
    let before = text.get(..place.start).unwrap_or_default();
    let after = text.get(place.end..).unwrap_or_default();
    let start = before.char_indices().rev().find(is_end).map_or(0, |(at, c)| at + c.len_utf8());
    let end = after.char_indices().find(is_end).map_or(text.len(), |(at, _)| place.end + at);
    start..end
}

/// The length of the phrase at the beginning of a text. One blank stands for any number of blanks and line breaks.
fn length_of(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text;
    for wanted in phrase.chars() {
        let found = rest.chars().next()?;
        if wanted == ' ' && found.is_whitespace() {
            rest = rest.trim_start();
        } else if wanted.eq_ignore_ascii_case(&found) || is_apostrophe(wanted) && is_apostrophe(found) {
            rest = rest.get(found.len_utf8()..)?;
        } else {
            return None;
        }
    }
    Some(text.len() - rest.len())
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
        Lexicon::new([phrase]).find_all(text).next().map(|(range, _)| &text[range])
    }

    #[test]
    fn a_phrase_is_whole_words_in_any_case_and_across_lines() {
        assert_eq!(found("It was Human\n  error, again", "human error"), Some("Human\n  error"));
        assert_eq!(found("superhuman error", "human error"), None);
        assert_eq!(found("human errors", "human error"), None);
        assert_eq!(found("the blameless (careless) one", "careless"), Some("careless"));
        assert_eq!(found("l’errore", "l'errore"), Some("l’errore"));
    }

    #[test]
    fn phrases_of_one_beginning_are_all_found() {
        let lexicon = Lexicon::new(["should have known", "should have noticed", "should"]);
        let found: Vec<_> = lexicon.find_all("She should have noticed.").map(|(_, phrase)| phrase).collect();
        assert_eq!(found, ["should have noticed", "should"]);
        assert!(!Lexicon::new([]).is_in("anything"));
    }

    #[test]
    fn east_asian_words_need_no_blanks_around_them() {
        assert_eq!(found("작업자의 부주의로 인해", "부주의"), Some("부주의"));
        assert_eq!(found("担当者の不注意でした", "不注意"), Some("不注意"));
        assert_eq!(found("API의 오류", "API"), Some("API"));
    }

    #[test]
    fn a_sentence_ends_where_readers_pause() {
        let text = "One. Two is it! 三つ。四つ";
        let lexicon = Lexicon::new(["四", "is", "三"]);
        let sentences: Vec<_> = lexicon.find_all(text).map(|(place, _)| text[sentence(text, &place)].trim()).collect();
        assert_eq!(sentences, ["Two is it", "三つ", "四つ"]);
    }
}
