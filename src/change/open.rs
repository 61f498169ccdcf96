//! Which records may still be open.
//!
//! To find the one open incident among thousands that are over, most of them are only glanced at, and where an earlier
//! glance found a file over and the file has not changed since, it is not even opened.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use rayon::prelude::*;

use crate::record::archive::{self, RECORDS, Stamp, Tree, TreeError};
use crate::record::lifecycle::Lifecycle;
use crate::record::{Kind, glance};

/// A file that was written so shortly before a glance may have been written again since, within one tick of its clock.
const TICK: u64 = 2_000_000_000;

/// One in so many is glanced at again in less time than it takes to write all of them down.
const FEW: usize = 100;

/// The files of records whose last state ends them, as earlier glances found them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Over<'a>(HashMap<Cow<'a, str>, (Stamp, Cow<'a, str>)>);

/// The outcome of a look at all records.
#[derive(Debug)]
pub struct Look<'a> {
    /// The folders of those that may be open; whatever is in doubt is among them.
    pub open: BTreeSet<String>,
    /// What to remember for the next look. `None` where it would be little more than what is remembered already.
    pub over: Option<Over<'a>>,
}

/// Looks for the records of some kinds that may still be open. `known` is what `Over::text` made of an earlier look; `now`
/// is the time of the clock that stamps files, in nanoseconds since 1970.
///
/// # Errors
///
/// The tree or its lifecycle cannot be read.
pub fn look<'a>(tree: &dyn Tree, kinds: &[Kind], known: &'a str, now: u64) -> Result<Look<'a>, TreeError> {
    let lifecycle = archive::load_lifecycle(tree)?;
    let (folders, known) = rayon::join(|| tree.record_folders(RECORDS), || Over::parse(known));
    let folders = folders?;
    let files = folders.par_iter().flat_map_iter(|folder| kinds.iter().map(move |kind| (folder, *kind)));
    let glances: Vec<Glance> = files.map(|(folder, kind)| Glance::at(tree, &lifecycle, folder, kind, &known)).collect();
    let mut look = Look { open: BTreeSet::new(), over: None };
    let mut new = Vec::new();
    for glance in glances {
        match glance {
            Glance::Open(folder) => drop(look.open.insert(folder)),
            Glance::Over(path, stamp, status) if stamp.modified.saturating_add(TICK) < now => {
                new.push((path.into(), (stamp, status.into())));
            }
            Glance::Over(..) | Glance::Known | Glance::Absent => {}
        }
    }
    if new.len() > known.count() / FEW {
        let mut over = known;
        over.0.extend(new);
        look.over = Some(over);
    }
    Ok(look)
}

/// What a glance at one file found.
enum Glance {
    /// The folder of one that may be open.
    Open(String),
    /// One that is over, which was not known.
    Over(String, Stamp, String),
    Known,
    Absent,
}

impl Glance {
    fn at(tree: &dyn Tree, lifecycle: &Lifecycle, folder: &str, kind: Kind, known: &Over<'_>) -> Self {
        let Some(machine) = lifecycle.machine(kind) else { return Self::Absent };
        let is_over = |status: &str| machine.state(status).is_some_and(|state| !state.live);
        let path = format!("{folder}/{}", kind.file_name());
        // Before the file is read: one that changes in between is not taken for what it was.
        let stamp = tree.stamp(&path);
        if let (Some(stamp), Some((then, status))) = (stamp, known.0.get(path.as_str()))
            && stamp == *then
            && is_over(status)
        {
            return Self::Known;
        }
        match tree.read(&path) {
            Ok(None) => Self::Absent,
            Ok(Some(bytes)) => match std::str::from_utf8(&bytes).ok().and_then(glance::status).filter(|s| is_over(s)) {
                Some(status) => stamp.map_or(Self::Known, |stamp| Self::Over(path, stamp, status.to_owned())),
                None => Self::Open(folder.to_owned()),
            },
            // The full reading says what is wrong with it.
            Err(_) => Self::Open(folder.to_owned()),
        }
    }
}

impl<'a> Over<'a> {
    /// Reads what `text` wrote. A line that it cannot have written is left out: then that file is glanced at again.
    fn parse(text: &'a str) -> Self {
        let line = |line: &'a str| {
            let mut fields = line.splitn(5, ' ');
            let mut field = || fields.next();
            let stamp = Stamp {
                modified: field()?.parse().ok()?,
                changed: field()?.parse().ok()?,
                size: field()?.parse().ok()?,
            };
            let status = field()?.into();
            Some((field()?.into(), (stamp, status)))
        };
        let lines: Vec<_> = text.par_lines().filter_map(line).collect();
        Self(lines.into_iter().collect())
    }

    /// A line for each file: when it was modified and changed, its size, the state, and the path.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // A name with a line break in it is not worth a format of its own.
        for (path, (stamp, status)) in self.0.iter().filter(|(path, _)| !path.contains('\n')) {
            let Stamp { modified, changed, size } = stamp;
            let _ = writeln!(text, "{modified} {changed} {size} {status} {path}");
        }
        text
    }

    /// How many files it speaks of.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

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
            assert_eq!(look.over, None, "files without a stamp are looked at each time");
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
    }

    impl Stamped {
        fn put(&mut self, id: &str, status: &str, modified: u64) {
            let path = format!("incidents/2024/05/{id}/incident.md");
            let text = format!("---\ntimeline:\n  - at: 2024-05-01T09:00:00Z\n    status: {status}\n---\n");
            self.stamps.insert(path.clone(), Stamp { modified, changed: 0, size: 9 });
            self.files.0.insert(path, text);
        }

        /// Looks, and says which are open and which were read.
        fn look<'a>(&self, known: &'a str) -> (Vec<String>, Vec<String>, Option<Over<'a>>) {
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
            (ids(look.open.into_iter().collect()), ids(read), look.over)
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
        let (open, read, over) = tree.look("");
        assert_eq!(open, ["2024-05-02-live"]);
        assert_eq!(read, ["2024-05-01-over", "2024-05-02-live", "2024-05-03-just-now"]);
        let over = over.unwrap();
        assert_eq!(over.count(), 1, "one may be open again, and one may be written again within the same tick");

        let memory = over.text();
        let (open, read, again) = tree.look(&memory);
        assert_eq!((open, again), (vec!["2024-05-02-live".to_owned()], None));
        assert_eq!(read, ["2024-05-02-live", "2024-05-03-just-now"]);

        tree.put("2024-05-01-over", "investigating", 2);
        assert_eq!(tree.look(&memory).0, ["2024-05-01-over", "2024-05-02-live"], "it was opened again by hand");
    }

    #[test]
    fn what_is_no_memory_is_forgotten() {
        let text = "1 2 3 resolved incidents/a b/incident.md\n1 2 x resolved c\n1 2 3 resolved\n\n";
        assert_eq!(Over::parse(text).text(), "1 2 3 resolved incidents/a b/incident.md\n");
    }
}
