//! One update, one commit: exactly the record's files, made as the user's own git makes it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use git_incident::git::commit::commit;
use git_incident::git::exec::Git;
use git_incident::git::lock::Lock;
use git_incident::git::write::Change;

use super::clone::{Clone, commit_in, scratch};

const RECORD: &str = "incidents/2026/11/2026-11-21-x/incident.md";

#[test]
fn only_the_given_files_are_committed_and_the_rest_stays_as_it_was() {
    let clone = Clone::new("only");
    clone.file(RECORD, "old\n").file("dirty", "1\n").git(&["add", "."]);
    clone.git(&["commit", "--quiet", "-m", "second"]);
    clone.file("dirty", "2\n").file("staged", "1\n").file("untracked", "1\n").git(&["add", "staged"]);

    let commit = clone.commit(RECORD, "new\n").unwrap();

    assert_eq!(clone.changed_in("HEAD"), [RECORD]);
    assert_eq!(clone.status(), " M dirty\nA  staged\n?? untracked");
    assert_eq!(commit.branch.as_deref(), Some("main"));
    assert!(clone.git(&["rev-parse", "HEAD"]).starts_with(&commit.id));
    assert_eq!(commit.warning(), None);
}

#[test]
fn author_committer_and_message_are_what_they_should_be() {
    let clone = Clone::new("author");
    clone.commit(RECORD, "new\n").unwrap();
    assert_eq!(clone.git(&["log", "-1", "--format=%an %ae %cn %s"]), "Mara Ito mara@shop.example Mara Ito x: update");
}

#[test]
fn the_first_commit_of_a_repository() {
    let clone = Clone::unborn("unborn");
    clone.file("staged", "1\n").git(&["add", "staged"]);
    clone.commit(RECORD, "new\n").unwrap();
    assert_eq!(clone.changed_in("HEAD"), [RECORD]);
    assert_eq!(clone.status(), "A  staged");
}

#[test]
fn several_files_at_once_one_of_them_removed() {
    let clone = Clone::new("several");
    clone.commit("a[1]*.md", "old\n").unwrap();
    let git = clone.open();
    let lock = Lock::acquire(&git, Duration::from_secs(5)).unwrap();
    let changes = [
        Change { path: "a[1]*.md", content: None },
        Change { path: "b/c.md", content: Some(b"c\n") },
        Change { path: "b/graph.png", content: Some(b"\x89PNG\r\n\x00") },
    ];
    commit(&git, &lock, &changes, "x: update\n").unwrap();
    assert_eq!(clone.changed_in("HEAD"), ["a[1]*.md", "b/c.md", "b/graph.png"]);
    assert_eq!(clone.status(), "");
    assert_eq!(fs::read(clone.root.join("b/graph.png")).unwrap(), b"\x89PNG\r\n\x00");
}

#[test]
fn a_file_that_was_written_before_and_never_added() {
    let clone = Clone::new("written");
    clone.file(RECORD, "written by --no-commit\n");
    clone.commit(RECORD, "and updated\n").unwrap();
    assert_eq!(clone.changed_in("HEAD"), [RECORD]);
}

#[test]
fn records_in_a_folder_of_a_larger_repository() {
    let clone = Clone::new("sub-folder");
    fs::create_dir_all(clone.root.join("ops")).unwrap();
    let git = Git::open(&clone.root.join("ops")).unwrap();
    assert_eq!(git.prefix(), "ops/");
    commit_in(&git, RECORD, "new\n").unwrap();
    assert_eq!(clone.changed_in("HEAD"), [format!("ops/{RECORD}")]);
}

#[test]
fn a_second_work_tree_commits_to_its_own_branch() {
    let clone = Clone::new("work-tree");
    let other = scratch("work-tree-2");
    fs::remove_dir(&other).unwrap();
    clone.git(&["worktree", "add", "--quiet", "-b", "side", other.to_str().unwrap()]);
    let commit = commit_in(&Git::open(&other).unwrap(), RECORD, "new\n").unwrap();
    assert_eq!(commit.branch.as_deref(), Some("side"));
    assert_eq!(clone.git(&["log", "-1", "--format=%s", "side"]), "x: update");
    assert_eq!(clone.git(&["log", "-1", "--format=%s", "main"]), "first");
}

#[test]
fn a_detached_head_gets_the_commit_and_a_warning() {
    let clone = Clone::new("detached");
    clone.git(&["checkout", "--quiet", "--detach"]);
    let commit = clone.commit(RECORD, "new\n").unwrap();
    assert_eq!(clone.changed_in("HEAD"), [RECORD]);
    assert!(commit.warning().unwrap().contains("git switch -c"));
}

#[test]
fn line_endings_follow_the_configuration() {
    let clone = Clone::new("autocrlf");
    clone.git(&["config", "core.autocrlf", "true"]);
    clone.commit(RECORD, "one\r\ntwo\r\n").unwrap();
    assert_eq!(clone.read(RECORD), "one\r\ntwo\r\n");
    assert_eq!(clone.git(&["cat-file", "-s", &format!("HEAD:{RECORD}")]), "8");
    assert_eq!(clone.status(), "");
}

#[test]
fn a_sparse_checkout_keeps_the_files_it_skips() {
    let clone = Clone::new("sparse");
    for path in ["app/main.c", "docs/index.md"] {
        clone.file(path, "1\n").git(&["add", path]);
    }
    clone.git(&["commit", "--quiet", "-m", "second"]);
    clone.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "docs"]);
    assert!(!clone.root.join("app").exists());
    clone.commit(RECORD, "new\n").unwrap();
    clone.commit(RECORD, "newer\n").unwrap();
    assert_eq!(clone.changed_in("HEAD"), [RECORD]);
    assert_eq!(clone.git(&["ls-tree", "-r", "--name-only", "HEAD"]).lines().count(), 4);
    assert!(!clone.root.join("app").exists());
}

#[test]
fn repositories_that_libgit2_cannot_read() {
    let clone = Clone { root: scratch("sha256") };
    clone.git(&["init", "--quiet", "--initial-branch=main", "--object-format=sha256"]);
    clone.git(&["config", "user.name", "Mara"]);
    clone.git(&["config", "user.email", "mara@shop.example"]);
    let commit = clone.commit(RECORD, "new\n").unwrap();
    assert!(clone.git(&["rev-parse", "HEAD"]).starts_with(&commit.id));
}

#[test]
#[cfg(unix)]
fn hooks_run_and_may_change_the_message() {
    let clone = Clone::new("hooks");
    clone.hook("pre-commit", "echo ran >> .git/ran");
    clone.hook("commit-msg", "echo 'Reviewed-by: nobody' >> \"$1\"");
    clone.commit(RECORD, "new\n").unwrap();
    assert_eq!(clone.read(".git/ran"), "ran\n");
    assert!(clone.git(&["log", "-1", "--format=%B"]).contains("Reviewed-by: nobody"));
}

#[test]
#[cfg(unix)]
fn what_a_hook_refuses_stays_written_and_the_index_is_as_before() {
    let clone = Clone::new("refused");
    clone.file("staged", "1\n").git(&["add", "staged"]);
    clone.hook("pre-commit", "echo 'no commits on a Friday' >&2; exit 1");
    let failure = clone.commit(RECORD, "new\n").unwrap_err();
    assert!(failure.message.contains("written, but not committed"), "{failure}");
    assert!(failure.message.contains("no commits on a Friday"), "{failure}");
    assert!(failure.hints[0].contains(RECORD), "{failure}");
    assert_eq!(clone.read(RECORD), "new\n");
    assert_eq!(clone.status(), "A  staged\n?? incidents/");
    assert_eq!(clone.git(&["log", "--oneline"]).lines().count(), 1);
}

#[test]
fn commits_are_signed_where_that_is_configured() {
    let clone = Clone::new("signed");
    let Some(key) = clone.sign_commits("signed-key") else { return };
    clone.commit(RECORD, "new\n").unwrap();
    assert!(clone.git(&["cat-file", "commit", "HEAD"]).contains("BEGIN SSH SIGNATURE"));
    // A key that is gone is said, and nothing is committed unsigned.
    fs::remove_file(&key).unwrap();
    assert!(clone.commit(RECORD, "newer\n").is_err());
    assert_eq!(clone.status(), format!(" M {RECORD}"));
}

#[test]
#[cfg(unix)]
fn commits_are_signed_by_gpg_too() {
    let clone = Clone::new("signed-gpg");
    let Some(home) = clone.sign_commits_by_gpg() else {
        return eprintln!("skipped: this machine has no gpg");
    };
    // The program is run as a person runs it, because the signer is found through the environment.
    clone.file("incident.yaml", "people: [{id: mara, name: Mara Ito}]\n").git(&["add", "."]);
    clone.git(&["commit", "--quiet", "--no-gpg-sign", "-m", "config"]);
    let signed = |program: &str, args: &[&str]| {
        let output = clone.command(program).args(args).env("GNUPGHOME", &home.0).output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let (made, said) = signed(env!("CARGO_BIN_EXE_git-incident"), &["new", "Checkout fails"]);
    assert!(made, "{said}");
    let (verified, said) = signed("git", &["verify-commit", "HEAD"]);
    assert!(verified && said.contains("Good signature from \"Mara Ito <mara@shop.example>\""), "{said}");
    // A key that is not there is said, and nothing is committed unsigned.
    clone.git(&["config", "user.signingKey", "nobody@shop.example"]);
    let (made, said) = signed(env!("CARGO_BIN_EXE_git-incident"), &["update", "-m", "x"]);
    assert!(!made && said.contains("written, but not committed"), "{said}");
}

#[test]
fn in_the_middle_of_a_merge_nothing_is_written() {
    let clone = Clone::new("merging");
    clone.git(&["checkout", "--quiet", "-b", "side"]);
    clone.file("README", "side\n").git(&["commit", "--quiet", "-am", "side"]);
    clone.git(&["checkout", "--quiet", "main"]);
    clone.file("README", "main\n").git(&["commit", "--quiet", "-am", "main"]);
    for (command, word) in [("merge", "a merge"), ("rebase", "a rebase"), ("cherry-pick", "a cherry-pick")] {
        assert!(!clone.try_git(&[command, "side"]).0);
        let failure = clone.commit(RECORD, "new\n").unwrap_err();
        assert!(failure.message.starts_with(word), "{failure}");
        assert!(failure.hints[0].contains("--abort"), "{failure}");
        assert!(!clone.root.join(RECORD).exists());
        clone.git(&[command, "--abort"]);
    }
    clone.git(&["bisect", "start"]);
    assert!(clone.commit(RECORD, "new\n").unwrap_err().message.starts_with("a bisect"));
    clone.git(&["bisect", "reset"]);
    clone.commit(RECORD, "new\n").unwrap();
}

#[test]
fn an_index_that_another_git_holds_is_waited_for() {
    let clone = Clone::new("index-lock");
    let lock = clone.root.join(".git/index.lock");
    fs::write(&lock, "").unwrap();
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        fs::remove_file(lock).unwrap();
    });
    clone.commit(RECORD, "new\n").unwrap();
    release.join().unwrap();
}

#[test]
fn no_repository_is_said() {
    let outside = std::env::temp_dir();
    let failure = Git::open(&outside).unwrap_err();
    assert!(failure.message.contains("there is no git repository at "), "{failure}");
}

#[test]
fn a_second_writer_waits_and_learns_who_writes() {
    let clone = Clone::new("lock");
    let git = clone.open();
    let held = Lock::acquire(&git, Duration::from_secs(5)).unwrap();
    let failure = Lock::acquire(&git, Duration::from_millis(50)).unwrap_err();
    assert!(failure.message.contains(&format!("process {}", std::process::id())), "{failure}");

    let started = Instant::now();
    let waiting = std::thread::spawn({
        let git = git.clone();
        move || Lock::acquire(&git, Duration::from_secs(20)).map(|_| ())
    });
    std::thread::sleep(Duration::from_millis(100));
    drop(held);
    waiting.join().unwrap().unwrap();
    assert!(started.elapsed() >= Duration::from_millis(100));
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_is_not_replaced() {
    let clone = Clone::new("symlink");
    clone.file("real.md", "old\n");
    std::os::unix::fs::symlink("real.md", clone.root.join("link.md")).unwrap();
    assert!(clone.commit("link.md", "new\n").unwrap_err().message.contains("symbolic link"));
    assert_eq!(clone.read("real.md"), "old\n");
}

#[test]
fn a_repository_is_found_where_git_itself_finds_it() {
    let clone = Clone::new("found");
    clone.commit("a/b/c.md", "x\n").unwrap();
    let linked = clone.root.join("linked");
    clone.git(&["worktree", "add", "--quiet", "linked"]);
    for folder in [clone.root.clone(), clone.root.join("a/b"), linked.join("a")] {
        let asked = Command::new("git")
            .args(["rev-parse", "--absolute-git-dir", "--path-format=absolute", "--git-common-dir", "--show-prefix"])
            .current_dir(&folder)
            .output()
            .unwrap();
        let git = Git::open(&folder).unwrap();
        let found = [git.dir(), git.common(), Path::new(git.prefix())];
        let answers = String::from_utf8(asked.stdout).unwrap();
        assert_eq!(found, [0, 1, 2].map(|line| Path::new(answers.lines().nth(line).unwrap_or_default())));
    }
    let inside = clone.root.join(".git");
    assert!(Git::open(&inside).unwrap_err().to_string().contains("no work tree"), "nothing can be written there");
}

#[test]
fn git_tidies_up_afterwards_for_those_who_let_it() {
    let clone = Clone::new("tidy");
    // So few loose objects are too many.
    clone.git(&["config", "gc.auto", "1"]);
    clone.git(&["config", "maintenance.auto", "false"]);
    let packs = || fs::read_dir(clone.root.join(".git/objects/pack")).unwrap().count();
    for n in 0..300 {
        clone.file("loose", &n.to_string()).git(&["hash-object", "-w", "loose"]);
    }
    clone.commit(RECORD, "1\n").unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(packs(), 0, "they turned it off");

    clone.git(&["config", "--unset", "maintenance.auto"]);
    clone.commit(RECORD, "2\n").unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    while packs() == 0 {
        assert!(Instant::now() < deadline, "nothing was packed");
        std::thread::sleep(Duration::from_millis(20));
    }
}
