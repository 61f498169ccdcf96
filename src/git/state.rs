//! What the repository is in the middle of.

use std::fs;

use super::exec::{Failure, Git};

/// What git leaves in its folder while something is going on, what that is, and how it ends.
const GOING_ON: [(&str, &str, &str); 7] = [
    ("MERGE_HEAD", "a merge", "`git merge --continue` or `git merge --abort`"),
    ("rebase-merge", "a rebase", "`git rebase --continue` or `git rebase --abort`"),
    ("rebase-apply", "a rebase or `git am`", "`git rebase --abort` or `git am --abort`"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "`git cherry-pick --continue` or `git cherry-pick --abort`"),
    ("REVERT_HEAD", "a revert", "`git revert --continue` or `git revert --abort`"),
    ("sequencer", "a cherry-pick or revert", "`git cherry-pick --abort` or `git revert --abort`"),
    ("BISECT_LOG", "a bisect", "`git bisect reset`"),
];

/// So much of an id is the beginning of one commit only, in every repository that people work in.
const SHORT: usize = 10;

/// Whether a commit can be made that means what its author thinks.
///
/// # Errors
///
/// A merge, rebase, cherry-pick, revert or bisect is going on; a commit now would land in the middle of it.
pub fn ready(git: &Git) -> Result<(), Failure> {
    match GOING_ON.iter().find(|(file, ..)| git.dir().join(file).exists()) {
        None => Ok(()),
        Some((_, what, end)) => {
            let message = format!("{what} is going on in this repository; an update now would become part of it");
            Err(Failure::new(message).hint(format!("finish it first: {end}")))
        }
    }
}

/// The beginning of the id of the newest commit, on a branch or on a detached head.
///
/// # Errors
///
/// Git cannot be run.
pub fn head(git: &Git, branch: Option<&str>) -> Result<String, Failure> {
    let file = branch.map_or_else(|| git.dir().join("HEAD"), |branch| git.common().join("refs/heads").join(branch));
    let id = fs::read_to_string(file).unwrap_or_default();
    match id.get(..SHORT).filter(|short| short.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        Some(short) => Ok(short.to_owned()),
        // Refs need not be files.
        None => Ok(git.run(&["rev-parse", &format!("--short={SHORT}"), "HEAD"])?.trim().to_owned()),
    }
}

/// The branch that is checked out, as `main`. `None` on a detached head.
///
/// # Errors
///
/// Git cannot be run.
pub fn branch(git: &Git) -> Result<Option<String>, Failure> {
    let head = fs::read_to_string(git.dir().join("HEAD")).unwrap_or_default();
    match head.trim().strip_prefix("ref: ") {
        // Where refs are not files, HEAD holds a name that cannot be.
        Some("refs/heads/.invalid") => {
            let output = git.ask(&["symbolic-ref", "--quiet", "--short", "HEAD"])?;
            Ok(output.ok.then(|| output.stdout.trim().to_owned()))
        }
        Some(name) => Ok(Some(name.trim_start_matches("refs/heads/").to_owned())),
        None => Ok(None),
    }
}
