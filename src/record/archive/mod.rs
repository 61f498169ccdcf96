//! All records of one tree, and the ways to find one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::config::Config;
use super::decode::{self, Names};
use super::lifecycle::{self, Lifecycle};
use super::{Content, Kind, Record};
use crate::text::problem::Problem;
use crate::text::span::Span;

mod folder;
mod tree;

pub use folder::Folder as FolderTree;
pub use tree::{Entry, Memory, Names as ShelfNames, Overlay, Stamp, Stamps, Tree, TreeError, below};

/// The configuration's path.
pub const CONFIG_PATH: &str = "incident.yaml";

/// The folder that holds the records.
pub const RECORDS: &str = "incidents";

/// Records that a thread takes at a time. With many of them, the others would have nothing to do while the last one ends.
pub const BATCH: usize = 32;

/// A copy costs little: it shares the records.
#[derive(Clone, Debug)]
pub struct Archive {
    pub config: Config,
    pub lifecycle: Lifecycle,
    /// What is wrong with files that are not records, by path.
    pub problems: Vec<(Arc<str>, Problem)>,
    /// In the order of their paths. Shared, so that a preview can keep what it shows while the archive goes on.
    pub records: Vec<Arc<Record>>,
    /// Index of the incident, maintenance or drill of an id, and of its postmortem.
    pub folders: BTreeMap<Arc<str>, Folder>,
    /// Every file under the records' folder, for links to attachments.
    pub files: BTreeSet<Arc<str>>,
    /// The words that records are read with.
    names: Names,
}

/// The records of one id, as indices into `Archive::records`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folder {
    pub event: Option<usize>,
    pub postmortem: Option<usize>,
}

impl Archive {
    /// Reads a tree. Mistakes in records and in `incident.yaml` are found, not fatal.
    ///
    /// # Errors
    ///
    /// The tree cannot be listed or read, or its lifecycle is unusable.
    pub fn load(tree: &dyn Tree) -> Result<Self, TreeError> {
        let lifecycle = load_lifecycle(tree)?;
        let (config, names) = read_config(&lifecycle, tree.read(CONFIG_PATH)?);
        let entries = tree.list(RECORDS)?;
        let mut problems = outside(&entries);
        let files: BTreeSet<Arc<str>> = entries.into_iter().filter(|e| !e.outside).map(|e| e.path).collect();
        let found: Vec<(&Arc<str>, &str, Kind)> = files.iter().filter_map(|path| record_at(path)).collect();
        let read = |path: &Arc<str>, id: &str, kind: Kind| -> Result<Option<Arc<Record>>, TreeError> {
            let bytes = tree.read(path)?;
            Ok(bytes.map(|bytes| Arc::new(read_record(path, id, kind, bytes, &names))))
        };
        let records: Result<Vec<_>, TreeError> =
            found.par_iter().with_max_len(BATCH).map(|(path, id, kind)| read(path, id, *kind)).collect();
        let mut records: Vec<Arc<Record>> = records?.into_iter().flatten().collect();
        records.sort_by(|a, b| a.path.cmp(&b.path));
        problems.sort_by(|a, b| a.0.cmp(&b.0));
        let folders = folders(&records);
        Ok(Self { config, lifecycle, problems, records, folders, files, names })
    }

    /// Takes one file as it is now; `None` where it is gone. It costs the reading of that file, whatever the size of the
    /// archive, unless `incident.yaml` or the lifecycle changes the words that records are read with: then all are read
    /// again, from memory. A lifecycle that cannot be used is a problem, and the one before it goes on to count.
    ///
    /// Links that leave the tree are as they were.
    pub fn replace(&mut self, path: &str, bytes: Option<Vec<u8>>) {
        if path == CONFIG_PATH {
            self.reconfigure(bytes);
        } else if path == lifecycle::PATH {
            self.replace_lifecycle(bytes);
        } else if is_below_records(path) && !self.problems.iter().any(|(outside, _)| **outside == *path) {
            self.replace_file(&Arc::from(path), bytes);
        }
    }

    /// The record that a text would be under a path; nothing where no record can stand there.
    pub fn read_as(&self, path: &str, text: &Arc<str>) -> Option<Record> {
        let path = Arc::from(path);
        let (path, id, kind) = record_at(&path)?;
        Some(decode::record::read(id, kind, path, Arc::clone(text), &self.names))
    }

    /// The configuration that a text would be.
    pub fn read_as_config(&self, text: &str) -> Config {
        read_config(&self.lifecycle, Some(text.into())).0
    }

    fn reconfigure(&mut self, bytes: Option<Vec<u8>>) {
        let (config, names) = read_config(&self.lifecycle, bytes);
        self.config = config;
        // What cannot be read is being written; its words will be back in a moment.
        if self.config.readable && names != self.names {
            self.names = names;
            let names = &self.names;
            self.records.par_iter_mut().for_each(|record| {
                let text = Arc::clone(&record.text);
                *record = Arc::new(decode::record::read(&record.id, record.kind, &record.path, text, names));
            });
        }
    }

    fn replace_lifecycle(&mut self, bytes: Option<Vec<u8>>) {
        self.problems.retain(|(path, _)| **path != *lifecycle::PATH);
        match read_lifecycle(bytes) {
            Ok(lifecycle) => {
                self.lifecycle = lifecycle;
                self.reconfigure(Some(self.config.text.as_bytes().to_vec()));
            }
            Err((_, problem)) => self.problems.push((lifecycle::PATH.into(), *problem)),
        }
    }

    /// Leaves out what is dated later than a moment: entries that come then do not exist yet, nor do records without any
    /// earlier one. What has no date, such as the state of a postmortem, is as it is now.
    pub fn forget_after(&mut self, moment: Timestamp) {
        self.records = self.records.par_iter().map(|record| until(record, moment)).collect();
        let is_to_come = |record: &Record| {
            record.kind != Kind::Postmortem && record.timeline_complete() && record.timeline().is_empty()
        };
        let to_come: BTreeSet<Arc<str>> =
            self.records.iter().filter(|record| is_to_come(record)).map(|record| Arc::clone(&record.id)).collect();
        if !to_come.is_empty() {
            self.records.retain(|record| !to_come.contains(&record.id));
            self.folders = folders(&self.records);
        }
    }

    fn replace_file(&mut self, path: &Arc<str>, bytes: Option<Vec<u8>>) {
        if bytes.is_some() {
            self.files.insert(Arc::clone(path));
        } else {
            self.files.remove(path);
        }
        let Some((_, id, kind)) = record_at(path) else { return };
        let new = bytes.map(|bytes| Arc::new(read_record(path, id, kind, bytes, &self.names)));
        match (self.records.binary_search_by(|record| record.path.cmp(path)), new) {
            (Ok(place), Some(record)) => {
                self.records.splice(place..=place, [record]);
                return;
            }
            (Err(place), Some(record)) => self.records.insert(place, record),
            (Ok(place), None) => drop(self.records.remove(place)),
            (Err(_), None) => return,
        }
        self.folders = folders(&self.records);
    }

    /// As it was at a moment, without the records of some ids and without what `incident.yaml` says of them.
    #[must_use]
    pub fn until(&self, as_of: Timestamp, is_left_out: &dyn Fn(&str) -> bool) -> Self {
        let mut config = self.config.clone();
        config.waivers.retain(|waiver| waiver.record.as_ref().is_none_or(|record| !is_left_out(&record.value)));
        let kept = self.records.iter().filter(|record| !is_left_out(&record.id));
        let records: Vec<Arc<Record>> = kept.map(|record| until(record, as_of)).collect();
        Self {
            config,
            lifecycle: self.lifecycle.clone(),
            problems: self.problems.clone(),
            folders: folders(&records),
            records,
            files: self.files.iter().filter(|path| !path.split('/').any(is_left_out)).cloned().collect(),
            names: self.names.clone(),
        }
    }

    /// Every record, in the order of their paths.
    pub fn all(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().map(|record| &**record)
    }

    /// The record in the file at a path.
    pub fn at(&self, path: &str) -> Option<&Record> {
        let place = self.records.binary_search_by(|record| (*record.path).cmp(path)).ok()?;
        self.records.get(place).map(|record| &**record)
    }

    /// The incident, maintenance or drill with an id.
    pub fn event(&self, id: &str) -> Option<&Record> {
        self.folders.get(id)?.event.map(|i| &*self.records[i])
    }

    /// The postmortem that stands in the folder of an id.
    pub fn postmortem(&self, id: &str) -> Option<&Record> {
        self.folders.get(id)?.postmortem.map(|i| &*self.records[i])
    }

    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.all().filter(move |record| record.kind == kind)
    }

    /// The worst severity that a record ever reached, as the configuration orders them.
    pub fn peak_severity(&self, record: &Record) -> Option<&super::config::Severity> {
        self.config.worst_severity(&record.replay)
    }

    /// Whether a record was ever a major incident.
    pub fn is_major(&self, record: &Record) -> bool {
        self.peak_severity(record).is_some_and(|s| s.major)
    }
}

/// The configuration of a tree, without its records.
///
/// # Errors
///
/// It or the lifecycle cannot be read.
pub fn load_config(tree: &dyn Tree) -> Result<Config, TreeError> {
    Ok(read_config(&load_lifecycle(tree)?, tree.read(CONFIG_PATH)?).0)
}

/// The lifecycle of a tree: its own where it has one, else the built-in one.
///
/// # Errors
///
/// Its own cannot be read or used.
pub fn load_lifecycle(tree: &dyn Tree) -> Result<Lifecycle, TreeError> {
    read_lifecycle(tree.read(lifecycle::PATH)?)
        .map_err(|(text, problem)| TreeError::new(lifecycle::PATH, problem.at(&text)))
}

/// The folder that holds `incident.yaml` or `incidents/`: this one or the nearest above it, up to the one that is the last
/// to look into.
pub fn root_above(folder: &Path, is_last: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        if folder.join(CONFIG_PATH).is_file() || folder.join(RECORDS).is_dir() {
            return Some(folder.to_path_buf());
        }
        if is_last(folder) {
            return None;
        }
    }
    None
}

/// Whether a file decides how all records are read and judged.
pub fn is_setting(path: &str) -> bool {
    path == CONFIG_PATH || path == lifecycle::PATH
}

/// Whether a file stands under the folder of the records.
pub fn is_below_records(path: &str) -> bool {
    path.strip_prefix(RECORDS).is_some_and(|rest| rest.starts_with('/'))
}

/// The id and kind of a record, if the file is one.
pub(super) fn record_at(path: &Arc<str>) -> Option<(&Arc<str>, &str, Kind)> {
    let (folder, file) = path.rsplit_once('/')?;
    let kind = Kind::of_file(file)?;
    let id = folder.rsplit('/').next()?;
    Some((path, id, kind))
}

fn read_record(path: &str, id: &str, kind: Kind, bytes: Vec<u8>, names: &Names) -> Record {
    let (text, problem) = text(bytes);
    let mut record = decode::record::read(id, kind, path, text, names);
    if let Some(problem) = problem {
        // Of a file in another encoding nothing else that was found is its author's mistake.
        if matches!(record.content, Content::Unreadable) {
            record.problems.clear();
        }
        record.problems.push(problem);
    }
    record
}

/// The lifecycle that a file makes of the built-in one; an error comes with the text that it is about.
fn read_lifecycle(bytes: Option<Vec<u8>>) -> Result<Lifecycle, (Arc<str>, Box<Problem>)> {
    let (text, problem) = text(bytes.unwrap_or_default());
    let read = || match problem {
        Some(problem) => Err(Box::new(problem)),
        None if text.trim().is_empty() => Lifecycle::built_in(),
        None => Lifecycle::built_in()?.overridden_by(&text),
    };
    read().map_err(|problem| (Arc::clone(&text), problem))
}

/// The configuration, and the words that it and the lifecycle give to records.
fn read_config(lifecycle: &Lifecycle, bytes: Option<Vec<u8>>) -> (Config, Names) {
    let mut names = Names::new(lifecycle);
    let (text, problem) = text(bytes.unwrap_or_default());
    let mut config = decode::config::read(CONFIG_PATH, text, &mut names);
    config.problems.extend(problem);
    (config, names)
}

/// The text of a file. What is not UTF-8 is replaced, and reported at its first place.
fn text(bytes: Vec<u8>) -> (Arc<str>, Option<Problem>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text.into(), None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let problem = Problem::new("invalid-yaml", Span::at(at), "the file is not UTF-8 from here on")
                .help("save it as UTF-8");
            (String::from_utf8_lossy(error.as_bytes()).into(), Some(problem))
        }
    }
}

fn outside(entries: &[Entry]) -> Vec<(Arc<str>, Problem)> {
    entries
        .iter()
        .filter(|entry| entry.outside)
        .map(|entry| {
            let message = "this symbolic link leaves the repository, so another clone would read something else; it was not followed";
            let help = "put the file itself into the repository, or link to it by its web address";
            (Arc::clone(&entry.path), Problem::new("outside-repository", Span::at(0), message).help(help))
        })
        .collect()
}

/// A record without the entries after a moment; mostly it is the same one.
fn until(record: &Arc<Record>, moment: Timestamp) -> Arc<Record> {
    if record.goes_beyond(moment) { Arc::new(record.until(moment)) } else { Arc::clone(record) }
}

/// Where an id stands in several folders the first one counts; a rule reports the others.
fn folders(records: &[Arc<Record>]) -> BTreeMap<Arc<str>, Folder> {
    let mut folders: BTreeMap<Arc<str>, Folder> = BTreeMap::new();
    for (i, record) in records.iter().enumerate() {
        let folder = folders.entry(Arc::clone(&record.id)).or_default();
        let place = if record.kind == Kind::Postmortem { &mut folder.postmortem } else { &mut folder.event };
        place.get_or_insert(i);
    }
    folders
}

#[cfg(test)]
mod tests;
