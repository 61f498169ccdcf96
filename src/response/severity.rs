//! The worst severity of a record, where it says so, and what it asks of the responders.

use super::{command, communication};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::config::Severity;
use crate::record::incident::Incident;
use crate::record::time::Time;
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

/// Since when the worst severity asks for something: it was reached, and the incident is live.
pub fn asked_since(archive: &Archive, record: &Record, peak: &Peak<'_>) -> Option<Time> {
    let live = communication::live(archive, record).pop()?;
    Some(live.from.max(peak.entry.at.value))
}

/// The roles that a severity asks for and that nobody ever had. Who commands is a matter of its own.
pub fn missing_roles<'a>(severity: &'a Severity, record: &Record) -> Vec<&'a str> {
    let was_held = |role: &str| record.replay.roles.iter().any(|held| held.role == role);
    let roles = severity.roles.iter().map(String::as_str);
    roles.filter(|role| *role != command::ROLE && !was_held(role)).collect()
}

/// The channels that a severity asks for and that are not open. A room is as good as `video`.
pub fn missing_channels<'a>(severity: &'a Severity, incident: &Incident) -> Vec<&'a str> {
    let has = |channel: &str| incident.channels.iter().any(|(name, _)| name.value == channel);
    let is_open = |channel: &str| has(channel) || channel == "video" && has("room");
    severity.channels.iter().map(String::as_str).filter(|channel| !is_open(channel)).collect()
}
