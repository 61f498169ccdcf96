//! Which records answer for what nobody did at the time.

use jiff::Timestamp;

use crate::record::Record;
use crate::record::archive::Archive;

/// Whether a record was kept while the event went on. One that begins with `backfill: true` was made afterwards, or came
/// from another tool: nobody could follow the rules of today.
pub fn was_kept_live(archive: &Archive, record: &Record) -> bool {
    event_of(archive, record).was_kept_live()
}

/// What a postmortem looks back on; any other record stands for itself.
fn event_of<'a>(archive: &'a Archive, record: &'a Record) -> &'a Record {
    record.postmortem().and_then(|_| archive.event(&record.id)).unwrap_or(record)
}

/// Whether a record was over when the repository adopted the rules (`rules.history.since`): what nobody asked at the time is
/// not asked now.
pub fn was_over_before(archive: &Archive, adopted: Option<Timestamp>, record: &Record) -> bool {
    let Some(adopted) = adopted else { return false };
    let event = event_of(archive, record);
    let machine = archive.lifecycle.machine(event.kind);
    let is_live = machine.zip(event.replay.status()).is_none_or(|(machine, status)| machine.is_live(status));
    !is_live && event.timeline().iter().all(|entry| entry.at.value.instant() <= adopted)
}

/// Whether a record answers for what nobody did at the time.
pub fn answers(archive: &Archive, adopted: Option<Timestamp>, record: &Record) -> bool {
    was_kept_live(archive, record) && !was_over_before(archive, adopted, record)
}
