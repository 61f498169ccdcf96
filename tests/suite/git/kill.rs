//! Processes that are killed at any moment.

use std::process::{Command, Stdio};
use std::time::Duration;

use git_incident::git::exec::Git;

use super::clone::Clone;
use super::push::{RECORD, append, entry, push, record, team};

const ROOT: &str = "GIT_INCIDENT_TEST_ROOT";
const NOTE: &str = "GIT_INCIDENT_TEST_NOTE";

/// Not a test of its own: what the other tests kill.
#[test]
#[ignore = "run by the other tests of this file"]
fn victim() {
    let (Ok(root), Ok(note)) = (std::env::var(ROOT), std::env::var(NOTE)) else { return };
    let git = Git::open(root.as_ref()).unwrap();
    append(&git, &entry(5, &format!("note: {note}")));
    push(&git).unwrap();
}

/// Runs an update and push in a process of its own, and kills it after a while.
fn kill_after(clone: &Clone, note: &str, delay: Duration) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "git::kill::victim", "--ignored"])
        .env(ROOT, &clone.root)
        .env(NOTE, note)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn an_update_that_is_killed_leaves_the_record_whole_and_the_repository_usable() {
    let (remote, clones) = team("killed", 2);
    let [clone, other] = &clones[..] else { unreachable!() };
    let mut seen = String::new();
    for round in 0..25 {
        // Others push at the same time, so that a kill may hit a replay too.
        append(&other.open(), &entry(4, &format!("note: other-{round}")));
        other.file("README", &format!("{round}\n")).git(&["commit", "--quiet", "-am", "unrelated"]);
        push(&other.open()).unwrap();
        kill_after(clone, &format!("killed-{round}"), Duration::from_millis(round * 8));

        let text = clone.read(RECORD);
        assert!(text.ends_with("\n---\n") && text.starts_with("---\ntitle:"), "{text}");
        let notes = |text: &str| text.matches("    note: ").count();
        assert_eq!(text.matches("  - at: ").count(), notes(&text) + 1, "every entry is whole\n{text}");
        seen.push_str(&text);
    }
    append(&clone.open(), &entry(6, "note: last"));
    push(&clone.open()).unwrap();
    let text = clone.read(RECORD);
    for round in 0..25 {
        assert!(text.contains(&format!("note: other-{round}\n")), "{round}");
        let killed = format!("note: killed-{round}\n");
        assert_eq!(text.contains(&killed), seen.contains(&killed), "an entry that was once there stays: {round}");
        assert!(text.matches(&killed).count() <= 1);
    }
    assert_eq!(remote.git(&["show", &format!("main:{RECORD}")]) + "\n", text);
    assert_eq!(clone.status(), "");
    assert_ne!(text, record(""));
    clone.git(&["fsck", "--strict"]);
}
