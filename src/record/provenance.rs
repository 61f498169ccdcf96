//! Which commit each entry of each timeline came with. Plain data: git fills it, pages show it, and neither knows the other.

use std::collections::HashMap;
use std::sync::Arc;

use super::history::Commit;
use super::timeline::Entry;

/// The commit that an entry was recorded with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub commit: Commit,
    /// Whether the commit carries a signature. Whose it is, and whether it is good, is not checked.
    pub is_signed: bool,
}

/// Where an entry comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Commit(Arc<Origin>),
    /// From before the history that is at hand, as in a shallow clone.
    Before,
}

/// By the byte where the time of an entry begins in its file.
pub type Sources = HashMap<usize, Source>;

/// Where an archive's entries come from. The default knows nothing, as for an archive outside git.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// By the path of the record.
    sources: HashMap<Arc<str>, Arc<Sources>>,
    is_known: bool,
}

impl Provenance {
    /// That of an archive with a history. An entry that is not among it is not committed yet.
    pub const fn new(sources: HashMap<Arc<str>, Arc<Sources>>) -> Self {
        Self { sources, is_known: true }
    }

    /// The same where some records have changed: what is known of those replaces what was.
    #[must_use]
    pub fn renewed(&self, changed: Self) -> Self {
        let mut sources = self.sources.clone();
        sources.extend(changed.sources);
        Self { sources, is_known: self.is_known || changed.is_known }
    }

    /// Whether there is a history at all.
    pub const fn is_known(&self) -> bool {
        self.is_known
    }

    /// Where an entry of the record at a path comes from.
    pub fn of(&self, path: &str, entry: &Entry) -> Option<&Source> {
        self.sources.get(path)?.get(&entry.at.span.start)
    }
}
