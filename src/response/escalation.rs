//! Whether those who were called in answered, and when senior management was told.

use crate::record::archive::Archive;
use crate::record::shape::canonical_role;
use crate::record::time::Time;
use crate::record::timeline::{Entry, Escalation};
use crate::record::{Record, escalation, steps};
use crate::text::span::Span;

/// When senior management was told first, and where it says so.
pub fn told(record: &Record) -> Option<(Time, Span)> {
    steps::in_order(record)
        .find_map(|entry| Some((entry.at.value, escalation::told_management(&record.replay, entry)?)))
}

/// The escalations that nobody has answered so far, as the record shows it, with their entries.
pub fn unanswered<'a>(archive: &Archive, record: &'a Record) -> Vec<(&'a Entry, &'a Escalation)> {
    let entries: Vec<&Entry> = steps::in_order(record).collect();
    let calls = entries.iter().enumerate().filter_map(|(at, entry)| Some((at, *entry, entry.escalate.as_deref()?)));
    let open = calls.filter(|(at, _, call)| {
        let mut later = entries.iter().skip(at + 1);
        call.acknowledged.is_none() && !later.any(|later| shows_answer(archive, record, call, later))
    });
    open.map(|(_, entry, call)| (entry, call)).collect()
}

/// Whether a later entry answers a call, or gives up waiting for it.
fn shows_answer(archive: &Archive, record: &Record, call: &Escalation, later: &Entry) -> bool {
    let onwards = later.escalate.as_ref().and_then(|next| next.reason.as_ref());
    let wrote = later.by.as_ref().is_some_and(|by| is_called(archive, record, call, &by.value));
    let people = later.roles.iter().filter_map(|(_, person)| person.as_ref());
    let took_role = people.into_iter().any(|person| is_called(archive, record, call, &person.value));
    wrote || took_role || onwards.is_some_and(|reason| reason.value == "no_acknowledgement")
}

/// Whether a person is the one who was called, one of the team, or holds the role.
fn is_called(archive: &Archive, record: &Record, call: &Escalation, person: &str) -> bool {
    let to = call.to.value.as_str();
    let of_team = archive
        .config
        .people
        .iter()
        .any(|known| known.id.value == person && known.team.as_ref().is_some_and(|team| team.value == to));
    let role = canonical_role(to);
    let holds = record.replay.roles.iter().any(|held| held.person == person && canonical_role(&held.role) == role);
    person == to || of_team || holds
}
