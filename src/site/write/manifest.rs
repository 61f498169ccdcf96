//! The list of what the tool has written. Nothing else is ever changed or removed.

use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::{fs, io};

use walkdir::WalkDir;

use crate::site::audience::Audience;

use super::{PublishError, STAGED, discard, staged};

/// Lists the files of the last build, one path a line.
pub const MANIFEST: &str = ".git-incident-manifest";
/// Stands in the manifest while a run is at work.
pub const UNFINISHED: &str = "# unfinished";
pub const HEAD: &str = "# Files made by git-incident. It changes and removes no others.";
/// Says who the site is for. Without it, it is the public one.
const AUDIENCE: &str = "# audience: ";

/// What the last build left.
#[derive(Debug, Default)]
pub struct Known {
    /// Who it was for, if there was one.
    pub audience: Option<Audience>,
    pub files: BTreeSet<String>,
    /// It was interrupted, and may have left files that wait for their place.
    pub unfinished: bool,
    /// As it stands in the folder, if it does.
    pub text: Option<String>,
}

impl Known {
    /// Fails where the folder is someone else's.
    pub fn read(out: &Path) -> Result<Self, PublishError> {
        let path = out.join(MANIFEST);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self {
                audience: Some(audience(&text)),
                files: text.lines().filter(|line| is_inside(line)).map(str::to_owned).collect(),
                unfinished: text.lines().any(|line| line == UNFINISHED),
                text: Some(text),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match is_empty(out)? {
                true => Ok(Self::default()),
                false => Err(PublishError::NotOurs { folder: out.to_owned() }),
            },
            Err(error) => Err(PublishError::Io { path, error }),
        }
    }

    /// Removes what an interrupted run has not put in place.
    pub fn clean_up(&self, out: &Path) -> Result<(), PublishError> {
        let entries = WalkDir::new(out).into_iter().filter_map(Result::ok).filter(|_| self.unfinished);
        let waiting = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(STAGED));
        waiting.map(walkdir::DirEntry::into_path).try_for_each(|path| discard(&path))
    }
}

/// A line of a manifest that names a file below the folder. A manifest is only a file, and may have been tampered with.
fn is_inside(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with('#')
        && Path::new(line).components().all(|part| matches!(part, Component::Normal(_)))
}

/// A folder that is not there, or holds nothing but what an interrupted run left.
fn is_empty(folder: &Path) -> Result<bool, PublishError> {
    let failed = |error| PublishError::Io { path: folder.to_owned(), error };
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(failed(error)),
    };
    let first = staged(Path::new(MANIFEST));
    entries.try_fold(true, |empty, entry| Ok(empty && entry.map_err(failed)?.file_name() == first))
}

/// Who the site of a manifest is for.
fn audience(manifest: &str) -> Audience {
    let said = manifest.lines().find_map(|line| line.strip_prefix(AUDIENCE));
    said.and_then(Audience::of_name).unwrap_or_default()
}

/// The text of a manifest. `state` is empty or `UNFINISHED`.
pub fn text<'a>(audience: Audience, state: &str, paths: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut text = format!("{HEAD}\n{AUDIENCE}{}\n", audience.name());
    text += state;
    if !state.is_empty() {
        text.push('\n');
    }
    for path in paths {
        text += path;
        text.push('\n');
    }
    text.into_bytes()
}
