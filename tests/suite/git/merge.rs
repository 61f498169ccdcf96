//! The merge driver, called by a real git.

use git_incident::git::driver::install;

use super::clone::{Clone, scratch};

const RECORD: &str = "incidents/2026/11/2026-11-21-x/incident.md";

fn record(entries: &str) -> String {
    format!(
        "---\ntitle: Checkout fails\ntimeline:\n  - at: 2026-11-21T10:00:00Z\n    by: mara\n    status: investigating\n{entries}---\n"
    )
}

fn entry(minute: u8, rest: &str) -> String {
    format!("  - at: 2026-11-21T10:{minute:02}:00Z\n    by: mara\n    {rest}\n")
}

/// A repository whose branches `main` and `side` changed the record differently; `main` is checked out.
fn diverged(name: &str, ours: &str, theirs: &str) -> Clone {
    let clone = Clone::new(name);
    assert!(install(&clone.open()).unwrap());
    assert!(!install(&clone.open()).unwrap(), "once is enough");
    clone.file(RECORD, &record("")).git(&["add", "."]);
    clone.git(&["commit", "--quiet", "-m", "record"]);
    clone.git(&["checkout", "--quiet", "-b", "side"]);
    clone.file(RECORD, theirs).git(&["commit", "--quiet", "-am", "theirs"]);
    clone.git(&["checkout", "--quiet", "main"]);
    clone.file(RECORD, ours).git(&["commit", "--quiet", "-am", "ours"]);
    clone
}

#[test]
fn merge_rebase_and_cherry_pick_keep_both_updates_in_order() {
    let (early, late) = (entry(5, "note: Early."), entry(6, "note: Late."));
    for (name, command) in [("driver-merge", "merge"), ("driver-rebase", "rebase"), ("driver-pick", "cherry-pick")] {
        let clone = diverged(name, &record(&late), &record(&early));
        clone.git(&[command, "side"]);
        assert_eq!(clone.read(RECORD), record(&format!("{early}{late}")), "{command}");
        assert_eq!(clone.status(), "", "{command}");
    }
}

#[test]
fn a_real_disagreement_stays_a_conflict() {
    let ours = entry(5, "status: monitoring");
    let theirs = entry(6, "status: identified");
    let clone = diverged("driver-conflict", &record(&ours), &record(&theirs));
    let (ok, said) = clone.try_git(&["merge", "side"]);
    assert!(!ok);
    assert!(said.contains("which cannot follow the other side's `monitoring`"), "{said}");
    assert_eq!(clone.read(RECORD), record(&format!("<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n")));
    assert!(clone.status().contains(&format!("UU {RECORD}")));
}

#[test]
fn the_lifecycle_is_the_repositorys_own() {
    let clone = diverged(
        "driver-lifecycle",
        &record(&entry(5, "status: monitoring")),
        &record(&entry(6, "status: identified")),
    );
    let lifecycle = "incident:\n  initial: [{to: [investigating]}]\n  states: {investigating: {}, monitoring: {}, identified: {}}\n  transitions:\n    - {from: monitoring, to: [identified]}\n";
    clone.file("schemas/lifecycle.yaml", lifecycle);
    clone.git(&["merge", "side"]);
}

#[test]
fn what_is_no_record_is_merged_by_lines() {
    let clone = diverged("driver-lines", "a\nb\nc\nd\ne\n", "no record\n");
    assert!(!clone.try_git(&["merge", "side"]).0);
    assert!(clone.read(RECORD).contains("<<<<<<< ours\na\nb\nc\nd\ne\n=======\nno record\n"), "{}", clone.read(RECORD));
}

#[test]
fn two_clones_pull_from_each_other() {
    let (early, late) = (entry(5, "note: Early."), entry(6, "note: Late."));
    let first = diverged("driver-clone", &record(&late), &record(&early));
    let second = Clone::of(&[], first.root.to_str().unwrap(), scratch("driver-clone-2"));
    install(&second.open()).unwrap();
    second.git(&["pull", "--quiet", "--no-rebase", "origin", "side"]);
    assert_eq!(second.read(RECORD), record(&format!("{early}{late}")));
}
