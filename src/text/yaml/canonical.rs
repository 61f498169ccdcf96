//! The form in which nearly every record is written, read many times faster than the library reads it.
//!
//! Mappings and lists in blocks, values on one line or as a `|` text: that is most of what people and the commands write. A
//! document that has anything else, if only a `|-` text, is left to the library, which alone decides what is YAML and says
//! what is wrong. So this reader may refuse everything, and may take nothing in another way: a test compares both on
//! documents with slips.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr2_iter, memchr3_iter};

use super::{Node, SMALL, Value};
use crate::text::span::Span;

/// Deeper nesting is left to the library. The format needs five levels.
const DEEPEST: usize = 8;

/// Longer keys are left to the library, which has a limit of its own.
const LONGEST_KEY: usize = 64;

/// The tree of the YAML that stands at `span` of `text`, if all of it is in this form.
pub fn read(text: &str, span: Span) -> Option<Node<'_>> {
    let source = text.get(..span.end)?;
    if !source.get(span.start..)?.ends_with('\n') || !is_printable(&source.as_bytes()[span.start..]) {
        return None;
    }
    let mut reader = Reader { text: source, line: Line::default(), next: span.start, depth: 0 };
    reader.advance()?;
    reader.mapping(0)
}

/// Whether there are only characters that YAML takes as they are, and no other line break or blank than the usual ones.
fn is_printable(bytes: &[u8]) -> bool {
    // To the end, whatever is found: so many bytes are compared at a time.
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') | (byte == 0x7f);
    let has_control = bytes.iter().fold(false, |found, byte| found | is_control(*byte));
    // Further controls, line separators, byte order marks, and what is no character.
    let is_other = memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|at| {
        let rest = &bytes[at..];
        matches!(rest, [0xc2, ..=0x9f, ..] | [0xe2, 0x80, 0xa8 | 0xa9, ..])
            || matches!(rest, [0xef, 0xbb, 0xbf, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..])
    });
    !has_control && !is_other
}

/// What is left of a line.
#[derive(Clone, Copy, Default)]
struct Line {
    /// The column of its first character.
    indent: usize,
    start: usize,
    end: usize,
}

struct Reader<'t> {
    text: &'t str,
    /// The line that is read; an empty one behind the last.
    line: Line,
    /// Where the one after it begins.
    next: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    /// Goes to the next line that says something.
    fn advance(&mut self) -> Option<()> {
        loop {
            let Some(line) = self.line_at(self.next)? else {
                self.line = Line { indent: 0, start: self.text.len(), end: self.text.len() };
                return Some(());
            };
            self.next = line.end + 1;
            if line.start < line.end {
                self.line = line;
                return Some(());
            }
        }
    }

    /// The line that begins somewhere; at the end there is none. One of blanks is left to the library.
    fn line_at(&self, begin: usize) -> Option<Option<Line>> {
        let rest = self.text.as_bytes().get(begin..).unwrap_or_default();
        let Some(length) = memchr(b'\n', rest) else { return Some(None) };
        let indent = rest.iter().take_while(|byte| **byte == b' ').count();
        let is_blank = indent > 0 && indent == length;
        (!is_blank).then_some(Some(Line { indent, start: begin + indent, end: begin + length }))
    }

    fn rest(&self) -> &'t str {
        &self.text[self.line.start..self.line.end]
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let value = if self.depth > DEEPEST { None } else { read(self) };
        self.depth -= 1;
        value
    }

    /// The mapping whose keys stand in a column.
    fn mapping(&mut self, indent: usize) -> Option<Node<'t>> {
        let start = self.line.start;
        let mut pairs: Vec<(Node<'t>, Node<'t>)> = Vec::with_capacity(8);
        while self.line.indent == indent && self.line.start < self.line.end {
            let key = new_key(self.rest(), &pairs)?;
            let place = Span::new(self.line.start, self.line.start + key.len());
            let value = if place.end + 1 == self.line.end {
                self.advance()?;
                self.block(indent)?
            } else {
                self.line.start = place.end + 2;
                self.value(indent)?
            };
            pairs.push((scalar(key, true, place), value));
        }
        let end = pairs.last()?.1.span.end;
        let is_over = self.line.indent <= indent;
        is_over.then_some(Node { span: Span::new(start, end), value: Value::Map(pairs) })
    }

    /// What stands in the lines below a key, further to the right.
    fn block(&mut self, indent: usize) -> Option<Node<'t>> {
        let own = self.line.indent;
        if own <= indent {
            return None;
        }
        self.deeper(|reader| if reader.rest().starts_with("- ") { reader.list(own) } else { reader.mapping(own) })
    }

    /// The list whose dashes stand in a column.
    fn list(&mut self, indent: usize) -> Option<Node<'t>> {
        let start = self.line.start;
        let mut items: Vec<Node<'t>> = Vec::with_capacity(8);
        while self.line.indent == indent && self.rest().starts_with("- ") {
            self.line.indent += 2;
            self.line.start += 2;
            let is_mapping = key(self.rest()).is_some();
            items.push(if is_mapping {
                self.deeper(|reader| reader.mapping(indent + 2))?
            } else {
                self.value(indent)?
            });
        }
        let end = items.last()?.span.end;
        Some(Node { span: Span::new(start, end), value: Value::Seq(items) })
    }

    /// A value up to the end of its line, or the text that begins below it. `indent` is the column that it must stay right of.
    fn value(&mut self, indent: usize) -> Option<Node<'t>> {
        let rest = self.rest();
        let node = match rest.as_bytes().first()? {
            b'|' if rest == "|" => return self.literal(indent),
            b'[' | b'{' => {
                let mut flow = Flow { text: &self.text[..self.line.end], at: self.line.start, depth: self.depth };
                flow.value().filter(|_| flow.at == self.line.end)?
            }
            b'"' | b'\'' => quoted(rest, self.line.start).filter(|node| node.span.end == self.line.end)?,
            _ => plain(rest, self.line.start)?,
        };
        self.advance()?;
        Some(node)
    }

    /// A `|` text: lines that are all indented as the first one is, or more.
    fn literal(&mut self, indent: usize) -> Option<Node<'t>> {
        let first = self.line_at(self.next)?.filter(|line| line.indent > indent)?;
        let mut text = String::new();
        let mut blanks = 0;
        while let Some(line) = self.line_at(self.next)? {
            let is_empty = line.start == line.end;
            if !is_empty && line.indent < first.indent {
                break;
            }
            self.next = line.end + 1;
            if is_empty {
                blanks += 1;
                continue;
            }
            text.extend(std::iter::repeat_n('\n', std::mem::take(&mut blanks)));
            text.push_str(&self.text[line.start - (line.indent - first.indent)..=line.end]);
        }
        self.advance()?;
        // To the library such a text reaches up to what follows it.
        let span = Span::new(first.start, self.line.start);
        Some(Node { span, value: Value::Scalar { text: Cow::Owned(text), plain: false } })
    }
}

/// Values inside brackets, on one line.
struct Flow<'t> {
    /// Up to the end of the line.
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Flow<'t> {
    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self) -> Option<Node<'t>> {
        let start = self.at;
        match self.next()? {
            open @ (b'[' | b'{') => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return None;
                }
                self.at += 1;
                let value = if open == b'[' { Value::Seq(self.items()?) } else { Value::Map(self.pairs()?) };
                self.depth -= 1;
                Some(Node { span: Span::new(start, self.at), value })
            }
            b'"' | b'\'' => {
                let node = quoted(&self.text[start..], start)?;
                self.at = node.span.end;
                Some(node)
            }
            _ => {
                let rest = &self.text[start..];
                let ends = |byte: u8| matches!(byte, b',' | b'[' | b']' | b'{' | b'}');
                let node = plain(&rest[..rest.bytes().position(ends)?], start)?;
                self.at = node.span.end;
                Some(node)
            }
        }
    }

    fn items(&mut self) -> Option<Vec<Node<'t>>> {
        let mut items = Vec::new();
        while !self.is_closed(b']', items.is_empty())? {
            items.push(self.value()?);
        }
        Some(items)
    }

    fn pairs(&mut self) -> Option<Vec<(Node<'t>, Node<'t>)>> {
        let mut pairs = Vec::new();
        while !self.is_closed(b'}', pairs.is_empty())? {
            let key = new_key(&self.text[self.at..], &pairs)?;
            let place = Span::new(self.at, self.at + key.len());
            self.at = place.end + 2;
            pairs.push((scalar(key, true, place), self.value()?));
        }
        Some(pairs)
    }

    /// Goes over the bracket that ends a collection, or else over the comma before the next item.
    fn is_closed(&mut self, bracket: u8, is_first: bool) -> Option<bool> {
        if self.next()? == bracket {
            self.at += 1;
            return Some(true);
        }
        if !is_first {
            self.at = self.text[self.at..].starts_with(", ").then_some(self.at + 2)?;
        }
        Some(false)
    }
}

fn scalar<'t>(text: &'t str, plain: bool, span: Span) -> Node<'t> {
    Node { span, value: Value::Scalar { text: Cow::Borrowed(text), plain } }
}

/// The key that a line or a pair begins with, up to its colon. The colon is followed by a blank, or by nothing.
fn key(rest: &str) -> Option<&str> {
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let bytes = rest.as_bytes();
    let end = bytes.iter().position(|byte| !is_inside(byte)).filter(|end| (1..=LONGEST_KEY).contains(end))?;
    let is_key = begins_plain(bytes[0]) && matches!(bytes[end..], [b':'] | [b':', b' ', ..]);
    is_key.then(|| &rest[..end])
}

/// The same, of a mapping that has no such key yet.
fn new_key<'t>(rest: &'t str, pairs: &[(Node<'_>, Node<'_>)]) -> Option<&'t str> {
    let key = key(rest).filter(|_| pairs.len() < SMALL)?;
    let is_new = pairs.iter().all(|(other, _)| other.scalar() != Some(key));
    is_new.then_some(key)
}

const fn begins_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// A text without quotes, in which nothing means anything to YAML.
fn plain(text: &str, at: usize) -> Option<Node<'_>> {
    let bytes = text.as_bytes();
    let means_more = |at: usize| match bytes[at] {
        b':' => matches!(bytes.get(at + 1), None | Some(b' ')),
        _ => bytes[at - 1] == b' ',
    };
    let is_text = begins_plain(*bytes.first()?)
        && bytes.last() != Some(&b' ')
        && !memchr2_iter(b':', b'#', bytes).any(means_more);
    is_text.then(|| scalar(text, true, Span::new(at, at + text.len())))
}

/// The quoted text that something begins with, on one line, with no other escapes than those of the quote and the backslash.
fn quoted(rest: &str, at: usize) -> Option<Node<'_>> {
    let quote = *rest.as_bytes().first()?;
    let inside = rest.get(1..)?;
    let mut unescaped = String::new();
    let mut begin = 0;
    let mut seek = 0;
    let end = loop {
        let found = seek + memchr2(quote, b'\\', &inside.as_bytes()[seek..])?;
        match (&inside.as_bytes()[found..], quote) {
            ([b'\\', ..], b'\'') => seek = found + 1,
            ([b'\\', b'"' | b'\\', ..], _) => {
                unescaped.push_str(&inside[begin..found]);
                begin = found + 1;
                seek = found + 2;
            }
            ([b'\\', ..], _) => return None,
            _ => break found,
        }
    };
    let span = Span::new(at, at + end + 2);
    if begin == 0 {
        return Some(scalar(&inside[..end], false, span));
    }
    unescaped.push_str(&inside[begin..end]);
    Some(Node { span, value: Value::Scalar { text: Cow::Owned(unescaped), plain: false } })
}

#[cfg(test)]
mod tests;
