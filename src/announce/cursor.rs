//! How far a sink is: a small text behind `refs/incident/announce/SINK`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::look::Base;
use crate::git::exec::{Failure, Git};
use crate::git::pointer::{self, Pointer};

/// What a sink was told. Events keep their ids, so that a later look from the same base finds out which of them are left,
/// even where new ones have come in between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// All that happened up to here was told.
    pub base: Base,
    /// And of what came after, the events with these ids.
    pub told: BTreeSet<String>,
}

/// The progress of one sink, kept in git.
#[derive(Debug)]
pub struct Cursor {
    pointer: Pointer,
    progress: Progress,
}

impl Cursor {
    /// The cursor of a sink. One that was never told anything begins at `start`, which is written down before anything is sent:
    /// a run that is killed then loses nothing.
    ///
    /// # Errors
    ///
    /// It cannot be read or written, or it is new and nobody said where it begins.
    pub fn open(git: &Git, sink: &str, start: Option<Base>, shared: bool) -> Result<Self, Failure> {
        let name = reference(sink);
        let mut pointer = Pointer::open(git, &name, shared)?;
        if let Some(text) = pointer.read()? {
            let progress = serde_json::from_str(&text).map_err(|error| {
                Failure::new(format!("{name} is no cursor: {error}"))
                    .hint(format!("`git update-ref -d {name}` removes it; the next run begins where `--since` says"))
            })?;
            return Ok(Self { pointer, progress });
        }
        let base = start.ok_or_else(|| {
            Failure::new(format!("`{sink}` was never told anything, so it is not known where to begin"))
                .hint("`--since HEAD` begins with what comes; an older revision tells what came after it")
        })?;
        let mut cursor = Self { pointer, progress: Progress { base, told: BTreeSet::new() } };
        cursor.save(cursor.progress.clone())?;
        Ok(cursor)
    }

    /// What is kept of a sink; nothing where it was never told anything. Writes nothing.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn peek(git: &Git, sink: &str) -> Result<Option<Progress>, Failure> {
        let text = pointer::read(git, &reference(sink))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub const fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Remembers that an event was told.
    ///
    /// # Errors
    ///
    /// Another run moved the cursor, or it cannot be written.
    pub fn told(&mut self, event: &Event) -> Result<(), Failure> {
        let mut progress = self.progress.clone();
        progress.told.insert(event.id.clone());
        self.save(progress)
    }

    /// Remembers that all was told up to a revision.
    ///
    /// # Errors
    ///
    /// Another run moved the cursor, or it cannot be written.
    pub fn arrive(&mut self, base: Base) -> Result<(), Failure> {
        if self.progress.told.is_empty() && self.progress.base.commit == base.commit {
            return Ok(());
        }
        self.save(Progress { base, told: BTreeSet::new() })
    }

    fn save(&mut self, progress: Progress) -> Result<(), Failure> {
        let text = serde_json::to_string(&progress).map_err(|error| Failure::new(error.to_string()))?;
        self.pointer.write(&text)?;
        self.progress = progress;
        Ok(())
    }
}

fn reference(sink: &str) -> String {
    format!("refs/incident/announce/{sink}")
}
