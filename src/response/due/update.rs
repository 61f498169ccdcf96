//! What customers are to be told of a live incident.

use super::{Ask, Found, command};
use crate::record::Record;
use crate::record::clocks;
use crate::response::{Limit, Owner, Task, communication, stage};

pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    let is_told = communication::is_judged(record) && stage::is_live(ask.archive, record);
    let found = match communication::messages(record).next() {
        _ if !is_told => None,
        None => first(ask, record),
        Some(_) => next(ask, record),
    };
    found.into_iter().collect()
}

fn first(ask: &Ask<'_>, record: &Record) -> Option<Found> {
    let clocks = communication::clocks(ask.archive, record, |clocks| clocks.first_update);
    let (clock, due) = clocks::first_due(&clocks, None)?;
    Some(Found {
        task: Task::TellCustomers(Limit::of(clock)),
        due: Some(due),
        owner: owner(ask, record),
        settle: command(format_args!("update {} --public \"…\"", record.id)),
    })
}

/// What was promised goes before the cadence.
fn next(ask: &Ask<'_>, record: &Record) -> Option<Found> {
    let silences = communication::silences(ask.archive, record);
    let silence = silences.last().filter(|silence| silence.lasted.to.is_none())?;
    let (task, due) = match silence.promise {
        Some(promise) => (Task::KeepPromise, promise.value),
        None => {
            let clocks = communication::clocks(ask.archive, record, |clocks| clocks.cadence);
            let (clock, due) = clocks::first_due(&clocks, Some(silence.lasted.from))?;
            (Task::TellCustomersAgain(Limit::of(clock)), due)
        }
    };
    let settle = command(format_args!("update {} --public \"…\"", record.id));
    Some(Found { task, due: Some(due), owner: owner(ask, record), settle })
}

fn owner(ask: &Ask<'_>, record: &Record) -> Owner {
    Owner::holding(record, &["communications_manager", "incident_manager"])
        .unwrap_or_else(|| Owner::of_services(ask.archive, record))
}
