//! `git incident check`.

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;

use super::{Timings, find_root, load, now, parse_time, select};
use crate::check::{self, Options};
use crate::diagnostic::{Level, json, terminal};
use crate::error::Error;
use crate::record::time::Time;

/// Check every record against the format and the lifecycle
///
/// Reads everything, reports everything that is wrong, each at its line and column. Exit code 0: clean, or nothing worse
/// than warnings; 1: at least one error; 2: could not run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Report only these: files, folders, ids, or unambiguous parts of ids.
    #[arg(value_name = "PATH_OR_ID")]
    only: Vec<String>,

    /// How findings are written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,

    /// Print how long each phase took.
    #[arg(long)]
    timings: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people: the source underlined, with help.
    #[default]
    Text,
    /// For programs: one document, described in docs/check-json.md.
    Json,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let mut timings = Timings::new(args.timings);
    let root = find_root(start)?;
    let archive = load(&root, &mut timings)?;
    let only = select(archive, &args.only, start, &root)?;
    let report = check::run(archive, &Options { as_of: now(args.as_of)?, only });
    timings.phase("check the rules");
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    match args.format {
        Format::Text => terminal::write(&report, &mut out)?,
        Format::Json => json::write(&report, &mut out)?,
    }
    out.flush()?;
    timings.phase("write the report");
    Ok(u8::from(report.count(Level::Error) > 0))
}
