//! Notices to authorities and customers, and the decisions whether they are needed.

use super::{Ask, Found, command};
use crate::record::Record;
use crate::record::incident::Obligation;
use crate::response::obligations::unassessed;
use crate::response::stage::{self, Stage};
use crate::response::{Owner, Task};

pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    let Some(incident) = record.incident() else { return Vec::new() };
    if stage::of(ask.archive, record).is_none_or(|stage| stage == Stage::Dropped) {
        return Vec::new();
    }
    let owner = || {
        Owner::who_held(record, &["legal_counsel", "incident_manager"])
            .unwrap_or_else(|| Owner::of_services(ask.archive, record))
    };
    let undecided = unassessed(record, incident).map(|_| Found {
        task: Task::AssessObligations,
        due: None,
        owner: owner(),
        settle: command(format_args!("update {} --decision \"…\"", record.id)),
    });
    let listed = incident.obligations.iter().zip(1..);
    let listed = listed.filter_map(|(obligation, number)| {
        let (task, change) = open(obligation, number)?;
        let settle = command(format_args!("update {} {change}", record.id));
        let due = obligation.due.map(|due| due.value);
        Some(Found { task, due, owner: owner(), settle })
    });
    undecided.into_iter().chain(listed).collect()
}

/// What is left to do about a duty to tell somebody, and what records that it was done.
fn open(obligation: &Obligation, number: usize) -> Option<(Task, String)> {
    let regime = obligation.regime.as_ref().map(|regime| regime.value.clone());
    let set = |key: &str| format!("--set obligations.{number}.{key}=\"…\"");
    match obligation.applies.as_ref()?.value {
        Some(true) if obligation.sent.is_none() => Some((Task::SendNotice(regime), set("sent"))),
        None => Some((Task::Assess(regime), format!("{} {}", set("applies"), set("basis")))),
        Some(_) => None,
    }
}
