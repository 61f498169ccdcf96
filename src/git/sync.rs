//! Pushing while others push too.

use std::hash::{BuildHasher, RandomState};
use std::thread::sleep;
use std::time::Duration;

use super::exec::{Failure, Git, Left};
use super::lock::{self, Lock};
use super::replay::{self, Replayed, Validate};
use super::state;
use crate::record::lifecycle::Lifecycle;

/// How often a push is tried before it is left to the user.
const ATTEMPTS: u32 = 20;

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_millis(1000);

/// How a commit that stayed local gets to the remote, when nothing but time was missing.
const LATER: &str =
    "the next update with `--push` brings it; or at once `git pull --rebase --autostash` and `git push`";

/// A push that went through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// Such as `origin`.
    pub remote: String,
    /// The branch there, as `main`.
    pub branch: String,
    /// How often the local commits were put on top of what others had pushed meanwhile.
    pub replays: u32,
}

/// Where a branch is pushed to.
#[derive(Clone, Debug)]
struct Upstream {
    remote: String,
    /// The branch there.
    branch: String,
    /// What is known here of that branch.
    tracking: String,
    /// The branch has none configured yet.
    new: bool,
}

/// Pushes the branch that is checked out. Where others were faster, the local commits are put on top of theirs, checked
/// by `validate`, and pushed again, a bounded number of times. Takes the lock only while it changes files.
///
/// # Errors
///
/// The commits stay local, and the text says why and what to do.
pub fn push(git: &Git, lifecycle: &Lifecycle, validate: Validate<'_>) -> Result<Pushed, Failure> {
    let Some(name) = state::branch(git)? else {
        return Err(Failure::new("committed, but not pushed: the head is detached, so there is no branch to push")
            .hint("`git switch -c NAME`, then `git push -u origin NAME`")
            .left(Left::Committed));
    };
    let branch = format!("refs/heads/{name}");
    let upstream = upstream(git, &name)?;
    let mut replays = 0;
    for attempt in 0..ATTEMPTS {
        let Some(refusal) = try_push(git, &branch, &upstream)? else {
            return Ok(Pushed { remote: upstream.remote, branch: upstream.branch, replays });
        };
        sleep(pause(attempt));
        let replayed = catch_up(git, &branch, &upstream, lifecycle, validate).map_err(not_pushed)?;
        if replayed.moved {
            replays += 1;
        } else if !refusal.is_a_race() {
            return Err(not_pushed(Failure::new(refusal.text)));
        }
    }
    Err(not_pushed(Failure::new(format!("others were faster {ATTEMPTS} times in a row"))).hint(LATER))
}

/// Gets what others pushed and puts the local commits on top of it.
fn catch_up(
    git: &Git,
    branch: &str,
    upstream: &Upstream,
    lifecycle: &Lifecycle,
    validate: Validate<'_>,
) -> Result<Replayed, Failure> {
    // Two fetches at once would be in each other's way too. Whoever waits in vain has committed: to try again is no advice.
    let held = |held: Failure| Failure { hints: vec![LATER.to_owned()], ..held };
    let _lock = Lock::acquire(git, lock::PATIENCE).map_err(held)?;
    state::ready(git)?;
    fetch(git, upstream)?;
    replay::replay(git, branch, &upstream.tracking, lifecycle, validate)
}

fn not_pushed(failure: Failure) -> Failure {
    let message = format!("committed here, but not pushed: {}", failure.message);
    Failure { message, left: Left::Committed, ..failure }
}

/// Where a branch goes: to its upstream, else to the branch of the same name in `origin` or in the only remote.
fn upstream(git: &Git, name: &str) -> Result<Upstream, Failure> {
    let format = "--format=%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)";
    let answer = git.run(&["for-each-ref", format, &format!("refs/heads/{name}")]).map_err(not_pushed)?;
    if let [remote, branch, tracking] = answer.split('\0').collect::<Vec<_>>()[..]
        && !remote.is_empty()
        && !tracking.is_empty()
    {
        let branch = branch.trim_start_matches("refs/heads/").to_owned();
        return Ok(Upstream { remote: remote.to_owned(), branch, tracking: tracking.to_owned(), new: false });
    }
    let remote = remote(git).map_err(not_pushed)?;
    Ok(Upstream { branch: name.to_owned(), tracking: format!("refs/remotes/{remote}/{name}"), new: true, remote })
}

/// `origin`, or the only remote.
///
/// # Errors
///
/// There is none, or there are several and none is called so.
pub fn remote(git: &Git) -> Result<String, Failure> {
    let remotes = git.run(&["remote"])?;
    let remotes: Vec<&str> = remotes.lines().collect();
    let remote = remotes.iter().find(|r| **r == "origin").or(if remotes.len() == 1 { remotes.first() } else { None });
    remote.map(|remote| (*remote).to_owned()).ok_or_else(|| {
        let why = if remotes.is_empty() { "this repository has no remote" } else { "no remote is set for this branch" };
        Failure::new(why).hint("`git remote add origin URL`, then `git push -u origin HEAD`")
    })
}

/// Why a remote did not take a push.
struct Refusal {
    text: String,
}

impl Refusal {
    /// Another push was faster or is going on; the next try may go through.
    fn is_a_race(&self) -> bool {
        let signs = ["fetch first", "non-fast-forward", "lock", "failed to update ref", "incorrect old value", "stale"];
        signs.iter().any(|sign| self.text.contains(sign))
    }
}

/// `None` where it went through. A failure is one that no other try can mend.
fn try_push(git: &Git, branch: &str, upstream: &Upstream) -> Result<Option<Refusal>, Failure> {
    let refspec = format!("{branch}:refs/heads/{}", upstream.branch);
    let mut args = vec!["push", "--porcelain"];
    if upstream.new {
        args.push("--set-upstream");
    }
    args.extend(["--", &upstream.remote, &refspec]);
    let output = git.ask(&args)?;
    if output.ok {
        return Ok(None);
    }
    // `!`, what, and why, with tabs between; the same in every language.
    let refused = output.stdout.lines().find_map(|line| line.strip_prefix("!\t")?.split('\t').nth(1));
    match refused {
        Some(reason) => {
            let details: Vec<&str> = output.stderr.lines().filter(|line| line.starts_with("remote:")).collect();
            Ok(Some(Refusal { text: [&[reason], &details[..]].concat().join("\n") }))
        }
        None => Err(not_pushed(Failure::new(output.complaint())).hint(format!("when that is mended, {LATER}"))),
    }
}

fn fetch(git: &Git, upstream: &Upstream) -> Result<(), Failure> {
    let refspec = format!("+refs/heads/{}:{}", upstream.branch, upstream.tracking);
    let args = ["-c", "gc.auto=0", "-c", "maintenance.auto=false", "fetch", "--quiet", "--no-tags", "--"];
    let args = [&args[..], &[&upstream.remote, &refspec]].concat();
    for attempt in 0..ATTEMPTS {
        let output = git.ask(&args)?;
        if output.ok {
            return Ok(());
        }
        // Another push or fetch of this clone has just moved what is known of the branch: the name is in the complaint.
        if !output.stderr.contains(&upstream.tracking) {
            return Err(Failure::new(output.complaint()).hint(LATER));
        }
        sleep(pause(attempt));
    }
    let lock = git.common().join(format!("{}.lock", upstream.tracking));
    Err(Failure::new(format!("other processes of this clone kept {} busy", upstream.tracking))
        .hint(format!("if none is running, a killed one left a file behind: `rm '{}'`", lock.display()))
        .hint(LATER))
}

/// Random, so that those who met once do not meet again; longer each time.
fn pause(attempt: u32) -> Duration {
    let longest = LONGEST_PAUSE.min(Duration::from_millis(30) * 2u32.pow(attempt.min(10)));
    let random = RandomState::new().hash_one(attempt) % 1000;
    longest.mul_f64(random as f64 / 1000.0)
}
