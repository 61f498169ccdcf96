//! What `check` looks at, and what it compares that with.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use git2::Oid;
use jiff::Timestamp;

use crate::check::Selection;
use crate::commands::{Timings, find_root, for_ever};
use crate::error::Error;
use crate::git::exec::Failure;
use crate::git::history::{Asked, Base, Files, Range, Store, Walk, base};
use crate::git::revision::Revision;
use crate::record::Record;
use crate::record::archive::{Archive, FolderTree, Tree, load_config};
use crate::record::history::History;
use crate::record::touched;
use crate::text::count::counted;

/// Which files are checked, and what they are compared with.
#[derive(Debug, clap::Args)]
pub struct PastFlags {
    /// Compare with what was merged where this work left REV, and report only on files that changed since. Without it,
    /// everything is reported, and compared with the server's branch.
    #[arg(long, value_name = "REV", conflicts_with = "full_history")]
    since: Option<String>,

    /// Compare with everything that was ever merged, commit by commit.
    #[arg(long)]
    full_history: bool,

    /// Check this revision instead of the work tree. Nothing is checked out, so it may be a bare repository.
    #[arg(long, value_name = "REV", conflicts_with = "fix")]
    rev: Option<String>,
}

/// What is checked.
pub struct Subject {
    pub root: PathBuf,
    tree: Box<dyn Tree>,
    pub archive: &'static Archive,
    /// When the repository was adopted.
    pub adopted: Option<Timestamp>,
    before: Before,
    /// The files that changed, where only they are reported on.
    pub changed: Option<Selection>,
    /// Whether only a part of the archive was read.
    is_part: bool,
}

/// What is still to be read of the history.
enum Before {
    Nothing { gap: Option<String> },
    Texts(Box<Unread>),
}

/// Commits that were walked, and whose texts nobody has read yet.
struct Unread {
    store: Store,
    /// Whether somebody asked for it.
    is_asked: bool,
    past: Result<Past, Failure>,
    /// What it is compared with, for a person.
    said: Option<String>,
}

/// What there is to compare with.
enum Plan {
    Nothing,
    /// Why commits that were asked for are not there.
    Gap(String),
    Compare {
        range: Range,
        said: String,
    },
}

impl PastFlags {
    /// Reads the archive and its past. With words of the user's own the whole archive is read: they may mean any record.
    pub fn look(&self, start: &Path, words: &[String], timings: &mut Timings) -> Result<Subject, Error> {
        let store = Store::around(start)?;
        let is_bare = store.as_ref().is_some_and(|store| store.repository().is_bare());
        let root = if self.rev.is_some() && is_bare { start.to_path_buf() } else { find_root(start)? };
        let Some(store) = Store::around(&root)? else { return self.without_git(root, timings) };
        let tip = self.tip(&store)?;
        let tree = self.tree(&store, &root, tip)?;
        let adopted = adopted(&store, &*tree, tip)?;
        let plan = tip.map_or(Ok(Plan::Nothing), |tip| self.plan(&store, tip, adopted))?;
        let mut subject = match plan {
            Plan::Compare { range, said } => self.compared(store, (root, tree), (range, said), words, timings)?,
            Plan::Nothing => Subject::alone(root, tree, None, timings)?,
            Plan::Gap(gap) => Subject::alone(root, tree, Some(gap), timings)?,
        };
        subject.adopted = adopted.map(|adopted| adopted.time);
        Ok(subject)
    }

    const fn is_asked(&self) -> bool {
        self.since.is_some() || self.full_history
    }

    fn without_git(&self, root: PathBuf, timings: &mut Timings) -> Result<Subject, Error> {
        if self.is_asked() || self.rev.is_some() {
            return Err(Error::new(format!(
                "there is no git repository around {}, so there is no history",
                root.display()
            )));
        }
        let tree = Box::new(FolderTree::new(&root));
        Subject::alone(root, tree, None, timings)
    }

    /// The commit that is looked at or that the work tree grew from; `None` before the first one.
    fn tip(&self, store: &Store) -> Result<Option<Oid>, Error> {
        let Some(revision) = &self.rev else {
            let head = store.head();
            if head.is_none() && self.is_asked() {
                return Err(Error::new("there is no commit yet, so there is no history to compare with"));
            }
            return Ok(head);
        };
        match base::commit(store.repository(), revision) {
            Some(commit) => Ok(Some(commit)),
            None => Err(Error::new(format!("`{revision}` is no commit of this repository"))
                .hint("name a branch, a tag or a commit; one of the server has to be fetched first")),
        }
    }

    fn tree(&self, store: &Store, root: &Path, tip: Option<Oid>) -> Result<Box<dyn Tree>, Error> {
        match tip.filter(|_| self.rev.is_some()) {
            None => Ok(Box::new(FolderTree::new(root))),
            Some(tip) => {
                let revision = Revision::at(store.repository().path(), store.prefix(), tip);
                Ok(Box::new(revision.map_err(|error| Error::new(error.message()))?))
            }
        }
    }

    fn plan(&self, store: &Store, tip: Oid, adopted: Option<Adopted>) -> Result<Plan, Error> {
        let repository = store.repository();
        let adopted = adopted.and_then(|adopted| adopted.commit);
        let is_later = |adopted: Oid, base: Oid| repository.graph_descendant_of(adopted, base).unwrap_or(false);
        let compare = |base: Base| {
            let commit = adopted.filter(|adopted| is_later(*adopted, base.commit)).unwrap_or(base.commit);
            let range = Range { base: Some(commit), tip, is_merged: false };
            Plan::Compare { range, said: format!("Compared with {}.", base.said) }
        };
        if self.full_history {
            return Ok(Plan::Compare { range: Range { base: adopted, tip, is_merged: true }, said: String::new() });
        }
        if let Some(revision) = &self.since {
            return Ok(base::of(repository, revision, tip)?.map_or_else(Plan::Gap, compare));
        }
        let variable = |name: &str| std::env::var(name).ok();
        let on_server = is_on_build_server();
        let guessed = base::guessed(repository, tip, |name| variable(name).filter(|_| on_server));
        let guessed = match guessed {
            // On the main branch itself, the last commit is what is new.
            Some(base) if on_server && base.commit == tip => base::before(repository, tip).or(Some(base)),
            None if on_server => base::before(repository, tip),
            guessed => guessed,
        };
        let plan = guessed.map_or(
            Plan::Compare { range: Range { base: Some(tip), tip, is_merged: false }, said: String::new() },
            compare,
        );
        Ok(plan)
    }

    fn compared(
        &self,
        store: Store,
        (root, tree): (PathBuf, Box<dyn Tree>),
        (range, said): (Range, String),
        words: &[String],
        timings: &mut Timings,
    ) -> Result<Subject, Error> {
        let is_work_tree = self.rev.is_none();
        let (archive, store, past, part) = if self.since.is_some() {
            let past = Past::read(&store, range, is_work_tree.then_some(Files::All))?;
            let changed = past.changed(&store)?;
            let is_part = words.is_empty() && !touched::touches_all(&*tree, &changed)?;
            let archive = if is_part { touched::load(&*tree, &changed) } else { Archive::load(&*tree) };
            (archive, store, Ok(past), Some(changed).filter(|_| is_part))
        } else {
            // A repository is read by one thread at a time, and the archive by all others.
            let read = move || (Past::read(&store, range, is_work_tree.then_some(Files::Tracked)), store);
            let (archive, (past, store)) = rayon::join(|| Archive::load(&*tree), read);
            (archive, store, past, None)
        };
        let archive = for_ever(archive?);
        timings.phase(&format!("read {}", counted(archive.records.len(), "record")));
        let said = Some(said).filter(|said| !said.is_empty() && (self.since.is_some() || is_on_build_server()));
        let before = Before::Texts(Box::new(Unread { store, is_asked: self.is_asked(), past, said }));
        let changed = part.as_ref().map(|changed| Selection::files(touched::files(changed)));
        Ok(Subject { root, tree, archive, adopted: None, before, changed, is_part: part.is_some() })
    }
}

impl Before {
    fn read(self, archive: &Archive) -> Result<History, Error> {
        match self {
            Self::Nothing { gap } => {
                let mut history = History::default();
                history.gap = gap;
                Ok(history)
            }
            Self::Texts(unread) => unread.read(archive),
        }
    }
}

impl Unread {
    fn read(self, archive: &Archive) -> Result<History, Error> {
        // What was read lives on, as the archive does.
        let store: &Store = for_ever(self.store);
        let history = self.past.map(for_ever).and_then(|past| past.history(store, archive, self.is_asked));
        let history = match history {
            Ok(history) => history,
            // Nobody asked: what can be checked without it still is.
            Err(failure) if !self.is_asked => {
                note(&format!("Compared with nothing: {failure}"))?;
                History::default()
            }
            Err(failure) => return Err(failure.into()),
        };
        self.said.map_or(Ok(()), |said| note(&said))?;
        Ok(history)
    }
}

/// What a walk has found, and what is not committed.
struct Past {
    walk: Walk,
    uncommitted: BTreeSet<String>,
    /// Where git was not asked for new files: those that are none.
    tracked: Option<HashSet<String>>,
}

impl Past {
    /// `files` are those of the work tree that matter, if there is one.
    fn read(store: &Store, range: Range, files: Option<Files>) -> Result<Self, Failure> {
        let asked = files.map(|files| store.ask_uncommitted(files)).transpose()?;
        let walk = store.walk(range)?;
        let uncommitted = asked.map_or(Ok(BTreeSet::new()), Asked::answer)?;
        let tracked = files.filter(|files| *files == Files::Tracked).map(|_| store.tracked()).transpose()?;
        Ok(Self { walk, uncommitted, tracked })
    }

    /// The files that are not as they were committed, new ones too. Only where a record is new, git has to look for them.
    fn uncommitted(&self, store: &Store, archive: &Archive) -> Result<Cow<'_, BTreeSet<String>>, Failure> {
        let is_new = |record: &Record| self.tracked.as_ref().is_some_and(|tracked| !tracked.contains(&*record.path));
        if archive.all().any(is_new) {
            return Ok(Cow::Owned(store.ask_uncommitted(Files::All)?.answer()?));
        }
        Ok(Cow::Borrowed(&self.uncommitted))
    }

    /// The files that differ from the base, and those that only a commit on the way has touched.
    fn changed(&self, store: &Store) -> Result<BTreeSet<String>, Failure> {
        let mut changed = self.uncommitted.clone();
        if let Some(base) = self.walk.range.base {
            changed.extend(store.changed(base, self.walk.range.tip)?);
        }
        changed.extend(store.touched(&self.walk));
        Ok(changed)
    }

    /// Where nobody asked for commits that are not there, nobody is told.
    fn history(&self, store: &Store, archive: &Archive, is_asked: bool) -> Result<History, Failure> {
        // Of a long history nearly every file is asked for, of a short one hardly any.
        let texts: LazyCell<HashMap<&str, &Arc<str>>, _> = LazyCell::new(|| {
            let config = (&*archive.config.path, &archive.config.text);
            archive.all().map(|record| (&*record.path, &record.text)).chain([config]).collect()
        });
        let text = |path: &str| texts.get(path).copied().map(Arc::clone);
        let uncommitted = self.uncommitted(store, archive)?;
        let mut history = store.history(&self.walk, &uncommitted, &text)?;
        if self.walk.is_cut_off && is_asked {
            history.gap = Some(
                "this shallow clone holds only the newest commits, so what was merged before them is unknown".into(),
            );
        }
        Ok(history)
    }
}

impl Subject {
    fn alone(root: PathBuf, tree: Box<dyn Tree>, gap: Option<String>, timings: &mut Timings) -> Result<Self, Error> {
        let archive = for_ever(Archive::load(&*tree)?);
        timings.phase(&format!("read {}", counted(archive.records.len(), "record")));
        let before = Before::Nothing { gap };
        Ok(Self { root, tree, archive, adopted: None, before, changed: None, is_part: false })
    }

    /// What reads the history. It is slow, so it may be called beside something else; and only once.
    pub fn history(&mut self) -> impl FnOnce() -> Result<History, Error> + Send + use<> {
        let before = std::mem::replace(&mut self.before, Before::Nothing { gap: None });
        let archive = self.archive;
        move || before.read(archive)
    }

    /// Reads the rest where only a part was read: a name in it may stand for something elsewhere. Whether there was a rest.
    pub fn complete(&mut self) -> Result<bool, Error> {
        let was_part = std::mem::replace(&mut self.is_part, false);
        if was_part {
            self.archive = for_ever(Archive::load(&*self.tree)?);
        }
        Ok(was_part)
    }
}

/// From when on a repository is judged.
#[derive(Clone, Copy)]
struct Adopted {
    /// The last commit that is not judged; `None` where this clone has none from before.
    commit: Option<Oid>,
    time: Timestamp,
}

/// What `rules.history.since` says: a commit, or the day from which on commits are judged.
fn adopted(store: &Store, tree: &dyn Tree, tip: Option<Oid>) -> Result<Option<Adopted>, Error> {
    let config = load_config(tree)?;
    let Some(since) = &config.history_since else { return Ok(None) };
    let repository = store.repository();
    if let Some(commit) = base::commit(repository, &since.value) {
        return Ok(Some(Adopted { commit: Some(commit), time: base::time(repository, commit) }));
    }
    let Some(time) = config.adopted() else {
        note(&format!(
            "`rules.history.since` names `{}`, which is no commit of this clone and no day; it was left out.",
            since.value
        ))?;
        return Ok(None);
    };
    Ok(Some(Adopted { commit: tip.and_then(|tip| base::last_before(repository, tip, time)), time }))
}

/// Build servers say so.
fn is_on_build_server() -> bool {
    std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}

fn note(text: &str) -> Result<(), Error> {
    Ok(writeln!(anstream::stderr(), "{text}")?)
}
