//! Deadlines that were kept or missed: telling customers in time, and senior management, and those whom a law names.

use std::sync::Arc;

use jiff::Timestamp;

use super::case::Case;
use crate::record::archive::Archive;
use crate::record::clocks::{self, Clock};
use crate::record::config::Clocks;
use crate::record::escalation;
use crate::record::incident::Obligation;
use crate::record::time::Time;

/// What was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// The first message to customers.
    FirstUpdate,
    /// The next message, by the cadence of the severity.
    Cadence,
    /// The next message, by the time that readers were promised.
    Promise,
    /// Telling senior management of what is not resolved.
    Escalation,
    /// Telling somebody whom a law or a contract names.
    Notice,
}

impl Duty {
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstUpdate => "first_update",
            Self::Cadence => "cadence",
            Self::Promise => "promise",
            Self::Escalation => "escalation",
            Self::Notice => "notice",
        }
    }

    /// Whether it is a message to customers.
    pub const fn is_an_update(self) -> bool {
        matches!(self, Self::FirstUpdate | Self::Cadence | Self::Promise)
    }
}

/// A deadline that is over, one way or the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub record: Arc<str>,
    pub duty: Duty,
    /// When it began to run, where the record says so.
    pub from: Option<Timestamp>,
    pub due: Timestamp,
    /// When it was done, if it was.
    pub done: Option<Timestamp>,
}

impl Deadline {
    pub fn is_kept(&self) -> bool {
        self.done.is_some_and(|done| done <= self.due)
    }
}

/// How many deadlines were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compliance {
    pub deadlines: Vec<Deadline>,
}

impl Compliance {
    pub fn kept(&self) -> usize {
        self.deadlines.iter().filter(|deadline| deadline.is_kept()).count()
    }

    pub fn total(&self) -> usize {
        self.deadlines.len()
    }
}

/// Every deadline of an incident that was met or has passed.
pub fn deadlines(archive: &Archive, case: &Case<'_>, as_of: Timestamp) -> Vec<Deadline> {
    let mut all = of_the_response(archive, case);
    all.extend(notices(case, as_of));
    all.retain(|deadline| deadline.done.is_some() || deadline.due < as_of);
    all
}

/// As `check` judges them: nothing was due in what was over before, in a record that was made afterwards, or where the
/// timeline is in doubt.
fn of_the_response(archive: &Archive, case: &Case<'_>) -> Vec<Deadline> {
    let mut all = Vec::new();
    if case.is_sound() && case.record.was_kept_live() {
        if case.is_public() {
            all.extend(first_update(archive, case));
            all.extend(next_updates(archive, case));
        }
        all.extend(escalation(archive, case));
    }
    all
}

fn running<'a>(archive: &'a Archive, case: &Case<'_>, limit: fn(&Clocks) -> Option<u64>) -> Vec<Clock<'a>> {
    clocks::running(&archive.lifecycle.incident, &archive.config.severities, &case.past.replay, limit)
}

fn first_update(archive: &Archive, case: &Case<'_>) -> Option<Deadline> {
    let clocks = running(archive, case, |clocks| clocks.first_update);
    let done = case.past.entries.iter().find(|entry| entry.public.is_some()).map(|entry| entry.at.value);
    let (clock, due) = clocks::first_due(&clocks, None)?;
    Some(deadline(case, Duty::FirstUpdate, clock.runs.from, due, done))
}

fn next_updates(archive: &Archive, case: &Case<'_>) -> Vec<Deadline> {
    let clocks = running(archive, case, |clocks| clocks.cadence);
    let mut all = Vec::new();
    for silence in clocks::silences(&case.episodes, &case.past.entries) {
        let done = silence.ended_by.map(|message| message.at.value);
        let from = silence.lasted.from;
        let is_over = |due: Time| silence.lasted.to.is_some_and(|to| to <= due);
        match silence.promise {
            // A resolution before the promised time keeps the promise.
            Some(promise) if done.is_none() && is_over(promise.value) => {}
            Some(promise) => all.push(deadline(case, Duty::Promise, from, promise.value, done)),
            None => {
                let due = clocks::first_due(&clocks, Some(from));
                all.extend(due.map(|(_, due)| deadline(case, Duty::Cadence, from, due, done)));
            }
        }
    }
    all
}

fn escalation(archive: &Archive, case: &Case<'_>) -> Option<Deadline> {
    let clocks = running(archive, case, |clocks| clocks.escalation);
    let (clock, due) = clocks::first_due(&clocks, None)?;
    let told =
        |entry: &&&crate::record::timeline::Entry| escalation::told_management(&case.past.replay, entry).is_some();
    let done = case.past.entries.iter().find(told).map(|entry| entry.at.value);
    Some(deadline(case, Duty::Escalation, clock.runs.from, due, done))
}

/// Each has its own date, which binds whether or not the record was made afterwards. What a notice without a date owed, and
/// when its clock began to run, no record says.
fn notices<'c>(case: &'c Case<'_>, as_of: Timestamp) -> impl Iterator<Item = Deadline> + 'c {
    let applies = |obligation: &&Obligation| obligation.applies.is_some_and(|answer| answer.value == Some(true));
    case.incident.obligations.iter().filter(applies).filter_map(move |obligation| {
        let sent = obligation.sent.map(|sent| sent.value.instant());
        Some(Deadline {
            record: Arc::clone(&case.record.id),
            duty: Duty::Notice,
            from: None,
            due: obligation.due?.value.instant(),
            done: sent.filter(|sent| *sent <= as_of),
        })
    })
}

fn deadline(case: &Case<'_>, duty: Duty, from: Time, due: Time, done: Option<Time>) -> Deadline {
    let record = Arc::clone(&case.record.id);
    Deadline { record, duty, from: Some(from.instant()), due: due.instant(), done: done.map(Time::instant) }
}
