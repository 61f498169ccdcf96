//! What had happened at a moment. An entry may be written ahead, with the time at which it will be true.

use std::borrow::Cow;

use jiff::Timestamp;

use super::Record;
use super::replay::{self, Replay};
use super::timeline::Entry;

/// The part of a timeline that has happened, and what it amounts to.
#[derive(Debug)]
pub struct Past<'a> {
    /// In the order in which they happened.
    pub entries: Vec<&'a Entry>,
    pub replay: Cow<'a, Replay>,
}

impl<'a> Past<'a> {
    /// Replays again only where an entry lies in the future, which is rare.
    pub fn of(record: &'a Record, as_of: Timestamp) -> Self {
        let timeline = record.timeline();
        let happened = |entry: &&Entry| entry.at.instant() <= as_of;
        if timeline.iter().all(|entry| happened(&entry)) {
            let entries = record.replay.order.iter().filter_map(|i| timeline.get(*i)).collect();
            return Self { entries, replay: Cow::Borrowed(&record.replay) };
        }
        let past: Vec<&Entry> = timeline.iter().filter(happened).collect();
        let replay = replay::replay(&past.iter().map(|entry| (*entry).clone()).collect::<Vec<_>>());
        let entries = replay.order.iter().filter_map(|i| past.get(*i).copied()).collect();
        Self { entries, replay: Cow::Owned(replay) }
    }
}
