//! From a YAML tree to a typed record, in two steps.
//!
//! `check` walks the tree along the tables of `shape` and reports everything that does not fit. `read` then takes what
//! does fit, silently: a value that was reported is absent, so that one mistake costs one finding.

use super::lifecycle::Lifecycle;
use super::shape::{ROLE_ALIASES, ROLES, TYPES};
use super::{Kind, Reference};
use crate::text::problem::Problem;

mod check;
pub mod config;
mod read;
pub mod record;
mod scalar;

pub use scalar::is_slug;

/// More items in one list are refused.
pub const MAX_ITEMS: usize = 5_000;

/// The lists of words that depend on the organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    statuses: Vec<(Kind, Vec<String>)>,
    pub severities: Vec<String>,
    pub roles: Vec<String>,
    pub types: Vec<String>,
    pub languages: Vec<String>,
}

impl Names {
    pub fn new(lifecycle: &Lifecycle) -> Self {
        let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let aliases = ROLE_ALIASES.iter().map(|(alias, _)| (*alias).to_owned());
        Self {
            statuses: [Kind::Incident, Kind::Maintenance, Kind::Drill]
                .into_iter()
                .filter_map(|kind| Some((kind, lifecycle.machine(kind)?.states().map(str::to_owned).collect())))
                .collect(),
            severities: Vec::new(),
            roles: owned(ROLES).into_iter().chain(aliases).collect(),
            types: owned(TYPES),
            languages: Vec::new(),
        }
    }

    fn statuses(&self, kind: Kind) -> &[String] {
        self.statuses.iter().find(|(k, _)| *k == kind).map_or(&[], |(_, states)| states)
    }
}

/// What the walk found, beside the values.
#[derive(Debug, Default)]
pub struct Findings {
    pub problems: Vec<Problem>,
    pub references: Vec<Reference>,
}
