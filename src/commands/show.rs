//! `git incident show`.

use std::io::Write;
use std::path::Path;

use anstyle::Style;
use jiff::Timestamp;
use serde::Serialize;

use super::summary::Summary;
use super::{event, find_record, find_root, now, parse_time, warn_of_settings, words};
use crate::error::Error;
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::time::{Time, span, zone};

/// Show where a record stands: what a responder who joins must know
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    id: Option<String>,

    /// For programs: one object.
    #[arg(long)]
    json: bool,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`; what happened later is left out.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,
}

/// The document of `--json`.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    summary: Summary<'a>,
    timeline: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    /// From 1, in the order of the file: what `update --edit` takes.
    entry: usize,
    at: String,
    /// Nobody knows it for certain.
    estimated: bool,
    by: Option<String>,
    /// In one line.
    says: String,
    /// The same with every line of its texts.
    text: String,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let now = now(args.as_of)?;
    let (mut archive, id) = find_record(&root, args.id.as_deref())?;
    warn_of_settings(&archive.config)?;
    event(&archive, &id)?;
    if let Some(time) = args.as_of {
        archive.forget_after(now);
        if archive.event(&id).is_none() {
            return Err(Error::new(format!("{id} had not begun at {time}")));
        }
    }
    let record = event(&archive, &id)?;
    let document = Document { summary: Summary::of(&archive, record), timeline: timeline(&archive, record) };
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    if args.json {
        let text = serde_json::to_string_pretty(&document).map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else {
        page(&archive, &document, now, &mut out)?;
    }
    out.flush()?;
    Ok(0)
}

/// Every entry, in the order in which it happened.
fn timeline(archive: &Archive, record: &Record) -> Vec<Line> {
    let entries = record.timeline();
    let language = archive.config.default_language();
    let line = |i: &usize| {
        let entry = &entries[*i];
        Line {
            entry: i + 1,
            at: entry.at.value.to_string(),
            estimated: entry.estimated,
            by: entry.by.as_ref().map(|by| by.value.clone()),
            says: words::entry(entry, language),
            text: words::whole_entry(entry, language),
        }
    };
    record.replay.order.iter().map(line).collect()
}

fn page(archive: &Archive, document: &Document<'_>, now: Timestamp, out: &mut impl Write) -> std::io::Result<()> {
    let summary = &document.summary;
    let bold = Style::new().bold();
    writeln!(out, "{bold}{}{bold:#}", summary.title.unwrap_or("(no title)"))?;
    writeln!(out, "{}\n", summary.path)?;
    for (label, value) in facts(archive, summary, now) {
        writeln!(out, "  {label:<22}  {value}")?;
    }
    writeln!(out)?;
    let rows: Vec<Vec<String>> = document
        .timeline
        .iter()
        .map(|line| {
            vec![
                line.entry.to_string(),
                clock(archive, &line.at),
                line.by.clone().unwrap_or_default(),
                line.says.clone(),
            ]
        })
        .collect();
    for row in words::columns(&rows) {
        writeln!(out, "  {}", row.join("  "))?;
    }
    if document.timeline.iter().any(|line| line.says.contains(words::MORE)) {
        writeln!(out, "\n  {} `git incident log {}` shows every line", words::MORE, summary.id)?;
    }
    Ok(())
}

/// Label and value of every line above the timeline.
fn facts(archive: &Archive, summary: &Summary<'_>, now: Timestamp) -> Vec<(String, String)> {
    let ago = |time: Option<Time>| time.map_or_else(String::new, |time| format!(", {}", words::relative(time, now)));
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut fact = |label: &str, value: String| facts.push((label.to_owned(), value));
    if let Some(status) = summary.status {
        fact("status", format!("{}{}", words::plain(status), ago(summary.status_since)));
    }
    if let Some(severity) = summary.severity {
        let name = archive.config.severity(severity).map_or("", |severity| &severity.name);
        fact("severity", if name == severity { severity.to_owned() } else { format!("{severity} ({name})") });
    }
    if let Some(began) = summary.began {
        let label = if began.instant() > now { "begins" } else { "began" };
        fact(label, format!("{began}{}", ago(Some(began))));
    }
    if let (Some(resolved), Some(began)) = (summary.resolved, summary.began) {
        fact("resolved", format!("{resolved}, after {}", span(resolved.since(began))));
    }
    for (role, people) in &summary.roles {
        let people: Vec<String> = people.iter().map(|id| words::person(&archive.config, id)).collect();
        fact(&words::plain(role), people.join(", "));
    }
    for affected in &summary.services {
        let state = words::plain(affected.state);
        let when = match (affected.since, affected.until) {
            (Some(from), Some(to)) => format!(" for {}", span(to.since(from))),
            (since, _) => ago(since),
        };
        fact(affected.service, format!("{state}{when}"));
    }
    for (channel, place) in &summary.channels {
        fact(channel, (*place).to_owned());
    }
    if let Some(said) = &summary.last_public {
        fact("customers last heard", format!("“{}”{}", words::one_line(said.text), ago(said.at)));
    } else if summary.open && summary.kind == "incident" {
        let heard = match summary.visibility {
            "public" => "have heard nothing yet".into(),
            other => format!("have heard nothing; the record is {other}"),
        };
        fact("customers", heard);
    }
    if let Some(promise) = summary.next_update {
        let late = if promise.instant() < now { "; that promise is broken" } else { "" };
        fact("next update promised", format!("{promise}{}{late}", ago(Some(promise))));
    }
    for todo in &summary.todos {
        fact(&format!("todo (entry {})", todo.entry), words::one_line(todo.text).into_owned());
    }
    facts
}

/// Day and time of day as the site counts them.
fn clock(archive: &Archive, at: &str) -> String {
    let zone = archive.config.site.timezone.as_ref().and_then(|name| zone(&name.value));
    let time = Time::parse(at).ok().map(|time| zone.map_or(time, |zone| time.in_zone(&zone)));
    let written = time.map_or_else(|| at.to_owned(), |time| time.to_string());
    written.get(..16).unwrap_or(&written).replace('T', " ")
}
