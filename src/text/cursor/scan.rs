//! Reads line by line which collections are open.

use super::{Place, Step};

/// A collection that has begun and not ended.
#[derive(Clone, Debug)]
struct Frame {
    kind: Kind,
    /// The column of its keys or dashes. Of one in brackets: that of the block around it.
    indent: usize,
    /// Where the key or dash stands that it is the value of, or its bracket; it tells one mapping from another.
    id: usize,
    /// Its last key, and where that or the last dash stands.
    key: String,
    at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Map,
    Seq,
    FlowMap,
    FlowSeq,
}

impl Kind {
    const fn is_map(self) -> bool {
        matches!(self, Self::Map | Self::FlowMap)
    }

    const fn is_flow(self) -> bool {
        matches!(self, Self::FlowMap | Self::FlowSeq)
    }
}

/// A key that was met.
#[derive(Clone, Debug)]
pub struct Key {
    /// The mapping that it stands in.
    pub map: usize,
    pub name: String,
    pub at: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Scanner {
    frames: Vec<Frame>,
    /// The indentation of the collection that holds a text of several lines; deeper lines are that text.
    text: Option<usize>,
    /// Where the last line's content begins, behind its dashes.
    column: usize,
    pub keys: Vec<Key>,
    /// What is expected at the end of the last line, and where the word before it begins.
    pub cursor: Option<(Place, usize)>,
}

impl Scanner {
    /// Reads a line. One that ends at the cursor is read up to there; even a blank one has a meaning then.
    pub fn line(&mut self, line: &str, offset: usize, at_cursor: bool) {
        self.cursor = None;
        let content = line.trim_start_matches([' ', '\u{feff}']);
        let column = line.len() - content.len();
        let is_blank = content.trim().is_empty() && !at_cursor;
        if is_blank || self.text.is_some_and(|indent| column > indent) {
            return;
        }
        self.text = None;
        if content.starts_with('#') {
            return;
        }
        // What is in brackets is indented deeper than its key; one that is not was never closed.
        self.frames.retain(|frame| !frame.kind.is_flow() || column > frame.indent);
        if self.is_in_brackets() {
            self.flow(content, offset + column);
        } else {
            self.block(content, column, offset + column);
        }
    }

    fn is_in_brackets(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.kind.is_flow())
    }

    /// Opens and closes block collections at the head of a line.
    fn block(&mut self, content: &str, column: usize, offset: usize) {
        let is_item = content.starts_with("- ") || content == "-";
        self.column = column;
        self.close(is_item);
        if is_item {
            self.open(Kind::Seq, String::new(), offset);
            let rest = content[1..].trim_start_matches(' ');
            let width = content.len() - rest.len();
            if width > 1 {
                self.block(rest, column + width, offset + width);
            }
        } else if let Some((key, width)) = key(content) {
            self.open(Kind::Map, key, offset);
            let rest = content[width..].trim_start_matches(' ');
            // Right behind a colon nothing may stand.
            if content.len() > width {
                self.value(rest, offset + content.len() - rest.len(), Place::Value);
            }
        } else {
            self.value(content, offset, Place::Start);
        }
    }

    /// Closes the collections that a line at this column does not continue.
    fn close(&mut self, is_item: bool) {
        let column = self.column;
        while let Some(frame) = self.frames.last() {
            let goes_on = column > frame.indent || column == frame.indent && (frame.kind == Kind::Map || is_item);
            if goes_on {
                break;
            }
            self.frames.pop();
        }
    }

    /// Notes a key or an item of a block collection, which it opens where none is open at this column.
    fn open(&mut self, kind: Kind, key: String, at: usize) {
        let is_open = self.frames.last().is_some_and(|frame| frame.kind == kind && frame.indent == self.column);
        if !is_open {
            let id = self.frames.last().map_or(TOP, |frame| frame.at);
            self.frames.push(Frame { kind, indent: self.column, id, key: String::new(), at });
        }
        self.touch(key, at);
    }

    /// Notes a key or an item of the innermost collection.
    fn touch(&mut self, key: String, at: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.kind.is_map() {
            self.keys.push(Key { map: frame.id, name: key.clone(), at });
        }
        (frame.key, frame.at) = (key, at);
    }

    /// Reads what stands behind a colon, a dash or nothing.
    fn value(&mut self, text: &str, offset: usize, place: Place) {
        if text.starts_with(['{', '[']) {
            self.flow(text, offset);
        } else if text.starts_with(['|', '>']) {
            self.text = Some(self.frames.last().map_or(0, |frame| frame.indent));
        } else if !text.starts_with('#') && !text.contains(" #") {
            self.cursor = Some((place, offset + usize::from(text.starts_with(QUOTES))));
        }
    }

    /// Reads what stands in brackets, until they close or the line ends.
    fn flow(&mut self, text: &str, offset: usize) {
        let (mut word, mut place, mut quote) = (0, Place::Start, None);
        for (i, c) in text.char_indices() {
            let begins_word = text[word..i].trim().is_empty();
            match c {
                _ if quote.is_some() => quote = quote.filter(|open| *open != c),
                '"' | '\'' if begins_word => quote = Some(c),
                '#' if text[..i].ends_with(' ') => return,
                '{' | '[' if begins_word => {
                    self.open_bracket(c, offset + i);
                    (word, place) = (i + 1, Place::Start);
                }
                '}' | ']' => {
                    self.frames.pop();
                    if !self.is_in_brackets() {
                        return;
                    }
                    (word, place) = (i + 1, Place::Start);
                }
                ',' => (word, place) = (i + 1, Place::Start),
                ':' if place == Place::Start && text[i + 1..].starts_with([' ', ',', '}', ']']) => {
                    let written = text[word..i].trim_start();
                    self.touch(unquoted(written), offset + i - written.len());
                    (word, place) = (i + 1, Place::Value);
                }
                _ => {}
            }
        }
        let written = text[word..].trim_start();
        let start = offset + text.len() - written.len();
        self.cursor = Some((place, start + usize::from(written.starts_with(QUOTES))));
    }

    fn open_bracket(&mut self, bracket: char, at: usize) {
        let kind = if bracket == '{' { Kind::FlowMap } else { Kind::FlowSeq };
        let indent = self.frames.last().map_or(0, |frame| frame.indent);
        self.frames.push(Frame { kind, indent, id: at, key: String::new(), at });
    }

    /// The steps to the cursor.
    pub fn path(&self, place: Place) -> Vec<Step> {
        let expecting = self.frames.last().filter(|frame| place == Place::Start && self.expects_key(frame));
        let count = self.frames.len() - usize::from(expecting.is_some());
        let step = |frame: &Frame| if frame.kind.is_map() { Step::Key(frame.key.clone()) } else { Step::Item };
        self.frames.iter().take(count).map(step).collect()
    }

    /// Whether a key of this mapping may stand at the cursor; in a block, only in the column of the others.
    fn expects_key(&self, frame: &Frame) -> bool {
        frame.kind == Kind::FlowMap || frame.kind == Kind::Map && frame.indent == self.column
    }

    /// The mapping that a key at the cursor would belong to.
    pub fn mapping(&self) -> usize {
        self.frames.last().map_or(TOP, |frame| if self.expects_key(frame) { frame.id } else { frame.at })
    }

    /// Where the outermost list item begins.
    pub fn outermost_item(&self) -> Option<usize> {
        self.frames.iter().find(|frame| frame.kind == Kind::Seq).map(|frame| frame.at)
    }
}

/// The mapping at the top, which is the value of nothing.
const TOP: usize = usize::MAX;

const QUOTES: [char; 2] = ['"', '\''];

fn unquoted(word: &str) -> String {
    word.trim().trim_matches(QUOTES).to_owned()
}

/// The key that a line begins with, and its width up to and with the colon.
fn key(content: &str) -> Option<(String, usize)> {
    let end = match content.chars().next()? {
        '{' | '[' | '#' | '|' | '>' => return None,
        quote @ ('"' | '\'') => 2 + content[1..].find(quote)?,
        _ => content.find(": ").or_else(|| content.strip_suffix(':').map(str::len))?,
    };
    content[end..].starts_with(':').then(|| (unquoted(&content[..end]), end + 1))
}
