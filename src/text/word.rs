//! Where a word ends. Chinese, Japanese and Korean put no blanks between words, so their letters join nothing.

use std::ops::Range;

/// The first of the scripts without blanks between words.
const HANGUL: char = '\u{1100}';

/// A letter or digit that makes one word with a letter or digit beside it.
pub fn joins(c: char) -> bool {
    c.is_alphanumeric() && c < HANGUL
}

/// Whether a place of a text is whole words: no letter beside it belongs to the same word. `wei_zhang` is one word, and in
/// `_wei_` the lines are markup.
pub fn is_whole(text: &str, place: Range<usize>) -> bool {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (before, inside, after) = (part(0..place.start), part(place.clone()), part(place.end..text.len()));
    let (before, after) = (before.strip_suffix('_').unwrap_or(before), after.strip_prefix('_').unwrap_or(after));
    let is_one = |a: Option<char>, b: Option<char>| a.is_some_and(joins) && b.is_some_and(joins);
    !is_one(before.chars().next_back(), inside.chars().next())
        && !is_one(inside.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beside_a_place_belong_to_it_where_words_have_blanks() {
        let is_word = |text: &str, word: &str| {
            let at = text.find(word).unwrap();
            is_whole(text, at..at + word.len())
        };
        assert!(is_word("the pool, full", "pool") && is_word("pool", "pool") && is_word("(@wei)", "@wei"));
        assert!(!is_word("carpool", "pool") && !is_word("pools", "pool") && !is_word("@weight", "@wei"));
        assert!(is_word("_wei_ said", "wei") && !is_word("@wei_zhang", "@wei") && !is_word("x_wei", "wei"));
        assert!(is_word("API의 오류", "API") && is_word("작업자의 부주의로", "부주의"));
    }
}
