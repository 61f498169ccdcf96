//! Who is missing in a live incident.

use super::{Ask, Found, command};
use crate::record::Record;
use crate::response::command::{Command, HANDOVER, ROLE};
use crate::response::severity::missing_roles;
use crate::response::stage::{self, Stage};
use crate::response::{Owner, Task, severity};

pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    if record.incident().is_none() || stage::of(ask.archive, record) != Some(Stage::Live) {
        return Vec::new();
    }
    manager(ask, record).into_iter().chain(others(ask, record)).collect()
}

fn manager(ask: &Ask<'_>, record: &Record) -> Option<Found> {
    let vacant = Command::of(ask.archive, record)?.vacant_since()?;
    Some(Found {
        task: Task::TakeCommand,
        due: vacant.plus_minutes(HANDOVER),
        owner: Owner::holding(record, &["deputy"]).unwrap_or_else(|| Owner::of_services(ask.archive, record)),
        settle: command(format_args!("assign {ROLE}=… --id {}", record.id)),
    })
}

fn others(ask: &Ask<'_>, record: &Record) -> Option<Found> {
    let peak = severity::peak(ask.archive, record)?;
    let missing = missing_roles(peak.severity, record);
    if missing.is_empty() {
        return None;
    }
    let roles: Vec<String> = missing.iter().map(|role| format!("{role}=…")).collect();
    Some(Found {
        task: Task::FillRoles {
            severity: peak.severity.id.clone(),
            roles: missing.iter().map(|&role| role.to_owned()).collect(),
        },
        due: severity::asked_since(ask.archive, record, &peak).and_then(|since| since.plus_minutes(HANDOVER)),
        owner: Owner::holding(record, &[ROLE, "deputy"]).unwrap_or_else(|| Owner::of_services(ask.archive, record)),
        settle: command(format_args!("assign {} --id {}", roles.join(" "), record.id)),
    })
}
