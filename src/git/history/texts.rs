//! From what a walk has found to the texts that rules compare.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use git2::{Error, Odb, Oid};

use super::walk::{Walk, Walked, described};
use super::{Store, has_past};
use crate::record::history::{Commit, History, Step, Version};

/// What files said before, by their ids in git.
type Texts = HashMap<Oid, Arc<str>>;

/// The texts of a walk that its files do not have any more. The newest is read first: in a pack an older text is what differs
/// from a newer one, which then is at hand.
fn earlier(store: &Store, odb: &Odb<'_>, walk: &Walk, uncommitted: &BTreeSet<String>) -> Result<Texts, Error> {
    let newest = newest(walk);
    let is_there = |path: &str, id: Oid| {
        newest.get(path) == Some(&id) && store.inside(path).is_some_and(|path| !uncommitted.contains(path))
    };
    let base = walk.base.iter().filter(|(path, _)| store.inside(path).is_some_and(has_past));
    let base = base.map(|(path, id)| (path, *id));
    let files = walk.commits.iter().flat_map(|walked| walked.changes.iter().flatten());
    let changed = files.flat_map(|file| [file.before, file.after].into_iter().flatten().map(|id| (&file.path, id)));
    let all: Vec<(&String, Oid)> = base.chain(changed).collect();
    let mut texts = Texts::with_capacity(walk.commits.len());
    for (path, id) in all.into_iter().rev() {
        if !is_there(path, id) && !texts.contains_key(&id) {
            texts.insert(id, text(odb, id)?);
        }
    }
    Ok(texts)
}

fn text(odb: &Odb<'_>, id: Oid) -> Result<Arc<str>, Error> {
    let object = odb.read(id)?;
    let text = std::str::from_utf8(object.data());
    Ok(text.map_or_else(|_| String::from_utf8_lossy(object.data()).into(), Arc::from))
}

pub fn history(
    store: &Store,
    walk: &Walk,
    uncommitted: &BTreeSet<String>,
    now: &dyn Fn(&str) -> Option<Arc<str>>,
) -> Result<History, Error> {
    let odb = store.repository().odb()?;
    let earlier = earlier(store, &odb, walk, uncommitted)?;
    let uncommitted_paths: Vec<String> =
        uncommitted.iter().filter(|path| has_past(path)).map(|path| format!("{}{path}", store.prefix())).collect();
    let mut history = History::default();
    let mut versions = Versions {
        store,
        odb,
        known: HashMap::with_capacity(2 * walk.commits.len()),
        at_end: if store.is_sparse { newest(walk) } else { HashMap::new() },
        earlier,
        now: &|path| if uncommitted.contains(path) { None } else { now(path) },
    };
    let oldest = walk.range.base.unwrap_or(walk.range.tip);
    let oldest = store.repository().find_commit(oldest)?;
    let base = Arc::new(described(&oldest));
    for (path, id) in &walk.base {
        if let Some(version) = versions.get(path, *id, &base)? {
            history.add_base(&version);
        }
    }
    for path in &uncommitted_paths {
        match oldest.tree()?.get_path(Path::new(path)) {
            // Without a base the commit that made it so follows below.
            Ok(_) if walk.range.base.is_none() => {}
            Ok(entry) => versions.get(path, entry.id(), &base)?.iter().for_each(|version| history.add_base(version)),
            Err(_) => store.inside(path).into_iter().for_each(|path| history.add_new(&path.into())),
        }
    }
    for walked in &walk.commits {
        versions.steps(walked, walk.range.is_merged && walked.is_main, &mut history, &base)?;
    }
    Ok(history)
}

/// The ids that files have at the end of the range, as far as commits of its main line changed them.
fn newest(walk: &Walk) -> HashMap<&str, Oid> {
    let main = walk.commits.iter().filter(|walked| walked.is_main).filter_map(|walked| walked.changes.first());
    let files = main.flatten();
    let mut newest = HashMap::new();
    for file in files {
        match file.after {
            Some(id) => newest.insert(file.path.as_str(), id),
            None => newest.remove(file.path.as_str()),
        };
    }
    newest
}

/// Every text once.
struct Versions<'w> {
    store: &'w Store,
    odb: Odb<'w>,
    known: HashMap<(&'w str, Oid), Arc<Version>>,
    /// The files at the end of the range, where the checkout may leave out some of them.
    at_end: HashMap<&'w str, Oid>,
    earlier: Texts,
    /// The text of a file that is as it was committed last.
    now: &'w dyn Fn(&str) -> Option<Arc<str>>,
}

impl<'w> Versions<'w> {
    /// A file with an id; `None` where it is none of the archive.
    fn get(&mut self, path: &'w str, id: Oid, commit: &Arc<Commit>) -> Result<Option<Arc<Version>>, Error> {
        let Some(inside) = self.store.inside(path).filter(|path| has_past(path)) else { return Ok(None) };
        let key = (path, id);
        if let Some(version) = self.known.get(&key) {
            return Ok(Some(Arc::clone(version)));
        }
        // What is not among the earlier texts is there.
        let text = match self.earlier.get(&id).map(Arc::clone).or_else(|| (self.now)(inside)) {
            Some(text) => text,
            None => text(&self.odb, id)?,
        };
        let version = Arc::new(Version::new(Arc::clone(commit), inside.into(), text));
        self.known.insert(key, Arc::clone(&version));
        Ok(Some(version))
    }

    /// Adds what a commit made of each file. A parent that has a file already as the commit has it counts as before, too.
    fn steps(
        &mut self,
        walked: &'w Walked,
        is_merged: bool,
        history: &mut History,
        base: &Arc<Commit>,
    ) -> Result<(), Error> {
        let commit = &walked.commit;
        let mut files: BTreeMap<&str, (Vec<Option<Oid>>, Option<Oid>)> = BTreeMap::new();
        for (parent, changed) in walked.changes.iter().enumerate() {
            for file in changed {
                let unchanged = || (vec![file.after; walked.changes.len()], file.after);
                let (before, _) = files.entry(&file.path).or_insert_with(unchanged);
                if let Some(before) = before.get_mut(parent) {
                    *before = file.before;
                }
            }
        }
        let left_out = |path: &str| self.at_end.contains_key(path) && self.store.leaves_out(path);
        files.retain(|path, _| !left_out(path));
        for (path, (ids, after)) in files {
            let mut before = Vec::new();
            for id in ids.into_iter().flatten() {
                before.extend(self.get(path, id, base)?);
            }
            let after = match after {
                Some(id) => self.get(path, id, commit)?,
                None => None,
            };
            history.add(Step { commit: Arc::clone(commit), before, after }, is_merged);
        }
        Ok(())
    }
}
