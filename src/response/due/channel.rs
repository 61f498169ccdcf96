//! Where the responders of a live incident are to talk.

use super::{Ask, Found, command};
use crate::record::Record;
use crate::response::command::{HANDOVER, ROLE};
use crate::response::severity::missing_channels;
use crate::response::stage::{self, Stage};
use crate::response::{Owner, Task, severity};

pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    owed(ask, record).into_iter().collect()
}

fn owed(ask: &Ask<'_>, record: &Record) -> Option<Found> {
    let incident = record.incident().filter(|_| stage::of(ask.archive, record) == Some(Stage::Live))?;
    let peak = severity::peak(ask.archive, record)?;
    let missing = missing_channels(peak.severity, incident);
    if missing.is_empty() {
        return None;
    }
    let flags: Vec<String> = missing.iter().map(|channel| format!("--set channels.{channel}=\"…\"")).collect();
    Some(Found {
        task: Task::OpenChannels {
            severity: peak.severity.id.clone(),
            channels: missing.iter().map(|&channel| channel.to_owned()).collect(),
        },
        due: severity::asked_since(ask.archive, record, &peak).and_then(|since| since.plus_minutes(HANDOVER)),
        owner: Owner::holding(record, &[ROLE, "deputy"]).unwrap_or_else(|| Owner::of_services(ask.archive, record)),
        settle: command(format_args!("update {} {}", record.id, flags.join(" "))),
    })
}
