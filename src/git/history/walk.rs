//! One pass over a range of commits.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use git2::{Error, ErrorCode, Oid, Repository};
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
    let commits = commits(repository, range)?;
    let tree_of: HashMap<Oid, Oid> = commits.iter().map(|told| (told.id, told.tree)).collect();
    let mut next_on_main = Some(range.tip);
    let mut roots = Vec::new();
    for Told { id, tree, parents, commit } in commits {
        let is_main = next_on_main == Some(id);
        if is_main {
            next_on_main = parents.first().copied();
        }
        let there = trees_of(repository, &parents, &tree_of)?;
        let is_root = there.is_empty();
        walk.is_cut_off |= there.len() < parents.len() || is_root && repository.is_shallow();
        let mut changes = Vec::new();
        for parent in if is_root { vec![None] } else { there.into_iter().map(Some).collect() } {
            let mut changed = trees.differing(parent, Some(tree))?;
            changed.retain(|file| store.inside(&file.path).is_some_and(has_past));
            changes.push(changed);
        }
        if is_root && repository.is_shallow() {
            // What stands in the oldest commit that is there was not made by it.
            roots.push(changes);
        } else if changes.iter().any(|changed| !changed.is_empty()) {
            walk.commits.push(Walked { id, commit: Arc::new(commit), is_main, changes });
        }
    }
    walk.commits.reverse();
    let files = roots.into_iter().rev().flatten().flatten();
    walk.base.extend(files.filter_map(|file| Some((file.path, file.after?))));
    Ok(walk)
}

/// What a commit says of itself.
struct Told {
    id: Oid,
    tree: Oid,
    parents: Vec<Oid>,
    commit: Commit,
}

/// The commits of a range, children first.
fn commits(repository: &Repository, range: Range) -> Result<Vec<Told>, Error> {
    let told = |id: Oid| -> Result<Told, Error> {
        let commit = repository.find_commit(id)?;
        Ok(Told { id, tree: commit.tree_id(), parents: commit.parent_ids().collect(), commit: described(&commit) })
    };
    let mut found = HashMap::new();
    match range.base {
        // Nothing has to be left out, so that libgit2 need not read each of them before they are read here.
        None => {
            let mut open = vec![range.tip];
            while let Some(id) = open.pop() {
                if let Entry::Vacant(place) = found.entry(id) {
                    open.extend(&place.insert(told(id)?).parents);
                }
            }
        }
        Some(base) => {
            let mut commits = repository.revwalk()?;
            commits.push(range.tip)?;
            commits.hide(base)?;
            for id in commits {
                let id = id?;
                found.insert(id, told(id)?);
            }
        }
    }
    Ok(children_first(found, range.tip))
}

/// As `git log --topo-order` has them: a line of commits stays together, and what was merged comes before what it was
/// merged into.
fn children_first(mut commits: HashMap<Oid, Told>, tip: Oid) -> Vec<Told> {
    let mut children: HashMap<Oid, usize> = HashMap::with_capacity(commits.len());
    for parent in commits.values().flat_map(|told| &told.parents) {
        *children.entry(*parent).or_default() += 1;
    }
    let mut ordered = Vec::with_capacity(commits.len());
    let mut open = vec![tip];
    while let Some(id) = open.pop() {
        let Some(told) = commits.remove(&id) else { continue };
        for parent in &told.parents {
            let Some(left) = children.get_mut(parent) else { continue };
            *left -= 1;
            if *left == 0 {
                open.push(*parent);
            }
        }
        ordered.push(told);
    }
    ordered
}

/// The trees of those commits that this clone has.
fn trees_of(repository: &Repository, commits: &[Oid], known: &HashMap<Oid, Oid>) -> Result<Vec<Oid>, Error> {
    let mut trees = Vec::with_capacity(commits.len());
    for id in commits {
        if let Some(tree) = known.get(id) {
            trees.push(*tree);
            continue;
        }
        match repository.find_commit(*id) {
            Ok(commit) => trees.push(commit.tree_id()),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn id(letter: char) -> Oid {
        Oid::from_bytes(&[letter as u8; 20]).unwrap()
    }

    /// The order of a history, in which each commit stands as a letter with the letters of its parents.
    fn ordered(history: &str) -> String {
        let nobody = || Commit { id: String::new(), author: String::new(), time: Timestamp::UNIX_EPOCH };
        let told = |commit: &str| {
            let mut letters = commit.chars().map(id);
            let id = letters.next().unwrap();
            (id, Told { id, tree: id, parents: letters.collect(), commit: nobody() })
        };
        let commits = children_first(history.split(' ').map(told).collect(), id(history.chars().next().unwrap()));
        commits.iter().map(|told| char::from(told.id.as_bytes()[0])).collect()
    }

    #[test]
    fn commits_come_before_their_parents_and_what_was_merged_before_what_it_was_merged_into() {
        assert_eq!(ordered("c cb ba a"), "cba");
        assert_eq!(ordered("m mcy cb ba a yx xa"), "myxcba");
        assert_eq!(ordered("m mno npq oqp pa qa a"), "monqpa");
    }

    #[test]
    fn a_history_may_begin_where_parents_are_left_out() {
        assert_eq!(ordered("c cb bz"), "cb");
    }
}
