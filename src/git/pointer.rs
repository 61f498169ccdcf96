//! A ref that points to a small text of this tool's own: it is moved by comparing, so that of two who move it one is refused.

use git2::{ErrorCode, Oid, Repository};

use super::exec::{Failure, Git};
use super::sync;

/// The text that a ref points to, as it was last read or written here.
pub struct Pointer {
    repository: Repository,
    git: Git,
    name: String,
    seen: Option<Oid>,
    /// The remote that has it too.
    remote: Option<String>,
}

impl Pointer {
    /// A ref by its full name. With `shared` the remote has it too, and what the remote says counts.
    ///
    /// # Errors
    ///
    /// The repository cannot be opened, or the remote cannot be asked.
    pub fn open(git: &Git, name: &str, shared: bool) -> Result<Self, Failure> {
        let repository = Repository::open(git.common()).map_err(|error| failure(name, &error))?;
        let remote = if shared { Some(sync::remote(git)?) } else { None };
        let mut pointer = Self { repository, git: git.clone(), name: name.to_owned(), seen: None, remote };
        pointer.fetch()?;
        Ok(pointer)
    }

    /// The text; nothing where there is no such ref yet.
    ///
    /// # Errors
    ///
    /// It points to something that is no text.
    pub fn read(&mut self) -> Result<Option<String>, Failure> {
        let found = match self.repository.refname_to_id(&self.name) {
            Ok(id) => id,
            Err(error) if error.code() == ErrorCode::NotFound => {
                self.seen = None;
                return Ok(None);
            }
            Err(error) => return Err(failure(&self.name, &error)),
        };
        self.seen = Some(found);
        let blob = self.repository.find_blob(found).map_err(|error| failure(&self.name, &error))?;
        Ok(Some(String::from_utf8_lossy(blob.content()).into_owned()))
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
        match moved {
            Ok(_) => {}
            Err(error) if matches!(error.code(), ErrorCode::Modified | ErrorCode::Exists) => {
                return Err(Failure::new(format!("{} was moved by somebody else meanwhile", self.name))
                    .hint("let one run at a time announce: the other one goes on"));
            }
            Err(error) => return Err(cannot(&error)),
        }
        let before = self.seen.replace(id);
        self.push(before)
    }

    fn fetch(&mut self) -> Result<(), Failure> {
        let Some(remote) = &self.remote else { return Ok(()) };
        let listed = self.git.run(&["ls-remote", remote, &self.name])?;
        if !listed.is_empty() {
            self.git.run(&["fetch", "--quiet", "--no-tags", remote, &format!("+{0}:{0}", self.name)])?;
        }
        Ok(())
    }

    fn push(&self, before: Option<Oid>) -> Result<(), Failure> {
        let Some(remote) = &self.remote else { return Ok(()) };
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let lease = format!("--force-with-lease={}:{before}", self.name);
        self.git.run(&["push", "--quiet", &lease, remote, &format!("{0}:{0}", self.name)]).map(drop)
    }
}

impl std::fmt::Debug for Pointer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pointer").field("name", &self.name).field("seen", &self.seen).finish_non_exhaustive()
    }
}

fn failure(name: &str, error: &git2::Error) -> Failure {
    Failure::new(format!("{name}: {}", error.message()))
}
