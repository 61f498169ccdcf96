//! An archive in a folder of the file system.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::tree::{Entry, HERE, Names, Stamp, Stamps, Tree, TreeError, below, is_record};
use crate::record::id;

/// How deep the shelves stand (year and month) whose folders are listed side by side.
const SHELVES: usize = 2;

/// What a walk met.
#[derive(Debug, Default)]
struct Walked {
    files: Vec<Entry>,
    /// At the depth of the shelves.
    folders: Vec<PathBuf>,
}

fn is_visible(entry: &walkdir::DirEntry) -> bool {
    entry.depth() == 0 || !is_hidden(entry.file_name())
}

fn is_hidden(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

/// The bytes of a file; nothing where there is something else, or none. It is opened so that no link is followed and no pipe
/// waits, and asked for its kind then: to ask before means to look up its path twice.
#[cfg(unix)]
fn bytes_of_plain(path: &Path) -> Option<Vec<u8>> {
    use std::io::Read;
    use std::os::unix::fs::OpenOptionsExt;
    let without_waiting = libc::O_NOFOLLOW | libc::O_NONBLOCK;
    let file = fs::OpenOptions::new().read(true).custom_flags(without_waiting).open(path).ok()?;
    let length = file.metadata().ok().filter(fs::Metadata::is_file)?.len();
    // With room for all of it and for a byte that is not there, nothing is asked or moved on the way. More may have come.
    let mut bytes = Vec::with_capacity(usize::try_from(length).ok()? + 1);
    file.take(u64::MAX).read_to_end(&mut bytes).ok().map(|_| bytes)
}

#[cfg(not(unix))]
fn bytes_of_plain(_: &Path) -> Option<Vec<u8>> {
    None
}

fn is_missing(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound)
}

/// The stamps of files on a shelf which is looked up only once: with thousands of files it is the way there that takes time.
#[cfg(target_os = "linux")]
fn stamps_on(shelf: &Path) -> Option<impl Fn(&str, &str) -> Option<Stamp> + Sync + use<>> {
    use rustix::fs::{AtFlags, FileType, Mode, OFlags, StatxFlags, StatxTimestamp, open, statx};
    let shelf = open(shelf, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()?;
    let nanoseconds = |time: StatxTimestamp| time.tv_sec.wrapping_mul(1_000_000_000).wrapping_add(time.tv_nsec.into());
    Some(move |folder: &str, file: &str| {
        let path = format!("{folder}/{file}");
        let about = statx(&shelf, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS).ok()?;
        // What a link leads to may change and leave the link alone.
        let is_link = FileType::from_raw_mode(about.stx_mode.into()).is_symlink();
        let modified = u64::try_from(nanoseconds(about.stx_mtime)).ok().filter(|_| !is_link)?;
        Some(Stamp { modified, changed: nanoseconds(about.stx_ctime), size: about.stx_size })
    })
}

/// A folder of the file system.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn relative(&self, path: &Path) -> Option<Arc<str>> {
        let parts = path.strip_prefix(&self.root).ok()?.components();
        let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
        parts.map(|parts| parts.join("/").into())
    }

    /// What a revision of the repository could not hold is not read from the folder either.
    fn refuse_outside(&self, path: &str, full: &Path) -> Result<(), TreeError> {
        if full.is_symlink() && full.exists() && self.leaves(full) {
            let message =
                "this symbolic link leaves the repository, so it was not followed; put the files themselves there";
            return Err(TreeError::new(path, message));
        }
        Ok(())
    }

    /// The files of a walk, and the folders where it was told to stop.
    fn walk(&self, walk: WalkDir) -> Result<Walked, TreeError> {
        let mut walked = Walked::default();
        for entry in walk.into_iter().filter_entry(is_visible) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.depth() == 0 && is_missing(&error) => break,
                Err(error) => {
                    let path = error.path().map(|path| path.display().to_string()).unwrap_or_default();
                    return Err(TreeError::new(path, error.to_string()));
                }
            };
            if entry.file_type().is_dir() {
                if entry.depth() == SHELVES {
                    walked.folders.push(entry.into_path());
                }
            } else if let Some(file) = self.file(&entry)? {
                walked.files.push(file);
            }
        }
        Ok(walked)
    }

    /// A file or a link. A link to a folder inside the tree would show its records twice, so it is left out.
    fn file(&self, entry: &walkdir::DirEntry) -> Result<Option<Entry>, TreeError> {
        let path = self.relative(entry.path()).ok_or_else(|| {
            let message = "the file's name is not Unicode, so git and the site cannot show it; rename it";
            TreeError::new(entry.path().display().to_string(), message)
        })?;
        let outside = entry.path_is_symlink() && self.leaves(entry.path());
        let folder_link = entry.path_is_symlink() && !outside && entry.path().is_dir();
        Ok((!folder_link).then_some(Entry { path, outside }))
    }

    /// The folders of records on a shelf and on those below it.
    fn folders_below(&self, shelf: &str) -> Result<Vec<Arc<str>>, TreeError> {
        let names = self.shelf(shelf)?;
        let mut found: Vec<Arc<str>> = names.folders.iter().map(|name| below(shelf, name).into()).collect();
        let deeper: Result<Vec<_>, TreeError> =
            names.below.par_iter().map(|name| self.folders_below(&below(shelf, name))).collect();
        found.extend(deeper?.into_iter().flatten());
        Ok(found)
    }

    fn bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        let full = self.root.join(path);
        if let Some(bytes) = bytes_of_plain(&full) {
            return Ok(bytes);
        }
        let mut about = full.symlink_metadata()?;
        if about.is_symlink() {
            self.refuse_outside(path, &full).map_err(|error| io::Error::other(error.message))?;
            about = full.metadata()?;
        }
        // A pipe is asked for its kind first: to open it would wait for somebody to write.
        if !about.is_file() {
            return Err(io::Error::other("this is not a file"));
        }
        std::fs::read(full)
    }

    /// Whether a symbolic link ends outside the tree, or nowhere.
    fn leaves(&self, link: &Path) -> bool {
        match (link.canonicalize(), self.root.canonicalize()) {
            (Ok(target), Ok(root)) => !target.starts_with(root),
            _ => true,
        }
    }
}

impl Tree for Folder {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, TreeError> {
        let top = self.root.join(folder);
        self.refuse_outside(folder, &top)?;
        let Walked { mut files, folders: shelves } = self.walk(WalkDir::new(&top).max_depth(SHELVES))?;
        let below: Result<Vec<Walked>, TreeError> =
            shelves.par_iter().map(|shelf| self.walk(WalkDir::new(shelf).min_depth(1))).collect();
        files.extend(below?.into_iter().flat_map(|walked| walked.files));
        Ok(files)
    }

    fn record_folders(&self, folder: &str) -> Result<Vec<Arc<str>>, TreeError> {
        let top = self.root.join(folder);
        self.refuse_outside(folder, &top)?;
        self.folders_below(folder)
    }

    /// Opens no folder that has the name of a record, as a walk would before it could skip it: an update waits for this, and
    /// those of 10,000 records take longer than all the rest.
    fn shelf(&self, path: &str) -> Result<Names, TreeError> {
        let failed = |error: io::Error| TreeError::new(path, error.to_string());
        let mut names = Names::default();
        let mut holds_a_record = false;
        let entries = match fs::read_dir(self.root.join(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(names),
            entries => entries.map_err(failed)?,
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|_| !is_hidden(&name)) else { continue };
            if !entry.file_type().map_err(failed)?.is_dir() {
                holds_a_record |= is_record(name);
            } else if id::fault(name).is_none() {
                names.folders.push(name.to_owned());
            } else {
                names.below.push(name.to_owned());
            }
        }
        names.folders.extend(holds_a_record.then(|| HERE.to_owned()));
        Ok(names)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TreeError> {
        match self.bytes(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(TreeError::new(path, error.to_string())),
            Ok(bytes) => Ok(Some(bytes)),
        }
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let about = self.root.join(path).symlink_metadata().ok()?;
        // What a link leads to may change and leave the link alone.
        if about.is_symlink() { None } else { Stamp::of(&about) }
    }

    #[cfg(target_os = "linux")]
    fn stamps<'a>(&'a self, shelf: &'a str) -> Stamps<'a> {
        match stamps_on(&self.root.join(shelf)) {
            Some(stamps) => Box::new(stamps),
            None => Box::new(|_, _| None),
        }
    }
}
