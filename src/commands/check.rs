//! `git incident check`.

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;

use super::rewrite::{self, Rewritten};
use super::{Timings, find_root, load, now, parse_time, select};
use crate::check::{self, Options};
use crate::diagnostic::{Level, Report, json, terminal};
use crate::error::Error;
use crate::record::archive::FolderTree;
use crate::record::time::Time;
use crate::text::count::counted;
use crate::text::problem::Safety;

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

    /// Mend what can be mended without a second look, and report what is left.
    #[arg(long)]
    fix: bool,

    /// With --fix: also write what was probably meant. Look at the result.
    #[arg(long = "unsafe", requires = "fix")]
    bold: bool,

    /// With --fix: show what would change, and write nothing.
    #[arg(long, requires = "fix", conflicts_with = "format")]
    diff: bool,

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
    let _lock = if args.fix && !args.diff { rewrite::lock(&root)? } else { None };
    let archive = load(&root, &mut timings)?;
    let only = select(archive, &args.only, start, &root)?;
    let options = Options { as_of: now(args.as_of)?, only };
    let report = if args.fix { fixed(&args, &root, &options)? } else { check::run(archive, &options) };
    timings.phase("check the rules");
    let code = u8::from(report.count(Level::Error) > 0);
    if args.diff {
        return Ok(code);
    }
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    match args.format {
        Format::Text => terminal::write(&report, &mut out)?,
        Format::Json => json::write(&report, &mut out)?,
    }
    out.flush()?;
    timings.phase("write the report");
    Ok(code)
}

/// Writes or shows the fixes. The report is of what is left.
fn fixed(args: &Args, root: &Path, options: &Options) -> Result<Report, Error> {
    let boldness = if args.bold { Safety::Unsafe } else { Safety::Safe };
    let fixed = check::fix::fix(&FolderTree::new(root), options, boldness)?;
    let mut files = Vec::new();
    for (path, new) in fixed.files {
        let old = rewrite::text(root, &path).map_err(Error::new)?;
        files.push(Rewritten { path: path.to_string(), old, new });
    }
    if args.diff {
        rewrite::show(&files)?;
    } else {
        rewrite::write(root, &files)?;
        let (mended, files) = (counted(fixed.mended, "finding"), counted(files.len(), "file"));
        writeln!(anstream::stderr(), "Mended {mended} in {files}.")?;
    }
    Ok(fixed.report)
}
