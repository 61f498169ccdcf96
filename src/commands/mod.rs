//! The subcommands, one file each: read the flags, call the library, print.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::slice;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::{SignedDuration, Timestamp};

use crate::change::{self, Part};
use crate::check::Selection;
use crate::error::Error;
use crate::git;
use crate::git::history::Store;
use crate::git::write::Change;
use crate::record::archive::{Archive, CONFIG_PATH, FolderTree, RECORDS, root_above};
use crate::record::config::Config;
use crate::record::find::{self, NotFound};
use crate::record::provenance::Provenance;
use crate::record::time::Time;
use crate::record::{Kind, Record};
use crate::site;
use crate::site::audience::Audience;
use crate::site::builtin::Overrides;
use crate::text::count::counted;
use crate::text::problem::Problem;

mod acknowledge;
pub mod action;
mod amend;
pub mod announce;
mod ask;
pub mod assign;
pub mod build;
pub mod check;
pub mod checklist;
pub mod completions;
pub mod due;
mod editor;
mod english;
mod entry;
pub mod escalate;
pub mod explain;
pub mod export;
pub mod finding;
mod flags;
pub mod fmt;
pub mod import;
pub mod init;
pub mod list;
pub mod log;
pub mod lsp;
pub mod man;
pub mod merge_driver;
pub mod new;
mod next;
mod open;
mod period;
pub mod postmortem;
pub mod promote;
pub mod report;
pub mod resolve;
mod review;
mod rewrite;
pub mod rules;
pub mod serve;
pub mod show;
pub mod stats;
mod summary;
mod timings;
pub mod topic;
pub mod update;
mod words;
mod writing;

use timings::Timings;

/// Prints an error for people.
pub fn complain(error: &Error) {
    let bold = anstyle::AnsiColor::Red.on_default().bold();
    // Where even this cannot be written there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{bold}error{bold:#}: {error}");
}

/// The folder that holds `incident.yaml` and `incidents`, here or above, but not outside the repository.
fn find_root(start: &Path) -> Result<PathBuf, Error> {
    let here = start.canonicalize().map_err(|e| Error::new(format!("{}: {e}", start.display())))?;
    let top = git::repo::top(&here).map_err(Error::new)?.and_then(|top| top.canonicalize().ok());
    if let Some(root) = root_above(&here, |folder| Some(folder) == top.as_deref()) {
        return Ok(root);
    }
    Err(Error::new(format!("no `{CONFIG_PATH}` and no folder `{RECORDS}` in {} or above it", here.display()))
        .hint("change to the repository that holds the records, or name it with `-C DIR`")
        .hint("`git incident init` makes a new archive here; `git incident import cstate DIR --into NEW` one from a cState site"))
}

/// Reads the archive.
fn load(root: &Path, timings: &mut Timings) -> Result<&'static Archive, Error> {
    let archive = for_ever(Archive::load(&FolderTree::new(root))?);
    timings.phase(&format!("read {}", counted(archive.records.len(), "record")));
    Ok(archive)
}

/// For what lives as long as the program: to free 10,000 records piece by piece at the end takes a tenth of a second, and
/// helps nobody.
fn for_ever<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// The record that a word means, and as much of the archive as it takes to know it; without a word the only incident that
/// is open.
fn find_record(root: &Path, word: Option<&str>) -> Result<(Archive, String), Error> {
    let tree = FolderTree::new(root);
    if let Some(word) = word
        && let Ok(folder) = change::folder_of(&tree, word)?
    {
        let folders = [folder].into();
        let archive = Archive::load(&Part::new(&tree, &folders, &Default::default()))?;
        if let Some(id) = archive.folders.keys().next().map(ToString::to_string) {
            return Ok((archive, id));
        }
    }
    let archive = match word {
        Some(_) => Archive::load(&tree)?,
        None => open::records(root, &[Kind::Incident])?,
    };
    let id = find::event(&archive, word).map_err(|why| not_found_here(why, root))?.id.to_string();
    Ok((archive, id))
}

/// The incident, maintenance or drill of an id that was found.
///
/// # Errors
///
/// There is none, or nothing is known of it because its front matter cannot be read.
pub fn event<'a>(archive: &'a Archive, id: &str) -> Result<&'a Record, Error> {
    let record =
        archive.event(id).ok_or_else(|| Error::new(format!("{id} has no incident.md, maintenance.md or drill.md")))?;
    match record.unreadable() {
        Some(problem) => Err(unreadable(problem, &record.path, &record.text)),
        None => Ok(record),
    }
}

fn unreadable(problem: &Problem, path: &str, text: &str) -> Error {
    let error = Error::new(format!("{path} cannot be read: {}", problem.at(text)));
    problem.help.iter().fold(error, |error, help| error.hint(help))
}

/// Says of an `incident.yaml` that cannot be read that nothing in it counts.
fn warn_of_settings(config: &Config) -> Result<(), Error> {
    if let Some(problem) = config.unreadable() {
        let why = unreadable(problem, &config.path, &config.text);
        writeln!(anstream::stderr(), "warning: {why}\n  until it is mended, nothing that it says counts")?;
    }
    Ok(())
}

fn not_found(why: NotFound) -> Error {
    Error::new(why.to_string()).hint(why.help())
}

/// What is open may have been declared by others.
fn not_found_here(why: NotFound, root: &Path) -> Error {
    let behind = if why == NotFound::NoneOpen { git::repo::behind(root) } else { None };
    let error = not_found(why);
    match behind {
        Some((upstream, count)) => error
            .hint(format!("{upstream} has {} that this clone lacks: `git pull` brings them", counted(count, "commit"))),
        None => error,
    }
}

/// The files that words on the command line stand for: paths from where the user is, ids, or parts of ids.
fn select(archive: &Archive, words: &[String], start: &Path, root: &Path) -> Result<Selection, Error> {
    if words.is_empty() {
        return Ok(Selection::default());
    }
    let mut words: Vec<String> = words.iter().map(|word| relative(word, start, root)).collect();
    // Commit hooks name every changed file, also those that are no part of the archive.
    words.retain(|word| !root.join(word).is_file() || Selection::of(archive, slice::from_ref(word)).is_ok());
    if words.is_empty() {
        return Ok(Selection::files([]));
    }
    Selection::of(archive, &words).map_err(|why| Error::new(why.to_string()).hint(why.help()))
}

/// A path that exists, as the archive names it; any other word as it is.
fn relative(word: &str, start: &Path, root: &Path) -> String {
    let path: PathBuf = start.join(word);
    let inside = path.canonicalize().ok().and_then(|p| p.strip_prefix(root).ok().map(Path::to_path_buf));
    match inside {
        Some(path) if path.as_os_str().is_empty() => ".".into(),
        Some(path) => path.to_string_lossy().replace('\\', "/"),
        None => word.to_owned(),
    }
}

/// The folder whose files replace the built-in templates, words and assets.
const TEMPLATES: &str = "templates";

/// The folder of the lifecycle that replaces the built-in one.
const SCHEMAS: &str = "schemas";

/// Reads `--audience`.
fn audience() -> impl TypedValueParser<Value = Audience> {
    PossibleValuesParser::new(Audience::ALL.map(Audience::name))
        .map(|name| Audience::of_name(&name).unwrap_or_default())
}

/// Which commits the entries of an archive came with; nothing is known outside git.
fn provenance(root: &Path, archive: &Archive) -> Result<Provenance, Error> {
    match Store::around(root)? {
        Some(store) => Ok(store.provenance(store.walk_to_head()?.as_ref(), archive.all())?),
        None => Ok(Provenance::default()),
    }
}

/// How the site of an archive is built, but for what its history says of entries.
fn site_options(root: &Path, archive: &Archive, audience: Audience, as_of: Timestamp) -> Result<site::Options, Error> {
    let mut options = site::Options::new(as_of);
    options.audience = audience;
    if audience == Audience::Internal {
        options.adopted = due::adopted(root, &archive.config)?;
    }
    options.overrides = Overrides::read(&root.join(TEMPLATES)).map_err(|e| Error::new(e.to_string()))?;
    if let Some(minutes) = archive.config.site.stale_after.and_then(|m| i64::try_from(m).ok()) {
        options.stale_after = SignedDuration::from_mins(minutes);
    }
    Ok(options)
}

/// The time that counts as now: what was asked for, else `SOURCE_DATE_EPOCH`, else the clock.
fn now(as_of: Option<Time>) -> Result<Timestamp, Error> {
    if let Some(time) = as_of {
        return Ok(time.instant());
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => seconds
            .parse()
            .ok()
            .and_then(|s| Timestamp::from_second(s).ok())
            .ok_or_else(|| Error::new(format!("SOURCE_DATE_EPOCH takes seconds since 1970, not `{seconds}`"))),
        // Records do not need fractions of a second, and would be hard to read with them.
        Err(_) => Ok(Time::utc(Timestamp::now()).whole_seconds().instant()),
    }
}

/// Writes a file of which a reader never sees half.
fn store(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    let name = file.file_name().and_then(|name| name.to_str());
    let (Some(folder), Some(name)) = (file.parent(), name) else {
        return Err(Error::new(format!("`{}` is no name for a file", file.display())));
    };
    Ok(git::write::write(folder, &[Change { path: name, content: Some(bytes) }])?)
}

/// A time on the command line.
fn parse_time(text: &str) -> Result<Time, String> {
    Time::parse(text).map_err(|why| match why.meant {
        Some(meant) => format!("{}; did you mean `{meant}`?", why.reason),
        None => why.reason,
    })
}
