//! Where an archive is read from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use crate::record::{Kind, id};

/// A tree of files: a folder, a revision, or a map in memory. Paths are relative and use `/`.
pub trait Tree: Sync {
    /// Every file below a folder; nothing where the folder does not exist.
    fn list(&self, folder: &str) -> Result<Vec<Entry>, TreeError>;

    /// The folders of records below a folder: those that have the name of one, and others that hold one. Each stands there
    /// once, in no order.
    fn record_folders(&self, folder: &str) -> Result<Vec<Arc<str>>, TreeError> {
        let entries = self.list(folder)?;
        let split = entries.iter().filter_map(|entry| entry.path.rsplit_once('/'));
        let folders: BTreeSet<&str> =
            split.filter(|(folder, file)| is_of_record(folder) || is_record(file)).map(|(folder, _)| folder).collect();
        Ok(folders.into_iter().map(Arc::from).collect())
    }

    /// What of this stands directly in a folder, and where to look for more. A tree that has no folders of its own says
    /// everything at once.
    fn shelf(&self, path: &str) -> Result<Names, TreeError> {
        let name = |folder: &Arc<str>| match folder.strip_prefix(path)?.strip_prefix('/') {
            Some(name) => Some(name.to_owned()),
            None => (**folder == *path).then(|| HERE.to_owned()),
        };
        Ok(Names { folders: self.record_folders(path)?.iter().filter_map(name).collect(), below: Vec::new() })
    }

    /// The bytes of a file; `None` where it does not exist.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TreeError>;

    /// The text of a record, to glance at; `Some(None)` where it does not exist. `None` where there is no text to be had: the
    /// full reading says why.
    fn text(&self, folder: &str, kind: Kind) -> Option<Option<String>> {
        let bytes = self.read(&format!("{folder}/{}", kind.file_name())).ok()?;
        bytes.map(String::from_utf8).transpose().ok()
    }

    /// What tells one state of a file from the next without reading it, or one list of the names in a folder. `None` where
    /// there is no such thing.
    fn stamp(&self, _path: &str) -> Option<Stamp> {
        None
    }

    /// The same for many files in the folders on one shelf.
    fn stamps<'a>(&'a self, shelf: &'a str) -> Stamps<'a> {
        Box::new(move |folder, file| self.stamp(&format!("{}/{file}", below(shelf, folder))))
    }
}

/// Gives the stamp of a file, by the name of its folder on a shelf and by its own.
pub type Stamps<'a> = Box<dyn Fn(&str, &str) -> Option<Stamp> + Sync + 'a>;

/// Stands for a folder among the names in it.
pub const HERE: &str = ".";

/// The path of what has a name on a shelf; of the shelf itself where it holds a record.
pub fn below(shelf: &str, name: &str) -> String {
    if name == HERE { shelf.to_owned() } else { format!("{shelf}/{name}") }
}

/// The folders on a shelf, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Those of records: the ones that have the name of one, and `HERE` where the shelf holds one itself.
    pub folders: Vec<String>,
    /// Those that may be shelves.
    pub below: Vec<String>,
}

/// A file as the file system knows it. Whoever writes to the file changes this, unless within one tick of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// When the bytes were written, in nanoseconds since 1970.
    pub modified: u64,
    /// When anything about the file changed, where the system says so: a tool may set `modified` back.
    pub changed: i64,
    /// In bytes.
    pub size: u64,
}

impl Stamp {
    pub fn of(about: &fs::Metadata) -> Option<Self> {
        let modified = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self { modified: u64::try_from(modified.as_nanos()).ok()?, changed: changed(about), size: about.len() })
    }
}

#[cfg(unix)]
fn changed(about: &fs::Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    about.ctime().wrapping_mul(1_000_000_000).wrapping_add(about.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> i64 {
    0
}

/// One file of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub path: Arc<str>,
    /// A symbolic link that leaves the tree; its target is never read.
    pub outside: bool,
}

/// What went wrong, and with which file.
#[derive(Debug)]
pub struct TreeError {
    pub path: String,
    pub message: String,
}

impl TreeError {
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for TreeError {}

fn is_of_record(folder: &str) -> bool {
    folder.rsplit('/').next().is_some_and(|name| id::fault(name).is_none())
}

pub fn is_record(file: &str) -> bool {
    Kind::of_file(file).is_some()
}

/// Files in memory, for importers and tests.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub BTreeMap<String, String>);

impl Tree for Memory {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, TreeError> {
        let prefix = format!("{folder}/");
        let below = self.0.keys().filter(|path| path.starts_with(&prefix));
        Ok(below.map(|path| Entry { path: path.as_str().into(), outside: false }).collect())
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TreeError> {
        Ok(self.0.get(path).map(|text| text.clone().into_bytes()))
    }
}

/// A tree with some of its files replaced, and others added.
#[derive(Clone, Copy)]
pub struct Overlay<'a> {
    pub tree: &'a dyn Tree,
    pub files: &'a BTreeMap<Arc<str>, String>,
}

impl fmt::Debug for Overlay<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Overlay").field("files", &self.files.keys()).finish_non_exhaustive()
    }
}

impl Tree for Overlay<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, TreeError> {
        let mut entries = self.tree.list(folder)?;
        let known: BTreeSet<Arc<str>> = entries.iter().map(|entry| Arc::clone(&entry.path)).collect();
        let prefix = format!("{folder}/");
        let new = self.files.keys().filter(|path| path.starts_with(&prefix) && !known.contains(*path));
        entries.extend(new.map(|path| Entry { path: Arc::clone(path), outside: false }));
        Ok(entries)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TreeError> {
        match self.files.get(path) {
            Some(text) => Ok(Some(text.clone().into_bytes())),
            None => self.tree.read(path),
        }
    }
}
