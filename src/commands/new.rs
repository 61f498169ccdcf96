//! `git incident new`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use clap::Subcommand;
use jiff::Timestamp;

use super::writing::{self, Draft, Written};
use super::{ask, entry, find_root, flags, next, now, summary, topic};
use crate::change::{self, Change, Part};
use crate::error::Error;
use crate::record::archive::{Archive, FolderTree, Tree};
use crate::record::time::Time;
use crate::record::write::NewRecord;
use crate::record::{Kind, Record, slug};

mod drill;
mod incident;
mod maintenance;

/// Declare an incident, plan maintenance, or plan a drill
///
/// Writes a folder for the record and commits it, then says what comes next: the topic for the chat channel, the deadlines
/// of this severity, and who is still missing. On a terminal it asks for what was left out.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    other: Option<Other>,

    #[command(flatten)]
    incident: incident::IncidentArgs,
}

#[derive(Debug, Subcommand)]
enum Other {
    /// Declare an incident, which is what happens without this word, too
    #[command(hide = true)]
    Incident(Box<incident::IncidentArgs>),
    /// Announce planned work
    Maintenance(maintenance::MaintenanceArgs),
    /// Plan or record an exercise, which no public page ever shows
    Drill(drill::DrillArgs),
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let now = now(None)?;
    match args.other {
        None => incident::run(args.incident, &root, start, now),
        Some(Other::Incident(args)) => incident::run(*args, &root, start, now),
        Some(Other::Maintenance(args)) => maintenance::run(args, &root, now),
        Some(Other::Drill(args)) => drill::run(args, &root, now),
    }?;
    Ok(0)
}

/// What a new record is made from.
struct Scene<'a> {
    /// The configuration; no records.
    archive: &'a Archive,
    by: String,
    now: Timestamp,
}

impl Scene<'_> {
    fn written(&self, instant: Timestamp) -> Time {
        entry::in_site_zone(self.archive, instant)
    }
}

/// Makes a record; its id is named after the day of the time.
type Make<'m> = dyn Fn(&Scene<'_>) -> Result<(NewRecord, Time), Error> + 'm;

/// Writes a record, and says where it is. Returns it with the configuration, unless it was only shown.
fn create(
    root: &Path,
    writing: &writing::WriteFlags,
    now: Timestamp,
    kind: Kind,
    title: &str,
    record: &Make<'_>,
) -> Result<Written, Error> {
    let written = writing::write(root, writing, now, &|git| {
        let tree = FolderTree::new(root);
        let archive = settings(&tree)?;
        let by = writing::who(git, &archive.config, writing.by.as_deref())?;
        let (record, day) = record(&Scene { archive: &archive, by, now })?;
        let id = free_id(&tree, &day.local_day().to_string(), title, kind)?;
        let path = format!("{}/{}", change::shelf(&id), kind.file_name());
        let mut facts = vec![format!("new {}", kind.name())];
        facts.extend(record.timeline.first().and_then(|entry| entry.severity.clone()));
        Ok(Draft { id, change: Change::of(path, record.render()), facts })
    })?;
    if let Some(record) = written.as_ref().and_then(|archive| made(archive, kind)) {
        if !writing.leaves_the_commit() {
            writeln!(anstream::stdout(), "{}", record.path)?;
        }
        writeln!(anstream::stdout())?;
    }
    Ok(written)
}

/// The record that was made, in the archive as far as it was read.
fn made(archive: &Archive, kind: Kind) -> Option<&Record> {
    archive.of_kind(kind).next()
}

/// The archive without its records.
fn settings(tree: &FolderTree) -> Result<Archive, Error> {
    Ok(Archive::load(&Part::new(tree, &BTreeSet::new(), &Default::default()))?)
}

fn free_id(tree: &FolderTree, day: &str, title: &str, kind: Kind) -> Result<String, Error> {
    let shelf = change::shelf(&format!("{day}-x"));
    let month = shelf.rsplit_once('/').map_or("", |(month, _)| month);
    let entries = tree.list(month)?;
    let folder = |path: &str| path.rsplit('/').nth(1).map(str::to_owned);
    let taken: BTreeSet<String> = entries.iter().filter_map(|entry| folder(&entry.path)).collect();
    Ok(slug::record_id(day, &[title], kind.name(), &taken))
}

fn visibility(said: Option<&str>, has_public: bool) -> Option<String> {
    said.map(str::to_owned).or_else(|| has_public.then(|| "public".to_owned()))
}
