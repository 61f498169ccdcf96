//! Many responders, one remote.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use git_incident::git::commit::commit;
use git_incident::git::exec::{Failure, Git};
use git_incident::git::lock::Lock;
use git_incident::git::revision::Revision;
use git_incident::git::sync::{self, Pushed};
use git_incident::git::write::Change;
use git_incident::record::archive::{Archive, Tree};
use git_incident::record::lifecycle::Lifecycle;

use super::clone::{Clone, scratch};

pub const RECORD: &str = "incidents/2026/11/2026-11-21-x/incident.md";

/// A bare remote with one record, and clones of it.
pub fn team(name: &str, clones: usize) -> (Clone, Vec<Clone>) {
    let folder = scratch(name);
    let seed = Clone::new(&format!("{name}-seed"));
    seed.file(RECORD, &record("")).file("README", "hello\n").git(&["add", "."]);
    seed.git(&["commit", "--quiet", "-m", "record"]);
    let remote = Clone { root: folder.join("remote.git") };
    fs::create_dir_all(&remote.root).unwrap();
    remote.git(&["init", "--quiet", "--bare", "--initial-branch=main"]);
    seed.git(&["push", "--quiet", remote.root.to_str().unwrap(), "main"]);
    let clone = |i| Clone::of(&[], remote.root.to_str().unwrap(), folder.join(format!("clone-{i}")));
    let clones = (0..clones).map(clone).collect();
    (remote, clones)
}

pub fn record(entries: &str) -> String {
    format!(
        "---\ntitle: Checkout fails\ntimeline:\n  - at: 2026-11-21T10:00:00Z\n    by: mara\n    status: investigating\n{entries}---\n"
    )
}

pub fn entry(minute: u32, rest: &str) -> String {
    format!("  - at: 2026-11-21T10:{minute:02}:00Z\n    by: mara\n    {rest}\n")
}

pub fn push(git: &Git) -> Result<Pushed, Failure> {
    push_if(git, |_, _| Ok(()))
}

fn push_if(git: &Git, mut valid: impl FnMut(&Revision, &[String]) -> Result<(), String>) -> Result<Pushed, Failure> {
    sync::push(git, &Lifecycle::built_in().unwrap(), &mut valid)
}

/// What `update` does: read, append, commit, all under the lock.
pub fn append(git: &Git, entry: &str) {
    let lock = Lock::acquire(git, Duration::from_secs(60)).unwrap();
    let text = fs::read_to_string(git.root().join(RECORD)).unwrap();
    let text = format!("{}{entry}---\n", text.strip_suffix("---\n").unwrap());
    commit(git, &lock, &[Change { path: RECORD, content: Some(text.as_bytes()) }], "x: update\n").unwrap();
}

#[test]
fn what_others_pushed_meanwhile_comes_first_and_nothing_else_is_touched() {
    let (remote, clones) = team("meanwhile", 2);
    let [jonas, mara] = &clones[..] else { unreachable!() };
    append(&jonas.open(), &entry(5, "note: From Jonas."));
    jonas.file("README", "changed\n").git(&["commit", "--quiet", "-am", "unrelated"]);
    assert_eq!(push(&jonas.open()).unwrap().replays, 0);

    append(&mara.open(), &entry(4, "note: From Mara."));
    mara.file("staged", "1\n").file("untracked", "1\n").git(&["add", "staged"]);
    let pushed = push(&mara.open()).unwrap();

    assert_eq!((pushed.remote.as_str(), pushed.branch.as_str(), pushed.replays), ("origin", "main", 1));
    let both = record(&format!("{}{}", entry(4, "note: From Mara."), entry(5, "note: From Jonas.")));
    assert_eq!(mara.read(RECORD), both);
    assert_eq!(remote.git(&["show", &format!("main:{RECORD}")]) + "\n", both);
    assert_eq!(mara.read("README"), "changed\n");
    assert_eq!(mara.status(), "A  staged\n?? untracked");
    assert_eq!(mara.git(&["log", "--format=%s", "-3"]), "x: update\nunrelated\nx: update");
    assert_eq!(mara.changed_in("HEAD"), [RECORD]);
}

#[cfg(unix)]
#[test]
fn what_others_pushed_is_checked_out_as_git_does_it_here() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let (_, clones) = team("checked-out", 3);
    let [jonas, mara, sparse] = &clones[..] else { unreachable!() };
    mara.git(&["config", "core.autocrlf", "true"]);
    sparse.git(&["sparse-checkout", "set", "incidents"]);
    jonas.file("run.sh", "#!/bin/sh\n").file("README", "one\ntwo\n").file("folder/file", "1\n");
    symlink("README", jonas.root.join("link")).unwrap();
    jonas.git(&["add", "."]);
    jonas.git(&["update-index", "--chmod=+x", "run.sh"]);
    jonas.git(&["commit", "--quiet", "-m", "unrelated"]);
    push(&jonas.open()).unwrap();

    append(&mara.open(), &entry(4, "note: From Mara."));
    push(&mara.open()).unwrap();
    assert_eq!(mara.read("README"), "one\r\ntwo\r\n");
    assert_eq!(fs::read_link(mara.root.join("link")).unwrap(), Path::new("README"));
    assert_ne!(fs::metadata(mara.root.join("run.sh")).unwrap().mode() & 0o100, 0);
    assert_eq!(mara.status(), "");
    let own = fs::read_dir(mara.root.join(".git")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert_eq!(own.filter(|name| name.starts_with("incident-replay")).collect::<Vec<_>>(), [""; 0]);

    append(&sparse.open(), &entry(5, "note: From the sparse tree."));
    push(&sparse.open()).unwrap();
    assert!(!sparse.root.join("folder").exists() && sparse.read(RECORD).contains("From Mara."));
    assert_eq!(sparse.status(), "");

    // A folder takes the place of a file.
    jonas.git(&["checkout", "--quiet", "run.sh"]);
    jonas.git(&["pull", "--quiet", "--rebase"]);
    jonas.git(&["rm", "--quiet", "-r", "folder", "link"]);
    jonas.file("folder", "a file\n").file("link/file", "a folder\n").git(&["add", "."]);
    jonas.git(&["commit", "--quiet", "-m", "swap"]);
    push(&jonas.open()).unwrap();
    append(&mara.open(), &entry(6, "note: Again."));
    push(&mara.open()).unwrap();
    assert_eq!((mara.read("folder"), mara.read("link/file")), ("a file\r\n".to_owned(), "a folder\r\n".to_owned()));
    assert_eq!(mara.status(), "");
}

#[test]
fn the_author_and_the_time_of_a_replayed_commit_stay() {
    let (_, clones) = team("author-stays", 2);
    append(&clones[0].open(), &entry(5, "note: 1"));
    push(&clones[0].open()).unwrap();
    append(&clones[1].open(), &entry(6, "note: 2"));
    clones[1].git(&[
        "commit",
        "--amend",
        "--quiet",
        "--no-edit",
        "--author=Wei <w@x.example>",
        "--date=@1700000000 +0530",
    ]);
    push(&clones[1].open()).unwrap();
    assert_eq!(clones[1].git(&["log", "-1", "--format=%an %ad %cn", "--date=raw"]), "Wei 1700000000 +0530 Mara Ito");
}

#[test]
fn a_disagreement_leaves_the_repository_exactly_as_it_was() {
    let (_, clones) = team("disagree", 2);
    append(&clones[0].open(), &entry(5, "status: monitoring"));
    push(&clones[0].open()).unwrap();
    append(&clones[1].open(), &entry(6, "status: identified"));
    unchanged(&clones[1], || push(&clones[1].open()), "cannot follow the other side's `monitoring`");
}

#[test]
fn what_is_not_valid_on_top_is_not_pushed() {
    let (_, clones) = team("invalid", 2);
    append(&clones[0].open(), &entry(5, "note: 1"));
    push(&clones[0].open()).unwrap();
    append(&clones[1].open(), &entry(6, "note: 2"));
    let mut seen = None;
    let refuse = |files: &Revision, changed: &[String]| {
        let archive = Archive::load(files).unwrap();
        let entries = archive.event("2026-11-21-x").unwrap().incident().unwrap().timeline.len();
        seen = Some((changed.to_vec(), entries, files.read("README").unwrap()));
        Err("it was closed".to_owned())
    };
    unchanged(&clones[1], || push_if(&clones[1].open(), refuse), "no longer valid: it was closed");
    assert_eq!(seen.unwrap(), (vec![RECORD.to_owned()], 3, Some(b"hello\n".to_vec())));
}

#[test]
fn a_local_change_in_the_way_stays() {
    let (_, clones) = team("in-the-way", 2);
    clones[0].file("README", "theirs\n").git(&["commit", "--quiet", "-am", "unrelated"]);
    push(&clones[0].open()).unwrap();
    append(&clones[1].open(), &entry(6, "note: 2"));
    clones[1].file("README", "mine\n");
    unchanged(&clones[1], || push(&clones[1].open()), "a local change is in the way");
}

/// Runs a push that must fail for a reason, and leave everything as it was.
#[track_caller]
fn unchanged(clone: &Clone, push: impl FnOnce() -> Result<Pushed, Failure>, reason: &str) {
    let state = || (clone.git(&["rev-parse", "HEAD"]), clone.status(), clone.read(RECORD), clone.read("README"));
    let before = state();
    let failure = push().unwrap_err();
    assert!(failure.message.starts_with("committed here, but not pushed: "), "{failure}");
    assert!(failure.message.contains(reason), "{failure}");
    assert_eq!(state(), before);
}

#[test]
#[cfg(unix)]
fn what_the_server_refuses_is_said_in_its_words() {
    let (remote, clones) = team("server", 1);
    remote.server_hook("pre-receive", "echo 'main is frozen' >&2; exit 1");
    append(&clones[0].open(), &entry(5, "note: 1"));
    let failure = push(&clones[0].open()).unwrap_err();
    assert!(failure.message.contains("pre-receive hook declined"), "{failure}");
    assert!(failure.message.contains("main is frozen"), "{failure}");
}

#[test]
fn no_remote_no_network_no_branch() {
    let alone = Clone::new("alone");
    assert!(push(&alone.open()).unwrap_err().message.contains("has no remote"));
    alone.git(&["remote", "add", "origin", "/nowhere/at/all.git"]);
    let failure = push(&alone.open()).unwrap_err();
    assert!(failure.message.contains("/nowhere/at/all.git"), "{failure}");
    alone.git(&["checkout", "--quiet", "--detach"]);
    assert!(push(&alone.open()).unwrap_err().message.contains("detached"));
}

#[test]
fn the_first_push_sets_the_upstream() {
    let (remote, clones) = team("first-push", 1);
    clones[0].git(&["checkout", "--quiet", "-b", "drill"]);
    append(&clones[0].open(), &entry(5, "note: 1"));
    push(&clones[0].open()).unwrap();
    assert_eq!(clones[0].git(&["rev-parse", "--abbrev-ref", "@{upstream}"]), "origin/drill");
    assert_eq!(remote.git(&["log", "-1", "--format=%s", "drill"]), "x: update");
}

#[test]
fn replayed_commits_are_signed_where_that_is_configured() {
    let (_, clones) = team("signed-replay", 2);
    let Some(_key) = clones[1].sign_commits("signed-replay-key") else { return };
    append(&clones[0].open(), &entry(5, "note: 1"));
    push(&clones[0].open()).unwrap();
    append(&clones[1].open(), &entry(6, "note: 2"));
    assert_eq!(push(&clones[1].open()).unwrap().replays, 1);
    assert!(clones[1].git(&["cat-file", "commit", "HEAD"]).contains("BEGIN SSH SIGNATURE"));
}

#[test]
fn a_git_server_on_loopback() {
    let (remote, _) = team("daemon", 0);
    let folder = remote.root.parent().unwrap();
    let Some((_daemon, address)) = serve(folder) else { return };
    let clones: Vec<Clone> =
        (0..2).map(|i| Clone::of(&[], &format!("{address}/remote.git"), folder.join(format!("clone-{i}")))).collect();
    append(&clones[0].open(), &entry(5, "note: 1"));
    append(&clones[1].open(), &entry(6, "note: 2"));
    push(&clones[0].open()).unwrap();
    assert_eq!(push(&clones[1].open()).unwrap().replays, 1);
    assert_eq!(remote.git(&["show", &format!("main:{RECORD}")]).matches("note:").count(), 2);
}

/// A git server of a folder, ended when it is dropped. `None` where this git has none.
pub fn serve(folder: &Path) -> Option<(Daemon, String)> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let clone = Clone { root: folder.to_path_buf() };
    // Not through `git daemon`: to end that would leave its child alive.
    let program = Path::new(&clone.git(&["--exec-path"])).join("git-daemon");
    let child = clone
        .command(program.to_str()?)
        .args(["--export-all", "--enable=receive-pack", "--listen=127.0.0.1", "--reuseaddr"])
        .arg(format!("--port={port}"))
        .arg(format!("--base-path={}", folder.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut daemon = Daemon(child);
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some((daemon, format!("git://127.0.0.1:{port}")));
        }
        if daemon.0.try_wait().unwrap().is_some() {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}

pub struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
