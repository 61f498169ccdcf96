//! What differs between two trees, read as bytes: whatever has the same id on both sides is not looked into.
//!
//! libgit2's own comparison takes ten times as long over a history, because it makes a list of every folder first.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use git2::{Error, Odb, OdbObject, Oid};
use memchr::memchr;

const FOLDER: &[u8] = b"40000";
const FILES: [&[u8]; 2] = [b"100644", b"100755"];

/// How many trees are at hand: those of a commit and its neighbours share all but a few.
const AT_HAND: usize = 64;

/// A file that is not the same on both sides, with its id on each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    pub path: String,
    pub before: Option<Oid>,
    pub after: Option<Oid>,
}

/// Compares trees of one repository.
pub struct Trees<'r> {
    odb: &'r Odb<'r>,
    /// The only folders and files that count.
    places: Vec<String>,
    recent: HashMap<Oid, Rc<OdbObject<'r>>>,
    older: HashMap<Oid, Rc<OdbObject<'r>>>,
}

impl<'r> Trees<'r> {
    pub fn new(odb: &'r Odb<'r>, places: Vec<String>) -> Self {
        Self { odb, places, recent: HashMap::new(), older: HashMap::new() }
    }

    /// The files that differ, in the order of the trees. A side that is `None` has none.
    pub fn differing(&mut self, before: Option<Oid>, after: Option<Oid>) -> Result<Vec<Differing>, Error> {
        let mut found = Vec::new();
        if before != after {
            self.compare(before, after, &mut String::new(), &mut found)?;
        }
        Ok(found)
    }

    fn compare(
        &mut self,
        before: Option<Oid>,
        after: Option<Oid>,
        folder: &mut String,
        found: &mut Vec<Differing>,
    ) -> Result<(), Error> {
        let (before, after) = (self.read(before)?, self.read(after)?);
        let (mut old, mut new) = (Items::of(before.as_deref()), Items::of(after.as_deref()));
        // Mostly one item of hundreds differs: what is the same before and after it is compared as bytes.
        while old.0 != new.0 {
            (old, new) = without_shared_start(&old, &new);
            let order = match (old.clone().next(), new.clone().next()) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(old), Some(new)) => old.order(&new),
            };
            let left = if order.is_le() { old.next() } else { None };
            let right = if order.is_ge() { new.next() } else { None };
            if left.as_ref().map(|item| (item.mode, item.id)) == right.as_ref().map(|item| (item.mode, item.id)) {
                continue;
            }
            let Some(name) = left.as_ref().or(right.as_ref()).and_then(|item| std::str::from_utf8(item.name).ok())
            else {
                continue;
            };
            let length = folder.len();
            folder.push_str(name);
            self.compare_items(left, right, folder, found)?;
            folder.truncate(length);
        }
        Ok(())
    }

    /// Two items of one name and kind, of which one may be missing.
    fn compare_items(
        &mut self,
        before: Option<Item<'_>>,
        after: Option<Item<'_>>,
        path: &mut String,
        found: &mut Vec<Differing>,
    ) -> Result<(), Error> {
        let is_folder = before.as_ref().or(after.as_ref()).is_some_and(|item| item.mode == FOLDER);
        if !self.counts(path) {
            return Ok(());
        }
        let id = |item: &Item<'_>| Oid::from_bytes(item.id).ok();
        if is_folder {
            path.push('/');
            return self.compare(before.as_ref().and_then(id), after.as_ref().and_then(id), path, found);
        }
        let file = |item: Option<Item<'_>>| item.filter(|item| FILES.contains(&item.mode)).as_ref().and_then(id);
        let (before, after) = (file(before), file(after));
        if before != after {
            found.push(Differing { path: path.clone(), before, after });
        }
        Ok(())
    }

    /// Whether a path is one of the places, inside one, or on the way to one.
    fn counts(&self, path: &str) -> bool {
        let leads_to = |short: &str, long: &str| {
            long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.places.iter().any(|place| leads_to(path, place) || leads_to(place, path))
    }

    fn read(&mut self, id: Option<Oid>) -> Result<Option<Rc<OdbObject<'r>>>, Error> {
        let Some(id) = id else { return Ok(None) };
        let known = self.recent.get(&id).or_else(|| self.older.get(&id)).map(Rc::clone);
        let tree = match known {
            Some(tree) => tree,
            None => Rc::new(self.odb.read(id)?),
        };
        if self.recent.len() >= AT_HAND {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(id, Rc::clone(&tree));
        Ok(Some(tree))
    }
}

/// The items of two trees without those that both begin with.
fn without_shared_start<'t>(before: &Items<'t>, after: &Items<'t>) -> (Items<'t>, Items<'t>) {
    const STRIDE: usize = 64;
    let strides = before.0.chunks_exact(STRIDE).zip(after.0.chunks_exact(STRIDE));
    let shared = STRIDE * strides.take_while(|(before, after)| before == after).count();
    let mut start = 0;
    while let Some(end) = Items(&before.0[start..]).end_of_first().map(|end| start + end).filter(|end| *end <= shared) {
        start = end;
    }
    (Items(&before.0[start..]), Items(&after.0[start..]))
}

/// The bytes of an id.
const ID: usize = 20;

/// The items of a tree, as git stores them: mode, blank, name, zero, twenty bytes of id.
#[derive(Clone)]
struct Items<'t>(&'t [u8]);

#[derive(Clone, Copy)]
struct Item<'t> {
    mode: &'t [u8],
    name: &'t [u8],
    id: &'t [u8],
}

impl<'t> Items<'t> {
    fn of(tree: Option<&'t OdbObject<'_>>) -> Self {
        Self(tree.map_or(&[], |tree| tree.data()))
    }

    /// Where the second item begins.
    fn end_of_first(&self) -> Option<usize> {
        memchr(0, self.0).map(|zero| zero + 1 + ID)
    }
}

impl Item<'_> {
    /// The order of trees, in which a folder's name ends with a slash.
    fn order(&self, other: &Self) -> Ordering {
        let end = |item: &Self| if item.mode == FOLDER { b'/' } else { 0 };
        let shared = self.name.len().min(other.name.len());
        let (a, b) = (self.name, other.name);
        let next = |name: &[u8], item: &Self| name.get(shared).copied().unwrap_or_else(|| end(item));
        a.get(..shared).cmp(&b.get(..shared)).then_with(|| next(a, self).cmp(&next(b, other)))
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Item<'t>;

    fn next(&mut self) -> Option<Item<'t>> {
        let blank = self.0.iter().position(|byte| *byte == b' ')?;
        let (mode, rest) = self.0.split_at(blank);
        let zero = rest.iter().position(|byte| *byte == 0)?;
        let (name, rest) = rest.split_at(zero);
        let (id, rest) = rest.get(1..)?.split_at_checked(ID)?;
        self.0 = rest;
        Some(Item { mode, name: name.get(1..)?, id })
    }
}
