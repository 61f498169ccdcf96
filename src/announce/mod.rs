//! What has happened between two revisions, told to those who want to know.
//!
//! `public` and `internal` say everything that a record ever had to announce; what is new is what the earlier revision did
//! not say. `render` gives it a form. All of that is pure. `http`, `smtp` and `send` bring it to a sink, and `cursor`
//! remembers how far each sink is.

use std::collections::{BTreeSet, HashSet};

use jiff::Timestamp;

use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::index::Index;
use crate::record::review::Review;
use crate::record::{Content, Kind, Record};
use crate::site::audience::Audience;
use crate::site::projection::{Projection, has_public_summary};

pub mod cursor;
pub mod deliver;
pub mod event;
mod http;
mod internal;
pub mod labels;
pub mod look;
mod public;
pub mod render;
pub mod send;
pub mod sink;
mod smtp;
mod tls;

#[cfg(test)]
mod tests;

pub use event::{Event, What};

/// An archive as it was at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub archive: &'a Archive,
    /// Entries with a later time have not happened.
    pub as_of: Timestamp,
}

/// What was found to announce.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order in which it happened.
    pub events: Vec<Event>,
    /// The records of which nothing can be told yet, because they cannot be read in full.
    pub unreadable: Vec<String>,
    /// Whether a record has entries that lie ahead of the clock, so that there will be more to tell without another commit.
    pub has_more_to_come: bool,
}

/// What an audience may hear of the records with some ids, and could not have heard before.
pub fn between(before: Side<'_>, after: Side<'_>, ids: &BTreeSet<String>, audience: Audience) -> Found {
    let (old, new) = (Teller::new(before, audience), Teller::new(after, audience));
    let is_changed = |record: &&Record| ids.contains(&*record.id);
    let mut found = Found::default();
    for record in after.archive.all().filter(is_changed).filter(|record| is_told(record)) {
        let earlier = earlier(before.archive, record);
        if !record.timeline_complete() {
            found.unreadable.push(record.id.to_string());
            continue;
        }
        found.has_more_to_come |= record.timeline().iter().any(|entry| entry.at.instant() > after.as_of);
        let known = earlier.map(|record| old.events(record)).unwrap_or_default();
        let known: HashSet<&str> = known.iter().map(|event| event.key.as_str()).collect();
        found.events.extend(new.events(record).into_iter().filter(|event| !known.contains(event.key.as_str())));
    }
    for postmortem in after.archive.of_kind(Kind::Postmortem).filter(is_changed) {
        let before = after.archive.event(&postmortem.id).and_then(|record| earlier(before.archive, record));
        let known = before.and_then(|record| old.side.archive.postmortem(&record.id));
        if known.and_then(|postmortem| old.postmortem(postmortem)).is_none() {
            found.events.extend(new.postmortem(postmortem));
        }
    }
    found.events.sort_by(|a, b| (a.at, &a.record).cmp(&(b.at, &b.record)));
    found
}

/// Drills are no news, what is restricted is told by nobody, and what was recorded afterwards is history.
fn is_told(record: &Record) -> bool {
    let has_events = matches!(record.kind, Kind::Incident | Kind::Maintenance);
    has_events && (matches!(record.content, Content::Unreadable) || is_open(record) && record.was_kept_live())
}

fn is_open(record: &Record) -> bool {
    record.visibility() != Visibility::Restricted
}

/// The record as it was, under its id or under an older one.
fn earlier<'a>(archive: &'a Archive, record: &Record) -> Option<&'a Record> {
    let ids = std::iter::once(&*record.id).chain(record.aliases().iter().map(|alias| alias.value.as_str()));
    let mut found = ids.filter_map(|id| archive.event(id));
    found.next()
}

/// Says what there was to announce, up to a moment.
struct Teller<'a> {
    side: Side<'a>,
    index: Index<'a>,
    /// What customers may see; nothing where colleagues are told.
    site: Option<Box<Projection>>,
}

impl<'a> Teller<'a> {
    fn new(side: Side<'a>, audience: Audience) -> Self {
        let site = (audience == Audience::Public).then(|| Projection::of(side.archive, side.as_of).into());
        Self { side, index: Index::new(side.archive), site }
    }

    fn events(&self, record: &Record) -> Vec<Event> {
        match &self.site {
            Some(site) => place(site, record).map(|place| public::events(site, place)).unwrap_or_default(),
            None if is_open(record) => internal::events(self.side, record),
            None => Vec::new(),
        }
    }

    /// A postmortem is told once, with all incidents that it is about. The first of them that may be told stands for it.
    fn postmortem(&self, record: &Record) -> Option<Event> {
        let review = Review::of(record).filter(Review::is_published)?;
        let mut covered = review.covered(&self.index);
        let mut seen = HashSet::new();
        covered.retain(|record| seen.insert(&record.id) && is_told(record) && record.timeline_complete());
        match &self.site {
            Some(site) => {
                let places: Vec<usize> = covered.into_iter().filter_map(|record| place(site, record)).collect();
                has_public_summary(record).then(|| public::postmortem(site, &record.id, &places))?
            }
            None => internal::postmortem(self.side, &record.id, &covered),
        }
    }
}

/// Where the public site has a record.
fn place(site: &Projection, record: &Record) -> Option<usize> {
    site.events.iter().position(|event| event.id == record.id)
}
