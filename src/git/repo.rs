//! Where the repository is.

use std::path::{Path, PathBuf};

use git2::{Branch, ErrorCode, Repository};

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

/// Whether a folder is in a repository, also in a bare one or in one that cannot be opened.
pub fn is_around(folder: &Path) -> bool {
    Repository::discover(folder).map_or_else(|error| error.code() != ErrorCode::NotFound, |_| true)
}

/// The upstream of the branch around a folder, as `origin/main`, and how many commits it has that are not here; as far as
/// this clone has fetched them. `None` where there are none.
pub fn behind(folder: &Path) -> Option<(String, usize)> {
    let repository = Repository::discover(folder).ok()?;
    let branch = Branch::wrap(repository.head().ok()?);
    let upstream = branch.upstream().ok()?;
    let (_, behind) = repository.graph_ahead_behind(branch.get().target()?, upstream.get().target()?).ok()?;
    (behind > 0).then_some((upstream.name().ok()??.to_owned(), behind))
}

/// A file of this tool in the git folder of the work tree around a folder, where it keeps what can be found out again.
pub fn own_file(folder: &Path, name: &str) -> Option<PathBuf> {
    Some(Repository::discover(folder).ok()?.path().join(name))
}

/// The files and folders in which something changes whenever the work tree around a folder comes to stand on another commit,
/// as real paths; they need not exist. Objects are not among them: they come by the thousand. Nothing where there is no
/// repository.
pub fn where_head_moves(folder: &Path) -> Vec<PathBuf> {
    let Ok(repository) = Repository::discover(folder) else { return Vec::new() };
    // A linked work tree has its own head, and the branches of all.
    let paths =
        [(repository.path(), "HEAD"), (repository.commondir(), "refs/heads"), (repository.commondir(), "packed-refs")];
    paths.into_iter().filter_map(|(folder, name)| Some(folder.canonicalize().ok()?.join(name))).collect()
}

/// Where the parts of a repository are, as seen from a folder in its work tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The git folder of the work tree.
    pub dir: PathBuf,
    /// The git folder that all work trees share.
    pub common: PathBuf,
    /// The path of the folder in the work tree, with a `/` at the end; empty at its top.
    pub prefix: String,
}

/// What tells git to look for the repository elsewhere.
const ELSEWHERE: [&str; 5] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"];

/// The repository around a folder in the ordinary case, found in a fraction of the time that a run of git takes. `None`
/// where only git can say: something in the environment points elsewhere, the folder is in no work tree, or the repository
/// is of a format that only newer gits know.
pub fn around(folder: &Path) -> Option<Around> {
    if ELSEWHERE.iter().any(|name| std::env::var_os(name).is_some()) {
        return None;
    }
    let repository = Repository::discover(folder).ok()?;
    let folder = folder.canonicalize().ok()?;
    if folder.starts_with(repository.path().canonicalize().ok()?) {
        return None;
    }
    let below = below(&repository, &folder)?;
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    Some(Around {
        dir: repository.path().to_path_buf(),
        common: repository.commondir().to_path_buf(),
        prefix: parts?.into_iter().map(|part| format!("{part}/")).collect(),
    })
}

/// The path of a folder in the work tree of its repository. `None` where it is in none.
pub fn below(repository: &Repository, folder: &Path) -> Option<PathBuf> {
    let top = repository.workdir()?.canonicalize().ok()?;
    folder.canonicalize().ok()?.strip_prefix(top).ok().map(Path::to_path_buf)
}

/// Whether the user lets git tidy up a repository by itself, which they do unless they said otherwise.
pub fn tidies_itself_up(git_folder: &Path) -> bool {
    let config = Repository::open(git_folder).and_then(|repository| repository.config());
    config.and_then(|config| config.get_bool("maintenance.auto")).unwrap_or(true)
}
