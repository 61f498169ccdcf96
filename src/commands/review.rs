//! What the commands on postmortems share.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::writing::Draft;
use super::{flags, words};
use crate::change::Change;
use crate::error::Error;
use crate::record::archive::{Archive, FolderTree};
use crate::record::postmortem::{Action, Finding, Postmortem};
use crate::record::timeline::Text;
use crate::record::{Kind, Record, find, slug};

/// Prints actions or findings that are open: for programs as they are, for people in columns.
pub fn print_open<T: Serialize>(
    open: &[T],
    json: bool,
    none: &str,
    row: impl Fn(&T) -> Vec<String>,
) -> Result<(), Error> {
    let mut out = anstream::stdout().lock();
    if json {
        let text = serde_json::to_string_pretty(open).map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else if open.is_empty() {
        writeln!(out, "{none}")?;
    } else {
        for row in words::columns(&open.iter().map(row).collect::<Vec<_>>()) {
            writeln!(out, "{}", row.join("  "))?;
        }
    }
    Ok(())
}

pub fn value(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}

/// The folder of a record.
pub fn folder(record: &Record) -> &str {
    record.path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The whole archive: actions are looked for in all of it.
pub fn archive(root: &Path) -> Result<Archive, Error> {
    Ok(Archive::load(&FolderTree::new(root))?)
}

/// The postmortem that a word means; without a word the only one that is not published.
pub fn postmortem<'a>(archive: &'a Archive, word: Option<&str>) -> Result<&'a Record, Error> {
    let ids = || archive.of_kind(Kind::Postmortem).map(|record| &*record.id);
    if let Some(word) = word {
        let id = find::id(word, ids()).map_err(|why| {
            Error::new(format!("{why}; or that record has no postmortem yet"))
                .hint(format!("`git incident postmortem {word}` writes a draft"))
        })?;
        return archive.postmortem(id).ok_or_else(|| Error::new(format!("{id} has no postmortem")));
    }
    let open = |record: &&Record| {
        let status = record.postmortem().and_then(|postmortem| postmortem.status.as_ref());
        status.is_some_and(|status| archive.lifecycle.postmortem.is_live(status))
    };
    let open: Vec<&Record> = archive.of_kind(Kind::Postmortem).filter(open).collect();
    match open.as_slice() {
        [only] => Ok(only),
        [] => Err(Error::new("no postmortem is in work, so say which one is meant")),
        several => {
            let ids: Vec<&str> = several.iter().map(|record| &*record.id).collect();
            Err(Error::new(format!("{} postmortems are in work: {}", ids.len(), ids.join(", ")))
                .hint("give enough of the id to tell them apart"))
        }
    }
}

/// An item of a postmortem that has an id of its own.
pub trait Item: Sized + 'static {
    /// What people call it.
    const NAME: &str;

    /// Those of a postmortem.
    fn all(postmortem: &Postmortem) -> &[Self];

    fn id(&self) -> Option<&str>;
}

impl Item for Action {
    const NAME: &str = "action";

    fn all(postmortem: &Postmortem) -> &[Self] {
        &postmortem.actions
    }

    fn id(&self) -> Option<&str> {
        self.id.as_ref().map(|id| id.value.as_str())
    }
}

impl Item for Finding {
    const NAME: &str = "finding";

    fn all(postmortem: &Postmortem) -> &[Self] {
        &postmortem.findings
    }

    fn id(&self) -> Option<&str> {
        self.id.as_ref().map(|id| id.value.as_str())
    }
}

fn items<T: Item>(record: &Record) -> &[T] {
    record.postmortem().map_or(&[], T::all)
}

/// The items of every postmortem, each with its postmortem and its index there.
pub fn all_items<T: Item>(archive: &Archive) -> impl Iterator<Item = (&Record, usize, &T)> {
    archive
        .of_kind(Kind::Postmortem)
        .flat_map(|record| items(record).iter().enumerate().map(move |(index, item)| (record, index, item)))
}

/// An item by its own id, or as `INCIDENT/ID`: its postmortem, its index there, and what it says.
pub fn item<'a, T: Item>(archive: &'a Archive, name: &str) -> Result<(&'a Record, usize, &'a T), Error> {
    let (incident, id) = name.rsplit_once('/').map_or((None, name), |(incident, id)| (Some(incident), id));
    let found: Vec<_> = all_items::<T>(archive)
        .filter(|(record, _, item)| incident.is_none_or(|part| record.id.contains(part)) && item.id() == Some(id))
        .collect();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(Error::new(format!("there is no {} `{name}`", T::NAME))),
        several => {
            let names: Vec<String> = several.iter().map(|(record, ..)| format!("{}/{id}", record.id)).collect();
            Err(Error::new(format!("`{name}` could be any of {}", names.join(", "))))
        }
    }
}

/// The id of a new item: the wanted one, else its title as a slug, with a number where another has it.
///
/// # Errors
///
/// Another item has the wanted one.
pub fn new_id<T: Item>(record: &Record, wanted: Option<&str>, title: &str) -> Result<String, Error> {
    let taken: BTreeSet<String> = items::<T>(record).iter().filter_map(|item| Some(item.id()?.to_owned())).collect();
    if let Some(wanted) = wanted {
        return if taken.contains(wanted) {
            Err(Error::new(format!("the {} `{wanted}` is in {} already", T::NAME, record.id))
                .hint("choose another `--id`, or leave it out"))
        } else {
            Ok(wanted.to_owned())
        };
    }
    Ok(slug::of_title(title, T::NAME, &taken))
}

/// The change of a postmortem, ready to be judged.
pub fn draft(record: &Record, text: String, fact: String) -> Draft {
    Draft { id: record.id.to_string(), change: Change::of(&*record.path, text), facts: vec![fact] }
}

/// Today, where the organisation is.
pub fn today(archive: &Archive, now: Timestamp) -> Date {
    archive.config.zone().to_datetime(now).date()
}

/// A day by which something will be done: a date, or in so many days, as in `14d`. In a review of what was recorded
/// afterwards it may be over.
pub fn due(archive: &Archive, record: &Record, text: &str, now: Timestamp) -> Result<Date, Error> {
    let day = flags::day(text, now, &archive.config)?;
    let kept_live = archive.event(&record.id).is_some_and(Record::was_kept_live);
    if kept_live && day < today(archive, now) {
        return Err(Error::new(format!("{day} is over, and nothing can be done by then"))
            .hint("say a day that is to come, such as `14d`"));
    }
    Ok(day)
}
