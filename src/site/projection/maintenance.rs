//! Maintenance on its way out.
//!
//! A maintenance runs from the entry that says `in_progress` to the one that says `completed` or `canceled`, never
//! merely because the clock has reached its window: a page that says "in progress" when nobody has begun is wrong.
//! Such an entry may be written ahead, with the time at which it will be true.

use super::event::{self, Scope};
use super::incident::{title, updated};
use super::{Affected, EventKind, PublicEvent, Status};
use crate::metrics::downtime;
use crate::metrics::uptime::Window;
use crate::record::Record;
use crate::record::maintenance::Maintenance;
use crate::record::past::Past;
use crate::record::timeline::ServiceState;

/// A maintenance as readers see it; nothing if it was canceled without having been announced.
pub(super) fn project(scope: &Scope<'_>, record: &Record, maintenance: &Maintenance) -> Option<PublicEvent> {
    let past = Past::of(record, scope.as_of);
    let messages = event::messages(scope, &past.entries, Status::Scheduled, status);
    let status = past.replay.statuses.iter().rev().find_map(|s| status(&s.value)).unwrap_or(Status::Scheduled);
    if status == Status::Canceled && messages.is_empty() {
        return None;
    }
    let window = maintenance.window.as_ref().map(|w| Window { from: w.start.instant(), to: w.end.instant() });
    let run = downtime::run(&past.replay);
    let affected = affected(scope, maintenance, &past, window);
    let began = window.map(|w| w.from).or(run.map(|run| run.0)).or(messages.last().map(|m| m.at))?;
    let ended = match status {
        Status::Completed | Status::Canceled => past.replay.statuses.last().map(|s| s.from.instant()),
        _ => None,
    };
    // The window may lie ahead, so that it says nothing about when the page last changed.
    let first_known = past.entries.first().map_or(began, |entry| entry.at.instant()).min(scope.as_of);
    Some(PublicEvent {
        id: record.id.clone(),
        kind: EventKind::Maintenance,
        title: title(record),
        aliases: record.aliases().iter().map(|a| a.value.clone()).collect(),
        began,
        mitigated: None,
        ended,
        window,
        next_update: if status.is_open() { event::next_update(&past.entries) } else { None },
        summary: None,
        updated: updated(scope.as_of, first_known, ended, &affected, &messages),
        status,
        affected,
        messages,
    })
}

fn status(name: &str) -> Option<Status> {
    Some(match name {
        "scheduled" => Status::Scheduled,
        "in_progress" => Status::InProgress,
        "verifying" => Status::Verifying,
        "completed" => Status::Completed,
        "canceled" => Status::Canceled,
        _ => return None,
    })
}

/// What it did to services: as its timeline says, or else what was announced, for as long as it ran.
fn affected(scope: &Scope<'_>, maintenance: &Maintenance, past: &Past<'_>, window: Option<Window>) -> Vec<Affected> {
    let place = |name: &str| scope.services.place(name);
    let expected = downtime::expected(maintenance, &place);
    let mut happened = downtime::of_maintenance(maintenance, &past.replay, &place);
    let mut services: Vec<usize> = expected.keys().chain(happened.keys()).copied().collect();
    services.sort_unstable();
    services.dedup();
    services
        .into_iter()
        .map(|service| {
            let stretches = happened.remove(&service).unwrap_or_default();
            Affected {
                service,
                state: stretches
                    .iter()
                    .filter(|s| s.to.is_none())
                    .map(|s| s.state)
                    .max()
                    .unwrap_or(ServiceState::Operational),
                expected: expected.get(&service).copied(),
                stretches: stretches.into_iter().flat_map(|s| downtime::split(s, window)).collect(),
            }
        })
        .collect()
}
