//! Which files are not as they were committed. Git itself is asked: it compares ten thousand files in half the time, and knows
//! what a sparse checkout leaves out.

use std::collections::{BTreeSet, HashSet};
use std::process::{Child, Stdio};

use super::Store;
use crate::git::exec::{Failure, finish, git_in, literal, start, succeeded};

const STATUS: [&str; 5] = ["status", "--porcelain=v1", "-z", "--no-renames", "--ignore-submodules=all"];
const TRACKED: [&str; 2] = ["ls-files", "-z"];

/// Which files are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// Those too that git does not know and does not ignore.
    All,
    /// A fifth of the work: to look for others, git reads every folder.
    Tracked,
}

/// Git at work on a question about the files of an archive, while this program goes on.
#[derive(Debug)]
pub struct Asked<'s> {
    store: &'s Store,
    question: Vec<&'static str>,
    /// Nobody, where there is no work tree.
    git: Option<Child>,
}

impl<'s> Asked<'s> {
    fn of(store: &'s Store, question: Vec<&'static str>) -> Result<Self, Failure> {
        let Some(top) = store.repository.workdir() else { return Ok(Self { store, question, git: None }) };
        let places = store.places();
        // To look is no reason to write the index, which another git may be doing.
        let mut git = git_in(top);
        git.env("GIT_OPTIONAL_LOCKS", "0").args(&question).arg("--").args(places.iter().map(|place| literal(place)));
        Ok(Self { store, question, git: Some(start(git.stdin(Stdio::null()))?) })
    }

    /// The files of the archive in what git lists, behind so many bytes of each entry.
    fn paths<P: FromIterator<String>>(self, behind: usize) -> Result<P, Failure> {
        let Some(git) = self.git else { return Ok(P::from_iter([])) };
        let output = succeeded(&self.question, finish(git)?)?;
        let paths = output.stdout.split_terminator('\0').filter_map(|entry| entry.get(behind..));
        Ok(paths.filter_map(|path| Some(self.store.inside(path)?.to_owned())).collect())
    }

    /// The files whose work tree is not as it was committed.
    ///
    /// # Errors
    ///
    /// Git cannot read its index.
    pub fn answer(self) -> Result<BTreeSet<String>, Failure> {
        // Each is two letters of state, a blank, and the path.
        self.paths(3)
    }
}

impl Store {
    /// Asks which files of the archive are not as they were committed.
    ///
    /// # Errors
    ///
    /// Git cannot be run.
    pub fn ask_uncommitted(&self, files: Files) -> Result<Asked<'_>, Failure> {
        let untracked = match files {
            Files::All => "--untracked-files=all",
            Files::Tracked => "--untracked-files=no",
        };
        Asked::of(self, [&STATUS[..], &[untracked]].concat())
    }

    /// The files of the archive that git knows.
    ///
    /// # Errors
    ///
    /// Git cannot be run, or cannot read its index.
    pub fn tracked(&self) -> Result<HashSet<String>, Failure> {
        Asked::of(self, TRACKED.to_vec())?.paths(0)
    }
}
