//! `git incident check`.

use std::io::Write;
use std::path::Path;

use super::rewrite::{self, Rewritten};
use super::{Timings, find_root, flags, now, parse_time, select};
use crate::check::{self, Check, Family, Options, Setting, rules};
use crate::diagnostic::{Diagnostic, Level, Report};
use crate::error::Error;
use crate::record::archive::FolderTree;
use crate::record::time::Time;
use crate::text::count::counted;
use crate::text::problem::Safety;
use crate::text::suggest::nearest;

mod output;
mod past;

use past::Subject;

/// Check every record against the format and the lifecycle
///
/// Reads everything, reports everything that is wrong, each at its line and column. Exit code 0: clean, or nothing worse
/// than warnings; 1: at least one error, or more warnings than --max-warnings; 2: could not run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Report only these: files, folders, ids, or unambiguous parts of ids.
    #[arg(value_name = "PATH_OR_ID")]
    only: Vec<String>,

    #[command(flatten)]
    past: past::PastFlags,

    #[command(flatten)]
    output: output::Output,

    /// Set the level of a rule, or of all rules of a family, whatever `incident.yaml` says: off, info, warn or error. Can
    /// be repeated.
    #[arg(long = "rule", value_name = "NAME=LEVEL", value_parser = parse_level)]
    levels: Vec<(String, Setting)>,

    /// End with exit code 1 where there are more warnings than this.
    #[arg(long, value_name = "NUMBER")]
    max_warnings: Option<usize>,

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
    #[arg(long, requires = "fix", conflicts_with_all = ["format", "statistics", "output_file"])]
    diff: bool,

    /// Print how long each phase took.
    #[arg(long)]
    timings: bool,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let mut timings = Timings::new(args.timings);
    let _lock = if args.fix && !args.diff { rewrite::lock(&find_root(start)?)? } else { None };
    let mut subject = args.past.look(start, &args.only, &mut timings)?;
    let only = match &subject.changed {
        Some(changed) => changed.clone(),
        None => select(subject.archive, &args.only, start, &subject.root)?,
    };
    let (as_of, adopted) = (now(args.as_of)?, subject.adopted);
    let options = Options { as_of, only, levels: args.levels.clone(), adopted, ..Options::default() };
    let report = if args.fix { fixed(&args, &mut subject, &options)? } else { checked(&mut subject, &options)? };
    timings.phase("check the rules");
    let warnings = report.count(Level::Warning);
    let too_many = args.max_warnings.filter(|most| warnings > *most);
    let code = u8::from(report.count(Level::Error) > 0 || too_many.is_some());
    if !args.diff {
        args.output.write(report, code, start, &subject.root)?;
        timings.phase("write the report");
    }
    if let Some(most) = too_many {
        writeln!(anstream::stderr(), "{}, and --max-warnings allows {most}.", counted(warnings, "warning"))?;
    }
    Ok(code)
}

/// `NAME=LEVEL` for a rule or a family of rules.
fn parse_level(text: &str) -> Result<(String, Setting), String> {
    let (name, level) = flags::pair(text).map_err(|_| "write it as NAME=LEVEL, such as `unknown-key=warn`")?;
    if !rules::settable().any(|known| known == name) {
        return Err(match nearest(&name, rules::settable()) {
            Some(meant) => format!("there is no rule or family `{name}`; did you mean `{meant}`?"),
            None => format!("there is no rule or family `{name}`; `git incident rules` lists them"),
        });
    }
    match Setting::parse(&level) {
        Some(setting) => Ok((name, setting)),
        None => Err(format!("`{level}` is not a level; write off, info, warn or error")),
    }
}

/// Where a part of the archive seems wrong, the whole of it decides: a name may stand for something elsewhere.
fn checked(subject: &mut Subject, options: &Options) -> Result<Report, Error> {
    let (report, history) = check::run_while(subject.archive, options, subject.history())?;
    if report.diagnostics.iter().any(may_depend_on_others) && subject.complete()? {
        return Ok(check::run_with(subject.archive, &history, options));
    }
    Ok(report)
}

/// Whether another record could show that there is nothing wrong: the one that a name means, or the postmortem that covers
/// several incidents.
fn may_depend_on_others(found: &Diagnostic) -> bool {
    let reads_others = |rule: &check::Rule| {
        let of_postmortems = [Family::Lifecycle, Family::Timeline, Family::Severity, Family::Postmortem];
        !matches!(rule.check, Check::Record(_) | Check::RecordPast(_) | Check::Reading)
            || of_postmortems.contains(&rule.family)
    };
    found.level == Level::Error || rules::find(found.rule).is_none_or(reads_others)
}

/// Writes or shows the fixes. The report is of what is left.
fn fixed(args: &Args, subject: &mut Subject, options: &Options) -> Result<Report, Error> {
    let boldness = if args.bold { Safety::Unsafe } else { Safety::Safe };
    let history = subject.history()()?;
    let root = subject.root.as_path();
    let fixed = check::fix::fix(&FolderTree::new(root), &history, options, boldness)?;
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
