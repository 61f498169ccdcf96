//! `git incident list`.

use std::io::Write;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use jiff::Timestamp;

use super::flags::{known, past};
use super::summary::Summary;
use super::{find_root, for_ever, now, open, parse_time, warn_of_settings, words};
use crate::error::Error;
use crate::record::Kind;
use crate::record::archive::{Archive, FolderTree};
use crate::record::time::Time;

/// List the records that are open, or those that match
///
/// Newest first. Without a filter: what still needs somebody's attention, planned work and drills too. With one: every
/// record that matches it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Everything, whatever its status.
    #[arg(long)]
    all: bool,

    /// Only records in one of these states.
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    status: Vec<String>,

    /// Only records of one of these severities.
    #[arg(long, value_name = "SEVERITY", value_delimiter = ',')]
    severity: Vec<String>,

    /// Only records that affect or affected one of these services.
    #[arg(long, value_name = "SERVICE", value_delimiter = ',')]
    service: Vec<String>,

    /// Only records that began at this time or later: as long ago as `12h` or `30d`, `14:30` in the
    /// site's zone, a day, or a time.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,

    /// For programs: a list of objects.
    #[arg(long)]
    json: bool,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`; what happened later is left out.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let now = now(args.as_of)?;
    let mut archive = if args.as_of.is_some() || args.shows_everything() {
        Archive::load(&FolderTree::new(&root))?
    } else {
        open::records(&root, &[Kind::Incident, Kind::Maintenance, Kind::Drill])?
    };
    if args.as_of.is_some() {
        archive.forget_after(now);
    }
    let archive = for_ever(archive);
    warn_of_settings(&archive.config)?;
    let machines = [Kind::Incident, Kind::Maintenance, Kind::Drill].map(|kind| archive.lifecycle.machine(kind));
    let states: Vec<&str> = machines.into_iter().flatten().flat_map(|machine| machine.states()).collect();
    known("state", &args.status, states.into_iter())?;
    known("severity", &args.severity, archive.config.severities.iter().map(|severity| severity.id.as_str()))?;
    known("service", &args.service, archive.config.services.iter().map(|service| service.id.value.as_str()))?;
    let since = args.since.as_deref().map(|text| past(text, now, &archive.config)).transpose()?;
    let mut found: Vec<Summary<'_>> = archive
        .records
        .iter()
        .filter(|record| record.kind != Kind::Postmortem)
        .map(|record| (record, Summary::of(archive, record)))
        .filter(|(record, summary)| {
            let ever = |service: &String| {
                record.replay.impacts.iter().any(|impact| impact.service == *service)
                    || summary.services.iter().any(|affected| affected.service == service)
            };
            let is = |wanted: &[String], value: Option<&str>| {
                wanted.is_empty() || value.is_some_and(|value| wanted.iter().any(|wanted| wanted == value))
            };
            (args.shows_everything() || summary.open)
                && is(&args.status, summary.status)
                && is(&args.severity, summary.severity)
                && (args.service.is_empty() || args.service.iter().any(ever))
                && since.is_none_or(|since| summary.began.is_some_and(|began| began.instant() >= since))
        })
        .map(|(_, summary)| summary)
        .collect();
    found.sort_by(|a, b| b.began.cmp(&a.began).then(a.id.cmp(b.id)));
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    if args.json {
        let text = serde_json::to_string_pretty(&found).map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else {
        table(&found, archive, now, &mut out)?;
        if found.is_empty() {
            writeln!(out, "{}", if args.shows_everything() { "Nothing matches." } else { "Nothing is open." })?;
        }
    }
    out.flush()?;
    Ok(0)
}

impl Args {
    /// A filter asks for history too.
    fn shows_everything(&self) -> bool {
        self.all
            || !self.status.is_empty()
            || !self.severity.is_empty()
            || !self.service.is_empty()
            || self.since.is_some()
    }
}

fn table(found: &[Summary<'_>], archive: &Archive, now: Timestamp, out: &mut impl Write) -> std::io::Result<()> {
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|summary| {
            let services: Vec<&str> = summary.services.iter().map(|affected| affected.service).collect();
            let title = summary.title.unwrap_or_default();
            vec![
                summary.began.map_or_else(String::new, |began| words::relative(began, now)),
                summary.severity.unwrap_or("-").to_owned(),
                summary.status.map_or_else(|| "-".to_owned(), words::plain),
                summary.id.to_owned(),
                if services.is_empty() { "-".to_owned() } else { services.join(",") },
                summary.unreadable.as_ref().map_or_else(|| title.to_owned(), |why| format!("cannot be read: {why}")),
            ]
        })
        .collect();
    for (row, summary) in words::columns(&rows).iter().zip(found) {
        let [age, severity, status, id, services, title] = row.as_slice() else { continue };
        let alarm = severity_style(archive, summary);
        let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
        writeln!(
            out,
            "{dim}{age}{dim:#}  {alarm}{severity}{alarm:#}  {status}  {bold}{id}{bold:#}  {services}  {title}"
        )?;
    }
    Ok(())
}

fn severity_style(archive: &Archive, summary: &Summary<'_>) -> Style {
    let severity = summary.severity.and_then(|id| archive.config.severity(id));
    match severity {
        Some(severity) if severity.major && summary.open => AnsiColor::Red.on_default().bold(),
        Some(_) if summary.open => AnsiColor::Yellow.on_default(),
        _ => Style::new(),
    }
}
