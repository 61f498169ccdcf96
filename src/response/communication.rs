//! Which incidents customers are told of, and the clocks that run for them.

use crate::record::archive::Archive;
use crate::record::clocks::{self, Clock, Silence, Stretch};
use crate::record::config::Clocks;
use crate::record::incident::Visibility;
use crate::record::timeline::Entry;
use crate::record::{Record, steps};

/// An incident that customers may read about, with a timeline whose times can be compared.
pub fn is_judged(record: &Record) -> bool {
    record.incident().is_some() && record.visibility() == Visibility::Public && steps::is_sound(record)
}

/// What customers were told, in order.
pub fn messages(record: &Record) -> impl DoubleEndedIterator<Item = &Entry> {
    let timeline = record.timeline();
    record.replay.order.iter().filter_map(|i| timeline.get(*i)).filter(|entry| entry.public.is_some())
}

/// When the incident was live.
pub fn live(archive: &Archive, record: &Record) -> Vec<Stretch> {
    clocks::live(&archive.lifecycle.incident, &record.replay)
}

/// Every clock of one kind that ever ran.
pub fn clocks<'a>(archive: &'a Archive, record: &Record, limit: fn(&Clocks) -> Option<u64>) -> Vec<Clock<'a>> {
    clocks::running(&archive.lifecycle.incident, &archive.config.severities, &record.replay, limit)
}

/// The silences between what customers were told.
pub fn silences<'a>(archive: &Archive, record: &'a Record) -> Vec<Silence<'a>> {
    let entries: Vec<&Entry> = steps::in_order(record).collect();
    clocks::silences(&live(archive, record), &entries)
}
