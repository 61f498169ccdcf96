//! What records are compared with: the commit at which the work left what others have.

use git2::{Oid, Repository};
use jiff::Timestamp;

use crate::git::exec::Failure;

/// The variables in which build servers name the branch that a change is meant for.
const TARGET_BRANCHES: [&str; 5] = [
    "GITHUB_BASE_REF",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "CHANGE_TARGET",
    "SYSTEM_PULLREQUEST_TARGETBRANCHNAME",
];

/// The variable in which GitLab names the commit itself.
const BASE_COMMIT: &str = "CI_MERGE_REQUEST_DIFF_BASE_SHA";

/// A commit to compare with, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    pub commit: Oid,
    /// To follow "compared with": `1a2b3c4d, where this work left origin/main`.
    pub said: String,
}

/// The commit at which a tip and a revision parted. `Err` inside where this clone does not go back that far.
///
/// # Errors
///
/// There is no such revision, or the two have nothing in common.
pub fn of(repository: &Repository, revision: &str, tip: Oid) -> Result<Result<Base, String>, Failure> {
    let Some(other) = commit(repository, revision) else {
        if repository.is_shallow() {
            return Ok(Err(format!("`{revision}` is not in this shallow clone, so nothing was compared with it")));
        }
        return Err(Failure::new(format!("`{revision}` is no commit of this repository")).hint(
            "name a branch, a tag or a commit, such as `origin/main`; a branch of the server has to be fetched first",
        ));
    };
    match parted(repository, other, tip) {
        Some(commit) => Ok(Ok(Base { commit, said: said(commit, other, revision) })),
        None if repository.is_shallow() => Ok(Err(format!(
            "this shallow clone does not go back to where the work left `{revision}`, so nothing was compared with it"
        ))),
        None => Err(Failure::new(format!("`{revision}` and this history have nothing in common"))
            .hint("name a branch or a commit that the work began from")),
    }
}

/// The commit to compare with where nobody named one: where the work left the branch it is meant for, as the build server
/// names it, else the server's main branch, else the branch that this one follows.
pub fn guessed(repository: &Repository, tip: Oid, variable: impl Fn(&str) -> Option<String>) -> Option<Base> {
    let named = |name: &&str| variable(name).filter(|value| !value.is_empty());
    let commits = [BASE_COMMIT].iter().filter_map(named);
    let branches = TARGET_BRANCHES.iter().filter_map(named);
    let branches = branches.map(|branch| format!("origin/{}", branch.trim_start_matches("refs/heads/")));
    let usual = ["origin/HEAD".to_owned(), "@{upstream}".to_owned()];
    commits.chain(branches).chain(usual).find_map(|revision| {
        let commit = parted(repository, commit(repository, &revision)?, tip)?;
        Some(Base { commit, said: format!("{}, where this work left {revision}", super::short(commit)) })
    })
}

/// The commit before a tip, where the tip is all that is new.
pub fn before(repository: &Repository, tip: Oid) -> Option<Base> {
    let commit = repository.find_commit(tip).ok()?.parent_id(0).ok()?;
    repository.find_commit(commit).ok()?;
    Some(Base { commit, said: format!("{}, the commit before this one", super::short(commit)) })
}

/// The commit that a revision means.
pub fn commit(repository: &Repository, revision: &str) -> Option<Oid> {
    let object = repository.revparse_single(revision).ok()?;
    object.peel_to_commit().ok().map(|commit| commit.id())
}

/// When a commit was made.
pub fn time(repository: &Repository, commit: Oid) -> Timestamp {
    let seconds = repository.find_commit(commit).map_or(0, |commit| commit.time().seconds());
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The newest commit of a line of work that was made before a moment. Of merges, the line that was merged into counts.
pub fn last_before(repository: &Repository, tip: Oid, moment: Timestamp) -> Option<Oid> {
    let mut walk = repository.revwalk().ok()?;
    walk.push(tip).ok()?;
    walk.simplify_first_parent().ok()?;
    walk.flatten().find(|commit| time(repository, *commit) < moment)
}

fn parted(repository: &Repository, one: Oid, other: Oid) -> Option<Oid> {
    repository.merge_base(one, other).ok()
}

fn said(base: Oid, other: Oid, revision: &str) -> String {
    let id = super::short(base);
    if base == other { format!("{revision} ({id})") } else { format!("{id}, where this work left {revision}") }
}
