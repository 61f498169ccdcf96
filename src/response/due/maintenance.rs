//! Planned work that is to start or to end.

use super::{Ask, Found, command};
use crate::record::Record;
use crate::response::stage::{self, Stage};
use crate::response::{Owner, Task};

pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    owed(ask, record).into_iter().collect()
}

fn owed(ask: &Ask<'_>, record: &Record) -> Option<Found> {
    let window = record.maintenance()?.window.as_ref().filter(|window| window.is_possible())?;
    if stage::of(ask.archive, record) != Some(Stage::Live) {
        return None;
    }
    let machine = &ask.archive.lifecycle.maintenance;
    let status = record.replay.status()?;
    let has_started = record.replay.statuses.len() > 1 || status != "scheduled";
    let next = machine.next(Some(status));
    let wanted = next.iter().find(|state| machine.is_live(state) != has_started).or(next.first())?;
    let ended: String = if has_started { ended(record) } else { String::new() };
    let (task, due) =
        if has_started { (Task::EndMaintenance, window.end) } else { (Task::StartMaintenance, window.start) };
    Some(Found {
        task,
        due: Some(due.value),
        owner: owner(ask, record),
        settle: command(format_args!("update {} --status {wanted}{ended}", record.id)),
    })
}

/// The services that are operational again with the end.
fn ended(record: &Record) -> String {
    let open = record.replay.impacts.iter().filter(|impact| impact.to.is_none());
    open.map(|impact| format!(" --impact {}=operational", impact.service)).collect()
}

/// Whoever leads it or wrote it down.
fn owner(ask: &Ask<'_>, record: &Record) -> Owner {
    let author = record.timeline().iter().find_map(|entry| entry.by.as_ref());
    let author = author.filter(|by| ask.archive.config.people.iter().any(|person| person.id.value == by.value));
    Owner::holding(record, &["incident_manager", "tech_lead", "service_owner"])
        .or_else(|| Owner::named(author))
        .unwrap_or_else(|| Owner::of_services(ask.archive, record))
}
