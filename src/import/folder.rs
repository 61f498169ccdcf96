//! The only part of an import that touches the disk.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Import, Source};

/// Written where there is none; one that exists is the owner's.
const KEPT: &str = ".gitignore";

const TEXT: [&str; 6] = ["md", "markdown", "yml", "yaml", "toml", "json"];

/// Why nothing was written.
#[derive(Debug)]
pub enum NotWritten {
    /// These files of the import exist already.
    Exist(Vec<PathBuf>),
    Io(PathBuf, io::Error),
}

/// Reads what importers look at: the configuration in the root or in `config`, and everything below `content`.
pub fn read(root: &Path) -> io::Result<Source> {
    let mut source = Source::default();
    let entries =
        WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|entry| entry.depth() != 1 || is_wanted(entry));
    for entry in entries {
        let entry = entry?;
        let is_text = entry.path().extension().is_some_and(|e| TEXT.iter().any(|known| e.eq_ignore_ascii_case(known)));
        let Ok(path) = entry.path().strip_prefix(root) else {
            continue;
        };
        if !is_text || !entry.file_type().is_file() {
            continue;
        }
        let name = path.to_string_lossy().replace('\\', "/");
        match String::from_utf8(fs::read(entry.path())?) {
            Ok(text) => {
                source.files.insert(name, text);
            }
            Err(error) => source.unreadable.push((name, error.utf8_error().to_string())),
        }
    }
    Ok(source)
}

fn is_wanted(entry: &DirEntry) -> bool {
    entry.file_type().is_file() || ["content", "config"].iter().any(|name| entry.file_name() == *name)
}

/// Writes the files of an import into a folder. Nothing is written where one of them exists already.
pub fn write(root: &Path, import: &Import) -> Result<(), NotWritten> {
    let exist: Vec<PathBuf> = import
        .files
        .keys()
        .filter(|path| *path != KEPT)
        .map(|path| root.join(path))
        .filter(|path| path.symlink_metadata().is_ok())
        .collect();
    if !exist.is_empty() {
        return Err(NotWritten::Exist(exist));
    }
    for (path, text) in &import.files {
        let path = root.join(path);
        if path.exists() {
            continue;
        }
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        written.map_err(|error| NotWritten::Io(path, error))?;
    }
    Ok(())
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exist(paths) => {
                let first = paths.first().map_or(Path::new(""), PathBuf::as_path).display();
                let others = match paths.len() - 1 {
                    0 => String::new(),
                    more => format!(" and {more} more of its files"),
                };
                write!(f, "`{first}`{others} would be overwritten, so nothing was written; import into an empty folder")
            }
            Self::Io(path, error) => {
                write!(f, "`{}` could not be written: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for NotWritten {}
