//! `git incident new`: something broke.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::summary::Summary;
use super::{Scene, ask, create, entry, flags, made, settings, topic, visibility, words, writing};
use crate::error::Error;
use crate::record::archive::{Archive, FolderTree};
use crate::record::config::Severity;
use crate::record::incident::Visibility;
use crate::record::time::Time;
use crate::record::write::NewRecord;
use crate::record::{Kind, Record};
use crate::text::data::Data;

#[derive(Clone, Debug, Default, clap::Args)]
pub struct IncidentArgs {
    /// What customers or colleagues notice, in one line.
    title: Option<String>,

    /// Who may read it: public, internal or restricted. With `--public` it is public where nothing else is said.
    #[arg(long, value_name = "WHO")]
    visibility: Option<String>,

    /// What kind of incident, such as `deployment` or `security`.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Vec<String>,

    /// How it was noticed, such as `alert` or `customer_report`.
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,

    /// Where the responders talk, such as `chat=#inc-checkout`.
    #[arg(long, value_name = "CHANNEL=PLACE", value_parser = flags::pair)]
    channel: Vec<(String, String)>,

    #[command(flatten)]
    entry: entry::EntryFlags,

    #[command(flatten)]
    pub writing: writing::WriteFlags,
}

pub fn run(args: IncidentArgs, root: &Path, start: &Path, now: Timestamp) -> Result<(), Error> {
    let args = ask(args, root)?;
    let Some(title) = &args.title else {
        return Err(
            Error::new("an incident needs a title").hint("`git incident new \"Checkout fails for card payments\"`")
        );
    };
    let written = create(root, &args.writing, now, Kind::Incident, title, &|scene| record(&args, title, scene, start))?;
    if let Some(archive) = &written
        && let Some(record) = made(archive, Kind::Incident)
    {
        next(archive, record, now, &mut anstream::stdout())?;
    }
    Ok(())
}

/// Asks for the title and the severity.
fn ask(mut args: IncidentArgs, root: &Path) -> Result<IncidentArgs, Error> {
    args.title = ask::text(args.title, "What do customers or colleagues notice?")?;
    if args.entry.severity.is_none() && args.entry.status.is_none() && args.title.is_some() {
        let severities = settings(&FolderTree::new(root))?.config.severities;
        for severity in &severities {
            ask::explain(&format!("{}  {}: {}", severity.id, severity.name, severity.criteria))?;
        }
        let ids: Vec<&str> = severities.iter().map(|severity| severity.id.as_str()).collect();
        args.entry.severity = ask::word(None, "Which severity? Empty where nobody knows yet.", &ids)?;
    }
    Ok(args)
}

fn record(args: &IncidentArgs, title: &str, scene: &Scene<'_>, start: &Path) -> Result<(NewRecord, Time), Error> {
    let mut flags = args.entry.clone();
    if flags.status.is_none() {
        // Nobody has judged an incident without a severity yet.
        let status = if flags.severity.is_some() { "investigating" } else { "triage" };
        flags.status = first_state(scene.archive, status);
    }
    let new = flags.entry(scene.archive, &[], &scene.by, scene.now, start)?;
    let mut record = NewRecord::new(Kind::Incident).with("title", Data::text(title));
    if !args.kind.is_empty() {
        record = record.with("type", Data::texts(&args.kind));
    }
    if let Some(visibility) = visibility(args.visibility.as_deref(), new.public.is_some()) {
        record = record.with("visibility", Data::text(visibility));
    }
    if let Some(method) = &args.method {
        record = record.with("detection", Data::map([("method", Data::text(method))]));
    }
    if !args.channel.is_empty() {
        let channels = args.channel.iter().map(|(name, place)| (name.as_str(), Data::text(place)));
        record = record.with("channels", Data::map(channels));
    }
    let at = new.at;
    record.timeline = vec![new];
    Ok((record, at))
}

/// The state, if a record of this organisation can begin in it, else the first in which one can.
fn first_state(archive: &Archive, wanted: &str) -> Option<String> {
    let machine = archive.lifecycle.machine(Kind::Incident)?;
    let states = machine.next(None);
    states.iter().find(|state| **state == wanted).or(states.first()).map(|state| (*state).to_owned())
}

/// What comes next: topic, deadlines, people.
fn next(archive: &Archive, record: &Record, now: Timestamp, out: &mut impl Write) -> std::io::Result<()> {
    let summary = Summary::of(archive, record);
    writeln!(out, "topic: {}", topic::line(&summary))?;
    let Some(severity) = summary.severity.and_then(|id| archive.config.severity(id)) else {
        return writeln!(
            out,
            "next:  judge it: `git incident update {} --status investigating --severity SEVERITY`",
            record.id
        );
    };
    let declared = summary.status_since.map_or(now, Time::instant);
    // Of a restricted one those concerned are told in other ways.
    let needs_no_message = summary.last_public.is_some() || record.visibility() == Visibility::Restricted;
    for (label, minutes) in deadlines(severity, needs_no_message) {
        let due = i64::try_from(minutes).ok().and_then(|m| declared.checked_add(SignedDuration::from_mins(m)).ok());
        if let Some(due) = due {
            let due = entry::in_site_zone(archive, due);
            writeln!(out, "due:   {label} by {due}, {}", words::relative(due, now))?;
        }
    }
    let missing: Vec<&String> =
        severity.roles.iter().filter(|role| !summary.roles.contains_key(role.as_str())).collect();
    if !missing.is_empty() {
        let roles: Vec<String> = missing.iter().map(|role| format!("{role}=PERSON")).collect();
        writeln!(out, "roles: nobody is assigned yet: `git incident assign {} {}`", record.id, roles.join(" "))?;
    }
    let closed: Vec<&String> =
        severity.channels.iter().filter(|channel| !summary.channels.contains_key(channel.as_str())).collect();
    if !closed.is_empty() {
        let set: Vec<String> = closed.iter().map(|channel| format!("--set channels.{channel}=PLACE")).collect();
        writeln!(out, "open:  `git incident update {} {}`", record.id, set.join(" "))?;
    }
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

fn deadlines(severity: &Severity, needs_no_message: bool) -> Vec<(&'static str, u64)> {
    let clocks = &severity.clocks;
    let first =
        clocks.first_update.filter(|_| !needs_no_message).map(|minutes| ("first message to customers", minutes));
    let escalation = clocks.escalation.map(|minutes| ("senior management told, if it is not over", minutes));
    first.into_iter().chain(escalation).collect()
}
