//! A YAML tree with the place of every node. Only this module names the parser.
//!
//! Everything a record does not need (anchors, aliases, tags, merge keys, a second document) is a problem at its place,
//! which also disposes of documents made to explode.

use std::borrow::Cow;
use std::iter;

use granit_parser::{Event, Options, Parser, ScalarStyle};

use crate::text::problem::{Fix, Problem};
use crate::text::quote;
use crate::text::span::Span;

mod canonical;
mod explain;

/// Deeper nesting is refused: the format needs five levels.
pub const MAX_DEPTH: usize = 32;

/// Keys of a mapping that are compared with each other sooner than they are sorted.
const SMALL: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'t> {
    /// In the whole file. Of an empty value: the place where it would stand.
    pub span: Span,
    pub value: Value<'t>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// The text of a scalar, unresolved: whether `12` is a number is for the reader to say.
    Scalar {
        text: Cow<'t, str>,
        plain: bool,
    },
    Seq(Vec<Node<'t>>),
    /// In the order of the file; a key that stands twice is here twice.
    Map(Vec<(Node<'t>, Node<'t>)>),
    /// Something that has been reported already, such as an alias.
    Refused,
}

impl<'t> Node<'t> {
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// A plain scalar that every YAML reader takes for nothing.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The text of a scalar that says something: neither null nor blank.
    pub fn filled(&self) -> Option<&str> {
        self.scalar().filter(|text| !self.is_null() && !text.trim().is_empty())
    }

    pub fn pairs(&self) -> Option<&[(Node<'t>, Node<'t>)]> {
        match &self.value {
            Value::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    pub fn items(&self) -> Option<&[Node<'t>]> {
        match &self.value {
            Value::Seq(items) => Some(items),
            _ => None,
        }
    }

    /// The value of a key; of the first one where it stands twice.
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.pairs()?.iter().find(|(k, _)| k.scalar() == Some(key)).map(|(_, v)| v)
    }
}

/// Reads the YAML that stands at `span` of `text`. `None` where it does not parse; then a problem says why.
pub fn parse<'t>(text: &'t str, span: Span, problems: &mut Vec<Problem>) -> Option<Node<'t>> {
    canonical::read(text, span).or_else(|| parse_any(text, span, problems))
}

/// The same of any YAML, by the library.
fn parse_any<'t>(text: &'t str, span: Span, problems: &mut Vec<Problem>) -> Option<Node<'t>> {
    let source = &text[span.range()];
    let mut options = Options::default();
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut builder = Builder { source, base: span.start, open: Vec::new(), nodes: Vec::new(), problems, documents: 0 };
    let mut parser = Parser::new_from_str_with_options(source, options);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, place)) => {
                let range = place.byte_range().unwrap_or(0..0);
                builder.event(event, Span::new(range.start + span.start, range.end + span.start));
            }
            Err(error) => {
                let problem = explain::syntax_error(source, span.start, &error);
                problems.push(problem);
                return None;
            }
        }
    }
    let root = builder.nodes.into_iter().next();
    Some(root.unwrap_or(Node { span: Span::at(span.start), value: Value::Map(Vec::new()) }))
}

/// A collection that has begun and not ended.
struct Open {
    start: usize,
    is_map: bool,
    /// How many nodes there were before its first.
    before: usize,
}

struct Builder<'t, 'p> {
    source: &'t str,
    base: usize,
    open: Vec<Open>,
    /// The roots of documents, and what the open collections hold so far. A collection takes its own when it ends, so that
    /// none has room to spare.
    nodes: Vec<Node<'t>>,
    problems: &'p mut Vec<Problem>,
    documents: usize,
}

impl<'t> Builder<'t, '_> {
    fn event(&mut self, event: Event<'t>, span: Span) {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.problems.push(
                        Problem::new("invalid-yaml", span, "a second YAML document begins here; a record is one")
                            .help("remove the line `...`, or close the front matter with `---`"),
                    );
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(span, anchor, tag.is_some());
                let plain = style == ScalarStyle::Plain;
                let span = if plain && span.is_empty() { Span::at(self.after_colon(span.start)) } else { span };
                // Only an escape can hold one: in a text as it is written the parser refuses them.
                if let Cow::Owned(text) = &text
                    && let Some(control) = text.chars().find(|c| is_control(*c))
                {
                    self.problems.push(control_character(span, control));
                }
                self.nodes.push(Node { span, value: Value::Scalar { text, plain } });
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.alias(span);
                self.nodes.push(Node { span, value: Value::Refused });
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_extras(span, anchor, tag.is_some());
                self.open.push(Open { start: span.start, is_map: false, before: self.nodes.len() });
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_extras(span, anchor, tag.is_some());
                self.open.push(Open { start: span.start, is_map: true, before: self.nodes.len() });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => {}
        }
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let bracket = self.begins_with_bracket(&open);
        let mut nodes = self.nodes.drain(open.before..);
        let (first, last, value) = if open.is_map {
            let mut pairs = Vec::with_capacity(nodes.len() / 2);
            pairs.extend(iter::from_fn(|| nodes.next().zip(nodes.next())));
            drop(nodes);
            self.duplicates(&pairs);
            let ends =
                (pairs.first().map(|(k, _)| k.span.start), pairs.last().map(|(k, v)| v.span.end.max(k.span.end)));
            (ends.0, ends.1, Value::Map(pairs))
        } else {
            let items: Vec<_> = nodes.collect();
            let ends = (items.first().map(|n| n.span.start), items.last().map(|n| n.span.end));
            (ends.0, ends.1, Value::Seq(items))
        };
        let span = if bracket {
            Span::new(open.start, end.end)
        } else {
            // A block collection's own end is the start of what follows it, blank lines and all.
            Span::new(first.unwrap_or(open.start).min(open.start), last.unwrap_or(end.end))
        };
        self.nodes.push(Node { span, value });
    }

    fn begins_with_bracket(&self, open: &Open) -> bool {
        matches!(self.source.as_bytes().get(open.start - self.base), Some(b'[' | b'{'))
    }

    fn duplicates(&mut self, pairs: &[(Node<'t>, Node<'t>)]) {
        // Nearly every mapping of an archive is as small as this, and none of them has to be sorted.
        let stands_before = |(i, (key, _)): (usize, &(Node<'t>, Node<'t>))| {
            key.scalar().is_some_and(|name| name == "<<" || pairs[..i].iter().any(|(k, _)| k.scalar() == Some(name)))
        };
        if pairs.len() <= SMALL && !pairs.iter().enumerate().any(stands_before) {
            return;
        }
        let mut keys: Vec<(&str, Span)> = pairs.iter().filter_map(|(key, _)| Some((key.scalar()?, key.span))).collect();
        keys.sort_unstable();
        for same in keys.chunk_by(|(a, _), (b, _)| a == b) {
            let [(name, first), again @ ..] = same else { continue };
            if *name == "<<" {
                self.problems.extend(same.iter().map(|(_, span)| merge_key(*span)));
                continue;
            }
            self.problems.extend(again.iter().map(|(_, span)| {
                let message = format!("`{name}` stands twice in one mapping, so one of the two values is lost");
                Problem::new("duplicate-key", *span, message)
                    .label(*first, "it stands here first")
                    .help("keep the one that is right")
            }));
        }
    }

    fn alias(&mut self, span: Span) {
        let written = &self.source[span.start - self.base..span.end - self.base];
        let value = self.rest_of_value(span);
        self.problems.push(
            Problem::new(
                "anchor-or-alias",
                span,
                format!("`{written}` reads as a YAML alias, because a value begins with `*`"),
            )
            .help(format!("quote it: `{}`", quote::double(value)))
            .fix(Fix::safe(
                "quote it",
                Span::new(span.start, span.start + value.len()),
                quote::double(value),
            )),
        );
    }

    fn refuse_extras(&mut self, span: Span, anchor: usize, tag: bool) {
        let (what, help) = match (anchor != 0, tag) {
            (true, _) => (
                "anchors (`&name`) are not part of the format",
                "remove the anchor, or quote the value if `&` is meant as text",
            ),
            (_, true) => (
                "tags (`!name`) are not part of the format",
                "remove the tag, or quote the value if `!` is meant as text",
            ),
            _ => return,
        };
        let start = self.marker_before(span.start);
        let end = start
            + self.source[start - self.base..]
                .find(char::is_whitespace)
                .unwrap_or(self.source.len() + self.base - start);
        self.problems.push(Problem::new("anchor-or-alias", Span::new(start, end), what).help(help));
    }

    /// The `&` or `!` that stands before a node, perhaps on the line above it.
    fn marker_before(&self, offset: usize) -> usize {
        let before = &self.source[..offset - self.base];
        let from = before.trim_end().rfind('\n').map_or(0, |i| i + 1);
        let Some(last) = before[from..].rfind(['&', '!']) else {
            return offset;
        };
        let token = before[from..=from + last].trim_end_matches(['&', '!']).len();
        self.base + from + token
    }

    /// The text from here to the end of the value, without a comment. Inside brackets a comma ends it too.
    fn rest_of_value(&self, span: Span) -> &str {
        let rest = &self.source[span.start - self.base..];
        let line = rest.lines().next().unwrap_or(rest);
        let in_brackets = self.open.iter().any(|open| self.begins_with_bracket(open));
        let end = if in_brackets { line.find([',', ']', '}']) } else { None }.unwrap_or(line.len());
        let end = line.find(" #").map_or(end, |comment| comment.min(end));
        line[..end].trim_end()
    }

    /// An empty value is reported where it should stand: after the colon of its key.
    fn after_colon(&self, offset: usize) -> usize {
        let before = &self.source[..offset - self.base];
        let end = before.trim_end().len();
        let colon = self.source[end..].starts_with(':');
        self.base + end + usize::from(colon)
    }
}

fn merge_key(span: Span) -> Problem {
    Problem::new("anchor-or-alias", span, "merge keys are not part of the format").help("write the keys out")
}

/// Characters that are seen nowhere and that a feed may not hold. A terminal may even obey them.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn control_character(span: Span, c: char) -> Problem {
    let message =
        format!("this text holds an invisible control character (U+{:04X}), which pages cannot show", u32::from(c));
    Problem::new("invalid-yaml", span, message).help("remove it; it often comes from a copied terminal or log")
}

#[cfg(test)]
mod tests;
