//! Turns what other tools wrote into this format.
//!
//! An importer is a pure function from the files of a `Source` to an `Import`: the new files, and a report of
//! everything that could not be carried over as it was. Only `folder` touches the disk. A new source is one module
//! beside `cstate`; it makes `Draft`s and leaves the writing to them.

use std::collections::BTreeMap;
use std::fmt;

pub mod cstate;
mod draft;
pub mod fidelity;
pub mod folder;
mod site;

use crate::text::count::counted;

use fidelity::Fidelity;

/// Who recorded an imported entry.
const ACTOR: &str = "bot:import";

/// Where an import puts its fidelity report.
pub const REPORT: &str = "import-report.md";

/// The files of the site to import, in memory.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Path relative to the site's root, with `/`, and text.
    pub files: BTreeMap<String, String>,
    /// Files that are not text, and why.
    pub unreadable: Vec<(String, String)>,
}

/// What an importer made.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Path relative to the new repository's root, with `/`, and text.
    pub files: BTreeMap<String, String>,
    pub counts: Counts,
    pub fidelity: Fidelity,
}

/// How much was carried over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub incidents: usize,
    pub notices: usize,
    pub maintenance: usize,
    pub services: usize,
    pub skipped: usize,
}

/// Why nothing could be imported at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub message: String,
    pub help: String,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let made = [
            (self.incidents, "incident"),
            (self.maintenance, "maintenance window"),
            (self.notices, "notice"),
            (self.services, "service"),
        ];
        let made: Vec<String> = made.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| counted(n, noun)).collect();
        let made = if made.is_empty() { "nothing".to_owned() } else { made.join(", ") };
        match self.skipped {
            0 => write!(f, "{made}"),
            skipped => write!(f, "{made}; {} not imported", counted(skipped, "post")),
        }
    }
}
