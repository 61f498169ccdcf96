//! Local commits on top of what others pushed. Everything is computed in memory first; then files and branch change at once.

use git2::{Commit, Index, IndexConflict, IndexEntry, Oid, Repository, Sort};

use super::exec::{Failure, Git, git_in, run, succeeded};
use super::merge::Labels;
use super::revision::Revision;
use super::{checkout, diff, merge};
use crate::record::lifecycle::Lifecycle;

/// Decides whether the records that a replay touched may be pushed. It gets the files as they would be, and the paths that
/// differ from what was pushed; the error is a reason for people.
pub type Validate<'v> = &'v mut dyn FnMut(&Revision, &[String]) -> Result<(), String>;

/// What a replay did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Whether others had pushed something.
    pub moved: bool,
    /// How many local commits were made anew.
    pub commits: usize,
}

/// Puts the commits that `upstream` does not have on top of it, and checks the result out. Where anything fails, the
/// repository is exactly as before.
///
/// # Errors
///
/// The sides disagree, the result is not valid, or a local change is in the way.
pub fn replay(
    git: &Git,
    branch: &str,
    upstream: &str,
    lifecycle: &Lifecycle,
    validate: Validate<'_>,
) -> Result<Replayed, Failure> {
    let repository = Repository::open(git.dir()).map_err(|e| unreadable(&e))?;
    let old = repository.refname_to_id(branch).map_err(|e| unreadable(&e))?;
    let tip = repository.refname_to_id(upstream).map_err(|e| unreadable(&e))?;
    let commits = ahead(&repository, old, tip)?;
    if repository.merge_base(old, tip) == Ok(tip) {
        return Ok(Replayed { moved: false, commits: 0 });
    }
    let mut new = tip;
    for id in &commits {
        new = pick(git, &repository, *id, new, lifecycle)?;
    }
    let changed = changed(&repository, tip, new).map_err(|e| unreadable(&e))?;
    let changed: Vec<String> =
        changed.iter().filter_map(|path| path.strip_prefix(git.prefix())).map(str::to_owned).collect();
    let revision = Revision::of(git, new).map_err(|e| unreadable(&e))?;
    validate(&revision, &changed)
        .map_err(|why| Failure::new(format!("on top of what others pushed, this update is no longer valid: {why}")))?;
    checkout::check_out(git, branch, old, new)?;
    Ok(Replayed { moved: true, commits: commits.len() })
}

fn unreadable(error: &git2::Error) -> Failure {
    Failure::new(format!("the local commits cannot be put on top of what others pushed: {}", error.message()))
        .hint("git itself may be able to: `git pull --rebase --autostash`, then `git push`")
}

/// The commits of the branch that upstream does not have, oldest first.
fn ahead(repository: &Repository, branch: Oid, upstream: Oid) -> Result<Vec<Oid>, Failure> {
    let walk = || {
        let mut walk = repository.revwalk()?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE)?;
        walk.push(branch)?;
        walk.hide(upstream)?;
        let ids = walk.collect::<Result<Vec<Oid>, _>>()?;
        let merge =
            ids.iter().map(|id| repository.find_commit(*id)).find(|c| c.as_ref().is_ok_and(|c| c.parent_count() != 1));
        Ok((ids, merge.transpose()?.map(|commit| commit.id())))
    };
    match walk().map_err(|e: git2::Error| unreadable(&e))? {
        (ids, None) => Ok(ids),
        (_, Some(id)) => {
            Err(Failure::new(format!("the local commit {id:.10} is a merge or a first commit, which is not replayed")))
        }
    }
}

/// Makes one commit anew on top of another. Its author and message stay.
fn pick(git: &Git, repository: &Repository, id: Oid, onto: Oid, lifecycle: &Lifecycle) -> Result<Oid, Failure> {
    let find = |id| repository.find_commit(id).map_err(|e| unreadable(&e));
    let (commit, onto) = (find(id)?, find(onto)?);
    let mut index = repository.cherrypick_commit(&commit, &onto, 0, None).map_err(|e| unreadable(&e))?;
    settle(repository, &mut index, lifecycle)?;
    let tree = index.write_tree_to(repository).map_err(|e| unreadable(&e))?;
    if tree == onto.tree_id() {
        return Ok(onto.id());
    }
    commit_tree(git, &commit, tree, onto.id())
}

/// Merges the records that a merge of lines could not.
fn settle(repository: &Repository, index: &mut Index, lifecycle: &Lifecycle) -> Result<(), Failure> {
    let conflicts = index.conflicts().and_then(Iterator::collect::<Result<Vec<IndexConflict>, _>>);
    for conflict in conflicts.map_err(|e| unreadable(&e))? {
        let path = [&conflict.our, &conflict.their, &conflict.ancestor].into_iter().flatten().next();
        let path = path.map(|entry| String::from_utf8_lossy(&entry.path).into_owned()).unwrap_or_default();
        let entry = merged(repository, conflict, &path, lifecycle)?;
        let settled = index.conflict_remove(path.as_ref()).and_then(|()| index.add(&entry));
        settled.map_err(|e| unreadable(&e))?;
    }
    Ok(())
}

fn merged(
    repository: &Repository,
    conflict: IndexConflict,
    path: &str,
    lifecycle: &Lifecycle,
) -> Result<IndexEntry, Failure> {
    let disagree = |what: &str| {
        Failure::new(format!("others changed {path} too, and the two versions do not fit together: {what}"))
            .hint("settle it by `git pull --rebase --autostash`, which stops at this file")
            .hint(format!("there, keep what is right between the markers; then `git add {path}`, `git rebase --continue` and `git push`"))
    };
    let (Some(ours), Some(theirs)) = (conflict.our, conflict.their) else {
        return Err(disagree("one side removed the file"));
    };
    let text = |entry: &IndexEntry| {
        let blob = repository.find_blob(entry.id).map_err(|e| unreadable(&e))?;
        String::from_utf8(blob.content().to_vec()).map_err(|_| disagree("it is no text"))
    };
    let base = conflict.ancestor.as_ref().map_or(Ok(String::new()), text)?;
    let machine = lifecycle.machine_of(path);
    let result = merge::merge(&base, &text(&ours)?, &text(&theirs)?, machine, Labels::default())
        .ok_or_else(|| disagree("both sides changed the same lines"))?;
    if let Some(first) = result.conflicts.first() {
        return Err(disagree(first));
    }
    let id = repository.blob(result.text.as_bytes()).map_err(|e| unreadable(&e))?;
    // Without the bits that say in which version of a conflict it stands.
    Ok(IndexEntry { id, flags: 0, flags_extended: 0, ..ours })
}

/// Commits a tree as the user's git does, signed where that is configured.
fn commit_tree(git: &Git, like: &Commit<'_>, tree: Oid, parent: Oid) -> Result<Oid, Failure> {
    let (tree, parent) = (tree.to_string(), parent.to_string());
    let sign = git.ask(&["config", "--type=bool", "commit.gpgSign"])?.stdout.trim() == "true";
    let mut args = vec!["commit-tree", &tree, "-p", &parent, "-F", "-"];
    if sign {
        args.push("-S");
    }
    let author = like.author();
    let mut command = git_in(git.root());
    command
        .args(["-c", "i18n.commitEncoding=UTF-8"])
        .args(&args)
        .env("GIT_AUTHOR_NAME", String::from_utf8_lossy(author.name_bytes()).as_ref())
        .env("GIT_AUTHOR_EMAIL", String::from_utf8_lossy(author.email_bytes()).as_ref())
        .env("GIT_AUTHOR_DATE", date(author.when()));
    let made = run(&mut command, Some(&String::from_utf8_lossy(like.message_raw_bytes())))?;
    let output = succeeded(&args, made)?;
    Oid::from_str(output.stdout.trim()).map_err(|e| unreadable(&e))
}

/// A time as git reads it: seconds, then the offset from UTC.
fn date(time: git2::Time) -> String {
    let minutes = time.offset_minutes().abs();
    format!("@{} {}{:02}{:02}", time.seconds(), time.sign(), minutes / 60, minutes % 60)
}

/// The paths in which two commits differ.
fn changed(repository: &Repository, old: Oid, new: Oid) -> Result<Vec<String>, git2::Error> {
    Ok(diff::between(repository, old, new)?
        .deltas()
        .filter_map(|delta| Some(delta.new_file().path()?.to_str()?.to_owned()))
        .collect())
}
