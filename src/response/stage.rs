//! How far a record has come, which decides what may be asked of it.

use crate::record::archive::Archive;
use crate::record::timeline::Entry;
use crate::record::{Record, steps};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has confirmed yet that it is an incident.
    Triage,
    /// Somebody works on it.
    Live,
    /// The work is over.
    Over,
    /// It came to nothing, or another record tells it: canceled or merged.
    Dropped,
}

/// Nothing where the record does not say, or says it in an order that is in doubt.
pub fn of(archive: &Archive, record: &Record) -> Option<Stage> {
    let status = record.replay.status()?;
    let state = archive.lifecycle.machine(record.kind)?.state(status)?;
    let certain = record.timeline_complete() && steps::are_in_order(record);
    certain.then_some(match status {
        "triage" => Stage::Triage,
        "canceled" | "merged" => Stage::Dropped,
        _ if state.live => Stage::Live,
        _ => Stage::Over,
    })
}

/// Whether an incident still needs somebody's attention, also before it is confirmed.
pub fn is_live(archive: &Archive, record: &Record) -> bool {
    matches!(of(archive, record), Some(Stage::Triage | Stage::Live))
}

/// Whether a response was or is under way, so that somebody has to answer for how it is run.
pub fn has_responders(archive: &Archive, record: &Record) -> bool {
    record.incident().is_some() && matches!(of(archive, record), Some(Stage::Live | Stage::Over))
}

/// Whether nothing was recorded after an entry. What it asks for may be given by the next command: opening an incident and
/// naming who commands it are two.
pub fn is_newest(record: &Record, entry: &Entry) -> bool {
    steps::in_order(record).last().is_some_and(|last| std::ptr::eq(last, entry))
}
