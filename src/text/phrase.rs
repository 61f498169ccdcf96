//! Looks for words in the prose of people.

use std::borrow::Cow;
use std::ops::Range;

/// A text in which phrases are looked for.
#[derive(Debug)]
pub struct Prose<'a> {
    text: &'a str,
    /// With small Latin letters, which takes no other number of bytes.
    lower: String,
}

impl<'a> Prose<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, lower: text.to_ascii_lowercase() }
    }

    /// Where a phrase stands, as bytes: as whole words, in any case of Latin letters, across line breaks.
    ///
    /// Korean and Japanese write endings and neighbours without a space between, so a phrase may begin or end inside what
    /// looks like a word there.
    pub fn find_all(&self, phrase: &str) -> impl Iterator<Item = Range<usize>> {
        let head = head(phrase);
        let starts = self.lower.match_indices(&*head).map(|(start, _)| start).collect::<Vec<_>>();
        let text = self.text;
        starts.into_iter().filter(move |start| begins_word(text, *start, phrase)).filter_map(move |start| {
            let end = start + length_of(text.get(start..)?, phrase)?;
            ends_word(text, end, phrase).then_some(start..end)
        })
    }

    pub fn find(&self, phrase: &str) -> Option<Range<usize>> {
        self.find_all(phrase).next()
    }

    /// Whether any of the phrases stands in it.
    pub fn has_any<'p>(&self, phrases: impl IntoIterator<Item = &'p str>) -> bool {
        phrases.into_iter().any(|phrase| self.find(phrase).is_some())
    }
}

/// The beginning of a phrase up to where a text may be written in another way.
fn head(phrase: &str) -> Cow<'_, str> {
    let head = phrase.split(|c: char| c == ' ' || is_apostrophe(c)).next().unwrap_or(phrase);
    if head.bytes().any(|byte| byte.is_ascii_uppercase()) { head.to_ascii_lowercase().into() } else { head.into() }
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

fn begins_word(text: &str, start: usize, phrase: &str) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    !(phrase.chars().next().is_some_and(is_spaced) && before.is_some_and(is_spaced))
}

fn ends_word(text: &str, end: usize, phrase: &str) -> bool {
    let after = text.get(end..).and_then(|after| after.chars().next());
    !(phrase.chars().next_back().is_some_and(is_spaced) && after.is_some_and(is_spaced))
}

/// A letter or digit of a script that puts blanks between words: every one before the scripts of East Asia.
fn is_spaced(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{1100}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
        Prose::new(text).find(phrase).map(|range| &text[range])
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
    fn east_asian_words_need_no_blanks_around_them() {
        assert_eq!(found("작업자의 부주의로 인해", "부주의"), Some("부주의"));
        assert_eq!(found("担当者の不注意でした", "不注意"), Some("不注意"));
        assert_eq!(found("API의 오류", "API"), Some("API"));
    }

    #[test]
    fn a_sentence_ends_where_readers_pause() {
        let text = "One. Two is it! 三つ。四つ";
        let sentence_of =
            |phrase| Prose::new(text).find(phrase).map(|place| text[sentence(text, &place)].trim().to_owned());
        assert_eq!(sentence_of("is").as_deref(), Some("Two is it"));
        assert_eq!(sentence_of("三").as_deref(), Some("三つ"));
        assert_eq!(sentence_of("四").as_deref(), Some("四つ"));
    }
}
