//! A record's text in pieces: its keys, and the entries of its timeline. Joined they are the text, byte for byte.

use crate::record::time::Time;
use crate::text::edit::{self, Pieces};
use crate::text::frontmatter;
use crate::text::yaml::{self, Node};

/// The key whose items are merged one by one.
pub const TIMELINE: &str = "timeline";

/// Keys whose value is one decision: the start of one side and the end of the other make a window that nobody chose.
const WHOLE: [&str; 1] = ["window"];

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
    pub value: Value<'a>,
}

/// What a merge can look into.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Nothing: it counts as a whole.
    Whole,
    /// A timeline that has a line for every dash.
    Timeline(Timeline<'a>),
    Mapping(Mapping<'a>),
}

/// The keys of a value, such as the answers of an assessment.
#[derive(Clone, Debug, Default)]
pub struct Mapping<'a> {
    pub layout: Layout,
    /// Up to the line of the key, or to the bracket.
    pub head: &'a str,
    pub keys: Vec<Key<'a>>,
    /// From the bracket on.
    pub tail: &'a str,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Nothing is in it yet.
    #[default]
    Empty,
    /// A line or more for each key, indented by so many blanks.
    Lines(usize),
    /// In brackets, all in one line.
    Brackets,
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
    let (keys, end) = lines(text, front.start, 0, pairs, pieces.as_ref())?;
    let body = split.body.start;
    Some(Cut { head: &text[..front.start], keys, tail: text.get(end..body)?, body: &text[body..] })
}

/// Cuts keys that stand in lines of their own from `start` on, indented by so many blanks. Also returns where they end.
/// `None` where a key stands in the middle of a line (`{title: x}`), or is quoted, or is there twice: records are not written
/// so.
fn lines<'a>(
    text: &'a str,
    start: usize,
    indent: usize,
    pairs: &[(Node<'_>, Node<'_>)],
    pieces: Option<&Pieces<'a>>,
) -> Option<(Vec<Key<'a>>, usize)> {
    let mut end = start;
    let mut keys: Vec<Key<'_>> = Vec::new();
    for (key, value) in pairs {
        let start = end;
        let name = new_name(text, key, &keys)?;
        let line = line_start(text, key);
        if line < start || text[line..key.span.start] != *" ".repeat(indent) {
            return None;
        }
        let timeline = pieces.filter(|_| name == TIMELINE);
        end = line_end(text, key.span.end.max(value.span.end)).max(timeline.map_or(0, items_end));
        let value = match timeline {
            Some(pieces) => Timeline::new(&text[start..end], start, pieces, value).map(Value::Timeline),
            None if WHOLE.contains(&name) => None,
            None => Mapping::new(text, start, end, (key, value)).map(Value::Mapping),
        };
        keys.push(Key { name, text: &text[start..end], value: value.unwrap_or(Value::Whole) });
    }
    Some((keys, end))
}

/// The name of a key as it is written. `None` where it is quoted, or there already.
fn new_name<'a>(text: &'a str, key: &Node<'_>, known: &[Key<'_>]) -> Option<&'a str> {
    let name = &text[key.span.range()];
    (key.scalar() == Some(name) && known.iter().all(|known| known.name != name)).then_some(name)
}

fn line_start(text: &str, node: &Node<'_>) -> usize {
    text[..node.span.start].rfind('\n').map_or(0, |at| at + 1)
}

/// The end of the line in which something ends; blanks and empty lines behind it are not its own.
fn line_end(text: &str, end: usize) -> usize {
    let last = text[..end].trim_end().len();
    text[last..].find('\n').map_or(text.len(), |at| last + at + 1)
}

fn items_end(pieces: &Pieces<'_>) -> usize {
    pieces.before.len() + pieces.items.iter().map(|item| item.len()).sum::<usize>()
}

impl<'a> Key<'a> {
    pub fn timeline(&self) -> Option<Timeline<'a>> {
        if let Value::Timeline(timeline) = &self.value { Some(timeline.clone()) } else { None }
    }

    pub fn mapping(&self) -> Option<Mapping<'a>> {
        if let Value::Mapping(mapping) = &self.value { Some(mapping.clone()) } else { None }
    }
}

impl<'a> Mapping<'a> {
    /// `None` where the value is no mapping, or is written so that its keys cannot be told apart without reading YAML.
    fn new(text: &'a str, start: usize, end: usize, (key, value): (&Node<'_>, &Node<'_>)) -> Option<Self> {
        if value.is_null() {
            return Some(Self { head: &text[start..end], ..Self::default() });
        }
        let pairs = value.pairs()?;
        let line = line_end(text, key.span.end);
        match pairs.first() {
            Some((first, _)) if first.span.start >= line => {
                let indent = first.span.start - line_start(text, first);
                let (keys, last) = lines(text, line, indent, pairs, None)?;
                let layout = Layout::Lines(indent);
                Some(Self { layout, head: &text[start..line], keys, tail: text.get(last..end)? })
            }
            _ => Self::in_brackets(text, start, end, value),
        }
    }

    fn in_brackets(text: &'a str, start: usize, end: usize, value: &Node<'_>) -> Option<Self> {
        let inside = text[value.span.range()].strip_prefix('{')?;
        if inside.contains('\n') {
            return None;
        }
        let open = value.span.start + 1;
        let mut keys = Vec::new();
        let mut first = None;
        let mut last = open;
        for (key, value) in value.pairs()? {
            let gap = text.get(last..key.span.start)?.trim();
            if gap != if keys.is_empty() { "" } else { "," } {
                return None;
            }
            first = first.or(Some(key.span.start));
            last = key.span.end.max(value.span.end);
            keys.push(Key {
                name: new_name(text, key, &keys)?,
                text: &text[key.span.start..last],
                value: Value::Whole,
            });
        }
        let layout = if keys.is_empty() { Layout::Empty } else { Layout::Brackets };
        Some(Self { layout, head: &text[start..first.unwrap_or(open)], keys, tail: text.get(last..end)? })
    }
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
