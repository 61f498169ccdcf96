//! New entries and new records, written as a person would have written them.
//!
//! The keys stand in the order of the tables in `shape`. What is written here reads back as exactly what was meant.

use super::Kind;
use super::time::Time;
use crate::text::data::Data;
use crate::text::edit::{self, CannotEdit, Op, Path};

mod entry;
mod fields;
#[cfg(test)]
mod tests;

pub use entry::{NewAmendment, NewEntry, NewEscalation, NewEvidence, NewLink, NewMessage, NewNotification};
use fields::Fields;

/// Puts an entry at its place in the timeline of a record: behind the last one that is not later.
///
/// # Errors
///
/// The timeline cannot be read, or the entry cannot be put in without loss.
pub fn append_entry(text: &str, entry: &NewEntry) -> Result<String, CannotEdit> {
    let timeline = Path::keys("timeline");
    let index = match edit::data(text)?.get("timeline") {
        Some(Data::List(items)) => place(items, entry.at),
        _ => 0,
    };
    edit::edit(text, &Op::Insert { path: timeline, index, value: entry.data() })
}

/// An entry whose time cannot be read is not passed: nobody knows when it was.
fn place(items: &[Data], at: Time) -> usize {
    let later = |item: &Data| match item.get("at") {
        Some(Data::Plain(text) | Data::Text(text)) => Time::parse(text).is_ok_and(|time| time > at),
        _ => false,
    };
    items.iter().rposition(|item| !later(item)).map_or(0, |i| i + 1)
}

/// Gives a key of a record a value, as in `detection.method`; of a list, an item is named by its number from 1, as in
/// `obligations.1.sent`. A key at the top level that is missing goes where the format's tables have it.
///
/// # Errors
///
/// The record cannot be read, or the value cannot be put in without loss.
pub fn set(text: &str, kind: Kind, dotted: &str, value: Data) -> Result<String, CannotEdit> {
    let old = edit::data(text)?;
    let (top, below) = dotted.split_once('.').unwrap_or((dotted, ""));
    let op = match &old {
        Data::Map(pairs) if old.get(top).is_none() => {
            let shape = kind.shape();
            let before = pairs.iter().rev().find(|(other, _)| shape.place(other) < shape.place(top));
            let inner = below.rsplit('.').filter(|key| !key.is_empty());
            let value = inner.fold(value, |value, key| Data::map([(key, value)]));
            Op::Add { path: Path::keys(top), after: before.map(|(other, _)| other.clone()), value }
        }
        _ => Op::Set { path: path_in(&old, dotted), value },
    };
    edit::edit(text, &op)
}

/// Adds an item to the end of a list at the top level. One that is missing goes where the format's tables have it.
///
/// # Errors
///
/// The record cannot be read, or the item cannot be put in without loss.
pub fn append(text: &str, kind: Kind, key: &str, item: Data) -> Result<String, CannotEdit> {
    let (text, index) = match edit::data(text)?.get(key) {
        None => (set(text, kind, key, Data::List(Vec::new()))?, 0),
        Some(Data::List(items)) => (text.to_owned(), items.len()),
        Some(_) => (text.to_owned(), 0),
    };
    edit::edit(&text, &Op::Insert { path: Path::keys(key), index, value: item })
}

/// A number is the place of an item where there is a list, and else a key.
fn path_in(data: &Data, dotted: &str) -> Path {
    let (mut path, mut here) = (Path::default(), Some(data));
    for part in dotted.split('.').filter(|part| !part.is_empty()) {
        let item = part.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        (path, here) = match (here, item) {
            (Some(Data::List(items)), Some(item)) => (path.item(item), items.get(item)),
            _ => (path.key(part), here.and_then(|data| data.get(part))),
        };
    }
    path
}

/// A record about to be written.
#[derive(Clone, Debug)]
pub struct NewRecord {
    kind: Kind,
    fields: Fields,
    pub timeline: Vec<NewEntry>,
    /// Markdown, below the front matter.
    pub body: String,
}

impl NewRecord {
    pub fn new(kind: Kind) -> Self {
        Self { kind, fields: Fields::default(), timeline: Vec::new(), body: String::new() }
    }

    /// Gives a key at the top level a value. The order of the calls does not matter.
    #[must_use]
    pub fn with(mut self, key: &str, value: Data) -> Self {
        self.fields.put(key, Some(value));
        self
    }

    /// The whole file.
    pub fn render(&self) -> String {
        let mut out = String::from("---\n");
        if let Data::Map(pairs) = self.fields.clone().in_order_of(self.kind.shape()) {
            for (key, value) in pairs {
                out.push_str(&value.pair(&key, 0));
                out.push('\n');
            }
        }
        if self.kind.shape().field("timeline").is_some() {
            out.push_str(if self.timeline.is_empty() { "timeline: []\n" } else { "timeline:\n" });
        }
        for entry in &self.timeline {
            out.push_str("  ");
            out.push_str(&entry.data().item(2));
            out.push('\n');
        }
        out.push_str("---\n");
        let body = self.body.trim();
        if !body.is_empty() {
            out.push_str(&format!("\n{body}\n"));
        }
        out
    }
}
