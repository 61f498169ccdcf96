//! `git incident fmt`.

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;

use super::rewrite::{self, Rewritten};
use super::{Timings, find_root, load, select};
use crate::error::Error;
use crate::record::Record;
use crate::record::format;
use crate::text::count::counted;

/// Restore the order and style of records
///
/// Keys take the order of the format, entries that were recorded late go to their time, roles get the names of the format,
/// and blanks at the ends of lines go. Comments move with what they belong to; every other byte stays. Exit code 0: done;
/// 1: something would change (with --check), or a record could not be formatted.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Format only these: files, folders, ids, or unambiguous parts of ids.
    #[arg(value_name = "PATH_OR_ID")]
    only: Vec<String>,

    /// Write nothing; fail if a record is not formatted.
    #[arg(long)]
    check: bool,

    /// Write nothing; show what would change.
    #[arg(long)]
    diff: bool,
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let writes = !args.check && !args.diff;
    let _lock = if writes { rewrite::lock(&root)? } else { None };
    let archive = load(&root, &mut Timings::new(false))?;
    let only = select(archive, &args.only, start, &root)?;
    let selected: Vec<&Record> = archive.all().filter(|record| only.includes(&record.path)).collect();
    let results: Vec<Result<Option<Rewritten>, String>> =
        selected.par_iter().map(|record| formatted(&root, record)).collect();
    let (done, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    let changed: Vec<Rewritten> = done.into_iter().filter_map(Result::ok).flatten().collect();
    let mut errors = anstream::stderr().lock();
    for refusal in refused.iter().filter_map(|result| result.as_ref().err()) {
        writeln!(errors, "{refusal}")?;
    }
    if args.diff {
        rewrite::show(&changed)?;
    } else if writes {
        rewrite::write(&root, &changed)?;
    }
    let mut out = anstream::stdout().lock();
    if !args.diff {
        let verb = if writes { "formatted" } else { "would format" };
        for file in &changed {
            writeln!(out, "{verb} {}", file.path)?;
        }
        let as_they_were = selected.len() - changed.len() - refused.len();
        let change = if writes { "changed" } else { "to change" };
        writeln!(out, "{}: {} {change}, {as_they_were} in order", counted(selected.len(), "record"), changed.len())?;
    }
    Ok(u8::from(!refused.is_empty() || args.check && !changed.is_empty()))
}

/// The record's text as it is and as it should be; nothing where they are the same.
fn formatted(root: &Path, record: &Record) -> Result<Option<Rewritten>, String> {
    let old = rewrite::text(root, &record.path)?;
    let new =
        format::format(&old, record.kind).map_err(|why| format!("{}:{}: {}", record.path, why.line, why.reason))?;
    Ok((new != old).then(|| Rewritten { path: record.path.to_string(), old, new }))
}
