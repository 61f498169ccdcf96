//! When senior management has to be told of what is not resolved.

use super::{Ask, Found, command};
use crate::record::clocks;
use crate::record::escalation::SPONSOR;
use crate::record::{Record, steps};
use crate::response::escalation::told;
use crate::response::{Limit, Owner, Task, communication, stage};

pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    owed(ask, record).into_iter().collect()
}

fn owed(ask: &Ask<'_>, record: &Record) -> Option<Found> {
    let is_asked = record.incident().is_some() && steps::is_sound(record) && stage::is_live(ask.archive, record);
    if !is_asked || told(record).is_some() {
        return None;
    }
    let clocks = communication::clocks(ask.archive, record, |clocks| clocks.escalation);
    let (clock, due) = clocks::first_due(&clocks, None)?;
    Some(Found {
        task: Task::TellManagement(Limit::of(clock)),
        due: Some(due),
        owner: Owner::holding(record, &["incident_manager", "deputy"])
            .unwrap_or_else(|| Owner::of_services(ask.archive, record)),
        settle: command(format_args!("escalate {SPONSOR}:time_limit {}", record.id)),
    })
}
