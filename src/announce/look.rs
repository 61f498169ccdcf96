//! What there is to tell: reads two revisions of a repository, as little of them as it takes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use git2::Oid;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Found, Side, between};
use crate::git::exec::Failure;
use crate::git::history::{Store, base};
use crate::git::revision::Revision;
use crate::record::archive::{Archive, RECORDS, Tree, TreeError, load_config};
use crate::record::config::Config;
use crate::record::part::Part;
use crate::record::{Kind, Record, glance, touched};
use crate::site::audience::Audience;

/// From where on events are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// The full id of a commit.
    pub commit: String,
    /// Entries with a later time had not happened.
    pub as_of: Timestamp,
    /// The files with such entries. They are told when their time has come, also where nobody touches them again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub ahead: BTreeSet<String>,
}

/// The revision up to which events are told.
#[derive(Debug)]
pub struct Look {
    pub root: PathBuf,
    store: Store,
    tip: Oid,
    now: Timestamp,
}

/// Two revisions, with the records that differ and those around them.
#[derive(Debug)]
pub struct Compared {
    before: Archive,
    after: Archive,
    from: Timestamp,
    to: Timestamp,
    ids: BTreeSet<String>,
}

impl Look {
    /// # Errors
    ///
    /// There is no repository, or no such revision.
    pub fn new(root: &Path, until: &str, now: Timestamp) -> Result<Self, Failure> {
        let store = Store::around(root)?.ok_or_else(|| {
            Failure::new(format!("there is no git repository around {}, so nothing has changed in it", root.display()))
        })?;
        let tip = commit(&store, until)?;
        Ok(Self { root: root.to_path_buf(), store, tip, now })
    }

    /// A revision that somebody named. Its time is that of the commit: what lay ahead then is told when it has happened.
    ///
    /// # Errors
    ///
    /// There is no such revision.
    pub fn base(&self, revision: &str) -> Result<Base, Failure> {
        let id = commit(&self.store, revision)?;
        let as_of = base::time(self.store.repository(), id).min(self.now);
        Ok(Base { commit: id.to_string(), as_of, ahead: ahead(&self.tree(id)?, as_of).map_err(unreadable)? })
    }

    /// Where the next look begins, when all was told and nothing lies ahead.
    pub fn here(&self) -> Base {
        Base { commit: self.tip.to_string(), as_of: self.now, ahead: BTreeSet::new() }
    }

    /// Whether a base already has everything that is told here, and more: then there is nothing to tell, and no way back.
    pub fn is_behind(&self, base: &Base) -> bool {
        let newer = base::commit(self.store.repository(), &base.commit);
        newer.is_some_and(|newer| self.store.repository().graph_descendant_of(newer, self.tip).unwrap_or(false))
    }

    /// The settings of the later revision.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub fn config(&self) -> Result<Config, Failure> {
        load_config(&self.tree(self.tip)?).map_err(unreadable)
    }

    /// Reads what has changed since.
    ///
    /// # Errors
    ///
    /// A revision is not there or cannot be read.
    pub fn since(&self, base: &Base) -> Result<Compared, Failure> {
        let from = commit(&self.store, &base.commit)?;
        let mut changed = self.store.changed(from, self.tip)?;
        changed.extend(base.ahead.iter().cloned());
        let (before, after) = (self.tree(from)?, self.tree(self.tip)?);
        let is_all = touched::touches_all(&after, &changed).map_err(unreadable)?;
        let load = |tree: &dyn Tree| if is_all { Archive::load(tree) } else { touched::load(tree, &changed) };
        let folders = touched::folders_of(&changed);
        let ids = folders.iter().filter_map(|folder| folder.rsplit('/').next()).map(str::to_owned);
        Ok(Compared {
            before: load(&before).map_err(unreadable)?,
            after: load(&after).map_err(unreadable)?,
            from: base.as_of,
            to: self.now,
            ids: ids.collect(),
        })
    }

    fn tree(&self, commit: Oid) -> Result<Revision, Failure> {
        Revision::at(self.store.repository().path(), self.store.prefix(), commit)
            .map_err(|error| Failure::new(error.message()))
    }
}

impl Compared {
    pub fn found(&self, audience: Audience) -> Found {
        let before = Side { archive: &self.before, as_of: self.from };
        let after = Side { archive: &self.after, as_of: self.to };
        between(before, after, &self.ids, audience)
    }
}

/// The records with entries after a moment. A glance tells of nearly all that they have none.
fn ahead(tree: &dyn Tree, moment: Timestamp) -> Result<BTreeSet<String>, TreeError> {
    let mut doubtful = BTreeSet::new();
    for file in tree.list(RECORDS)? {
        let Some((folder, name)) = file.path.rsplit_once('/') else { continue };
        if Kind::of_file(name).is_none_or(|kind| kind == Kind::Postmortem) {
            continue;
        }
        let text = tree.read(&file.path)?.unwrap_or_default();
        let look = std::str::from_utf8(&text).ok().and_then(glance::look);
        if look.is_none_or(|look| look.to.instant() > moment) {
            doubtful.insert(folder.to_owned());
        }
    }
    let archive = Archive::load(&Part::new(tree, &doubtful, &Default::default()))?;
    let is_ahead = |record: &&Record| record.timeline().iter().any(|entry| entry.at.instant() > moment);
    Ok(archive.all().filter(is_ahead).map(|record| record.path.to_string()).collect())
}

fn commit(store: &Store, revision: &str) -> Result<Oid, Failure> {
    base::commit(store.repository(), revision).ok_or_else(|| {
        let failure = Failure::new(format!("`{revision}` is no commit of this clone"));
        if store.repository().is_shallow() {
            failure.hint("the clone is shallow: `git fetch --unshallow` gets the rest; on a build server, set the depth of the checkout to 0")
        } else {
            failure.hint("name a branch, a tag or a commit; one of the server has to be fetched first")
        }
    })
}

fn unreadable(error: TreeError) -> Failure {
    Failure::new(error.to_string())
}
