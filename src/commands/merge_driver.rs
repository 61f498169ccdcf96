//! `git incident merge-driver`, which git calls.

use std::fs;
use std::path::{Path, PathBuf};

use super::{complain, store};
use crate::error::Error;
use crate::git::exec;
use crate::git::merge::{self, Labels, Merged};
use crate::record::archive::{FolderTree, RECORDS, load_lifecycle};
use crate::record::lifecycle::Lifecycle;

/// Merge a record entry by entry (called by git)
///
/// Git calls this where `.gitattributes` says `merge=git-incident`. Two branches that both added entries merge without a
/// conflict; where they disagree, both versions stand between markers. What is no readable record is merged by lines.
/// Exit code 0: merged; 1: a conflict is left in OURS.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The common ancestor (%O).
    base: PathBuf,
    /// Our version, which is replaced by the result (%A).
    ours: PathBuf,
    /// Their version (%B).
    theirs: PathBuf,
    /// The file's path in the repository (%P).
    path: String,
    /// What conflict markers call the ancestor (%S), our version (%X) and their version (%Y).
    #[arg(allow_hyphen_values = true, num_args = 0..=3)]
    labels: Vec<String>,
}

impl Args {
    /// A label, or another one where git gives none: before 2.44 it leaves `%X` as it is.
    fn label(&self, index: usize, other: &'static str) -> &str {
        let given = self.labels.get(index).map(String::as_str);
        given.filter(|label| !label.is_empty() && !label.starts_with('%')).unwrap_or(other)
    }

    fn labels(&self) -> Labels<'_> {
        let default = Labels::default();
        Labels { ours: self.label(1, default.ours), theirs: self.label(2, default.theirs) }
    }
}

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let files = [&args.base, &args.ours, &args.theirs].map(|file| start.join(file));
    let Some(merged) = merge_files(&files, args, start)? else { return merge_lines(args, start) };
    store(&files[1], merged.text.as_bytes())?;
    for conflict in &merged.conflicts {
        complain(&Error::new(format!("{}: {conflict}", args.path)));
    }
    Ok(u8::from(!merged.conflicts.is_empty()))
}

/// `None` where one of the files is no readable record.
fn merge_files(files: &[PathBuf; 3], args: &Args, start: &Path) -> Result<Option<Merged>, Error> {
    let mut texts = Vec::new();
    for file in files {
        match String::from_utf8(fs::read(file)?) {
            Ok(text) => texts.push(text),
            Err(_) => return Ok(None),
        }
    }
    let lifecycle = lifecycle_of(&args.path, start)?;
    let machine = lifecycle.machine_of(&args.path);
    Ok(merge::merge(&texts[0], &texts[1], &texts[2], machine, args.labels()))
}

/// The lifecycle of the archive that a record is in. One that is itself in the middle of a merge does not count.
fn lifecycle_of(path: &str, start: &Path) -> Result<Lifecycle, Error> {
    let archive = path.find(&format!("{RECORDS}/")).map_or("", |at| &path[..at]);
    load_lifecycle(&FolderTree::new(start.join(archive)))
        .or_else(|_| Lifecycle::built_in().map_err(|problem| Error::new(problem.message)))
}

/// What git does without us.
fn merge_lines(args: &Args, start: &Path) -> Result<u8, Error> {
    let mut git = exec::git_in(start);
    let Labels { ours, theirs } = args.labels();
    git.args(["merge-file", "-L", ours, "-L", args.label(0, "base"), "-L", theirs]);
    git.args([&args.ours, &args.base, &args.theirs]);
    Ok(u8::from(!exec::run(&mut git, None)?.ok))
}
