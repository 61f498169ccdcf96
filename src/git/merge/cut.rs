//! A record's text in pieces: its keys, and the entries of its timeline. Joined they are the text, byte for byte.

use crate::record::time::Time;
use crate::text::edit::{self, Pieces};
use crate::text::frontmatter;
use crate::text::yaml::{self, Node};

/// The key whose items are merged one by one.
pub const TIMELINE: &str = "timeline";

#[derive(Debug, Default)]
pub struct Cut<'a> {
    /// The opening fence.
    pub head: &'a str,
    /// In the order of the file.
    pub keys: Vec<Key<'a>>,
    /// Comments behind the last key, and the closing fence.
    pub tail: &'a str,
    pub body: &'a str,
}

/// A key of the front matter with its value and the comments above it, in whole lines.
#[derive(Clone, Debug)]
pub struct Key<'a> {
    pub name: &'a str,
    pub text: &'a str,
    /// Of the timeline, if it has a line for every dash.
    pub entries: Option<Timeline<'a>>,
}

#[derive(Clone, Debug, Default)]
pub struct Timeline<'a> {
    /// Up to the line of the key.
    pub head: &'a str,
    pub entries: Vec<Entry<'a>>,
    pub tail: &'a str,
}

/// An entry, and what of it counts in a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    pub text: &'a str,
    pub at: Option<Time>,
    /// Time and name as they are written: they tell an entry that was edited from one that is new.
    pub signature: [String; 2],
    pub status: Option<String>,
    pub has_reason: bool,
    pub backfill: bool,
}

/// Cuts a text. `None` where it is not a readable record. An empty text is a record that is not there yet.
pub fn cut(text: &str) -> Option<Cut<'_>> {
    if text.is_empty() {
        return Some(Cut::default());
    }
    let split = frontmatter::split(text);
    let front = split.front?;
    let root = yaml::parse(text, front, &mut Vec::new())?;
    let pairs = root.pairs()?;
    let pieces = edit::cut(text, TIMELINE).ok();
    let mut start = front.start;
    let mut keys: Vec<Key<'_>> = Vec::new();
    for (key, value) in pairs {
        let name = &text[key.span.range()];
        // A key in the middle of a line (`{title: x}`), or quoted, or there twice, is not how records are written.
        let own_line = key.span.start == front.start || text[..key.span.start].ends_with('\n');
        if !own_line || key.span.start < start || key.scalar() != Some(name) || keys.iter().any(|k| k.name == name) {
            return None;
        }
        let timeline = pieces.as_ref().filter(|_| name == TIMELINE);
        let end = line_end(text, key.span.end.max(value.span.end)).max(timeline.map_or(0, items_end));
        let entries = timeline.and_then(|pieces| Timeline::new(&text[start..end], start, pieces, value));
        keys.push(Key { name, text: &text[start..end], entries });
        start = end;
    }
    let body = split.body.start;
    Some(Cut { head: &text[..front.start], keys, tail: text.get(start..body)?, body: &text[body..] })
}

/// The end of the line in which something ends; blanks and empty lines behind it are not its own.
fn line_end(text: &str, end: usize) -> usize {
    let last = text[..end].trim_end().len();
    text[last..].find('\n').map_or(text.len(), |at| last + at + 1)
}

fn items_end(pieces: &Pieces<'_>) -> usize {
    pieces.before.len() + pieces.items.iter().map(|item| item.len()).sum::<usize>()
}

impl<'a> Timeline<'a> {
    /// `None` where the items do not stand in lines of their own; then the timeline is a key like any other.
    fn new(text: &'a str, start: usize, pieces: &Pieces<'a>, value: &Node<'_>) -> Option<Self> {
        let nodes = value.items().unwrap_or_default();
        if nodes.len() != pieces.items.len() {
            return None;
        }
        let head = text.get(..pieces.before.len().checked_sub(start)?)?;
        let tail = text.get(items_end(pieces) - start..)?;
        let entries = pieces.items.iter().zip(nodes).map(|(text, node)| Entry::new(text, node)).collect();
        Some(Self { head, entries, tail })
    }
}

impl<'a> Entry<'a> {
    fn new(text: &'a str, node: &Node<'_>) -> Self {
        let scalar = |key: &str| node.get(key).and_then(Node::scalar);
        let owned = |key: &str| scalar(key).unwrap_or_default().to_owned();
        Self {
            text,
            at: scalar("at").and_then(|at| Time::parse(at).ok()),
            signature: [owned("at"), owned("by")],
            status: scalar("status").map(str::to_owned),
            has_reason: node.get("reason").is_some(),
            backfill: scalar("backfill") == Some("true"),
        }
    }

    /// The order of entries that no side has put into an order: by time, then by text, so that it does not matter
    /// which side is whose.
    pub fn rank(&self) -> (Option<Time>, &'a str) {
        (self.at, self.text)
    }
}
