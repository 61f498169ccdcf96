//! What comes next, once a severity is known: the deadlines that run from now on, and who and what is still missing.

use std::collections::BTreeSet;
use std::io::Write;

use jiff::Timestamp;

use super::summary::Summary;
use super::{entry, words};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::clocks;
use crate::record::config::Severity;
use crate::record::incident::Visibility;
use crate::record::time::Time;
use crate::response::{communication, escalation};

/// Whether the last change of the severity began its clocks: the first one, or one for the worse.
pub fn is_worse(archive: &Archive, record: &Record) -> bool {
    let rank = |id: &str| archive.config.severities.iter().position(|severity| severity.id == id);
    match record.replay.severities.as_slice() {
        [] => false,
        [_] => true,
        [.., before, last] => rank(&last.value) < rank(&before.value),
    }
}

/// Says it in a line for each, with the commands that settle it.
pub fn say(archive: &Archive, record: &Record, now: Timestamp, out: &mut impl Write) -> std::io::Result<()> {
    let summary = Summary::of(archive, record);
    let Some(severity) = summary.severity.and_then(|id| archive.config.severity(id)) else { return Ok(()) };
    for (label, due) in deadlines(archive, record) {
        let due = entry::in_site_zone(archive, due.instant());
        writeln!(out, "due:   {label} by {due}, {}", words::relative(due, now))?;
    }
    missing(severity, &summary, out)?;
    let owners: BTreeSet<&str> = summary
        .services
        .iter()
        .filter_map(|affected| archive.config.services.iter().find(|service| service.id.value == affected.service))
        .filter_map(|service| service.owner.as_ref())
        .map(|owner| owner.value.as_str())
        .collect();
    if !owners.is_empty() {
        writeln!(out, "tell:  {}", owners.into_iter().collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

/// What is due once, and not done yet.
fn deadlines(archive: &Archive, record: &Record) -> Vec<(&'static str, Time)> {
    let mut due = Vec::new();
    // Of a restricted one those concerned are told in other ways.
    if communication::messages(record).next().is_none() && record.visibility() != Visibility::Restricted {
        let clocks = communication::clocks(archive, record, |clocks| clocks.first_update);
        due.extend(clocks::first_due(&clocks, None).map(|(_, due)| ("first message to customers", due)));
    }
    if escalation::told(record).is_none() {
        let clocks = communication::clocks(archive, record, |clocks| clocks.escalation);
        due.extend(clocks::first_due(&clocks, None).map(|(_, due)| ("senior management told, if it is not over", due)));
    }
    due
}

/// The roles and channels that the severity asks for and the record does not have.
fn missing(severity: &Severity, summary: &Summary<'_>, out: &mut impl Write) -> std::io::Result<()> {
    let roles = severity.roles.iter().filter(|role| !summary.roles.contains_key(role.as_str()));
    let roles: Vec<String> = roles.map(|role| format!("{role}=PERSON")).collect();
    if !roles.is_empty() {
        writeln!(out, "roles: nobody is assigned yet: `git incident assign {} {}`", summary.id, roles.join(" "))?;
    }
    let channels = severity.channels.iter().filter(|channel| !summary.channels.contains_key(channel.as_str()));
    let channels: Vec<String> = channels.map(|channel| format!("--set channels.{channel}=PLACE")).collect();
    if !channels.is_empty() {
        writeln!(out, "open:  `git incident update {} {}`", summary.id, channels.join(" "))?;
    }
    Ok(())
}
