//! Corrections of entries that others have read: always in the open.

use super::entry::EntryFlags;
use crate::error::Error;
use crate::record::Record;
use crate::record::shape::ENTRY;
use crate::record::time::Time;
use crate::record::timeline::Entry;
use crate::record::write::{NewAmendment, NewMessage};
use crate::text::data::Data;
use crate::text::edit::{self, Op, Path};

/// The keys whose content somebody wrote in their own words.
const TEXTS: [&str; 9] =
    ["public", "note", "decision", "action", "hypothesis", "todo", "evidence", "links", "dismissed"];

/// Who corrects an entry, and when.
#[derive(Debug)]
pub struct Amendment<'a> {
    pub at: Time,
    pub by: &'a str,
    /// The first language of the site.
    pub language: &'a str,
}

impl Amendment<'_> {
    fn data(&self, flags: &EntryFlags) -> Data {
        let reason = flags.reason.clone().unwrap_or_default();
        NewAmendment { at: self.at, by: self.by.to_owned(), reason }.data()
    }
}

/// Replaces texts of an entry, and says so in it. Returns the text of the record and what the commit says.
pub fn edit(
    record: &Record,
    text: &str,
    number: usize,
    flags: &EntryFlags,
    amendment: &Amendment<'_>,
) -> Result<(String, Vec<String>), Error> {
    find(record, number)?;
    if flags.says_more_than_texts() {
        return Err(Error::new(
            "`--edit` corrects texts; what they say of the record and when, stays as it was recorded",
        )
        .hint("what changed later is said by an update of its own, at its own time"));
    }
    let (public, note) = flags.texts(amendment.language)?;
    let texts = [
        ("note", &note),
        ("decision", &flags.decision),
        ("action", &flags.action),
        ("result", &flags.result),
        ("hypothesis", &flags.hypothesis),
        ("todo", &flags.todo),
    ];
    let mut edited = text.to_owned();
    let mut any = public.is_some();
    if let Some(message) = public {
        edited = message_to_customers(&edited, number, message, amendment.language)?;
    }
    for (key, value) in texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))) {
        edited = put(&edited, number, key, Data::text(value))?;
        any = true;
    }
    if !any {
        return Err(Error::new("`--edit` corrects texts, and none was given")
            .hint("give the right text with `-m`, `--public`, `--decision`, `--action`, `--hypothesis` or `--todo`"));
    }
    let edited = put(&edited, number, "edited", amendment.data(flags))?;
    Ok((edited, vec![format!("entry {number} edited")]))
}

/// Corrects a message in the languages that were given; in the others it stays as it is.
fn message_to_customers(text: &str, number: usize, message: NewMessage, language: &str) -> Result<String, Error> {
    let key = "public";
    let mut said = match value(text, number, key) {
        Some(Data::Map(said)) => said,
        Some(said) => vec![(language.to_owned(), said)],
        None => return put(text, number, key, message.data()),
    };
    let new = match message {
        NewMessage::Plain(text) => vec![(language.to_owned(), text)],
        NewMessage::Translated(texts) => texts,
    };
    for (tag, text) in new {
        match said.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, said)) => *said = Data::Text(text),
            None => said.push((tag, Data::Text(text))),
        }
    }
    let alone = said.iter().all(|(tag, _)| tag == language);
    put(text, number, key, if alone { said.remove(0).1 } else { Data::Map(said) })
}

/// Takes the texts of an entry away. What it changed stays, because the record is replayed from that.
pub fn redact(
    record: &Record,
    text: &str,
    number: usize,
    flags: &EntryFlags,
    amendment: &Amendment<'_>,
) -> Result<(String, Vec<String>), Error> {
    let entry = find(record, number)?;
    if !flags.only_has_a_reason() {
        return Err(Error::new(
            "`--redact` takes the texts of an entry away, and says why with `--reason`; nothing else",
        )
        .hint("`--edit` replaces them by others"));
    }
    let mut redacted = text.to_owned();
    for key in TEXTS.into_iter().filter(|key| is_there(&redacted, number, key)).collect::<Vec<_>>() {
        redacted = edit::edit(&redacted, &Op::Remove { path: path(number).key(key) })?;
    }
    if entry.reason.is_some() {
        // The step may need a reason, and it had one.
        redacted = put(&redacted, number, "reason", Data::text("redacted"))?;
    }
    let redacted = put(&redacted, number, "redacted", amendment.data(flags))?;
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
    value(text, number, key).is_some()
}

fn value(text: &str, number: usize, key: &str) -> Option<Data> {
    match edit::data(text).ok()?.get("timeline")? {
        Data::List(entries) => entries.get(number - 1)?.get(key).cloned(),
        _ => None,
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
