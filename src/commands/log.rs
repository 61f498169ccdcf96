//! `git incident log`.

use std::io::Write;
use std::path::Path;

use anstyle::Style;
use jiff::{SignedDuration, Timestamp};

use super::{event, find_record, find_root, words};
use crate::error::Error;
use crate::git::exec::Git;
use crate::git::provenance::{self, Origin};
use crate::record::time::span;
use crate::record::timeline::{Amendment, Entry};
use crate::text::span::{LineIndex, Span};

/// Show a timeline with its provenance: who recorded each entry, in which commit, how long after it happened
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    id: Option<String>,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let (archive, id) = find_record(&root, args.id.as_deref())?;
    let record = event(&archive, &id)?;
    let index = LineIndex::new(&record.text);
    let line = |span: Span| index.line(span.start);
    let amended = record.timeline().iter().flat_map(amendments).map(|(_, amendment)| amendment.span);
    let recorded = record.timeline().iter().map(|entry| entry.at.span);
    let lines: Vec<usize> = recorded.chain(amended).map(line).collect();
    let origins = provenance::of_lines(&Git::open(&root)?, &record.path, &lines)?;
    let origin = |span: Span| origins.get(&line(span));
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    let (dim, bold) = (Style::new().dimmed(), Style::new().bold());
    for i in &record.replay.order {
        let Some(entry) = record.timeline().get(*i) else { continue };
        let by = entry.by.as_ref().map_or("", |by| &by.value);
        let says = words::entry(entry, archive.config.default_language());
        let about = if entry.estimated { " (estimated)" } else { "" };
        writeln!(out, "{bold}{}{about}  {by}{bold:#}  {says}", entry.at.value)?;
        let happened = entry.at.value.instant();
        writeln!(out, "    {dim}recorded {}{dim:#}", provenance(origin(entry.at.span), happened))?;
        for (what, amendment) in amendments(entry) {
            let by = amendment.by.as_ref().map_or("somebody", |by| &by.value);
            let reason = amendment.reason.as_ref().map_or("no reason", |reason| &reason.value);
            let amended = amendment.at.as_ref().map_or(happened, |at| at.value.instant());
            let origin = provenance(origin(amendment.span), amended);
            writeln!(out, "    {dim}{what} by {by} ({reason}), recorded {origin}{dim:#}")?;
        }
    }
    out.flush()?;
    Ok(0)
}

/// The corrections of an entry that it names.
fn amendments(entry: &Entry) -> impl Iterator<Item = (&'static str, &Amendment)> {
    let all = [("edited", &entry.edited), ("redacted", &entry.redacted)];
    all.into_iter().filter_map(|(what, amendment)| Some((what, amendment.as_deref()?)))
}

/// By whom, in which commit, and how long after it happened.
fn provenance(origin: Option<&Origin>, happened: Timestamp) -> String {
    let Some(Origin { commit, author, seconds }) = origin else {
        return "in no commit yet".into();
    };
    let recorded = Timestamp::from_second(*seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let late = recorded.duration_since(happened);
    let when = match late {
        late if late < -SignedDuration::from_mins(1) => format!("{} before it happened", span(late)),
        late if late < SignedDuration::from_mins(1) => "at once".into(),
        late => format!("{} later", span(late)),
    };
    format!("by {author} in {commit}, {when}")
}
