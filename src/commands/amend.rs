//! Corrections of entries that others have read: always in the open.

use super::entry::EntryFlags;
use crate::error::Error;
use crate::record::Record;
use crate::record::shape::ENTRY;
use crate::record::time::Time;
use crate::record::timeline::Entry;
use crate::record::write::NewAmendment;
use crate::text::data::Data;
use crate::text::edit::{self, Op, Path};

/// The keys whose content somebody wrote in their own words.
const TEXTS: [&str; 9] =
    ["public", "note", "decision", "action", "hypothesis", "todo", "evidence", "links", "dismissed"];

/// Replaces texts of an entry, and says so in it. Returns the text of the record and what the commit says.
pub fn edit(
    record: &Record,
    text: &str,
    number: usize,
    flags: &EntryFlags,
    at: Time,
    by: &str,
) -> Result<(String, Vec<String>), Error> {
    find(record, number)?;
    let public = flags.public.as_deref().filter(|text| !text.is_empty());
    let texts = [
        ("public", public),
        ("note", flags.message.as_deref()),
        ("decision", flags.decision.as_deref()),
        ("action", flags.action.as_deref()),
        ("result", flags.result.as_deref()),
        ("hypothesis", flags.hypothesis.as_deref()),
        ("todo", flags.todo.as_deref()),
    ];
    let said = texts.into_iter().filter_map(|(key, text)| Some((key, text?)));
    let mut edited = text.to_owned();
    let mut any = false;
    for (key, value) in said {
        edited = put(&edited, number, key, Data::text(value))?;
        any = true;
    }
    if !any {
        return Err(Error::new("`--edit` corrects texts, and none was given")
            .hint("give the right text with `-m`, `--public`, `--decision`, `--action`, `--hypothesis` or `--todo`")
            .hint("what changed later is said by an update of its own, at its own time"));
    }
    let edited = put(&edited, number, "edited", amendment(flags, at, by))?;
    Ok((edited, vec![format!("entry {number} edited")]))
}

/// Takes the texts of an entry away. What it changed stays, because the record is replayed from that.
pub fn redact(
    record: &Record,
    text: &str,
    number: usize,
    flags: &EntryFlags,
    at: Time,
    by: &str,
) -> Result<(String, Vec<String>), Error> {
    let entry = find(record, number)?;
    let mut redacted = text.to_owned();
    for key in TEXTS.into_iter().filter(|key| is_there(&redacted, number, key)).collect::<Vec<_>>() {
        redacted = edit::edit(&redacted, &Op::Remove { path: path(number).key(key) })?;
    }
    if entry.reason.is_some() {
        // The step may need a reason, and it had one.
        redacted = put(&redacted, number, "reason", Data::text("redacted"))?;
    }
    let redacted = put(&redacted, number, "redacted", amendment(flags, at, by))?;
    Ok((redacted, vec![format!("entry {number} redacted")]))
}

pub fn find(record: &Record, number: usize) -> Result<&Entry, Error> {
    let entries = record.timeline();
    let entry = number.checked_sub(1).and_then(|i| entries.get(i)).filter(|_| record.timeline_complete());
    entry.ok_or_else(|| {
        Error::new(format!("there is no entry {number}; the record has {}", entries.len()))
            .hint(format!("`git incident show {}` numbers them", record.id))
    })
}

fn path(number: usize) -> Path {
    Path::keys("timeline").item(number - 1)
}

fn is_there(text: &str, number: usize, key: &str) -> bool {
    let tree = edit::data(text).ok();
    match tree.as_ref().and_then(|tree| tree.get("timeline")) {
        Some(Data::List(entries)) => entries.get(number - 1).is_some_and(|entry| entry.get(key).is_some()),
        _ => false,
    }
}

/// Gives a key of an entry a value, at its place in the order of the format.
pub fn put(text: &str, number: usize, key: &str, value: Data) -> Result<String, Error> {
    let path = path(number).key(key);
    if is_there(text, number, key) {
        return Ok(edit::edit(text, &Op::Set { path, value })?);
    }
    let before = ENTRY.fields.iter().map(|field| field.key).take_while(|known| *known != key);
    let after = before.filter(|known| is_there(text, number, known)).last().map(str::to_owned);
    Ok(edit::edit(text, &Op::Add { path, after, value })?)
}

fn amendment(flags: &EntryFlags, at: Time, by: &str) -> Data {
    let reason = flags.reason.clone().unwrap_or_default();
    NewAmendment { at, by: by.to_owned(), reason }.data()
}
