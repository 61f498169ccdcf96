//! All records of one tree, and the ways to find one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::config::Config;
use super::lifecycle::Lifecycle;
use super::{Kind, Record};

#[derive(Debug)]
pub struct Archive {
    pub config: Config,
    pub lifecycle: Lifecycle,
    /// In the order of their paths.
    pub records: Vec<Record>,
    /// Index of the incident, maintenance or drill of an id, and of its postmortem.
    pub folders: BTreeMap<Arc<str>, Folder>,
}

/// The records of one folder, as indices into `Archive::records`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folder {
    pub event: Option<usize>,
    pub postmortem: Option<usize>,
}

impl Archive {
    /// The incident, maintenance or drill with an id.
    pub fn event(&self, id: &str) -> Option<&Record> {
        self.folders.get(id)?.event.map(|i| &self.records[i])
    }

    /// The postmortem that stands in the folder of an id.
    pub fn postmortem(&self, id: &str) -> Option<&Record> {
        self.folders.get(id)?.postmortem.map(|i| &self.records[i])
    }

    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(move |r| r.kind == kind)
    }
}
