//! Where a cursor stands in YAML that is still being written.
//!
//! A parser needs a whole document, and whoever types has none. This reads lines and their indentation, which say enough:
//! which mapping or list the cursor is in, what is written there already, and which keys the mapping has.

use super::span::Span;

mod scan;

use scan::Scanner;

/// A step from a collection into one of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Item,
}

/// What is expected at a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The beginning of something: a key, or a value that stands alone.
    Start,
    /// The value of the key on the same line.
    Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// From the top of the document to the collection whose key is expected, or to the value.
    pub path: Vec<Step>,
    pub place: Place,
    /// The word around the cursor.
    pub word: Span,
    /// Whether a colon follows the word.
    pub has_colon: bool,
    /// The other keys of the same mapping, above and below.
    pub siblings: Vec<String>,
    /// Where the outermost list item that holds the cursor begins, with its dash.
    pub item: Option<usize>,
}

/// Where an offset stands in the YAML at `span` of a text. `None` inside comments and texts of several lines.
pub fn at(text: &str, span: Span, offset: usize) -> Option<Cursor> {
    let mut scanner = Scanner::default();
    let mut found: Option<(Cursor, usize)> = None;
    for line in lines(text, span) {
        if found.is_none() && (line.start..=line.end).contains(&offset) {
            let mut until_cursor = scanner.clone();
            until_cursor.line(&text[line.start..offset], line.start, true);
            let (place, start) = until_cursor.cursor?;
            let end = offset + word_length(&text[offset..line.end]);
            let has_colon = text[end..line.end].trim_start().starts_with(':');
            let path = until_cursor.path(place);
            let item = until_cursor.outermost_item();
            let word = Span::new(start, end);
            let map = until_cursor.mapping();
            found = Some((Cursor { path, place, word, has_colon, siblings: Vec::new(), item }, map));
        }
        scanner.line(&text[line.start..line.end], line.start, false);
    }
    let (mut cursor, map) = found?;
    let keys = scanner.keys.iter().filter(|key| key.map == map && key.at != cursor.word.start);
    cursor.siblings = keys.map(|key| key.name.clone()).collect();
    Some(cursor)
}

/// The places of the lines, without their line breaks.
fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    text[span.range()].split('\n').map(move |line| {
        let place = Span::new(start, start + line.strip_suffix('\r').unwrap_or(line).len());
        start += line.len() + 1;
        place
    })
}

/// How much of a text belongs to the word that it begins with.
fn word_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.'))).unwrap_or(text.len())
}

#[cfg(test)]
mod tests;
