//! What incidents and maintenance have in common on their way out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::replay::{self, Replay};
use crate::record::time::Time;
use crate::record::timeline::{Entry, Message, ServiceState};

use super::summary::Summaries;
use super::{Change, PublicMessage, PublicText, Services, Status};
use crate::site::uptime::Stretch;

/// What every record is projected with.
pub(super) struct Scope<'a> {
    pub archive: &'a Archive,
    pub services: &'a Services,
    pub summaries: &'a Summaries<'a>,
    pub as_of: Timestamp,
}

/// The part of a timeline that has happened, and what it amounts to.
pub(in crate::site) struct Past<'a> {
    pub entries: Vec<&'a Entry>,
    pub replay: Cow<'a, Replay>,
}

impl<'a> Past<'a> {
    /// Replays again only where an entry lies in the future, which is rare.
    pub fn of(record: &'a Record, as_of: Timestamp) -> Self {
        let timeline = record.timeline();
        let happened = |entry: &&Entry| entry.at.instant() <= as_of;
        if timeline.iter().all(|entry| happened(&entry)) {
            let entries = record.replay.order.iter().filter_map(|i| timeline.get(*i)).collect();
            return Self { entries, replay: Cow::Borrowed(&record.replay) };
        }
        let past: Vec<&Entry> = timeline.iter().filter(happened).collect();
        let replay = replay::replay(&past.iter().map(|entry| (*entry).clone()).collect::<Vec<_>>());
        let entries = replay.order.iter().filter_map(|i| past.get(*i).copied()).collect();
        Self { entries, replay: Cow::Owned(replay) }
    }

    pub fn moment(time: Option<Time>) -> Option<Timestamp> {
        time.map(Time::instant)
    }
}

/// Everything that was said to customers, newest first. `status` reads a state's name; `first` is where an event
/// stands before its timeline says so.
pub(super) fn messages(
    scope: &Scope<'_>,
    entries: &[&Entry],
    first: Status,
    status: impl Fn(&str) -> Option<Status>,
) -> Vec<PublicMessage> {
    let mut now = first;
    let mut said_before = false;
    let mut states: BTreeMap<usize, ServiceState> = BTreeMap::new();
    let mut messages = Vec::new();
    for entry in entries {
        let before = now.clone();
        if let Some(next) = entry.status.as_ref().and_then(|s| status(&s.value)) {
            now = next;
        }
        let changes = changes(scope.services, entry, &mut states);
        let Some(public) = &entry.public else { continue };
        messages.push(PublicMessage {
            at: entry.at.instant(),
            status: now.clone(),
            moved: now != before || !said_before,
            texts: texts(public, scope.archive.config.default_language()),
            edited: amended(entry.edited.as_deref(), scope.as_of),
            redacted: amended(entry.redacted.as_deref(), scope.as_of),
            changes,
        });
        said_before = true;
    }
    messages.reverse();
    messages
}

fn amended(amendment: Option<&crate::record::timeline::Amendment>, as_of: Timestamp) -> Option<Timestamp> {
    let at = amendment?.at.as_ref()?.instant();
    (at <= as_of).then_some(at)
}

fn changes(services: &Services, entry: &Entry, states: &mut BTreeMap<usize, ServiceState>) -> Vec<Change> {
    let public = entry.impact.iter().filter_map(|(name, state)| Some((services.place(&name.value)?, state.value)));
    public
        .map(|(service, new)| {
            let old = states.insert(service, new).unwrap_or(ServiceState::Operational);
            Change { service, old, new }
        })
        .collect()
}

fn texts(message: &Message, default: &str) -> Vec<PublicText> {
    match message {
        Message::Plain(text) => vec![PublicText::new(default, &text.value)],
        Message::Translated(texts) => {
            texts.iter().map(|(tag, text)| PublicText::new(&tag.value, &text.value)).collect()
        }
    }
}

/// The stretches that a timeline's `impact` made, by public service. What began later than `until` is not counted,
/// and nothing lasts beyond it.
pub(super) fn stretches(
    services: &Services,
    replay: &Replay,
    until: Option<Timestamp>,
) -> BTreeMap<usize, Vec<Stretch>> {
    let mut by_service: BTreeMap<usize, Vec<Stretch>> = BTreeMap::new();
    for impact in &replay.impacts {
        let Some(service) = services.place(&impact.service) else { continue };
        let from = impact.from.instant();
        let to = match (impact.to.map(Time::instant), until) {
            (Some(to), Some(until)) => Some(to.min(until)),
            (to, until) => to.or(until),
        };
        if to.is_none_or(|to| from < to) {
            by_service.entry(service).or_default().push(Stretch::unplanned(impact.state, from, to));
        }
    }
    by_service
}

/// When a promise to readers still stands: the last one made, unless a later message came without one.
pub(in crate::site) fn next_update(entries: &[&Entry]) -> Option<Timestamp> {
    let last = entries.iter().rev().find(|entry| entry.public.is_some() || entry.next_update.is_some())?;
    last.next_update.as_ref().map(|at| at.instant())
}
