//! What the history of a repository knows of an archive, in one pass over its commits.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use git2::{Error, ErrorCode, Odb, Oid, Repository};

use super::exec::Failure;
use super::repo;
use crate::record::archive::{CONFIG_PATH, RECORDS};
use crate::record::history::History;
use crate::record::lifecycle;
use crate::record::provenance::Provenance;
use crate::record::{Kind, Record};

pub mod base;
mod origins;
mod texts;
mod trees;
mod uncommitted;
mod walk;

pub use base::Base;
use trees::Trees;
pub use uncommitted::{Asked, Files};
pub use walk::Walk;

/// A repository whose history is asked for one archive. It need not have a work tree.
pub struct Store {
    repository: Repository,
    /// The folder of the archive in the repository, with a `/` at the end; empty at its top.
    prefix: String,
    is_sparse: bool,
}

/// The commits that are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// What was merged before them. Without it they begin with the first commit.
    pub base: Option<Oid>,
    pub tip: Oid,
    /// Whether others have read each version of the range. If not, only that of the base counts as merged.
    pub is_merged: bool,
}

impl Store {
    /// The repository around a folder that holds an archive. `None` where there is none.
    ///
    /// # Errors
    ///
    /// There is one and it cannot be opened.
    pub fn around(folder: &Path) -> Result<Option<Self>, Failure> {
        // Like git, which leaves it to `git fsck`: a broken object does not decompress, and a history has many.
        git2::opts::strict_hash_verification(false);
        // Every object is asked for once or twice in a row, so what is kept of a long history is only in the way.
        git2::opts::enable_caching(false);
        let repository = match Repository::discover(folder) {
            Ok(repository) => repository,
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(&error)),
        };
        let inside = repo::below(&repository, folder);
        let parts: Vec<String> =
            inside.iter().flat_map(|path| path.iter()).map(|part| format!("{}/", part.to_string_lossy())).collect();
        let is_sparse = repository.config().and_then(|config| config.get_bool("core.sparseCheckout")).unwrap_or(false);
        Ok(Some(Self { repository, prefix: parts.concat(), is_sparse }))
    }

    pub const fn repository(&self) -> &Repository {
        &self.repository
    }

    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The commit that is checked out; `None` before the first one.
    pub fn head(&self) -> Option<Oid> {
        self.repository.head().ok()?.peel_to_commit().ok().map(|commit| commit.id())
    }

    /// The files of the archive that two commits have differently.
    ///
    /// # Errors
    ///
    /// A commit or a tree cannot be read.
    pub fn changed(&self, before: Oid, after: Oid) -> Result<BTreeSet<String>, Failure> {
        let tree = |id| self.repository.find_commit(id).map(|commit| commit.tree_id());
        let find = || -> Result<_, Error> {
            let odb = self.repository.odb()?;
            self.trees(&odb).differing(Some(tree(before)?), Some(tree(after)?))
        };
        let found = find().map_err(|error| unreadable(&error))?;
        Ok(found.into_iter().filter_map(|file| Some(self.inside(&file.path)?.to_owned())).collect())
    }

    /// What commits did to the archive, without any text yet.
    ///
    /// # Errors
    ///
    /// A commit or a tree cannot be read.
    pub fn walk(&self, range: Range) -> Result<Walk, Failure> {
        walk::walk(self, range).map_err(|error| unreadable(&error))
    }

    /// The files of the archive that any commit of a walk has touched.
    pub fn touched(&self, walk: &Walk) -> BTreeSet<String> {
        let files = walk.commits.iter().flat_map(|walked| walked.changes.iter().flatten());
        files.filter_map(|file| Some(self.inside(&file.path)?.to_owned())).collect()
    }

    /// The past that a walk has found, and what was merged of the files that are not committed yet. `now` gives the text of a
    /// file of the archive; for those that are as they were committed nothing has to be read.
    ///
    /// # Errors
    ///
    /// An object cannot be read.
    pub fn history(
        &self,
        walk: &Walk,
        uncommitted: &BTreeSet<String>,
        now: &dyn Fn(&str) -> Option<Arc<str>>,
    ) -> Result<History, Failure> {
        texts::history(self, walk, uncommitted, now).map_err(|error| unreadable(&error))
    }

    /// Everything that was committed up to what is checked out; nothing before the first commit.
    ///
    /// # Errors
    ///
    /// A commit or a tree cannot be read.
    pub fn walk_to_head(&self) -> Result<Option<Walk>, Failure> {
        self.head().map(|tip| self.walk(Range { base: None, tip, is_merged: true })).transpose()
    }

    /// Which commit of a walk each entry of some records came with.
    ///
    /// # Errors
    ///
    /// An object cannot be read.
    pub fn provenance<'a>(
        &self,
        walk: Option<&Walk>,
        records: impl Iterator<Item = &'a Record>,
    ) -> Result<Provenance, Failure> {
        match walk {
            Some(walk) => origins::origins(self, walk, records),
            None => Ok(Provenance::new(HashMap::new())),
        }
    }

    /// Whether a file is not in the work tree because the checkout is sparse.
    fn leaves_out(&self, path: &str) -> bool {
        self.is_sparse && self.repository.workdir().is_some_and(|top| !top.join(path).exists())
    }

    fn trees<'r>(&self, odb: &'r Odb<'r>) -> Trees<'r> {
        Trees::new(odb, self.places())
    }

    /// Where the files of the archive stand in the repository.
    fn places(&self) -> Vec<String> {
        [RECORDS, CONFIG_PATH, lifecycle::PATH].map(|place| format!("{}{place}", self.prefix)).to_vec()
    }

    /// The path of a file in the archive.
    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&self.prefix)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.repository.path()).field("prefix", &self.prefix).finish()
    }
}

/// Whether a file has a past that rules ask for.
fn has_past(path: &str) -> bool {
    path == CONFIG_PATH || path.rsplit_once('/').is_some_and(|(_, name)| Kind::of_file(name).is_some())
}

/// An id as people read it.
fn short(id: Oid) -> String {
    let mut id = id.to_string();
    id.truncate(8);
    id
}

fn unreadable(error: &Error) -> Failure {
    let failure = Failure::new(format!("the history cannot be read: {}", error.message()));
    match error.message() {
        text if text.contains("sdir") => {
            failure.hint("the index is sparse: `git sparse-checkout reapply --no-sparse-index` writes it in full")
        }
        text if text.contains("'link'") => {
            failure.hint("the index is split: `git update-index --no-split-index` writes it as one")
        }
        text if text.contains("refstorage") => {
            failure.hint("reftable is not supported: `git refs migrate --ref-format=files` changes it")
        }
        text if text.contains("object format") => failure.hint("repositories with SHA-256 ids are not supported"),
        _ => failure,
    }
}
