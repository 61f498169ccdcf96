//! The steps of a record through its lifecycle.

use super::Record;
use super::lifecycle::{Lifecycle, Machine, Step};
use super::timeline::{Entry, Text};

/// An entry that moved a record from one state to another.
#[derive(Debug)]
pub struct Taken<'a> {
    pub entry: &'a Entry,
    /// The entry that had brought the record to the state it leaves, and that state. Nothing for the first one.
    pub from: Option<(&'a Entry, &'a str)>,
    pub to: &'a Text,
    pub step: Step,
}

/// The steps of a record in the order in which they happened; none where that order is in doubt. A state that the
/// lifecycle does not have breaks the chain: nothing is said about the step into it and the step out of it.
pub fn of<'a>(lifecycle: &Lifecycle, record: &'a Record) -> Vec<Taken<'a>> {
    match lifecycle.machine(record.kind) {
        Some(machine) if record.timeline_complete() && are_in_order(record) => taken(machine, record),
        _ => Vec::new(),
    }
}

/// Whether no state was reached before the one above it. `time-order` reports the others, once.
pub fn are_in_order(record: &Record) -> bool {
    let times = in_order(record).filter(|entry| entry.status.is_some()).map(|entry| entry.at.value);
    times.is_sorted()
}

/// Whether everything of a timeline was read and stands in the order in which it happened, so that times may be compared
/// across it.
pub fn is_sound(record: &Record) -> bool {
    record.timeline_complete() && in_order(record).map(|entry| entry.at.value).is_sorted()
}

fn taken<'a>(machine: &Machine, record: &'a Record) -> Vec<Taken<'a>> {
    let mut steps = Vec::new();
    let mut from: Option<(&Entry, &str)> = None;
    let mut known = true;
    for entry in in_order(record) {
        let Some(to) = &entry.status else { continue };
        let stays = from.is_some_and(|(_, state)| state == to.value);
        if stays {
            continue;
        }
        let step = machine.step(from.map(|(_, state)| state), &to.value);
        let is_known = step != Step::Illegal || machine.state(&to.value).is_some();
        if std::mem::replace(&mut known, is_known) && is_known {
            steps.push(Taken { entry, from, to, step });
        }
        from = Some((entry, &to.value));
    }
    steps
}

/// The entries in the order in which they happened: that of the record, with late ones at their time.
pub fn in_order(record: &Record) -> impl Iterator<Item = &Entry> {
    let timeline = record.timeline();
    record.replay.order.iter().filter_map(|i| timeline.get(*i))
}

/// An entry that came from another tool, which had other rules; nobody can mend what happened there.
pub fn is_imported(entry: &Entry) -> bool {
    entry.backfill && entry.by.as_ref().is_some_and(|by| by.value == "bot:import")
}
