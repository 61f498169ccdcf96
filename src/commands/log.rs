//! `git incident log`.

use std::io::Write;
use std::path::Path;

use anstyle::Style;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{event, find_record, find_root, warn_of_settings, words};
use crate::error::Error;
use crate::git::exec::Git;
use crate::git::provenance::{self, Origin};
use crate::record::time::{Time, span};
use crate::record::timeline::{Amendment, Entry};
use crate::text::span::{LineIndex, Span};

/// Show a timeline with its provenance: who recorded each entry, in which commit, how long after it happened
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    id: Option<String>,

    /// For programs: a list of objects.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let (archive, id) = find_record(&root, args.id.as_deref())?;
    warn_of_settings(&archive.config)?;
    let record = event(&archive, &id)?;
    let index = LineIndex::new(&record.text);
    let line = |span: Span| index.line(span.start);
    let amended = record.timeline().iter().flat_map(amendments).map(|(_, amendment)| amendment.span);
    let recorded = record.timeline().iter().map(|entry| entry.at.span);
    let lines: Vec<usize> = recorded.chain(amended).map(line).collect();
    let origins = provenance::of_lines(&Git::open(&root)?, &record.path, &lines)?;
    let origin = |span: Span| origins.get(&line(span));
    let told = record.replay.order.iter().filter_map(|i| Some((*i, record.timeline().get(*i)?)));
    let told: Vec<Told<'_>> =
        told.map(|(i, entry)| Told::new(i + 1, entry, archive.config.default_language(), &origin)).collect();
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    if args.json {
        let text = serde_json::to_string_pretty(&told).map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else {
        told.iter().try_for_each(|told| told.print(&mut out))?;
    }
    out.flush()?;
    Ok(0)
}

/// An entry with where it comes from. Field names are those of `--json` and do not change.
#[derive(Serialize)]
struct Told<'a> {
    /// From 1, in the order of the file: what `update --edit` takes.
    entry: usize,
    at: String,
    /// Nobody knows it for certain.
    estimated: bool,
    by: Option<&'a str>,
    /// In one line.
    says: String,
    /// The same with every line of its texts.
    text: String,
    recorded: Option<Recorded<'a>>,
    amendments: Vec<Amended<'a>>,
    #[serde(skip)]
    happened: Timestamp,
}

/// The commit that something came with.
#[derive(Serialize)]
struct Recorded<'a> {
    commit: &'a str,
    author: &'a str,
    #[serde(serialize_with = "in_utc")]
    time: Timestamp,
}

/// A correction of an entry that it names.
#[derive(Serialize)]
struct Amended<'a> {
    what: &'static str,
    at: Option<String>,
    by: Option<&'a str>,
    reason: Option<&'a str>,
    recorded: Option<Recorded<'a>>,
    #[serde(skip)]
    made: Timestamp,
}

fn in_utc<S: serde::Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Time::utc(*time))
}

impl<'a> Recorded<'a> {
    fn new(origin: &'a Origin) -> Self {
        let time = Timestamp::from_second(origin.seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { commit: &origin.commit, author: &origin.author, time }
    }
}

impl<'a> Told<'a> {
    fn new(number: usize, entry: &'a Entry, language: &str, origin: &impl Fn(Span) -> Option<&'a Origin>) -> Self {
        let happened = entry.at.value.instant();
        let amended = |(what, amendment): (&'static str, &'a Amendment)| Amended {
            what,
            at: amendment.at.as_ref().map(|at| at.value.to_string()),
            by: amendment.by.as_ref().map(|by| by.value.as_str()),
            reason: amendment.reason.as_ref().map(|reason| reason.value.as_str()),
            recorded: origin(amendment.span).map(Recorded::new),
            made: amendment.at.as_ref().map_or(happened, |at| at.value.instant()),
        };
        Self {
            entry: number,
            at: entry.at.value.to_string(),
            estimated: entry.estimated,
            by: entry.by.as_ref().map(|by| by.value.as_str()),
            says: words::entry(entry, language),
            text: words::whole_entry(entry, language),
            recorded: origin(entry.at.span).map(Recorded::new),
            amendments: amendments(entry).map(amended).collect(),
            happened,
        }
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        let (dim, bold) = (Style::new().dimmed(), Style::new().bold());
        let about = if self.estimated { " (estimated)" } else { "" };
        let mut lines = self.text.lines();
        let first = lines.next().unwrap_or_default();
        writeln!(out, "{bold}{}{about}  {}{bold:#}  {first}", self.at, self.by.unwrap_or_default())?;
        for line in lines {
            writeln!(out, "{}", format!("    {line}").trim_end())?;
        }
        writeln!(out, "    {dim}recorded {}{dim:#}", provenance(self.recorded.as_ref(), self.happened))?;
        for Amended { what, by, reason, recorded, made, .. } in &self.amendments {
            let (by, reason) = (by.unwrap_or("somebody"), reason.unwrap_or("no reason"));
            let recorded = provenance(recorded.as_ref(), *made);
            writeln!(out, "    {dim}{what} by {by} ({reason}), recorded {recorded}{dim:#}")?;
        }
        Ok(())
    }
}

/// The corrections of an entry that it names.
fn amendments(entry: &Entry) -> impl Iterator<Item = (&'static str, &Amendment)> {
    let all = [("edited", &entry.edited), ("redacted", &entry.redacted)];
    all.into_iter().filter_map(|(what, amendment)| Some((what, amendment.as_deref()?)))
}

/// By whom, in which commit, and how long after it happened.
fn provenance(recorded: Option<&Recorded<'_>>, happened: Timestamp) -> String {
    let Some(Recorded { commit, author, time }) = recorded else {
        return "in no commit yet".into();
    };
    let late = time.duration_since(happened);
    let when = match late {
        late if late < -SignedDuration::from_mins(1) => format!("{} before it happened", span(late)),
        late if late < SignedDuration::from_mins(1) => "at once".into(),
        late => format!("{} later", span(late)),
    };
    format!("by {author} in {commit}, {when}")
}
