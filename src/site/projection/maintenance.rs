//! Maintenance on its way out.
//!
//! A maintenance runs from the entry that says `in_progress` to the one that says `completed` or `canceled`, never
//! merely because the clock has reached its window: a page that says "in progress" when nobody has begun is wrong.
//! Such an entry may be written ahead, with the time at which it will be true.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::event::{self, Past, Scope};
use super::incident::{title, updated};
use super::{Affected, EventKind, PublicEvent, Status};
use crate::metrics::uptime::{Stretch, Window};
use crate::record::Record;
use crate::record::maintenance::Maintenance;
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
    let run = run(&past);
    let affected = affected(scope, maintenance, &past, run.as_ref(), window);
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

/// When it ran: from the first `in_progress` to the end, if it has ended.
fn run(past: &Past<'_>) -> Option<(Timestamp, Option<Timestamp>)> {
    let statuses = &past.replay.statuses;
    let started = statuses.iter().find(|s| matches!(s.value.as_str(), "in_progress" | "verifying"))?;
    let last = statuses.last()?;
    let over = matches!(last.value.as_str(), "completed" | "canceled");
    Some((started.from.instant(), over.then(|| last.from.instant())))
}

/// What it did to services: as its timeline says, or else what was announced, for as long as it ran.
fn affected(
    scope: &Scope<'_>,
    maintenance: &Maintenance,
    past: &Past<'_>,
    run: Option<&(Timestamp, Option<Timestamp>)>,
    window: Option<Window>,
) -> Vec<Affected> {
    let expected: BTreeMap<usize, ServiceState> = maintenance
        .services
        .iter()
        .filter_map(|(name, state)| Some((scope.services.place(&name.value)?, state.value)))
        .collect();
    let mut happened = event::stretches(scope.services, &past.replay, None);
    if let (true, Some((from, to))) = (happened.is_empty(), run) {
        let announced = expected.iter().filter(|(_, state)| **state != ServiceState::Operational);
        happened = announced.map(|(service, state)| (*service, vec![Stretch::unplanned(*state, *from, *to)])).collect();
    }
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
                stretches: stretches.into_iter().flat_map(|s| split(s, window)).collect(),
            }
        })
        .collect()
}

/// The part of a stretch inside the announced window is excused; what comes before and after is not.
fn split(stretch: Stretch, window: Option<Window>) -> Vec<Stretch> {
    let Some(window) = window else {
        return vec![Stretch::overrun(stretch.state, stretch.from, stretch.to)];
    };
    let ends_by = |limit: Timestamp| Some(stretch.to.map_or(limit, |to| to.min(limit)));
    let mut parts = Vec::new();
    if stretch.from < window.from {
        parts.push(Stretch::overrun(stretch.state, stretch.from, ends_by(window.from)));
    }
    let inside = stretch.from.max(window.from);
    if inside < window.to && stretch.to.is_none_or(|to| inside < to) {
        parts.push(Stretch::announced(inside, ends_by(window.to)));
    }
    if stretch.to.is_none_or(|to| window.to < to) {
        parts.push(Stretch::overrun(stretch.state, stretch.from.max(window.to), stretch.to));
    }
    parts
}
