//! A commit of a few files and nothing else, made by the user's git, so that their hooks, signing and identity count.

use std::fs;

use super::exec::{Failure, Git, Left, Output, literal, succeeded};
use super::lock::Lock;
use super::state;
use super::write::{Change, write};

/// A commit that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The beginning of its id.
    pub id: String,
    /// The branch that it is on, as `main`. `None` on a detached head.
    pub branch: Option<String>,
}

impl Commit {
    /// What the user should know about a commit that no branch keeps.
    pub fn warning(&self) -> Option<String> {
        let text = "the head is detached: no branch has this commit, and git forgets it in time; keep it by `git switch -c NAME`";
        self.branch.is_none().then(|| text.to_owned())
    }
}

/// Whether files are already as a change would have them, and committed so.
///
/// # Errors
///
/// Git cannot be run.
pub fn is_done(git: &Git, changes: &[Change<'_>]) -> Result<bool, Failure> {
    let is_written = |change: &Change<'_>| fs::read(git.root().join(change.path)).ok().as_deref() == change.content;
    if !changes.iter().all(is_written) {
        return Ok(false);
    }
    let paths: Vec<&str> = changes.iter().map(|change| change.path).collect();
    let same = git.ask(&with_paths(&["diff", "--quiet", "HEAD", "--"], &paths))?.ok;
    Ok(same && untracked(git, &paths)?.is_empty())
}

/// Writes files and commits exactly these, whatever else is staged or changed; that stays as it was.
///
/// Where git refuses (a hook, a key that is missing) the files stay written, because somebody's words are in them, and the
/// index is as before. The lock is to be held from reading the files on.
///
/// # Errors
///
/// A merge, rebase or the like is going on, or another git holds the index: then nothing is written. Or git did not commit,
/// and the text says why and how to go on.
pub fn commit(git: &Git, _held: &Lock, changes: &[Change<'_>], message: &str) -> Result<Commit, Failure> {
    state::ready(git)?;
    git.free_index().map_err(|held| Failure { message: format!("nothing was written: {}", held.message), ..held })?;
    let new: Vec<&str> = changes.iter().map(|c| c.path).filter(|path| !git.root().join(path).exists()).collect();
    write(git.root(), changes)?;
    let paths: Vec<&str> = changes.iter().map(|c| c.path).collect();
    try_commit(git, &paths, &new, message).map_err(|failure| stays_written(git, failure, &paths))?;
    git.tidy_up();
    let branch = state::branch(git)?;
    Ok(Commit { id: state::head(git, branch.as_deref())?, branch })
}

fn try_commit(git: &Git, paths: &[&str], new: &[&str], message: &str) -> Result<(), Failure> {
    stage(git, new)?;
    let mut staged = new.to_vec();
    let mut output = run_commit(git, paths, message)?;
    if !output.ok {
        // A file that was on disk before may still be new to git.
        let untracked = untracked(git, paths)?;
        if !untracked.is_empty() {
            stage(git, &untracked)?;
            staged.extend(untracked);
            output = run_commit(git, paths, message)?;
        }
    }
    if output.ok {
        return Ok(());
    }
    if !staged.is_empty() {
        git.run(&with_paths(&["rm", "--cached", "--quiet", "--force", "--"], &staged))?;
    }
    if output.is_silent() {
        return Err(Failure::new(format!("a hook refused it and did not say why ({})", output.ending()))
            .hint("the hooks of this clone are in the folder that `git rev-parse --git-path hooks` names"));
    }
    Err(Failure::new(output.complaint()))
}

fn run_commit(git: &Git, paths: &[&str], message: &str) -> Result<Output, Failure> {
    let settings = ["-c", "i18n.commitEncoding=UTF-8", "-c", "maintenance.auto=false"];
    // Its summary of what changed takes longer than to read the new id.
    let args = [&settings[..], &["commit", "--quiet", "--only", "--file=-", "--"]].concat();
    git.patiently(|| git.feed(&with_paths(&args, paths), message))
}

/// Makes git know new files; `commit --only` takes no others.
fn stage(git: &Git, paths: &[&str]) -> Result<(), Failure> {
    if paths.is_empty() {
        return Ok(());
    }
    let output = git.patiently(|| git.ask(&with_paths(&["add", "--"], paths)))?;
    if output.ok {
        return Ok(());
    }
    // A sparse checkout wants to be told that a file outside of it is meant.
    let sparse = git.ask(&with_paths(&["add", "--sparse", "--"], paths))?;
    if sparse.ok { Ok(()) } else { succeeded(&["add"], output).map(drop) }
}

fn untracked<'a>(git: &Git, paths: &[&'a str]) -> Result<Vec<&'a str>, Failure> {
    let listed = git.run(&with_paths(&["ls-files", "-z", "--"], paths))?;
    let known: Vec<&str> = listed.split('\0').collect();
    Ok(paths.iter().copied().filter(|path| !known.contains(path)).collect())
}

/// Arguments, and files as git takes them without reading `*` or `[` as a pattern.
fn with_paths(args: &[&str], paths: &[&str]) -> Vec<String> {
    args.iter().map(|arg| (*arg).to_owned()).chain(paths.iter().map(|path| literal(path))).collect()
}

fn stays_written(git: &Git, reason: Failure, paths: &[&str]) -> Failure {
    let message = format!("written, but not committed: {}\n{}", paths.join(", "), reason.message);
    let words = format!("your text is in the file; do not enter it again, but commit it by `{}`", by_hand(git, paths));
    Failure { message, hints: [vec![words], reason.hints].concat(), left: Left::Written }
}

/// The command that commits files which stayed written. Git commits no file by its name that it does not know yet.
fn by_hand(git: &Git, paths: &[&str]) -> String {
    let quoted = |paths: &[&str]| format!("'{}'", paths.join("' '"));
    let commit = format!("git commit -- {}", quoted(paths));
    let new = untracked(git, paths).unwrap_or_default();
    if new.is_empty() {
        return commit;
    }
    let ignored = git.ask(&[&["check-ignore", "--quiet", "--"], &new[..]].concat()).is_ok_and(|output| output.ok);
    let force = if ignored { " --force" } else { "" };
    format!("git add{force} -- {} && {commit}", quoted(&new))
}
