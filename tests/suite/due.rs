//! What is owed: that nothing is missed for the sake of speed, and that the proposed commands settle it.

use std::path::{Path, PathBuf};
use std::process::Output;

use git_incident::change::{Part, owing};
use git_incident::check::rules;
use git_incident::record::archive::{Archive, FolderTree};
use git_incident::response::{Duty, due};
use jiff::Timestamp;
use serde_json::Value;
use walkdir::WalkDir;

use crate::write::responder::{Responder, mara};

/// The folders that hold an archive: that of this repository, and those of its tests.
fn archives() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let below = WalkDir::new(root.join("tests")).into_iter().filter_map(Result::ok);
    let below = below.filter(|entry| entry.file_name() == "incidents");
    below.map(|entry| entry.path().parent().unwrap().to_path_buf()).chain([root.to_path_buf()]).collect()
}

#[test]
fn nothing_is_missed_in_the_records_that_are_only_glanced_at() {
    let (mut left_out, mut owed) = (0, 0);
    for root in archives() {
        let tree = FolderTree::new(&root);
        for now in ["2024-05-01T12:00:00Z", "2026-05-19T09:30:00Z", "2026-11-22T00:00:00Z", "2099-01-01T00:00:00Z"] {
            let now: Timestamp = now.parse().unwrap();
            let (Ok(mut all), Ok(owing)) = (Archive::load(&tree), owing::folders(&tree, now)) else { continue };
            let mut part = Archive::load(&Part::new(&tree, &owing, &Default::default())).unwrap();
            left_out += all.records.len() - part.records.len();
            all.forget_after(now);
            part.forget_after(now);
            let expected = due(&all, now);
            owed += expected.len();
            assert_eq!(due(&part, now), expected, "{}", root.display());
        }
    }
    assert!(left_out > 20 && owed > 200, "{left_out} {owed}");
}

#[test]
fn each_duty_is_judged_afterwards_by_a_rule_of_that_family() {
    for (name, family) in Duty::ALL.into_iter().filter_map(Duty::judged_by) {
        assert_eq!(rules::find(name).unwrap().family.name(), family, "{name}");
    }
}

const LIVE: &str = "---
title: Checkout fails
visibility: public
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:00:00Z
    by: mara
    status: investigating
    severity: sev1
    event: detected
    impact: {checkout: major_outage}
---
";

const SLOW: &str = "---
title: Search is slow
visibility: public
timeline:
  - at: 2024-05-01T08:00:00Z
    by: wei
    status: investigating
    severity: sev3
    impact: {search: degraded_performance}
    roles: {incident_manager: wei}
    public: Search is slow.
    next_update: 2024-05-01T09:00:00Z
---
";

const BREACH: &str = "---
title: Orders were readable
type: [security/data_breach]
detection: {method: audit}
assessment: {personal_data: true, data_loss: false}
obligations:
  - {regime: GDPR Article 33, applies: true, basis: Names were readable., due: 2024-04-03T09:00:00Z}
  - {regime: GDPR Article 34, applies: unknown}
timeline:
  - {at: 2024-04-01T08:00:00Z, by: wei, status: investigating, severity: sev3, event: [impact_started, detected], roles: {incident_manager: wei}}
  - {at: 2024-04-01T09:00:00Z, by: wei, status: resolved, event: [contained, eradicated, validated, restored, impact_ended], note: The bucket is closed.}
---
";

const REVIEW: &str = "---
status: draft
owner: wei
parties: [wei]
meeting: 2024-04-10T09:00:00Z
findings: [{id: open-bucket, class: process_flaw, statement: Buckets are open when they are made., disposition: open}]
actions: [{id: close, title: Close buckets when they are made, type: prevent, priority: high, owner: wei, due: 2024-04-20, ticket: SHOP-1, status: open}]
---

## Summary

A bucket was readable.

## Impact

Nobody outside read it.

## Root causes

Buckets are open when they are made.

## What went well

The audit found it.

## What went wrong

Nobody had looked.

## Where we got lucky

Nobody knew its name.

## Lessons learned

Look.
";

const UPGRADE: &str = "---
title: Database upgrade
window: {start: 2024-05-01T08:00:00Z, end: 2024-05-01T09:00:00Z}
services: {search: under_maintenance}
timeline:
  - {at: 2024-04-20T09:00:00Z, by: wei, status: scheduled}
---
";

const OVER: &str = "---
title: Checkout failed
detection: {method: alert}
channels: {chat: x, video: z}
timeline:
  - {at: 2024-03-01T08:00:00Z, by: wei, status: investigating, severity: sev2, event: [impact_started, detected], roles: {incident_manager: wei, tech_lead: mara, communications_manager: mara}}
  - {at: 2024-03-01T09:00:00Z, by: wei, status: resolved, event: impact_ended}
---
";

/// What is owed now, as programs read it.
fn owed(who: &Responder) -> Vec<Value> {
    let run = who.run_at(NOW, &["due", "--json"]);
    assert!(run.code < 2, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

const NOW: Option<&str> = Some("2024-05-01T10:00:00Z");

/// What only people know, at each place where a command leaves it out.
fn filled(command: &str) -> String {
    let mut filled = command.to_owned();
    for (blank, words) in [
        ("sent=\"…\"", "sent=2024-05-01T09:59:00Z"),
        ("applies=\"…\"", "applies=false"),
        ("--evidence \"…\"", "--evidence https://git.example/change/1"),
        ("\"…\"", "'What only people know.'"),
        ("…", "mara"),
    ] {
        filled = filled.replace(blank, words);
    }
    filled
}

/// Runs a command as it was proposed, at the same time.
fn shell(who: &Responder, command: &str) -> Output {
    let now: Timestamp = NOW.unwrap().parse().unwrap();
    let now = now.as_second().to_string();
    who.command("sh").args(["-c", command]).env("SOURCE_DATE_EPOCH", now).output().unwrap()
}

/// Answers the questions of a drafted postmortem by hand.
fn write_sections(who: &Responder, id: &str) {
    let path = format!("incidents/{}/{}/{id}/postmortem.md", &id[..4], &id[5..7]);
    let draft = who.read(&path);
    let answered = |line: &str| if line.starts_with('_') { "Known now.".to_owned() } else { line.to_owned() };
    let lines: Vec<String> = draft.lines().map(answered).collect();
    let review = "status: draft\nresponse_review: {sufficiency: sufficient, completeness: complete}\n";
    who.file(&path, &(lines.join("\n") + "\n").replace("status: draft\n", review));
    who.git(&["commit", "--quiet", "--all", "--allow-empty", "-m", "Write the postmortem"]);
}

#[test]
fn each_command_settles_what_it_is_proposed_for() {
    let mara = mara("due");
    mara.file("incidents/2024/05/2024-05-01-checkout-errors/incident.md", LIVE)
        .file("incidents/2024/05/2024-05-01-search-slow/incident.md", SLOW)
        .file("incidents/2024/04/2024-04-01-open-bucket/incident.md", BREACH)
        .file("incidents/2024/04/2024-04-01-open-bucket/postmortem.md", REVIEW)
        .file("incidents/2024/05/2024-05-01-database-upgrade/maintenance.md", UPGRADE)
        .file("incidents/2024/03/2024-03-01-checkout-failed/incident.md", OVER);
    mara.git(&["add", "."]);
    mara.git(&["commit", "--quiet", "-m", "What happened"]);
    let mut settled = Vec::new();
    let mut tried: Vec<String> = Vec::new();
    while let Some(next) = owed(&mara).into_iter().find(|owed| !tried.contains(&owed["command"].to_string())) {
        let command = filled(next["command"].as_str().unwrap());
        tried.push(next["command"].to_string());
        if command.ends_with("in_review") {
            write_sections(&mara, next["record"].as_str().unwrap());
        }
        let output = shell(&mara, &command);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!owed(&mara).contains(&next), "{command} settles nothing of {next}");
        settled.push(next["duty"].as_str().unwrap().to_owned());
    }
    settled.sort();
    settled.dedup();
    let mut all: Vec<&str> = Duty::ALL.into_iter().map(Duty::name).collect();
    // The next update has the command of the first one; a waiver is edited by hand.
    all.retain(|name| !["next_update", "waiver"].contains(name));
    all.sort_unstable();
    assert_eq!(settled, all);
}

/// Does an edit as it was proposed: in the line that was named, with a day where one was left out.
fn edit(who: &Responder, owed: &Value) {
    let (path, line) = owed["edit"].as_str().unwrap().rsplit_once(':').unwrap();
    let (place, write) = (line.parse::<usize>().unwrap() - 1, owed["write"].as_str().unwrap());
    let mut lines: Vec<String> = who.read(path).lines().map(str::to_owned).collect();
    lines[place] = match write.strip_suffix(" …") {
        Some(key) => {
            let (before, after) = lines[place].split_once(key).unwrap();
            format!("{before}{key} 2024-07-01{}", &after[" 2024-05-02".len()..])
        }
        None => lines[place].replacen("- ", &format!("- {write}\n    "), 1),
    };
    who.file(path, &(lines.join("\n") + "\n"));
    who.git(&["commit", "--quiet", "--all", "-m", "Edit by hand"]);
}

#[test]
fn each_edit_settles_what_it_is_proposed_for() {
    let mara = mara("due-edits");
    let nameless = REVIEW
        .replace(
            "actions: [{id: close, title: Close buckets when they are made, type:",
            "actions:\n  - title: Close buckets when they are made\n    type:",
        )
        .replace(
            ", priority: high, owner: wei, due: 2024-04-20, ticket: SHOP-1, status: open}]",
            "\n    priority: high\n    owner: wei\n    ticket: SHOP-1\n    status: open",
        );
    assert_ne!(nameless, REVIEW);
    let waiver =
        "waivers:\n  - {rule: known-risk, record: 2024-04-01-open-bucket, reason: x, by: mara, until: 2024-05-02}\n";
    mara.file("incidents/2024/04/2024-04-01-open-bucket/incident.md", BREACH)
        .file("incidents/2024/04/2024-04-01-open-bucket/postmortem.md", &nameless)
        .file("incident.yaml", &(mara.read("incident.yaml") + waiver));
    mara.git(&["add", "."]);
    mara.git(&["commit", "--quiet", "-m", "What happened"]);
    let mut settled = Vec::new();
    while let Some(next) =
        owed(&mara).into_iter().find(|owed| !owed["edit"].is_null() && !settled.contains(&owed["duty"]))
    {
        edit(&mara, &next);
        if let Some(command) = next["command"].as_str() {
            let output = shell(&mara, &filled(command));
            assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(!owed(&mara).contains(&next), "it settles nothing of {next}");
        assert!(owed(&mara).iter().all(|owed| owed["what"] != next["what"] || owed["due"] != next["due"]), "{next}");
        settled.push(next["duty"].clone());
    }
    settled.sort_by_key(ToString::to_string);
    assert_eq!(settled, ["action", "waiver"]);
}

#[test]
fn a_proposed_command_says_nothing_before_somebody_has_filled_it_in() {
    let mara = mara("due-blanks");
    mara.file("incidents/2024/05/2024-05-01-checkout-errors/incident.md", LIVE);
    mara.git(&["add", "."]);
    mara.git(&["commit", "--quiet", "-m", "What happened"]);
    for next in owed(&mara) {
        let command = next["command"].as_str().unwrap();
        let output = shell(&mara, command);
        assert_eq!(output.status.success(), !command.contains('…'), "{command}");
    }
}
