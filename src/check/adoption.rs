//! Which records answer for what nobody did at the time.

use crate::diagnostic::{Diagnostic, Level};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::incident::Breach;

use super::steps;

/// Whether a record was kept while the event went on. One that begins with `backfill: true` was made afterwards, or came
/// from another tool: nobody could follow the rules of today.
pub fn was_kept_live(archive: &Archive, record: &Record) -> bool {
    let event = record.postmortem().and_then(|_| archive.event(&record.id)).unwrap_or(record);
    let declared = steps::in_order(event).find(|entry| entry.status.is_some());
    declared.is_none_or(|entry| !entry.backfill)
}

/// Makes information of a missed deadline that the record acknowledges under `breaches`.
pub fn acknowledge(found: &mut Diagnostic, record: &Record) {
    let names = |breach: &Breach| breach.rule.as_ref().is_some_and(|rule| rule.value == found.rule);
    if record.breaches().iter().any(names) {
        found.level = found.level.min(Level::Info);
        found.help = None;
    }
}
