//! The files of a commit, without checking them out.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use git2::{ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};

use super::exec::Git;
use crate::record::archive::{Entry, Tree, TreeError};

/// The mode of a symbolic link in a tree.
const LINK: i32 = 0o120_000;

/// A commit, read as an archive is read from a folder. Symbolic links are not followed.
pub struct Revision {
    /// A repository may not be read by two threads at once.
    repository: Mutex<Repository>,
    tree: Oid,
    /// The folder of the archive in the repository, with a `/` at the end; empty at its top.
    prefix: String,
}

impl Revision {
    /// # Errors
    ///
    /// There is no such commit, or the repository cannot be opened.
    pub fn of(git: &Git, commit: Oid) -> Result<Self, git2::Error> {
        Self::at(git.dir(), git.prefix(), commit)
    }

    /// The archive in a folder (empty, or with a `/` at the end) of the repository with a git folder, which may be bare.
    ///
    /// # Errors
    ///
    /// There is no such commit, or the repository cannot be opened.
    pub fn at(git_dir: &Path, prefix: &str, commit: Oid) -> Result<Self, git2::Error> {
        let repository = Repository::open(git_dir)?;
        let tree = repository.find_commit(commit)?.tree_id();
        Ok(Self { repository: Mutex::new(repository), tree, prefix: prefix.to_owned() })
    }

    fn lock(&self) -> MutexGuard<'_, Repository> {
        // Nothing is written, so a thread that died with the lock has broken nothing.
        self.repository.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn list_tree(&self, folder: &str) -> Result<Vec<Entry>, git2::Error> {
        let repository = self.lock();
        let top = match repository.find_tree(self.tree)?.get_path(Path::new(&format!("{}{folder}", self.prefix))) {
            Ok(entry) if entry.kind() == Some(ObjectType::Tree) => repository.find_tree(entry.id())?,
            Ok(_) => return Ok(Vec::new()),
            Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut entries = Vec::new();
        top.walk(TreeWalkMode::PreOrder, |parents, entry| {
            let Ok(name) = entry.name() else { return TreeWalkResult::Skip };
            if name.starts_with('.') {
                return TreeWalkResult::Skip;
            }
            if entry.kind() == Some(ObjectType::Blob) && entry.filemode() != LINK {
                let path: Arc<str> = format!("{folder}/{parents}{name}").into();
                entries.push(Entry { path, outside: false });
            }
            TreeWalkResult::Ok
        })?;
        Ok(entries)
    }

    fn read_blob(&self, path: &str) -> Result<Option<Vec<u8>>, git2::Error> {
        let repository = self.lock();
        match repository.find_tree(self.tree)?.get_path(Path::new(&format!("{}{path}", self.prefix))) {
            Ok(entry) if entry.kind() == Some(ObjectType::Blob) && entry.filemode() != LINK => {
                Ok(Some(repository.find_blob(entry.id())?.content().to_vec()))
            }
            Ok(_) => Ok(None),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Tree for Revision {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, TreeError> {
        self.list_tree(folder).map_err(|error| TreeError::new(folder, error.message()))
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TreeError> {
        self.read_blob(path).map_err(|error| TreeError::new(path, error.message()))
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revision").field("tree", &self.tree).field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
