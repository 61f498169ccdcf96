//! Merged records that are not there any more.

use std::sync::Arc;

use super::Context;
use super::kept::{self, Fate};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::history::{History, Past, Version};

/// A record that was merged and has no successor that says so.
#[derive(Debug)]
pub struct Missing<'a> {
    pub id: &'a Arc<str>,
    /// As it was merged last.
    pub last: &'a Version,
    /// The one record that tells everything it told.
    pub renamed: Option<&'a Record>,
}

/// A postmortem whose folder is gone is not missed beside its incident.
pub fn records<'a>(context: &'a Context<'_>, history: &'a History) -> Vec<Missing<'a>> {
    let archive = context.archive;
    let last = |past: &'a Past| past.merged.last().map(|version| &**version);
    let events = history.events().filter(|(id, _)| context.index.event(id).is_none());
    let events = events.filter_map(|(id, past)| {
        let last = last(past)?;
        Some(Missing { id, last, renamed: successor(context, history, past, last) })
    });
    let postmortems = history.postmortems().filter(|(id, _)| {
        let event = context.index.event(id);
        event.is_some_and(|event| archive.postmortem(&event.id).is_none())
    });
    events.chain(postmortems.filter_map(|(id, past)| Some(Missing { id, last: last(past)?, renamed: None }))).collect()
}

/// Only a record that appeared when the other one vanished, and that has every entry of it, is sure to be the same one.
fn successor<'a>(context: &'a Context<'_>, history: &History, past: &Past, last: &Version) -> Option<&'a Record> {
    let archive: &Archive = context.archive;
    let before = last.record(archive)?;
    let first = before.timeline().first()?;
    let tells_all = |record: &&Record| {
        let begins_alike = record.timeline().first().is_some_and(|now| now.at.value == first.at.value);
        let kept = |fate: &Fate<'_>| matches!(fate, Fate::Kept(_) | Fate::Amended(_));
        let own = history.of(record.kind, &record.id);
        begins_alike
            && own.is_some_and(|own| own.is_new_with(past.vanished()))
            && record.timeline_complete()
            && kept::fates(context, last, record).iter().all(|(_, fate)| kept(fate))
    };
    let mut found = archive.all().filter(tells_all);
    found.next().filter(|_| found.next().is_none())
}
