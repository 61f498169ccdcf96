//! What an archive said before: the earlier texts of its files, and the commits that changed them.
//!
//! Plain data. Git fills it, the rules read it, and neither knows the other.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::archive::{Archive, record_at};
use super::time::Time;
use super::{Kind, Record};

/// Who recorded something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its id, abbreviated.
    pub id: String,
    pub author: String,
    /// When the author recorded it, wherever the commit was rebased or merged to since.
    pub time: Timestamp,
}

impl fmt::Display for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {})", self.id, self.author, Time::utc(self.time).local_day())
    }
}

/// A file as it once was.
#[derive(Debug)]
pub struct Version {
    /// The first commit that is known to have said so.
    pub commit: Arc<Commit>,
    pub path: Arc<str>,
    pub text: Arc<str>,
    /// Boxed, for it is seldom read.
    record: OnceLock<Option<Box<Record>>>,
}

impl Version {
    pub const fn new(commit: Arc<Commit>, path: Arc<str>, text: Arc<str>) -> Self {
        Self { commit, path, text, record: OnceLock::new() }
    }

    /// What it says, read with the words that the archive has today. Most versions are never asked, and one that is still
    /// there was read already.
    pub fn record<'a>(&'a self, archive: &'a Archive) -> Option<&'a Record> {
        match archive.at(&self.path).filter(|now| Arc::ptr_eq(&now.text, &self.text)) {
            Some(now) => Some(now),
            None => self.record.get_or_init(|| archive.read_as(&self.path, &self.text).map(Box::new)).as_deref(),
        }
    }
}

/// What one commit made of a file.
#[derive(Debug)]
pub struct Step {
    pub commit: Arc<Commit>,
    /// What its parents said: nothing where the file is new, two versions where two branches were joined.
    pub before: Vec<Arc<Version>>,
    /// `None` where it was removed.
    pub after: Option<Arc<Version>>,
}

/// What a file said before, oldest first.
#[derive(Debug, Default)]
pub struct Past {
    /// What others may have read and rely on. What was still being written on a branch is not among it.
    pub merged: Vec<Arc<Version>>,
    /// Every commit that touched it, those of branches too.
    pub steps: Vec<Step>,
}

impl Past {
    /// The commit that removed the file; `None` where that is not committed yet.
    pub fn vanished(&self) -> Option<&Arc<Commit>> {
        self.steps.last().filter(|step| step.after.is_none()).map(|step| &step.commit)
    }

    /// Whether the file is new with this commit, or new and not committed yet.
    pub fn is_new_with(&self, commit: Option<&Arc<Commit>>) -> bool {
        match self.steps.first() {
            Some(first) => first.before.is_empty() && Some(&first.commit) == commit,
            None => self.merged.is_empty() && commit.is_none(),
        }
    }

    fn merge(&mut self, version: &Arc<Version>) {
        if !self.merged.iter().any(|known| Arc::ptr_eq(known, version)) {
            self.merged.push(Arc::clone(version));
        }
    }
}

/// What is known of the past of an archive. The default knows nothing, so no rule that asks for it finds anything.
#[derive(Debug, Default)]
pub struct History {
    /// By the id of the folder, wherever it stood: a move to another shelf changes nothing.
    events: BTreeMap<Arc<str>, Past>,
    postmortems: BTreeMap<Arc<str>, Past>,
    /// Of `incident.yaml`.
    pub config: Past,
    /// Why commits that were asked for are not there.
    pub gap: Option<String>,
}

impl History {
    /// Adds a file as it was merged before the first step.
    pub fn add_base(&mut self, version: &Arc<Version>) {
        if let Some(past) = self.past_mut(&version.path) {
            past.merge(version);
        }
    }

    /// Adds a file that no commit has yet.
    pub fn add_new(&mut self, path: &Arc<str>) {
        self.past_mut(path);
    }

    /// Adds what a commit made of a file. Steps come in the order of their commits.
    pub fn add(&mut self, step: Step, is_merged: bool) {
        let Some(path) = step.after.iter().chain(&step.before).map(|version| Arc::clone(&version.path)).next() else {
            return;
        };
        let Some(past) = self.past_mut(&path) else { return };
        if is_merged {
            step.before.iter().chain(&step.after).for_each(|version| past.merge(version));
        }
        match past.steps.last_mut() {
            // To another shelf: what left one path came to the other.
            Some(last) if last.commit == step.commit => {
                last.before.extend(step.before);
                last.after = last.after.take().or(step.after);
            }
            _ => past.steps.push(step),
        }
    }

    fn past_mut(&mut self, path: &Arc<str>) -> Option<&mut Past> {
        match record_at(path) {
            Some((_, id, kind)) => {
                let pasts = if kind == Kind::Postmortem { &mut self.postmortems } else { &mut self.events };
                Some(pasts.entry(id.into()).or_default())
            }
            None => (**path == *super::archive::CONFIG_PATH).then_some(&mut self.config),
        }
    }

    /// Whether nothing is known of any record.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.postmortems.is_empty()
    }

    /// The past of the record of a kind that had an id.
    pub fn of(&self, kind: Kind, id: &str) -> Option<&Past> {
        if kind == Kind::Postmortem { self.postmortems.get(id) } else { self.events.get(id) }
    }

    /// The ids of all incidents, maintenances and drills, each with its past.
    pub fn events(&self) -> impl Iterator<Item = (&Arc<str>, &Past)> {
        self.events.iter()
    }

    /// The ids of all postmortems, each with its past.
    pub fn postmortems(&self) -> impl Iterator<Item = (&Arc<str>, &Past)> {
        self.postmortems.iter()
    }
}
