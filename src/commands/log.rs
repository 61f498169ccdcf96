//! `git incident log`.

use std::io::Write;
use std::path::Path;

use anstyle::Style;
use jiff::{SignedDuration, Timestamp};

use super::{Timings, event, find_root, load, words};
use crate::error::Error;
use crate::git::exec::Git;
use crate::git::provenance::{self, Origin};
use crate::record::time::span;
use crate::record::timeline::Entry;
use crate::text::span::LineIndex;

/// Show a timeline with its provenance: who recorded each entry, in which commit, how long after it happened
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Any part of an id that only one record has; not needed while exactly one incident is open.
    id: Option<String>,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let archive = load(&root, &mut Timings::new(false))?;
    let record = event(archive, args.id.as_deref())?;
    let index = LineIndex::new(&record.text);
    let entries = record.timeline();
    let lines: Vec<usize> = entries.iter().map(|entry| index.line(entry.at.span.start)).collect();
    let origins = provenance::of_lines(&Git::open(&root)?, &record.path, &record.text, &lines)?;
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    let (dim, bold) = (Style::new().dimmed(), Style::new().bold());
    for i in &record.replay.order {
        let (entry, origin) = (&entries[*i], &origins[*i]);
        let by = entry.by.as_ref().map_or("", |by| &by.value);
        let says = words::entry(entry, archive.config.default_language());
        writeln!(out, "{bold}{}  {by}{bold:#}  {says}", entry.at.value)?;
        writeln!(out, "    {dim}{}{dim:#}", provenance(entry, origin.as_ref()))?;
    }
    out.flush()?;
    Ok(0)
}

fn provenance(entry: &Entry, origin: Option<&Origin>) -> String {
    let Some(Origin { commit, author, seconds }) = origin else {
        return "not committed yet".into();
    };
    let recorded = Timestamp::from_second(*seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let late = recorded.duration_since(entry.at.value.instant());
    let when = match late {
        late if late < -SignedDuration::from_mins(1) => format!("{} before it happened", span(late)),
        late if late < SignedDuration::from_mins(1) => "at once".into(),
        late => format!("{} later", span(late)),
    };
    let amended =
        [("edited", &entry.edited), ("redacted", &entry.redacted)].into_iter().filter_map(|(what, amendment)| {
            let by = amendment.as_ref()?.by.as_ref().map_or("somebody", |by| &by.value);
            Some(format!(", {what} by {by}"))
        });
    format!("recorded by {author} in {commit}, {when}{}", amended.collect::<String>())
}
