//! The worst severity of a record, and where it says so.

use super::Context;
use crate::record::Record;
use crate::record::config::Severity;
use crate::record::timeline::Text;

/// What a record was at its worst.
#[derive(Clone, Copy, Debug)]
pub struct Peak<'a> {
    pub severity: &'a Severity,
    /// The value that first said so.
    pub said: &'a Text,
}

/// Nothing where no severity of the configuration was ever reached.
pub fn peak<'a>(context: &Context<'a>, record: &'a Record) -> Option<Peak<'a>> {
    let severity = context.archive.peak_severity(record)?;
    let reached = record.replay.severities.iter().find(|reached| reached.value == severity.id)?;
    let said = record.timeline().get(reached.entry)?.severity.as_ref()?;
    Some(Peak { severity, said })
}
