//! What a command says and leaves where it could not go all the way, and that its advice works.

use std::process::Command;

use super::crowd::clones;
use super::responder::{Responder, mara, with_incident};

const NOW: Option<&str> = Some("2024-05-01T10:00:00Z");
const NEW: [&str; 6] = ["new", "Search is slow", "--severity", "sev3", "--service", "search=degraded"];

#[cfg(unix)]
fn hook(responder: &Responder, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = format!(".git/hooks/{name}");
    responder.file(&path, &format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(responder.root.join(path), std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Runs the command that the advice gives between its last backticks in the line that says so.
fn follow(responder: &Responder, said: &str) {
    let advice = said.lines().find(|line| line.contains("do not enter it again")).unwrap_or_else(|| panic!("{said}"));
    let command = advice.split('`').nth(1).unwrap().replace("git commit", "git commit --quiet -m by-hand");
    let mut shell: Command = responder.command("sh");
    let output = shell.args(["-c", &command]).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(responder.git(&["status", "--porcelain"]), "", "{command}");
}

#[test]
#[cfg(unix)]
fn a_new_record_that_a_hook_refused_is_committed_by_the_command_that_is_shown() {
    let mara = mara("hook-new");
    hook(&mara, "pre-commit", "echo 'not on a Friday'; exit 1");
    let run = mara.run_at(NOW, &NEW);
    assert!(
        run.stderr.contains("written, but not committed") && run.stderr.contains("not on a Friday"),
        "{}",
        run.stderr
    );
    assert_eq!(run.code, 3);
    hook(&mara, "pre-commit", "exit 0");
    follow(&mara, &run.stderr);
}

#[test]
fn a_new_record_in_an_ignored_folder_is_committed_by_the_command_that_is_shown() {
    let mara = mara("ignored-new");
    mara.file(".git/info/exclude", "incidents/\n");
    let run = mara.run_at(NOW, &NEW);
    assert!(run.stderr.contains("git add --force -- 'incidents/"), "{}", run.stderr);
    follow(&mara, &run.stderr);
}

#[test]
#[cfg(unix)]
fn a_hook_that_says_nothing_is_named() {
    let mara = with_incident("hook-silent");
    hook(&mara, "commit-msg", "exit 7");
    let run = mara.run_at(NOW, &["update", "-m", "More."]);
    assert!(run.stderr.contains("a hook refused it and did not say why (exit status 1)"), "{}", run.stderr);
    hook(&mara, "commit-msg", "exit 0");
    follow(&mara, &run.stderr);
}

#[test]
fn what_is_so_already_is_said_and_not_committed_again() {
    let mara = with_incident("again");
    mara.at("09:52", &["assign", "incident_manager=mara", "tech_lead=wei"]);
    mara.at("10:20", &["update", "--status", "monitoring"]);
    mara.at("10:40", &["resolve", "--set", "detection.method=alert", "--set", "assessment.data_loss=false"]);
    mara.at("11:00", &["postmortem"]);
    mara.at("11:01", &["action", "add", "Add a load gate", "--id", "gate", "--type", "prevent", "--owner", "wei"]);
    let done = ["action", "done", "gate", "--evidence", "https://git.example/pull/7"];
    mara.at("11:02", &done);
    for (args, fact) in [
        (&done[..], "action gate done"),
        (&["postmortem", "--status", "draft"], "postmortem draft"),
        (&["update", "--set", "detection.method=alert", "checkout"], "detection.method alert"),
        (&[&done[..], &["--no-commit"]].concat(), "action gate done"),
    ] {
        let said = mara.refused("11:03", args);
        assert_eq!(said, format!("error: nothing was written, because the record says so already: {fact}\n"));
    }
}

#[test]
fn what_was_written_without_a_commit_is_committed_by_doing_it_again() {
    let mara = with_incident("uncommitted");
    let set = ["update", "--set", "detection.method=alert"];
    mara.at("10:00", &[&set[..], &["--no-commit"]].concat());
    assert_ne!(mara.git(&["status", "--porcelain"]), "");
    mara.at("10:01", &set);
    assert_eq!(mara.git(&["status", "--porcelain"]), "");
}

#[test]
fn what_cannot_be_pushed_is_told_from_what_was_refused_by_the_exit_code() {
    let mara = with_incident("exit-codes");
    assert_eq!(mara.run_at(NOW, &["update", "--status", "closed"]).code, 2);
    let before = mara.git(&["rev-parse", "HEAD"]);
    let run = mara.run_at(NOW, &["update", "-m", "More.", "--push"]);
    assert!(run.stderr.contains("committed here, but not pushed"), "{}", run.stderr);
    assert_eq!(run.code, 4);
    assert_ne!(mara.git(&["rev-parse", "HEAD"]), before);
    mara.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(mara.run_at(NOW, &["update", "-m", "Even more.", "--push"]).code, 4);
}

#[test]
fn after_a_push_on_top_of_others_the_commit_and_the_topic_are_the_new_ones() {
    let (clones, _, _server) = clones("push-says", &["Mara Ito", "Wei Chen"]);
    let [mara, wei] = &clones[..] else { unreachable!() };
    wei.at("10:00", &["assign", "incident_manager=wei", "--push"]);
    wei.at("10:01", &["update", "--severity", "sev3", "--reason", "Fewer cards.", "--push"]);
    let said = mara.at("10:02", &["assign", "tech_lead=mara", "--push"]);
    let id = mara.git(&["rev-parse", "--short=10", "HEAD"]);
    assert!(
        said.contains(&format!("pushed to origin/main, on top of what others pushed meanwhile ({id})\n")),
        "{said}"
    );
    assert!(said.ends_with(&format!("topic: {}", mara.run_at(NOW, &["topic"]).stdout)), "{said}");
    assert!(said.contains("SEV3") && said.contains("IM wei"), "{said}");
}

#[test]
fn nothing_open_in_a_clone_that_has_not_pulled() {
    let (clones, _, _server) = clones("not-pulled", &["Mara Ito", "Wei Chen"]);
    let [mara, wei] = &clones[..] else { unreachable!() };
    for clone in [mara, wei] {
        clone.git(&["rm", "--quiet", "-r", "incidents"]);
        clone.git(&["commit", "--quiet", "-m", "Begin anew"]);
    }
    mara.git(&["push", "--quiet"]);
    wei.git(&["fetch", "--quiet"]);
    let said = wei.refused("10:03", &["update", "-m", "More."]);
    assert!(said.contains("origin/main has 1 commit that this clone lacks: `git pull` brings them"), "{said}");
    assert!(!mara.refused("10:03", &["update", "-m", "More."]).contains("git pull"));
}
