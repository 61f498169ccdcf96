//! The merge driver, called by a real git.

use std::env;

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
    let (our_name, their_name) = names(&clone);
    let markers = format!("<<<<<<< {our_name}\n{ours}=======\n{theirs}>>>>>>> {their_name}\n");
    assert_eq!(clone.read(RECORD), record(&markers));
    assert!(clone.status().contains(&format!("UU {RECORD}")));
}

/// What the sides of a merge are called; before 2.44 git does not tell a driver.
fn names(clone: &Clone) -> (&'static str, &'static str) {
    let told = clone.read(RECORD).contains("<<<<<<< HEAD\n");
    if told { ("HEAD", "side") } else { ("ours", "theirs") }
}

#[test]
fn markers_have_the_names_that_git_gives() {
    let clone = Clone::new("driver-labels");
    let sides =
        [("base", record("")), ("ours", entry(5, "status: monitoring")), ("theirs", entry(6, "status: identified"))];
    let merge = |labels: [&str; 3]| {
        for (file, text) in &sides {
            clone.file(file, &if *file == "base" { text.clone() } else { record(text) });
        }
        let files = ["merge-driver", "base", "ours", "theirs", RECORD];
        let output = clone.command("git-incident").args(files).args(labels).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let text = clone.read("ours");
        text.lines().filter(|line| line.starts_with(['<', '>'])).map(str::to_owned).collect::<Vec<_>>()
    };
    let rebase = merge(["parent of 8ae8f70 (x: identified)", "HEAD", "8ae8f70 (x: identified)"]);
    assert_eq!(rebase, ["<<<<<<< HEAD", ">>>>>>> 8ae8f70 (x: identified)"]);
    assert_eq!(merge(["%S", "%X", "%Y"]), ["<<<<<<< ours", ">>>>>>> theirs"], "as an older git runs it");
}

#[test]
#[cfg(unix)]
fn without_the_program_both_sides_stand_between_the_markers_of_git() {
    let (ours, theirs) = (entry(5, "note: Ours."), entry(6, "note: Theirs."));
    let markers = record(&format!("<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"));
    let has_none = |folder: &std::path::PathBuf| !folder.join("git-incident").exists();
    let paths: Vec<_> = env::split_paths(&env::var_os("PATH").unwrap()).filter(has_none).collect();

    let missing = diverged("driver-missing", &record(&ours), &record(&theirs));
    let merge = |clone: &Clone, paths: Vec<std::path::PathBuf>| {
        let mut git = clone.command("git");
        git.env("PATH", env::join_paths(paths).unwrap()).args(["merge", "side"]).output().unwrap().status.success()
    };
    assert!(!merge(&missing, paths.clone()));
    assert_eq!(missing.read(RECORD), markers);
    assert!(missing.status().contains(&format!("UU {RECORD}")));

    let broken = diverged("driver-broken", &record(&ours), &record(&theirs));
    broken.script("bin/git-incident", "exit 2");
    assert!(!merge(&broken, [vec![broken.root.join("bin")], paths.clone()].concat()));
    assert_eq!(broken.read(RECORD), markers);

    let far_apart = record("").replace("Checkout fails", "Checkout is down");
    let easy = diverged("driver-missing-easy", &far_apart, &record(&theirs));
    assert!(merge(&easy, paths), "lines that do not touch merge without the program, too");
    assert_eq!(easy.read(RECORD), far_apart.replace("investigating\n", &format!("investigating\n{theirs}")));
}

#[test]
fn a_clone_with_the_line_of_an_older_version_is_renewed() {
    let clone = Clone::new("driver-renewed");
    clone.git(&["config", "merge.git-incident.driver", "git incident merge-driver %O %A %B %P"]);
    install(&clone.open()).unwrap();
    let line = clone.git(&["config", "--get-all", "merge.git-incident.driver"]);
    assert!(line.contains("else echo") && line.lines().count() == 1, "{line}");
}

#[test]
fn the_text_below_is_merged_by_lines() {
    let body = |text: &str, first: &str, last: &str| format!("{text}\n{first}\n\n## Between\n\nNothing.\n\n{last}\n");
    let (early, late) = (record(&entry(5, "note: Early.")), record(&entry(6, "note: Late.")));
    let clone = Clone::new("driver-text");
    let merge = |base: &str, ours: &str, theirs: &str| {
        clone.file("base", base).file("ours", ours).file("theirs", theirs);
        let output = clone.command("git-incident").args(["merge-driver", "base", "ours", "theirs", RECORD]).output();
        (output.unwrap().status.code(), clone.read("ours"))
    };
    let base = body(&record(""), "What?", "Why?");
    let (code, merged) = merge(&base, &body(&late, "This.", "Why?"), &body(&early, "What?", "Because."));
    let both = record(&format!("{}{}", entry(5, "note: Early."), entry(6, "note: Late.")));
    assert_eq!((code, merged), (Some(0), body(&both, "This.", "Because.")));
    let (code, merged) = merge(&base, &body(&late, "This.", "Why?"), &body(&early, "That.", "Why?"));
    assert_eq!(code, Some(1), "{merged}");
    assert!(merged.contains("\n<<<<<<< ours\nThis.\n=======\nThat.\n>>>>>>> theirs\n\n## Between"), "{merged}");
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
    let markers = format!("<<<<<<< {}\na\nb\nc\nd\ne\n=======\nno record\n", names(&clone).0);
    assert!(clone.read(RECORD).contains(&markers), "{}", clone.read(RECORD));
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
