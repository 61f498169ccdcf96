//! Which records may still be open.
//!
//! To find the one open incident among thousands that are over, most of them are only glanced at, and where an earlier
//! glance found a file over and the file has not changed since, it is not even opened.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::record::archive::{self, RECORDS, Stamp, Stamps, Tree, TreeError, below};
use crate::record::lifecycle::Lifecycle;
use crate::record::{Kind, glance};

mod memory;

use memory::{Folder, Memory, Shelf};

/// What was written so shortly before a look may have been written again since, within one tick of its clock.
const TICK: u64 = 2_000_000_000;

/// One in so many is glanced at again in less time than it takes to write all of them down.
const FEW: usize = 100;

/// The outcome of a look at all records.
#[derive(Debug)]
pub struct Look {
    /// The folders of those that may be open; whatever is in doubt is among them.
    pub open: BTreeSet<String>,
    /// How many files are known to be over.
    pub over: usize,
    /// What to remember for the next look. `None` where it would be little more than what is remembered already.
    pub memory: Option<String>,
}

/// Looks for the records of some kinds that may still be open. `known` is the memory of an earlier look; `now` is the time of
/// the clock that stamps files, in nanoseconds since 1970.
///
/// # Errors
///
/// The tree or its lifecycle cannot be read.
pub fn look(tree: &dyn Tree, kinds: &[Kind], known: &str, now: u64) -> Result<Look, TreeError> {
    let lifecycle = &archive::load_lifecycle(tree)?;
    let known = &Memory::new(known);
    let seen = Looker { tree, kinds, lifecycle, known, now }.look(RECORDS)?;
    let (over, new) = (seen.iter().map(Seen::over).sum(), seen.iter().map(|seen| seen.new).sum::<usize>());
    let mut memory = None;
    if new > (over - new) / FEW {
        let mut text = String::new();
        seen.iter().for_each(|seen| seen.shelf.write(&mut text));
        memory = Some(text);
    }
    Ok(Look { open: seen.into_iter().flat_map(|seen| seen.open).collect(), over, memory })
}

struct Looker<'a> {
    tree: &'a dyn Tree,
    kinds: &'a [Kind],
    lifecycle: &'a Lifecycle,
    known: &'a Memory<'a>,
    now: u64,
}

/// What a look at one shelf found.
struct Seen<'a> {
    shelf: Shelf<'a>,
    open: Vec<String>,
    /// How many files were not known to be over, and are.
    new: usize,
}

impl Seen<'_> {
    fn over(&self) -> usize {
        self.shelf.folders.iter().map(|folder| folder.over.len()).sum()
    }
}

/// What a glance at one file tells.
enum File {
    Absent,
    /// It may be; whatever is in doubt counts as that.
    Open,
    /// With the state that ends it.
    Over(String),
}

impl<'a> Looker<'a> {
    /// Looks at a shelf, and at all below it.
    fn look(&self, path: &str) -> Result<Vec<Seen<'a>>, TreeError> {
        let mut shelf = self.shelf(path)?;
        let stamps = self.tree.stamps(path);
        let glances: Vec<(bool, usize)> =
            shelf.folders.par_iter_mut().with_min_len(32).map(|folder| self.glance(path, &stamps, folder)).collect();
        let open = shelf.folders.iter().zip(&glances).filter(|(_, (is_open, _))| *is_open);
        let open = open.map(|(folder, _)| below(path, &folder.name)).collect();
        let new = glances.iter().map(|(_, new)| new).sum();
        let deeper: Result<Vec<Vec<Seen<'a>>>, TreeError> =
            shelf.below.par_iter().map(|name| self.look(&below(path, name))).collect();
        let mut seen = vec![Seen { shelf, open, new }];
        seen.extend(deeper?.into_iter().flatten());
        Ok(seen)
    }

    /// The names on a shelf: those that are remembered, while nothing was added to it or taken away.
    fn shelf(&self, path: &str) -> Result<Shelf<'a>, TreeError> {
        // Before it is read: one that changes in between is not taken for what it was.
        let stamp = self.tree.stamp(path).filter(|stamp| self.is_settled(*stamp));
        let known = self.known.shelf(path).unwrap_or_default();
        if stamp.is_some() && known.stamp == stamp {
            return Ok(known);
        }
        let names = self.tree.shelf(path)?;
        let mut over: HashMap<_, _> = known.folders.into_iter().map(|folder| (folder.name, folder.over)).collect();
        let folders = names.folders.into_iter().map(|name| {
            let over = over.remove(name.as_str()).unwrap_or_default();
            Folder { name: name.into(), over }
        });
        Ok(Shelf {
            path: path.to_owned().into(),
            stamp,
            folders: folders.collect(),
            below: names.below.into_iter().map(Into::into).collect(),
        })
    }

    const fn is_settled(&self, stamp: Stamp) -> bool {
        stamp.modified.saturating_add(TICK) < self.now
    }

    /// Whether the record of a folder may be open, and how many of its files were found over that were not known to be.
    fn glance(&self, shelf: &str, stamps: &Stamps<'_>, folder: &mut Folder<'a>) -> (bool, usize) {
        let (mut is_open, mut new) = (false, 0);
        for kind in self.kinds {
            let Some(machine) = self.lifecycle.machine(*kind) else { continue };
            let is_over = |status: &str| machine.state(status).is_some_and(|state| !state.live);
            let stamp = stamps(&folder.name, kind.file_name());
            let remembered = folder.over.iter().position(|(of, ..)| of == kind);
            if let Some((_, then, status)) = remembered.and_then(|at| folder.over.get(at))
                && Some(*then) == stamp
                && is_over(status)
            {
                continue;
            }
            folder.over.retain(|(of, ..)| of != kind);
            match self.read(&format!("{}/{}", below(shelf, &folder.name), kind.file_name()), is_over) {
                File::Absent => {}
                File::Open => is_open = true,
                File::Over(status) => {
                    let settled = stamp.filter(|stamp| self.is_settled(*stamp));
                    folder.over.extend(settled.map(|stamp| (*kind, stamp, status.into())));
                    new += usize::from(settled.is_some());
                }
            }
        }
        (is_open, new)
    }

    /// What cannot be read is for the full reading to report.
    fn read(&self, path: &str, is_over: impl Fn(&str) -> bool) -> File {
        match self.tree.read(path) {
            Ok(None) => File::Absent,
            Ok(Some(bytes)) => {
                let status = std::str::from_utf8(&bytes).ok().and_then(glance::status);
                status.filter(|status| is_over(status)).map_or(File::Open, |status| File::Over(status.to_owned()))
            }
            Err(_) => File::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::{Memory, ShelfNames};

    const NOW: u64 = 10 * TICK;

    #[test]
    fn only_what_is_over_for_certain_is_left_out() {
        let record = |status: &str| {
            format!("---\ntimeline:\n  - at: 2024-05-01T09:00:00Z\n    by: mara\n    status: {status}\n---\n")
        };
        let files = [
            ("incidents/2024/05/2024-05-01-over/incident.md", record("resolved")),
            ("incidents/2024/05/2024-05-02-old/incident.md", record("triage")),
            ("incidents/2024/05/2024-05-03-quoted/incident.md", record("\"resolved\"")),
            ("incidents/2024/05/2024-05-04-own/incident.md", record("unheard_of")),
            ("incidents/2024/05/2024-05-05-work/maintenance.md", record("scheduled")),
            ("incidents/2024/05/2024-05-06-work/maintenance.md", record("completed")),
            ("incidents/2024/05/2024-05-07-review/postmortem.md", record("draft")),
            ("incidents/elsewhere/incident.md", String::new()),
        ];
        let tree = Memory(files.map(|(path, text)| (path.to_owned(), text)).into());
        let open = |kinds: &[Kind]| {
            let look = look(&tree, kinds, "", NOW).unwrap();
            assert_eq!(look.memory, None, "files without a stamp are looked at each time");
            look.open.iter().filter_map(|folder| Some(folder.rsplit('/').next()?.to_owned())).collect::<Vec<_>>()
        };
        let incidents = ["2024-05-02-old", "2024-05-03-quoted", "2024-05-04-own", "elsewhere"];
        assert_eq!(open(&[Kind::Incident]), incidents);
        assert_eq!(open(&[Kind::Maintenance, Kind::Postmortem]), ["2024-05-05-work"]);
    }

    /// Files whose stamps are given, and which must not be read where that can be avoided.
    #[derive(Default)]
    struct Stamped {
        files: Memory,
        stamps: HashMap<String, Stamp>,
        read: std::sync::Mutex<Vec<String>>,
        listed: std::sync::Mutex<usize>,
    }

    impl Stamped {
        fn put(&mut self, id: &str, status: &str, modified: u64) {
            let path = format!("incidents/2024/05/{id}/incident.md");
            let text = format!("---\ntimeline:\n  - at: 2024-05-01T09:00:00Z\n    status: {status}\n---\n");
            self.stamps.insert(path.clone(), Stamp { modified, changed: 0, size: 9 });
            self.files.0.insert(path, text);
        }

        /// Looks, and says which are open and which were read.
        fn look(&self, known: &str) -> (Vec<String>, Vec<String>, Look) {
            let ids = |paths: Vec<String>| -> Vec<String> {
                let id = |path: String| path.split('/').nth(3).map(str::to_owned);
                let mut ids: Vec<String> = paths.into_iter().filter_map(id).collect();
                ids.sort();
                ids
            };
            self.read.lock().unwrap().clear();
            let look = look(self, &[Kind::Incident], known, NOW).unwrap();
            let mut read = self.read.lock().unwrap().clone();
            read.retain(|path| path.ends_with("incident.md"));
            (ids(look.open.iter().cloned().collect()), ids(read), look)
        }
    }

    impl Tree for Stamped {
        fn list(&self, folder: &str) -> Result<Vec<archive::Entry>, TreeError> {
            self.files.list(folder)
        }

        fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TreeError> {
            self.read.lock().unwrap().push(path.to_owned());
            self.files.read(path)
        }

        fn shelf(&self, path: &str) -> Result<ShelfNames, TreeError> {
            *self.listed.lock().unwrap() += 1;
            let folders = self.files.record_folders(path)?;
            let name = |folder: &std::sync::Arc<str>| Some(folder.strip_prefix(path)?.trim_matches('/').to_owned());
            Ok(ShelfNames { folders: folders.iter().filter_map(name).collect(), below: Vec::new() })
        }

        fn stamp(&self, path: &str) -> Option<Stamp> {
            self.stamps.get(path).copied()
        }
    }

    #[test]
    fn what_was_over_and_has_not_changed_is_not_opened_again() {
        let mut tree = Stamped::default();
        tree.put("2024-05-01-over", "resolved", 1);
        tree.put("2024-05-02-live", "triage", 1);
        tree.put("2024-05-03-just-now", "resolved", NOW - TICK);
        let (open, read, look) = tree.look("");
        assert_eq!(open, ["2024-05-02-live"]);
        assert_eq!(read, ["2024-05-01-over", "2024-05-02-live", "2024-05-03-just-now"]);
        assert_eq!(look.over, 1, "one may be open again, and one may be written again within the same tick");

        let memory = look.memory.unwrap();
        let (open, read, again) = tree.look(&memory);
        assert_eq!((open, again.memory), (vec!["2024-05-02-live".to_owned()], None));
        assert_eq!(read, ["2024-05-02-live", "2024-05-03-just-now"]);

        tree.put("2024-05-01-over", "investigating", 2);
        assert_eq!(tree.look(&memory).0, ["2024-05-01-over", "2024-05-02-live"], "it was opened again by hand");
    }

    #[test]
    fn a_shelf_that_has_not_changed_is_not_listed_again() {
        let mut tree = Stamped::default();
        let stamp = |modified| Stamp { modified, changed: 0, size: 0 };
        tree.put("2024-05-01-over", "resolved", 1);
        let listed = |tree: &Stamped, known: &str| {
            *tree.listed.lock().unwrap() = 0;
            let (open, _, look) = tree.look(known);
            (open, *tree.listed.lock().unwrap(), look.memory)
        };
        tree.stamps.insert(RECORDS.to_owned(), stamp(NOW - TICK));
        let too_young = listed(&tree, "").2.unwrap();
        assert_eq!(listed(&tree, &too_young).1, 1, "something may be added within the same tick");

        tree.stamps.insert(RECORDS.to_owned(), stamp(7));
        let memory = listed(&tree, "").2.unwrap();
        assert_eq!(listed(&tree, &memory), (vec![], 0, None));

        tree.put("2024-05-02-new", "triage", 1);
        tree.stamps.insert(RECORDS.to_owned(), stamp(8));
        assert_eq!(listed(&tree, &memory), (vec!["2024-05-02-new".to_owned()], 1, None));
    }
}
