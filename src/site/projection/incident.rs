//! Incidents on their way out.

use jiff::Timestamp;

use super::event::{self, Scope};
use super::{Affected, EventKind, PublicEvent, PublicMessage, Status, Worded};
use crate::metrics::downtime;
use crate::record::Record;
use crate::record::incident::Incident;
use crate::record::past::Past;
use crate::record::time::Time;
use crate::record::timeline::{Entry, ServiceState};

/// An incident as readers see it; nothing while it is only in triage, or if it was dropped without having been announced.
pub(super) fn project(scope: &Scope<'_>, record: &Record, incident: &Incident) -> Option<PublicEvent> {
    let past = Past::of(record, scope.as_of);
    let messages = event::messages(scope, &past.entries, Status::Investigating, status);
    let said = past.replay.statuses.iter().rev().find_map(|s| status(&s.value));
    let status = match (past.replay.status().and_then(status), said) {
        (Some(status), _) => status,
        // A lifecycle of the user's own may have states that readers have no word for: the last one they had stands.
        (None, Some(status)) => status,
        (None, None) if messages.is_empty() => return None,
        (None, None) => Status::Investigating,
    };
    let dropped = matches!(status, Status::Canceled);
    if dropped && messages.is_empty() {
        return None;
    }
    let merged = matches!(status, Status::Merged(_));
    let last_change = past.replay.statuses.last().map(|s| s.from.instant());
    // What a dropped incident said about services was wrong; what a merged one said is now said by the other.
    let place = |name: &str| scope.services.place(name);
    let stretches = match (dropped, merged) {
        (true, _) => Default::default(),
        (_, true) => downtime::of_impacts(&past.replay, last_change, &place),
        _ => downtime::of_impacts(&past.replay, None, &place),
    };
    let affected: Vec<Affected> = stretches
        .into_iter()
        .map(|(service, stretches)| Affected {
            service,
            state: stretches
                .iter()
                .filter(|s| s.to.is_none())
                .map(|s| s.state)
                .max()
                .unwrap_or(ServiceState::Operational),
            expected: None,
            stretches,
        })
        .collect();
    let began = began(&past.entries, &affected, &messages, public_since(&past))?;
    let ended = match status {
        Status::Resolved => past.replay.moments.resolved.map(Time::instant).or(last_change),
        Status::Canceled | Status::Merged(_) => last_change,
        _ => None,
    };
    Some(PublicEvent {
        id: record.id.clone(),
        kind: EventKind::Incident,
        title: title(record),
        aliases: record.aliases().iter().map(|a| a.value.clone()).collect(),
        began,
        mitigated: past.replay.moments.mitigated.map(Time::instant),
        ended,
        window: None,
        next_update: if status.is_open() { event::next_update(&past.entries) } else { None },
        summary: scope.summaries.of_incident(&record.id),
        updated: updated(scope.as_of, began, ended, &affected, &messages),
        status: survivor(status, incident),
        affected,
        messages,
    })
}

pub(super) fn title(record: &Record) -> Worded {
    record.name().map_or_else(|| Worded::plain(&*record.id), Worded::from)
}

/// Triage is not for readers, and what follows `resolved` is not either.
fn status(name: &str) -> Option<Status> {
    Some(match name {
        "investigating" => Status::Investigating,
        "identified" => Status::Identified,
        "monitoring" => Status::Monitoring,
        "resolved" | "closed" => Status::Resolved,
        "canceled" => Status::Canceled,
        "merged" => Status::Merged(None),
        _ => return None,
    })
}

fn survivor(status: Status, incident: &Incident) -> Status {
    match status {
        Status::Merged(_) => Status::Merged(incident.related.duplicate_of.as_ref().map(|id| id.value.as_str().into())),
        other => other,
    }
}

fn public_since(past: &Past<'_>) -> Option<Timestamp> {
    past.replay.statuses.iter().find(|s| status(&s.value).is_some()).map(|s| s.from.instant())
}

/// When it began for readers: as the record says, else when a service that they know of was first affected, else when
/// they could first hear of it.
fn began(
    entries: &[&Entry],
    affected: &[Affected],
    messages: &[PublicMessage],
    public_since: Option<Timestamp>,
) -> Option<Timestamp> {
    let said = entries.iter().find(|entry| entry.events.iter().any(|event| event.value == "impact_started"));
    let first_impact = affected.iter().flat_map(|a| &a.stretches).map(|s| s.from).min();
    let first_message = messages.last().map(|message| message.at);
    said.map(|entry| entry.at.instant())
        .or(first_impact)
        .or_else(|| public_since.into_iter().chain(first_message).min())
}

/// The last moment at which anything that readers see changed.
pub(super) fn updated(
    as_of: Timestamp,
    began: Timestamp,
    ended: Option<Timestamp>,
    affected: &[Affected],
    messages: &[PublicMessage],
) -> Timestamp {
    let stretches = affected.iter().flat_map(|a| &a.stretches).flat_map(|s| [Some(s.from), s.to]);
    let said = messages.iter().flat_map(|m| [Some(m.at), m.edited, m.redacted]);
    let past = stretches.chain(said).chain([ended]).flatten().filter(|at| *at <= as_of);
    past.fold(began, Timestamp::max)
}
