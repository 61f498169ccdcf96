//! Which files are not as they were committed.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};

use super::Store;
use crate::git::exec::{Failure, finish, git_in, literal, start, succeeded};

const STATUS: [&str; 7] =
    ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all", "--"];

/// Git at work on the question which files are not as they were committed. Git itself is asked: it compares ten thousand
/// files in half the time, and knows what a sparse checkout leaves out.
#[derive(Debug)]
pub struct Asked<'s> {
    store: &'s Store,
    /// Nobody, where there is no work tree.
    git: Option<Child>,
}

impl<'s> Asked<'s> {
    pub(super) fn of(store: &'s Store) -> Result<Self, Failure> {
        let Some(top) = store.repository.workdir() else { return Ok(Self { store, git: None }) };
        let places = store.places();
        // To look is no reason to write the index, which another git may be doing.
        let mut status = git_in(top);
        status.env("GIT_OPTIONAL_LOCKS", "0").args(STATUS).args(places.iter().map(|place| literal(place)));
        Ok(Self { store, git: Some(start(status.stdin(Stdio::null()))?) })
    }

    /// The files of the archive whose work tree is not as it was committed, new ones too.
    ///
    /// # Errors
    ///
    /// Git cannot read its index.
    pub fn answer(self) -> Result<BTreeSet<String>, Failure> {
        let Some(git) = self.git else { return Ok(BTreeSet::new()) };
        let output = succeeded(&STATUS, finish(git)?)?;
        // Each is two letters of state, a blank, and the path.
        let paths = output.stdout.split_terminator('\0').filter_map(|entry| entry.get(3..));
        Ok(paths.filter_map(|path| Some(self.store.inside(path)?.to_owned())).collect())
    }
}
