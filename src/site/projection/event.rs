//! What incidents and maintenance have in common on their way out.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::record::archive::Archive;
use crate::record::timeline::{Entry, Message, ServiceState};

use super::summary::Summaries;
use super::{Change, PublicMessage, PublicText, Services, Status};

/// What every record is projected with.
pub(super) struct Scope<'a> {
    pub archive: &'a Archive,
    pub services: &'a Services,
    pub summaries: &'a Summaries<'a>,
    pub as_of: Timestamp,
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

/// When a promise to readers still stands: the last one made, unless a later message came without one.
pub(in crate::site) fn next_update(entries: &[&Entry]) -> Option<Timestamp> {
    let last = entries.iter().rev().find(|entry| entry.public.is_some() || entry.next_update.is_some())?;
    last.next_update.as_ref().map(|at| at.instant())
}
