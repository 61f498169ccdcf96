//! Where the repository is.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Repository};

/// The top of the work tree around a folder. `None` where there is no repository, or only a bare one.
///
/// # Errors
///
/// There is a repository and it cannot be opened; the text says why and what to do.
pub fn top(folder: &Path) -> Result<Option<PathBuf>, String> {
    match Repository::discover(folder) {
        Ok(repository) => Ok(repository.workdir().map(Path::to_path_buf)),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) if error.code() == ErrorCode::Owner => Err(format!(
            "the repository at {} belongs to another user, so git does not trust it; run `git config --global --add safe.directory {0}`",
            folder.display()
        )),
        Err(error) => Err(format!("the repository around {} cannot be opened: {}", folder.display(), error.message())),
    }
}

/// A file of this tool in the git folder of the work tree around a folder, where it keeps what can be found out again.
pub fn own_file(folder: &Path, name: &str) -> Option<PathBuf> {
    Some(Repository::discover(folder).ok()?.path().join(name))
}
