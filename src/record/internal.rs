//! The texts of an archive that are not for the public.
//!
//! Everything is internal that is not said to be public: the tables of `shape` name the public fields, so a new field is
//! internal by itself.

use super::archive::Archive;
use super::incident::Visibility;
use super::shape::{CONFIG, Shape, Value};
use super::{Kind, Record, sections};
use crate::text::letters::WINDOW;
use crate::text::span::Span;
use crate::text::yaml::{self, Node};

/// Who is told of each internal text: the key of the field it stands in, such as `note`, or `body` below the front matter;
/// the text; where the file has it.
pub trait Found: FnMut(&'static str, &str, Span) {}

impl<F: FnMut(&'static str, &str, Span)> Found for F {}

/// The internal texts of a record. Of one that is not public, that is all of it.
pub fn texts(record: &Record, mut found: impl Found) {
    let root = yaml::parse(&record.text, record.front, &mut Vec::new());
    front(record, root.as_ref(), &mut found);
    body(record, &mut found);
}

/// The same, of texts that are long enough to be looked for, and as the file has them: with their quotes, but without their
/// escapes. It takes a small part of the time when it is asked again, because nothing is parsed then.
pub fn written(record: &Record, mut found: impl FnMut(&str, Span)) {
    for span in record.internal.get_or_init(|| places(record)) {
        let written = record.text.get(span.range()).unwrap_or_default();
        let escaped = written.starts_with('"') && written.contains('\\');
        let node = escaped.then(|| yaml::parse(&record.text, *span, &mut Vec::new())).flatten();
        found(node.as_ref().and_then(Node::scalar).unwrap_or(written), *span);
    }
    body(record, &mut |_, text, span| found(text, span));
}

/// What `Record::internal` keeps of a front matter.
fn places(record: &Record) -> Vec<Span> {
    let mut places = Vec::new();
    let root = yaml::parse(&record.text, record.front, &mut Vec::new());
    front(record, root.as_ref(), &mut |_, _, span: Span| {
        if span.range().len() >= WINDOW {
            places.push(span);
        }
    });
    places
}

fn front(record: &Record, root: Option<&Node<'_>>, found: &mut impl Found) {
    match root {
        Some(root) => map(root, record.kind.shape(), record.visibility() == Visibility::Public, found),
        None => lines(&record.text, record.front, found),
    }
}

/// The internal texts of `incident.yaml`: also all that it says of services that are not public.
pub fn texts_of_config(archive: &Archive, mut found: impl Found) {
    let text = &archive.config.text;
    if let Some(root) = yaml::parse(text, Span::new(0, text.len()), &mut Vec::new()) {
        map(&root, &CONFIG, true, &mut found);
    }
}

fn map(node: &Node<'_>, shape: &'static Shape, is_public: bool, found: &mut impl Found) {
    let is_public = is_public && node.get("public").and_then(Node::scalar) != Some("false");
    for (key, node) in node.pairs().unwrap_or_default() {
        match key.scalar().and_then(|key| shape.field(key)) {
            Some(field) => value(node, &field.value, field.key, is_public, is_public && field.public, found),
            None => scalars(node, "an unknown key", found),
        }
    }
}

/// `inherited` is whether the mapping may go out at all, `is_public` whether this field may.
fn value(
    node: &Node<'_>,
    shape: &'static Value,
    key: &'static str,
    inherited: bool,
    is_public: bool,
    found: &mut impl Found,
) {
    match (shape, node.items(), node.pairs()) {
        (Value::Map(shape), _, Some(_)) => map(node, shape, inherited, found),
        (Value::List(item) | Value::OneOrMore(item), Some(items), _) => {
            items.iter().for_each(|node| value(node, item, key, inherited, is_public, found));
        }
        (Value::Dict { value: of, .. }, _, Some(pairs)) => {
            pairs.iter().for_each(|(_, node)| value(node, of, key, inherited, is_public, found));
        }
        (Value::Either { collection, .. }, items, pairs) if items.is_some() || pairs.is_some() => {
            value(node, collection, key, inherited, is_public, found);
        }
        _ if is_public => {}
        _ => scalars(node, key, found),
    }
}

fn scalars(node: &Node<'_>, key: &'static str, found: &mut impl Found) {
    if let Some(text) = node.filled() {
        found(key, text, node.span);
    }
    node.items().unwrap_or_default().iter().for_each(|item| scalars(item, key, found));
    node.pairs().unwrap_or_default().iter().for_each(|(_, value)| scalars(value, key, found));
}

/// What follows the front matter, but for the public summary of a published postmortem.
fn body(record: &Record, found: &mut impl Found) {
    let summary = published_summary(record).unwrap_or(Span::at(record.body.end));
    lines(&record.text, Span::new(record.body.start, summary.start), found);
    lines(&record.text, Span::new(summary.end, record.body.end), found);
}

fn published_summary(record: &Record) -> Option<Span> {
    let status = record.postmortem()?.status.as_ref()?;
    let summary = sections::public_summary(record.sections())?;
    (status.value == "published" && record.kind == Kind::Postmortem).then_some(summary.content)
}

fn lines(text: &str, span: Span, found: &mut impl Found) {
    let mut start = span.start;
    for line in text.get(span.range()).unwrap_or_default().split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let at = start + (line.len() - line.trim_start().len());
            found("body", words, Span::new(at, at + words.len()));
        }
        start += line.len();
    }
}
