//! One pass over a range of commits.

use std::collections::HashMap;
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

/// Goes from the newest commit to the oldest, as `git log` does: so it knows the main line from the way that it went.
pub fn walk(store: &Store, range: Range) -> Result<Walk, Error> {
    let repository = store.repository();
    let odb = repository.odb()?;
    let mut trees = store.trees(&odb);
    let tree = |id: Oid| repository.find_commit(id).map(|commit| commit.tree_id());
    let mut walk = Walk { range, commits: Vec::new(), base: Vec::new(), is_cut_off: false };
    if let Some(base) = range.base {
        let changed = trees.differing(Some(tree(base)?), Some(tree(range.tip)?))?;
        walk.base = changed.into_iter().filter_map(|file| Some((file.path, file.before?))).collect();
    }
    let mut commits = repository.revwalk()?;
    commits.set_sorting(Sort::TOPOLOGICAL)?;
    commits.push(range.tip)?;
    if let Some(base) = range.base {
        commits.hide(base)?;
    }
    let mut next_on_main = Some(range.tip);
    let mut roots = Vec::new();
    let mut ahead = HashMap::new();
    for id in commits {
        let id = id?;
        let commit = ahead.remove(&id).map_or_else(|| repository.find_commit(id), Ok)?;
        let is_main = next_on_main == Some(id);
        if is_main {
            next_on_main = commit.parent_id(0).ok();
        }
        let parents = trees_of_parents(repository, &commit, &mut ahead)?;
        let is_root = parents.is_empty();
        walk.is_cut_off |= parents.len() < commit.parent_count() || is_root && repository.is_shallow();
        let mut changes = Vec::new();
        for parent in if is_root { vec![None] } else { parents.into_iter().map(Some).collect() } {
            let mut changed = trees.differing(parent, Some(commit.tree_id()))?;
            changed.retain(|file| store.inside(&file.path).is_some_and(has_past));
            changes.push(changed);
        }
        if is_root && repository.is_shallow() {
            // What stands in the oldest commit that is there was not made by it.
            roots.push(changes);
        } else if changes.iter().any(|changed| !changed.is_empty()) {
            walk.commits.push(Walked { id, commit: Arc::new(described(&commit)), is_main, changes });
        }
    }
    walk.commits.reverse();
    let files = roots.into_iter().rev().flatten().flatten();
    walk.base.extend(files.filter_map(|file| Some((file.path, file.after?))));
    Ok(walk)
}

/// The trees of those parents that this clone has. `ahead` keeps the parents until it is their turn.
fn trees_of_parents<'r>(
    repository: &'r Repository,
    commit: &git2::Commit<'_>,
    ahead: &mut HashMap<Oid, git2::Commit<'r>>,
) -> Result<Vec<Oid>, Error> {
    let mut trees = Vec::new();
    for id in commit.parent_ids() {
        if let Some(parent) = ahead.get(&id) {
            trees.push(parent.tree_id());
            continue;
        }
        match repository.find_commit(id) {
            Ok(parent) => {
                trees.push(parent.tree_id());
                ahead.insert(id, parent);
            }
            Err(error) if error.code() == ErrorCode::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(trees)
}

pub fn described(commit: &git2::Commit<'_>) -> Commit {
    let author = commit.author();
    Commit {
        id: short(commit.id()),
        author: String::from_utf8_lossy(author.name_bytes()).into_owned(),
        time: Timestamp::from_second(author.when().seconds()).unwrap_or(Timestamp::UNIX_EPOCH),
    }
}
