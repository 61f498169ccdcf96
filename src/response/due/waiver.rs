//! Waivers that end: what they are for is reported again from then on.

use jiff::Timestamp;

use super::{Ask, Owed, Settle};
use crate::record::config::Waiver;
use crate::record::time::{Time, end_of};
use crate::response::{Owner, Task};
use crate::text::span::LineIndex;

pub fn all(ask: &Ask<'_>, now: Timestamp) -> Vec<Owed> {
    let config = &ask.archive.config;
    let lines = LineIndex::new(&config.text);
    let owed = |waiver: &Waiver| {
        let due = last_moment(ask, waiver)?;
        let (rule, record) = (waiver.rule.as_ref()?, waiver.record.as_ref()?);
        let event = ask.index.event(&record.value);
        Some(Owed {
            task: Task::RenewWaiver(rule.value.clone()),
            record: event.map_or_else(|| record.value.as_str().into(), |event| event.id.clone()),
            title: event.and_then(|event| event.title()).map(|title| title.value.clone()),
            path: config.path.clone(),
            severity: event.and_then(|event| ask.archive.peak_severity(event)).map(|severity| severity.id.clone()),
            due: Some(due),
            overdue: due.instant() < now,
            owner: Owner::named(waiver.by.as_ref()).unwrap_or_default(),
            settle: Settle::Edit(config.path.clone(), lines.position(&config.text, waiver.span.start).line),
        })
    };
    config.waivers.iter().filter_map(owed).collect()
}

/// A waiver holds through its last day, as the site's zone counts days.
pub fn last_moment(ask: &Ask<'_>, waiver: &Waiver) -> Option<Time> {
    end_of(waiver.until?.value, &ask.archive.config.zone())
}
