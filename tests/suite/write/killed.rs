//! Updates that are killed at any moment, alone or with every git that they started.
#![cfg(unix)]

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::crowd;
use super::responder::{CHECKOUT, Responder, with_incident};

const NOW: &str = "2024-05-01T10:00:00Z";

/// How often an update is killed; the moments are spread over the time that one takes, and a little more.
const ROUNDS: u32 = 25;

/// Runs an update in a process group of its own, and kills it after a while: the program alone, or the whole group.
fn kill_after(clone: &Responder, args: &[&str], delay: Duration, group: bool) {
    let mut child = clone
        .command(env!("CARGO_BIN_EXE_git-incident"))
        .env("SOURCE_DATE_EPOCH", NOW.parse::<jiff::Timestamp>().unwrap().as_second().to_string())
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    std::thread::sleep(delay);
    if group {
        Command::new("kill").args(["-9", "--", &format!("-{}", child.id())]).stderr(Stdio::null()).status().unwrap();
    } else {
        child.kill().unwrap();
    }
    child.wait().unwrap();
    let is_at_work =
        || Command::new("kill").args(["-0", "--", &format!("-{}", child.id())]).stderr(Stdio::null()).status();
    // A git that it started goes on alone.
    while !group && is_at_work().unwrap().success() {
        std::thread::sleep(Duration::from_millis(5));
    }
    if group {
        // What the message about it asks for, and that it works, is a test of its own: it takes five seconds.
        let _ = fs::remove_file(clone.root.join(".git/index.lock"));
    }
}

/// How long an update takes here.
fn time_of(clone: &Responder, args: &[&str]) -> Duration {
    let started = Instant::now();
    assert_eq!(clone.run_at(Some(NOW), args).code, 0);
    started.elapsed()
}

/// The next update works; where a killed git left another lock, after that file was removed which the message names.
///
/// The first try may have recorded its entry all the same, and only its commit or push met the lock. So each further try
/// says something else, that no other round says: a message that is entered again is refused.
fn carry_on(clone: &Responder, note: &str, flags: &[&str]) {
    let mut note = note.to_owned();
    for attempt in 1..=4 {
        let run = clone.run_at(Some(NOW), &[&["update", "-m", &note], flags].concat());
        if run.code == 0 {
            return;
        }
        let lock = run.stderr.split('\'').find(|word| word.ends_with(".lock"));
        let lock = lock.unwrap_or_else(|| panic!("what to do?\n{}", run.stderr));
        fs::remove_file(lock).unwrap_or_else(|error| panic!("{lock}: {error}\n{}", run.stderr));
        if clone.read(CHECKOUT).contains(&entry(&note)) {
            note = format!("{note} Lock {attempt} is gone.");
        }
    }
    panic!("there is always another lock");
}

fn clean(clone: &Responder) {
    let check = clone.faults(Some(NOW));
    assert!(check.code == 0 && check.stdout.contains("no problems"), "{}", check.stdout);
}

fn entry(note: &str) -> String {
    format!("  - at: {NOW}\n    by: mara\n    note: {note}\n")
}

#[test]
fn the_record_is_as_before_or_has_the_whole_entry() {
    let mara = with_incident("killed");
    let whole = time_of(&mara, &["update", "-m", "Timed."]);
    let mut kept = 0;
    for round in 0..ROUNDS {
        let before = mara.read(CHECKOUT);
        let note = format!("Killed {round}.");
        kill_after(&mara, &["update", "-m", &note], whole * 5 / 4 * round / ROUNDS, round % 3 == 0);
        let after = mara.read(CHECKOUT);
        if after != before {
            assert_eq!(after.replacen(&entry(&note), "", 1), before, "round {round}");
            kept += 1;
        }
        clean(&mara);
        carry_on(&mara, &format!("Next {round}."), &[]);
        clean(&mara);
        let now = mara.read(CHECKOUT);
        assert_eq!(now.contains(&entry(&note)), after != before, "what was there stays, round {round}");
        assert!(now.contains(&entry(&format!("Next {round}."))), "round {round}");
        assert_eq!(mara.git(&["status", "--porcelain"]), "", "round {round}");
    }
    assert!((1..ROUNDS).contains(&kept), "the moments were all too early or too late: {kept}");
    mara.git(&["fsck", "--strict"]);
}

#[test]
fn a_push_loses_nothing_and_doubles_nothing() {
    let (clones, address, _server) = crowd::clones("killed-push", &["Mara Ito", "Wei Chen"]);
    let [mara, wei] = &clones[..] else { unreachable!() };
    time_of(wei, &["update", "-m", "In the way.", "--push"]);
    let whole = time_of(mara, &["update", "-m", "Timed, on top of Wei's.", "--push"]);
    let mut seen = String::new();
    for round in 0..ROUNDS {
        // Others push at the same time, so that a kill may hit what puts the update on top of theirs.
        assert_eq!(wei.run_at(Some(NOW), &["update", "-m", &format!("Wei {round}."), "--push"]).code, 0);
        let note = format!("Killed {round}.");
        kill_after(mara, &["update", "-m", &note, "--push"], whole * 5 / 4 * round / ROUNDS, round % 3 == 0);
        let text = mara.read(CHECKOUT);
        assert_eq!(text.contains(&note), text.contains(&entry(&note)), "round {round}\n{text}");
        seen.push_str(&text);
        clean(mara);
    }
    carry_on(mara, "Last.", &["--push"]);

    let fresh = crowd::clone(&address, "killed-push/fresh", "Mara Ito");
    let text = fresh.read(CHECKOUT);
    clean(&fresh);
    for round in 0..ROUNDS {
        assert_eq!(text.matches(&format!("Wei {round}.\n")).count(), 1, "round {round}");
        let killed = entry(&format!("Killed {round}."));
        assert_eq!(text.matches(&killed).count(), usize::from(seen.contains(&killed)), "round {round}");
    }
    assert_eq!(text, mara.read(CHECKOUT));
    assert_eq!(mara.git(&["status", "--porcelain"]), "");
    mara.git(&["fsck", "--strict"]);
}

/// A `git` that kills whoever calls it for the nth time, before it does anything, while one commit takes the place of another.
const DEADLY_GIT: &str = r#"#!/bin/sh
PATH=${PATH#*:}
case $3 in update-index | diff-index | hash-object | read-tree | checkout-index | update-ref)
    echo "$3" >> "$CALLS"
    [ "$(wc -l < "$CALLS")" != "$DEADLY_CALL" ] || { kill -9 $PPID; exit; } ;;
esac
exec git "$@"
"#;

#[test]
fn whoever_dies_between_two_steps_of_catching_up_leaves_whole_files_and_the_next_one_goes_on() {
    let (clones, _, _server) = crowd::clones("killed-between", &["Mara Ito", "Wei Chen"]);
    let [mara, wei] = &clones[..] else { unreachable!() };
    mara.file(".git/bin/git", DEADLY_GIT);
    mara.command("chmod").args(["+x", ".git/bin/git"]).status().unwrap();
    let path = format!("{}:{}", mara.root.join(".git/bin").display(), std::env::var("PATH").unwrap());
    let calls = mara.root.join(".git/calls");
    // Wei changes a record, adds a file and removes one.
    let others_push = |round: usize| {
        wei.file(&format!("docs/{round}.md"), "Read this first.\n");
        wei.git(&["rm", "--quiet", "--ignore-unmatch", &format!("docs/{}.md", round - 1)]);
        wei.git(&["add", "docs"]);
        wei.git(&["commit", "--quiet", "-m", "Docs"]);
        let run = wei.run_at(Some(NOW), &["update", "-m", &format!("Wei {round}."), "--push"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    };
    let update = |round: usize| {
        fs::write(&calls, "").unwrap();
        let mut command = mara.command(env!("CARGO_BIN_EXE_git-incident"));
        command.env("PATH", &path).env("CALLS", &calls).env("DEADLY_CALL", round.to_string());
        let time = NOW.parse::<jiff::Timestamp>().unwrap().as_second().to_string();
        command.env("SOURCE_DATE_EPOCH", time).args(["update", "-m", &format!("Mara {round}."), "--push"]);
        command.output().unwrap()
    };
    let mut killed = Vec::new();
    for round in 1.. {
        others_push(round);
        let before = mara.read(CHECKOUT);
        let output = update(round);
        let steps = fs::read_to_string(&calls).unwrap();
        let text = mara.read(CHECKOUT);
        assert!(text.contains(&entry(&format!("Mara {round}."))), "round {round}: {steps}{text}");
        assert!(text.len() > before.len() && text.starts_with("---\n"), "round {round}: {text}");
        clean(mara);
        carry_on(mara, &format!("After {round}."), &["--push"]);
        let text = mara.read(CHECKOUT);
        for name in ["Wei", "Mara", "After"] {
            let note = format!("note: {name} {round}.\n");
            assert_eq!(text.matches(&note).count(), 1, "round {round}: {steps}{text}");
        }
        assert_eq!(mara.git(&["status", "--porcelain"]), "", "round {round}: {steps}");
        assert!(mara.root.join(format!("docs/{round}.md")).exists(), "round {round}: {steps}");
        assert!(!mara.root.join(format!("docs/{}.md", round - 1)).exists(), "round {round}: {steps}");
        if output.status.success() {
            break;
        }
        killed.extend(steps.lines().last().map(str::to_owned));
    }
    let steps =
        ["update-index", "read-tree", "update-index", "checkout-index", "update-index", "update-index", "read-tree"];
    assert_eq!(killed, [&steps[..], &["update-ref"]].concat());
}

#[test]
fn a_lock_that_a_killed_git_left_behind_is_said_before_anything_is_written() {
    let mara = with_incident("stale-lock");
    mara.file(".git/index.lock", "");
    let before = mara.read(CHECKOUT);
    let run = mara.run_at(Some(NOW), &["update", "-m", "Blocked."]);
    assert_eq!((run.code, mara.read(CHECKOUT)), (2, before), "{}", run.stderr);
    assert!(run.stderr.contains("nothing was written: another git has held "), "{}", run.stderr);

    let command = run.stderr.split('`').find(|text| text.starts_with("rm ")).unwrap();
    assert!(mara.command("sh").args(["-c", command]).status().unwrap().success());
    mara.at("10:01", &["update", "-m", "Free again."]);
}
