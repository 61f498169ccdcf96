//! Puts a site into a folder that people are reading.
//!
//! Readers never see half a file, nor a page that links to nothing: each file waits beside its place until all of them are
//! there, and in a folder that is new, the whole folder does. Then they go into their places in one step each; new ones
//! before the pages that link to them, the home pages after everything else, and what is no longer part of the site goes
//! last. Files with the same bytes are not touched.
//!
//! A site is published while it is made, so that it need not be held in memory. One that fails leaves nothing behind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fmt, fs, io};

use rayon::prelude::*;

use super::audience::Audience;

mod listing;
mod manifest;
mod swap;

pub use listing::Listing;
pub use swap::Swap;

use manifest::{Known, MANIFEST, UNFINISHED};

/// Begins the name of a file or folder that waits for its place. What an interrupted run left is removed by the next.
const STAGED: &str = ".git-incident-new-";

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// Why a site could not be published.
#[derive(Debug)]
pub enum PublishError {
    /// The folder holds files, and none of them is known to be ours.
    NotOurs {
        folder: PathBuf,
    },
    /// A file of someone else stands where one of ours should be.
    Foreign {
        path: PathBuf,
    },
    /// The folder holds the site of other readers.
    OtherAudience {
        folder: PathBuf,
        there: Audience,
    },
    /// A folder stands where a symbolic link should be, which is replaced in one step.
    NoLink {
        path: PathBuf,
    },
    Io {
        path: PathBuf,
        error: io::Error,
    },
}

impl std::error::Error for PublishError {}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { folder } => write!(
                f,
                "{} has files in it that were not made by an earlier build, so nothing was written; \
                 give an empty or a new folder, or empty this one",
                folder.display()
            ),
            Self::Foreign { path } => write!(
                f,
                "{} was not made by an earlier build and would be overwritten, so nothing was written; move it away",
                path.display()
            ),
            Self::OtherAudience { folder, there } => {
                let (there, folder) = (there.name(), folder.display());
                write!(
                    f,
                    "{folder} holds the {there} site, so nothing was written: what is internal must never stand where \
                     customers read; give another folder, or empty this one"
                )
            }
            Self::NoLink { path } => write!(
                f,
                "{} is no symbolic link, so that it cannot be replaced in one step and nothing was written; \
                 move it away, or build without `--swap`",
                path.display()
            ),
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

/// A folder that is about to hold exactly one site, beside whatever others put there. Until it is finished, readers see the
/// old one; if it never is, the folder is left as it was.
#[derive(Debug)]
pub struct Publication {
    audience: Audience,
    out: PathBuf,
    known: Known,
    added: Mutex<Added>,
    /// Files are going into their places, and there is no way back.
    is_moving: bool,
}

#[derive(Debug, Default)]
struct Added {
    fates: BTreeMap<String, Fate>,
    /// The manifest says that a run is at work, so that the next one will clean up if this one is ended.
    is_marked: bool,
}

impl Publication {
    /// # Errors
    ///
    /// The folder is someone else's, or has the site of other readers, or cannot be read.
    pub fn begin(audience: Audience, out: &Path) -> Result<Self, PublishError> {
        let known = Known::read(out)?;
        if let Some(there) = known.audience.filter(|there| *there != audience) {
            return Err(PublishError::OtherAudience { folder: out.to_owned(), there });
        }
        known.clean_up(out)?;
        Ok(Self { audience, out: out.to_owned(), known, added: Mutex::default(), is_moving: false })
    }

    /// Adds a file of the site, from any thread.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let fate = match self.was_empty() {
            true => Fate::New,
            false => fate(&self.out, path, bytes, self.known.files.contains(path))?,
        };
        // Noted first: what is half written has to go, too.
        self.note(path, fate)?;
        if fate == Fate::Same {
            return Ok(());
        }
        let (part, rest) = path.split_at(self.newest_part(path).len());
        let mut waiting = staged(&self.out.join(part));
        waiting.extend(rest.strip_prefix('/'));
        stage(&waiting, bytes).map_err(|error| PublishError::Io { path: self.out.join(path), error })
    }

    fn note(&self, path: &str, fate: Fate) -> Result<(), PublishError> {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        if fate != Fate::Same && !added.is_marked {
            put(
                &self.out,
                MANIFEST,
                &manifest::text(self.audience, UNFINISHED, self.known.files.iter().map(String::as_str)),
            )?;
            added.is_marked = true;
        }
        added.fates.insert(path.to_owned(), fate);
        Ok(())
    }

    /// Puts everything in its place. `homes` are the pages from which readers come to all others.
    pub fn finish(mut self, homes: &BTreeSet<String>) -> Result<Published, PublishError> {
        let fates = std::mem::take(self.added()).fates;
        let stale: Vec<&String> = self.known.files.iter().filter(|path| !fates.contains_key(*path)).collect();
        let changed = fates.values().filter(|fate| **fate != Fate::Same).count();
        let result = Published { written: changed, unchanged: fates.len() - changed, removed: stale.len() };
        let is_same = self.known.files.len() == fates.len() && stale.is_empty();
        if changed == 0 && is_same && !self.known.unfinished {
            return Ok(result);
        }
        self.is_moving = true;
        // Should we be interrupted, the next build has to know the old files and the new ones.
        let both: BTreeSet<&str> = self.known.files.iter().chain(fates.keys()).map(String::as_str).collect();
        put(&self.out, MANIFEST, &manifest::text(self.audience, UNFINISHED, both.into_iter()))?;
        let waiting = self.phases(&fates, homes);
        for phase in [Phase::New, Phase::Replaced, Phase::Home] {
            let now = waiting.par_iter().filter(|(_, of)| **of == phase);
            now.try_for_each(|(path, _)| move_in(&self.out, path))?;
        }
        stale.par_iter().try_for_each(|path| remove(&self.out, path))?;
        put(&self.out, MANIFEST, &manifest::text(self.audience, "", fates.keys().map(String::as_str)))?;
        Ok(result)
    }

    /// Everything that waits for its place, and when it goes there. A folder goes with the last of its files.
    fn phases<'p>(&self, fates: &'p BTreeMap<String, Fate>, homes: &BTreeSet<String>) -> BTreeMap<&'p str, Phase> {
        let mut phases = BTreeMap::new();
        for (path, fate) in fates {
            if let Some(phase) = Phase::of(*fate, homes.contains(path)) {
                let of = phases.entry(self.newest_part(path)).or_insert(phase);
                *of = phase.max(*of);
            }
        }
        phases
    }

    /// What goes into its place in one step, so that a file is there: itself, or the first folder on its way that is not there.
    fn newest_part<'p>(&self, path: &'p str) -> &'p str {
        let mut folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
        let is_there = |folder: &str| !self.was_empty() && self.out.join(folder).exists();
        folders.find(|folder| !is_there(folder)).unwrap_or(path)
    }

    /// Whether nothing was in the folder when this began, so that nothing needs to be looked for.
    const fn was_empty(&self) -> bool {
        self.known.text.is_none()
    }

    fn added(&mut self) -> &mut Added {
        self.added.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Publication {
    /// Takes back what was not finished. Where that fails, too, the manifest still tells the next build.
    fn drop(&mut self) {
        let Added { fates, is_marked } = std::mem::take(self.added());
        if self.is_moving || !is_marked {
            return;
        }
        let waiting = self.phases(&fates, &BTreeSet::new());
        let removed: Result<Vec<()>, PublishError> =
            waiting.into_keys().map(|path| discard(&staged(&self.out.join(path)))).collect();
        match &self.known.text {
            _ if removed.is_err() => {}
            Some(text) => _ = put(&self.out, MANIFEST, text.as_bytes()),
            None => {
                _ = fs::remove_file(self.out.join(MANIFEST));
                // Fails where the folder was there before with something in it.
                _ = fs::remove_dir(&self.out);
            }
        }
    }
}

/// What has to happen to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Same,
    New,
    Replaced,
}

/// The order in which readers may see things change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    New,
    Replaced,
    Home,
}

impl Phase {
    fn of(fate: Fate, is_home: bool) -> Option<Self> {
        match fate {
            Fate::Same => None,
            _ if is_home => Some(Self::Home),
            Fate::New => Some(Self::New),
            Fate::Replaced => Some(Self::Replaced),
        }
    }
}

fn fate(out: &Path, path: &str, bytes: &[u8], known: bool) -> Result<Fate, PublishError> {
    let target = out.join(path);
    match fs::read(&target) {
        Ok(old) if old == bytes => Ok(Fate::Same),
        Ok(_) if known => Ok(Fate::Replaced),
        Ok(_) => Err(PublishError::Foreign { path: target }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Fate::New),
        Err(error) => Err(PublishError::Io { path: target, error }),
    }
}

/// Removes a file, and the folders that are empty without it.
fn remove(out: &Path, path: &str) -> Result<(), PublishError> {
    let target = out.join(path);
    match fs::remove_file(&target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(PublishError::Io { path: target, error }),
        _ => {}
    }
    for folder in Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
        // Fails where something else is in it, which is as it should be.
        if fs::remove_dir(out.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Puts bytes in place in one step.
fn put(out: &Path, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
    let target = out.join(path);
    stage(&staged(&target), bytes).map_err(|error| PublishError::Io { path: target, error })?;
    move_in(out, path)
}

/// Writes a file that waits, or is in a new folder that does. Both wait beside their places, under a name that no page has: a
/// rename between folders would take a lock of the whole file system.
fn stage(waiting: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::write(waiting, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(waiting.parent().unwrap_or(waiting))?;
            fs::write(waiting, bytes)
        }
        done => done,
    }
}

/// `path` is that of a file or of a new folder.
fn move_in(out: &Path, path: &str) -> Result<(), PublishError> {
    let target = out.join(path);
    fs::rename(staged(&target), &target).map_err(|error| PublishError::Io { path: target, error })
}

/// Removes what waits and will never get to its place.
fn discard(waiting: &Path) -> Result<(), PublishError> {
    let removed = if waiting.is_dir() { fs::remove_dir_all(waiting) } else { fs::remove_file(waiting) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(PublishError::Io { path: waiting.to_owned(), error })
        }
        _ => Ok(()),
    }
}

/// Where a file or folder waits for its place.
fn staged(target: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(STAGED);
    name.push(target.file_name().unwrap_or_default());
    target.with_file_name(name)
}

#[cfg(test)]
mod tests;
