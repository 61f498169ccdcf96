//! A ref that points to a small text of this tool's own: it is moved by comparing, so that of two who move it one is refused.

use std::fs::{self, File, TryLockError};

use git2::{ErrorCode, Oid, Repository};

use super::exec::{Failure, Git};
use super::sync;

/// The text that a ref points to, as it was last read or written here.
pub struct Pointer {
    repository: Repository,
    git: Git,
    name: String,
    seen: Option<Oid>,
    shared: Option<Shared>,
    /// Held until this is dropped; the system takes it back when the process dies.
    _lock: File,
}

/// The remote that has a ref too.
struct Shared {
    remote: String,
    /// What it points to there; empty where it is not there yet.
    seen: String,
}

impl Pointer {
    /// A ref by its full name, which nobody else in this repository writes meanwhile. With `shared` the remote has it too, and what the remote says counts.
    ///
    /// # Errors
    ///
    /// Another run has it open, the repository cannot be opened, or the remote cannot be asked.
    pub fn open(git: &Git, name: &str, shared: bool) -> Result<Self, Failure> {
        let lock = lock(git, name)?;
        let repository = Repository::open(git.common()).map_err(|error| failure(name, &error))?;
        let shared = if shared { Some(fetch(git, name)?) } else { None };
        Ok(Self { repository, git: git.clone(), name: name.to_owned(), seen: None, shared, _lock: lock })
    }

    /// The text; nothing where there is no such ref yet.
    ///
    /// # Errors
    ///
    /// It points to something that is no text.
    pub fn read(&mut self) -> Result<Option<String>, Failure> {
        let found = text(&self.repository, &self.name)?;
        self.seen = found.as_ref().map(|(id, _)| *id);
        Ok(found.map(|(_, text)| text))
    }

    /// Points to another text, here and at the remote.
    ///
    /// # Errors
    ///
    /// Somebody else has moved it since it was read here, or it cannot be written or pushed.
    pub fn write(&mut self, text: &str) -> Result<(), Failure> {
        let cannot = |error: &git2::Error| failure(&self.name, error);
        let id = self.repository.blob(text.as_bytes()).map_err(|error| cannot(&error))?;
        let moved = match self.seen {
            Some(seen) => self.repository.reference_matching(&self.name, id, true, seen, "announced"),
            None => self.repository.reference(&self.name, id, false, "announced"),
        };
        match moved.map(drop) {
            Ok(()) => {}
            Err(error) if matches!(error.code(), ErrorCode::Modified | ErrorCode::Exists) => {
                return Err(Failure::new(format!("{} was moved by somebody else meanwhile", self.name))
                    .hint("let one run at a time announce: the other one goes on"));
            }
            Err(error) => return Err(cannot(&error)),
        }
        self.seen = Some(id);
        self.push(id)
    }

    fn push(&mut self, id: Oid) -> Result<(), Failure> {
        let Some(shared) = &mut self.shared else { return Ok(()) };
        let lease = format!("--force-with-lease={}:{}", self.name, shared.seen);
        self.git.run(&["push", "--quiet", &lease, &shared.remote, &format!("{0}:{0}", self.name)])?;
        shared.seen = id.to_string();
        Ok(())
    }
}

/// Gets a ref from the remote, if it is there.
fn fetch(git: &Git, name: &str) -> Result<Shared, Failure> {
    let remote = sync::remote(git)?;
    let listed = git.run(&["ls-remote", &remote, name])?;
    let seen = listed.split_whitespace().next().unwrap_or_default().to_owned();
    if !seen.is_empty() {
        git.run(&["fetch", "--quiet", "--no-tags", &remote, &format!("+{name}:{name}")])?;
    }
    Ok(Shared { remote, seen })
}

/// The text that a ref points to, for those who only look.
///
/// # Errors
///
/// The repository cannot be opened, or the ref points to something that is no text.
pub fn read(git: &Git, name: &str) -> Result<Option<String>, Failure> {
    let repository = Repository::open(git.common()).map_err(|error| failure(name, &error))?;
    Ok(text(&repository, name)?.map(|(_, text)| text))
}

fn text(repository: &Repository, name: &str) -> Result<Option<(Oid, String)>, Failure> {
    let find = || -> Result<_, git2::Error> {
        let id = repository.refname_to_id(name)?;
        Ok((id, String::from_utf8_lossy(repository.find_blob(id)?.content()).into_owned()))
    };
    match find() {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(failure(name, &error)),
    }
}

/// The right to write a ref in this repository.
fn lock(git: &Git, name: &str) -> Result<File, Failure> {
    let path = git.common().join(format!("{}.lock", name.trim_start_matches("refs/").replace('/', "-")));
    let refuse = |error: std::io::Error| Failure::new(format!("{}: {error}", path.display()));
    let file = File::options().write(true).create(true).truncate(false).open(&path).map_err(refuse)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(
                Failure::new(format!("another run has {name}")).hint("wait until it is done, and run this again")
            );
        }
        Err(TryLockError::Error(error)) => return Err(refuse(error)),
    }
    // Nobody else writes this ref, so what git would wait for was left behind by a run that was killed.
    let _ = fs::remove_file(git.common().join(format!("{name}.lock")));
    Ok(file)
}

impl std::fmt::Debug for Pointer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pointer").field("name", &self.name).field("seen", &self.seen).finish_non_exhaustive()
    }
}

fn failure(name: &str, error: &git2::Error) -> Failure {
    Failure::new(format!("{name}: {}", error.message()))
}
