//! The worst severity of a record, and where it says so.

use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::config::Severity;
use crate::record::timeline::{Entry, Text};

/// What a record was at its worst.
#[derive(Clone, Copy, Debug)]
pub struct Peak<'a> {
    pub severity: &'a Severity,
    /// The entry that first said so, and its value.
    pub entry: &'a Entry,
    pub said: &'a Text,
}

/// Nothing where no severity of the configuration was ever reached.
pub fn peak<'a>(archive: &'a Archive, record: &'a Record) -> Option<Peak<'a>> {
    let severity = archive.peak_severity(record)?;
    let reached = record.replay.severities.iter().find(|reached| reached.value == severity.id)?;
    let entry = record.timeline().get(reached.entry)?;
    let said = entry.severity.as_ref()?;
    Some(Peak { severity, entry, said })
}
