//! What a command was not told it asks for, on a terminal only.

use std::io::{Read, Write};

use super::responder::{Responder, mara, with_incident};

/// Runs the program on a terminal of its own, where all answers are typed ahead; after them comes the end of the input, so
/// that a question too many does not wait. Returns the exit code and everything that the terminal showed.
fn on_a_terminal(responder: &Responder, clock: &str, args: &[&str], dialogue: &[(&str, &str)]) -> (i32, String) {
    let (mut terminal, side) = pty_process::blocking::open().unwrap();
    terminal.resize(pty_process::Size::new(50, 200)).unwrap();
    let time: jiff::Timestamp = format!("2024-05-01T{clock}:00Z").parse().unwrap();
    let mut command =
        pty_process::blocking::Command::new(env!("CARGO_BIN_EXE_git-incident")).args(args).current_dir(&responder.root);
    for (name, value) in responder.command("git").get_envs() {
        command = match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command = command.env("SOURCE_DATE_EPOCH", time.as_second().to_string());
    for (_, answer) in dialogue {
        writeln!(terminal, "{answer}").unwrap();
    }
    terminal.write_all(b"\x04").unwrap();
    let mut child = command.spawn(side).unwrap();
    // The terminal of a program that has ended cannot be read any more, which is an error here and there.
    let mut shown = Vec::new();
    let _ = terminal.read_to_end(&mut shown);
    let shown = String::from_utf8_lossy(&shown).replace('\r', "");
    let mut rest = shown.as_str();
    for (question, _) in dialogue {
        rest = rest.split_once(question).unwrap_or_else(|| panic!("it did not ask “{question}”: {shown}")).1;
    }
    (child.wait().unwrap().code().unwrap(), shown)
}

#[test]
fn new_asks_for_the_title_and_the_severity() {
    let mara = mara("ask-incident");
    let dialogue = [
        ("What do customers or colleagues notice?", "Checkout fails"),
        ("Which severity?", "sev9"),
        ("none of them", "sev2"),
    ];
    let (code, shown) = on_a_terminal(&mara, "09:50", &["new"], &dialogue);
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("sev1  critical: A main service is down"), "{shown}");
    let text = mara.read("incidents/2024/05/2024-05-01-checkout-fails/incident.md");
    assert!(text.contains("status: investigating\n    severity: sev2\n"), "{text}");
}

#[test]
fn nobody_needs_to_know_the_severity_yet() {
    let mara = mara("ask-severity");
    let (code, shown) = on_a_terminal(&mara, "09:50", &["new", "Checkout fails"], &[("Which severity?", "")]);
    assert_eq!(code, 0, "{shown}");
    assert!(mara.read("incidents/2024/05/2024-05-01-checkout-fails/incident.md").contains("status: triage\n"));
}

#[test]
fn new_maintenance_asks_for_the_title_and_the_window() {
    let mara = mara("ask-maintenance");
    let dialogue = [
        ("What is done, in one line?", "Move the database"),
        ("When does it begin?", "tomorrow"),
        ("`tomorrow` is not a time", "21:30"),
        ("When does it end", "2024-05-01T23:30:00Z"),
    ];
    let (code, shown) = on_a_terminal(&mara, "09:50", &["new", "maintenance"], &dialogue);
    assert_eq!(code, 0, "{shown}");
    let text = mara.read("incidents/2024/05/2024-05-01-move-the-database/maintenance.md");
    assert!(text.contains("window: {start: 2024-05-01T21:30:00Z, end: 2024-05-01T23:30:00Z}"), "{text}");
}

#[test]
fn new_drill_asks_for_the_title_and_the_scenario() {
    let mara = mara("ask-drill");
    let dialogue =
        [("What is practised, in one line?", "Fail over"), ("What is pretended to happen?", "A zone is gone")];
    let (code, shown) = on_a_terminal(&mara, "09:50", &["new", "drill"], &dialogue);
    assert_eq!(code, 0, "{shown}");
    let text = mara.read("incidents/2024/05/2024-05-01-fail-over/drill.md");
    assert!(text.contains("scenario: A zone is gone\n"), "{text}");
}

#[test]
fn reviews_ask_for_what_a_finding_and_an_action_need() {
    let mara = with_incident("ask-review");
    mara.at("10:20", &["update", "--status", "monitoring", "--todo", "Alert on the pool"]);
    mara.at("10:40", &["resolve", "--set", "detection.method=alert", "--set", "assessment.data_loss=false"]);
    mara.at("11:00", &["postmortem"]);
    let dialogue = [("What failed?", "The checklist has no load gate."), ("Which kind of failure?", "process_flaw")];
    let (code, shown) = on_a_terminal(&mara, "11:10", &["finding", "add"], &dialogue);
    assert_eq!(code, 0, "{shown}");
    let dialogue = [
        ("What will be done?", "Add a load gate"),
        ("What is it for?", "prevnt"),
        ("did you mean `prevent`?", "prevent"),
    ];
    let (code, shown) = on_a_terminal(&mara, "11:11", &["action", "add"], &dialogue);
    assert_eq!(code, 0, "{shown}");
    let (code, shown) = on_a_terminal(&mara, "11:12", &["promote", "2"], &[("What is it for?", "detect")]);
    assert_eq!(code, 0, "{shown}");
    let text = mara.read("incidents/2024/05/2024-05-01-checkout-fails/postmortem.md");
    assert!(text.contains("class: process_flaw\n") && text.contains("type: prevent\n"), "{text}");
    assert!(text.contains("title: Alert on the pool\n    type: detect\n"), "{text}");
}

#[test]
fn no_answer_records_nothing() {
    let mara = mara("ask-nothing");
    let head = mara.git(&["rev-parse", "HEAD"]);
    let (code, shown) = on_a_terminal(&mara, "09:50", &["new", "drill", "Fail over"], &[("What is pretended", "")]);
    assert!(code == 2 && shown.contains("needs --scenario TEXT"), "{shown}");
    assert_eq!(mara.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn without_a_terminal_what_is_missing_is_named() {
    let mara = mara("ask-nobody");
    let cases: [(&[&str], &str); 5] = [
        (&["new"], "an incident needs a title"),
        (&["new", "maintenance", "Move", "--end", "3h"], "`git incident new maintenance` needs --start TIME\n"),
        (&["new", "drill"], "`git incident new drill` needs TITLE and --scenario TEXT\n"),
        (&["finding", "add"], "`git incident finding add` needs --class CLASS and --statement TEXT\n"),
        (&["action", "add", "--type", "detect"], "`git incident action add` needs TITLE\n"),
    ];
    for (args, why) in cases {
        let said = mara.refused("09:50", args);
        assert!(said.contains(why) && said.contains("help: `git incident "), "{args:?}: {said}");
    }
}
