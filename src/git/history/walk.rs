//! One pass over a range of commits.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use git2::{Error, ErrorCode, Oid, Repository, Sort};
use jiff::Timestamp;

use super::trees::Differing;
use super::{Range, Store, has_past, short};
use crate::record::history::Commit;

/// What a range of commits did to the files of an archive that have a past.
#[derive(Debug)]
pub struct Walk {
    pub range: Range,
    /// Commits that changed something, parents first.
    pub commits: Vec<Walked>,
    /// What was merged before the range and is not the same at its end: path in the repository, and id.
    pub base: Vec<(String, Oid)>,
    /// Whether the range begins where a shallow clone ends.
    pub is_cut_off: bool,
}

/// A commit, and what it changed.
#[derive(Debug)]
pub struct Walked {
    pub id: Oid,
    pub commit: Arc<Commit>,
    /// Whether it is on the way from the tip by first parents: what a branch is made of, without what was merged into it.
    pub is_main: bool,
    /// For each parent what differs from it; one list of new files for a commit without parents.
    pub changes: Vec<Vec<Differing>>,
}

pub fn walk(store: &Store, range: Range) -> Result<Walk, Error> {
    let repository = store.repository();
    let odb = repository.odb()?;
    let mut trees = store.trees(&odb);
    let mut met = Met { repository, trees: HashMap::new(), first_parents: HashMap::new() };
    let mut walk = Walk { range, commits: Vec::new(), base: Vec::new(), is_cut_off: false };
    if let Some(base) = range.base {
        let changed = trees.differing(Some(met.tree(base)?), Some(met.tree(range.tip)?))?;
        walk.base = changed.into_iter().filter_map(|file| Some((file.path, file.before?))).collect();
    }
    let mut commits = repository.revwalk()?;
    commits.set_sorting(Sort::TOPOLOGICAL)?;
    commits.push(range.tip)?;
    if let Some(base) = range.base {
        commits.hide(base)?;
    }
    for id in commits {
        let id = id?;
        let commit = repository.find_commit(id)?;
        met.meet(&commit);
        let mut parents = Vec::new();
        for parent in commit.parent_ids() {
            match met.tree(parent) {
                Ok(tree) => parents.push(Some(tree)),
                Err(error) if error.code() == ErrorCode::NotFound => walk.is_cut_off = true,
                Err(error) => return Err(error),
            }
        }
        if parents.is_empty() {
            parents.push(None);
            walk.is_cut_off |= repository.is_shallow();
        }
        let mut changes = Vec::new();
        for parent in &parents {
            let mut changed = trees.differing(*parent, Some(commit.tree_id()))?;
            changed.retain(|file| store.inside(&file.path).is_some_and(has_past));
            changes.push(changed);
        }
        if parents == [None] && repository.is_shallow() {
            // What stands in the oldest commit that is there was not made by it.
            let files = changes.into_iter().flatten();
            walk.base.extend(files.filter_map(|file| Some((file.path, file.after?))));
        } else if changes.iter().any(|changed| !changed.is_empty()) {
            walk.commits.push(Walked { id, commit: Arc::new(described(&commit)), is_main: false, changes });
        }
    }
    walk.commits.reverse();
    walk.base.reverse();
    let main = met.main_line(range.tip);
    walk.commits.iter_mut().for_each(|walked| walked.is_main = main.contains(&walked.id));
    Ok(walk)
}

/// What is known of the commits that a walk came by.
struct Met<'r> {
    repository: &'r Repository,
    trees: HashMap<Oid, Oid>,
    first_parents: HashMap<Oid, Option<Oid>>,
}

impl Met<'_> {
    fn meet(&mut self, commit: &git2::Commit<'_>) {
        self.trees.insert(commit.id(), commit.tree_id());
        self.first_parents.insert(commit.id(), commit.parent_ids().next());
    }

    fn tree(&self, commit: Oid) -> Result<Oid, Error> {
        match self.trees.get(&commit) {
            Some(tree) => Ok(*tree),
            None => self.repository.find_commit(commit).map(|commit| commit.tree_id()),
        }
    }

    /// The commits from a tip on by first parents, as far as the walk went.
    fn main_line(&self, tip: Oid) -> HashSet<Oid> {
        let parent = |id: &Oid| self.first_parents.get(id).copied().flatten();
        let line = std::iter::successors(Some(tip), parent);
        line.take_while(|id| self.first_parents.contains_key(id)).collect()
    }
}

pub fn described(commit: &git2::Commit<'_>) -> Commit {
    let author = commit.author();
    Commit {
        id: short(commit.id()),
        author: String::from_utf8_lossy(author.name_bytes()).into_owned(),
        time: Timestamp::from_second(author.when().seconds()).unwrap_or(Timestamp::UNIX_EPOCH),
    }
}
