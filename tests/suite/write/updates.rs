//! `new`, `update` and its short forms.

use super::responder::{CHECKOUT, Responder, mara, with_incident};

#[test]
fn a_new_incident_says_what_comes_next() {
    let mara = mara("new");
    let said =
        mara.at("09:50", &["new", "Checkout fails", "--severity", "sev2", "--service", "checkout=partial_outage"]);
    for line in [
        "checkout-fails: new incident, sev2 (",
        "topic: SEV2 investigating | Checkout fails | 2024-05-01-checkout-fails\n",
        "due:   first message to customers by 2024-05-01T10:20:00Z, in 30m\n",
        "due:   senior management told, if it is not over by 2024-05-01T13:50:00Z, in 4h\n",
        "`git incident assign 2024-05-01-checkout-fails incident_manager=PERSON communications_manager=PERSON tech_lead=PERSON`\n",
        "tell:  team-payments\n",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    snapbox::assert_data_eq!(
        mara.read(CHECKOUT),
        snapbox::str![[r#"
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
    impact: {checkout: partial_outage}
---

"#]]
    );
    assert_eq!(
        mara.git(&["log", "-1", "--format=%B"]),
        "checkout-fails: new incident, sev2\n\nIncident: 2024-05-01-checkout-fails\nStatus: investigating\nSeverity: sev2"
    );
}

#[test]
fn ids_are_ascii_and_free() {
    let mara = mara("ids");
    mara.at("09:50", &["new", "Störung: Suche"]);
    mara.at("09:51", &["new", "결제 오류"]);
    mara.at("09:52", &["new", "결제 오류"]);
    let ids = mara.git(&["ls-tree", "--name-only", "HEAD", "incidents/2024/05/"]);
    let ids: Vec<&str> = ids.lines().map(|line| line.rsplit('/').next().unwrap()).collect();
    assert_eq!(ids, ["2024-05-01-incident-2", "2024-05-01-incident", "2024-05-01-stoerung-suche"]);
}

#[test]
fn maintenance_and_drills_are_planned() {
    let mara = mara("planned");
    let window = ["--start", "2024-05-03T05:00:00Z", "--end", "2024-05-03T06:00:00Z"];
    let said = ["--service", "checkout=under", "--emergency", "--public", "The shop is read-only for an hour."];
    mara.at("09:50", &[&["new", "maintenance", "Database upgrade"][..], &window, &said].concat());
    let drill = ["--scenario", "Region A is gone", "--held", "7d", "--participant", "wei"];
    mara.at("09:51", &[&["new", "drill", "Lost region"], &drill[..]].concat());
    snapbox::assert_data_eq!(
        mara.read("incidents/2024/05/2024-05-03-database-upgrade/maintenance.md"),
        snapbox::str![[r#"
---
title: Database upgrade
visibility: public
window: {start: 2024-05-03T05:00:00Z, end: 2024-05-03T06:00:00Z}
services: {checkout: under_maintenance}
emergency: true
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: scheduled
    public: The shop is read-only for an hour.
---

"#]]
    );
    assert!(mara.read("incidents/2024/05/2024-05-08-lost-region/drill.md").contains("held: 2024-05-08T09:51:00Z\n"));
}

#[test]
fn the_beginning_of_a_state_will_do() {
    let mara = with_incident("short-states");
    mara.at("10:00", &["update", "--impact", "checkout=major"]);
    assert!(mara.read(CHECKOUT).contains("impact: {checkout: major_outage}\n"));
    for unclear in ["", "o_o", "Major"] {
        let why = mara.refused("10:01", &["update", "--impact", &format!("checkout={unclear}")]);
        assert!(why.contains("`partial_outage` or `major_outage`"), "{why}");
    }
}

#[test]
fn an_update_adds_its_lines_and_nothing_else() {
    let mara = with_incident("update");
    let hand_made = mara.read(CHECKOUT).replace("title: Checkout fails", "title:   'Checkout fails'  # on the phone");
    mara.file(CHECKOUT, &hand_made).git(&["commit", "--quiet", "--all", "-m", "by hand"]);
    let said = ["-m", "Pool: exhausted", "--public", "We are looking into it.", "--next-update", "30m"];
    let more =
        ["--link", "pool=https://graphs.example/pool", "--notify", "team-payments:chat", "--todo", "Alert on it"];
    mara.at("10:00", &[&["update", "checkout"], &said[..], &more].concat());
    let expected = hand_made.replace(
        "\n---\n",
        "
  - at: 2024-05-01T10:00:00Z
    by: mara
    public: We are looking into it.
    note: \"Pool: exhausted\"
    next_update: 2024-05-01T10:30:00Z
    notify: {who: team-payments, by: chat}
    todo: Alert on it
    links: [{title: pool, url: https://graphs.example/pool}]
---
",
    );
    assert_eq!(mara.read(CHECKOUT), expected);
}

#[test]
fn what_happened_earlier_goes_to_its_place() {
    let mara = with_incident("backfill");
    mara.at("10:00", &["update", "-m", "second"]);
    mara.at("10:10", &["update", "-m", "first", "--at=-15m"]);
    let text = mara.read(CHECKOUT);
    assert!(text.find("first") < text.find("second"), "{text}");
    assert!(
        text.contains("  - at: 2024-05-01T09:55:00Z\n    by: mara\n    backfill: true\n    note: first\n"),
        "{text}"
    );
}

#[test]
fn short_forms_are_updates() {
    let mara = with_incident("short");
    mara.at("09:52", &["assign", "incident_manager=mara", "tech_lead=wei"]);
    mara.at("10:00", &["escalate", "team-payments:expertise", "-m", "Pool suspected"]);
    mara.at("10:20", &["update", "--status", "monitoring"]);
    let set = ["--set", "detection.method=alert", "--set", "assessment.data_loss=false"];
    mara.at("10:40", &[&["resolve", "-m", "Stable"], &set[..]].concat());
    let text = mara.read(CHECKOUT);
    for lines in [
        "    roles: {incident_manager: mara, tech_lead: wei}\n",
        "    escalate: {to: team-payments, reason: expertise}\n",
        "    status: resolved\n    event: impact_ended\n    impact: {checkout: operational}\n",
        "detection: {method: alert}\nassessment: {data_loss: false}\ntimeline:\n",
    ] {
        assert!(text.contains(lines), "{lines}\n{text}");
    }
    assert_eq!(mara.git(&["log", "-1", "--format=%s"]), "checkout-fails: resolved");
}

#[test]
fn evidence_is_a_name_and_a_hash() {
    let mara = with_incident("evidence");
    mara.file("pool.log", "abc");
    mara.at("10:00", &["update", "--evidence", "pool.log"]);
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let text = mara.read(CHECKOUT);
    assert!(text.contains("item: pool.log") && text.contains(hash) && text.contains("custody: collected"), "{text}");
    assert_eq!(mara.git(&["status", "--porcelain"]), "?? pool.log");
}

#[test]
fn what_check_would_report_is_refused_before_anything_is_written() {
    let mara = with_incident("refused");
    let cases: [(&[&str], &str); 9] = [
        (&["--status", "closed"], "`investigating` can go to `identified`, `monitoring`, `resolved`"),
        (&["--status", "resovled"], "did you mean `resolved`?"),
        (&["--severity", "sev3"], "give it with `--reason \"WHY\"`"),
        (&["--status", "canceled"], "going from `investigating` to `canceled` needs a reason"),
        (&["--impact", "chekout=major_outage"], "did you mean `checkout`?"),
        (&["--role", "tech_lead=wie"], "did you mean `wei`?"),
        (&["--event", "on_fire"], "on_fire"),
        (&["--set", "detecton.method=alert"], "did you mean `detection`?"),
        (&["--status", "resolved"], "give it, as in `--set detection.method=alert`"),
    ];
    for (flags, why) in cases {
        let said = mara.refused("10:00", &[&["update"], flags].concat());
        assert!(said.contains("refused, and nothing was written") && said.contains(why), "{flags:?}: {said}");
    }
}

#[test]
fn words_that_mean_nothing_are_refused_with_what_would() {
    let mara = with_incident("words");
    let cases: [(&[&str], &str); 7] = [
        (&["update", "serach", "-m", "x"], "no record has `serach` in its id"),
        (&["update", "-m", "x", "--at", "10m"], "`-10m`"),
        (&["update", "-m", "x", "--next-update", "soon"], "`30m`"),
        (&["update", "--impact", "checkout=down"], "`partial_outage`"),
        (&["update"], "say what happened: `git incident update -m \"TEXT\"`"),
        (&["update", "--public"], "`--public` has no text"),
        (&["new"], "an incident needs a title"),
    ];
    for (args, why) in cases {
        let said = mara.refused("10:00", args);
        assert!(said.contains(why), "{args:?}: {said}");
    }
    mara.at("10:00", &["new", "Search is slow", "--severity", "sev3"]);
    let said = mara.refused("10:01", &["update", "-m", "x"]);
    assert!(said.contains("2 incidents are open: 2024-05-01-checkout-fails, 2024-05-01-search-is-slow"), "{said}");
}

#[test]
fn a_stranger_is_asked_who_they_are() {
    let mara = with_incident("stranger");
    let stranger = Responder::new(mara.root.clone(), "Kim");
    let said = stranger.refused("10:00", &["update", "-m", "x"]);
    assert!(said.contains("“Kim” <kim@example.com>") && said.contains("there is mara, wei"), "{said}");
    stranger.at("10:00", &["update", "-m", "x", "--by", "wei"]);
    assert!(stranger.read(CHECKOUT).contains("by: wei"));
}

#[test]
fn a_dry_run_shows_the_change_and_no_commit_leaves_it_to_you() {
    let mara = with_incident("dry-run");
    let diff = mara.at("10:00", &["update", "-m", "Pool", "--dry-run"]);
    assert!(diff.contains("+    note: Pool\n") && mara.git(&["status", "--porcelain"]).is_empty(), "{diff}");
    mara.at("10:00", &["update", "-m", "Pool", "--no-commit"]);
    assert_eq!(mara.git(&["status", "--porcelain"]), format!(" M {CHECKOUT}"));
}

#[test]
fn only_the_record_is_committed() {
    let mara = with_incident("only");
    mara.file("staged", "x").git(&["add", "staged"]);
    mara.at("10:00", &["update", "-m", "x"]);
    assert_eq!(mara.git(&["show", "--format=", "--name-only"]), CHECKOUT);
    assert_eq!(mara.git(&["status", "--porcelain"]), "A  staged");
}

#[test]
fn corrections_are_in_the_open() {
    let mara = with_incident("amend");
    mara.at("10:00", &["update", "-m", "The key is hunter2", "--hypothesis", "Pool", "--status", "identified"]);
    mara.at("10:10", &["update", "--edit", "2", "--hypothesis", "Disk", "--reason", "wrong graph"]);
    mara.at("10:20", &["update", "--redact", "2", "--reason", "held a password"]);
    let text = mara.read(CHECKOUT);
    assert!(
        text.ends_with(
            "  - at: 2024-05-01T10:00:00Z
    by: mara
    status: identified
    edited: {at: 2024-05-01T10:10:00Z, by: mara, reason: wrong graph}
    redacted: {at: 2024-05-01T10:20:00Z, by: mara, reason: held a password}
---
"
        ),
        "{text}"
    );
    assert!(mara.refused("10:30", &["update", "--redact", "7", "--reason", "x"]).contains("there is no entry 7"));
    assert!(mara.refused("10:30", &["update", "--edit", "1", "--reason", "x"]).contains("none was given"));
}

#[test]
fn show_and_list_say_where_it_stands() {
    let mara = with_incident("show");
    let opened = ["--set", "visibility=public", "--decision", "They noticed."];
    let said = ["update", "--public", "We are looking.", "--next-update", "30m", "--todo", "Alert on it"];
    mara.at("10:00", &[&said[..], &opened].concat());
    let shown = mara.at("10:40", &["show"]);
    for line in
        ["investigating, 50m ago", "“We are looking.”, 40m ago", "10m ago; that promise is broken", "Alert on it"]
    {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    let listed = mara.at("10:40", &["list"]);
    assert_eq!(listed, "50m ago  sev2  investigating  2024-05-01-checkout-fails  checkout  Checkout fails\n");
    assert_eq!(mara.at("10:40", &["list", "--severity", "sev1"]), "Nothing matches.\n");
    assert!(mara.refused("10:40", &["list", "--status", "investigatin"]).contains("did you mean `investigating`?"));
    let json: serde_json::Value = serde_json::from_str(&mara.at("10:40", &["show", "--json"])).unwrap();
    assert_eq!((&json["status"], &json["timeline"][1]["entry"]), (&"investigating".into(), &2.into()));
}

/// What `update` writes passes `check`, and what it refuses `check` would have reported.
#[test]
fn update_and_check_agree_on_every_step() {
    let mara = mara("agree");
    let path = "incidents/2024/05/2024-05-01-x/incident.md";
    let states = ["triage", "investigating", "identified", "monitoring", "resolved", "closed", "canceled", "merged"];
    let mut accepted = 0;
    for from in states {
        let entry =
            |minute, status| format!("  - at: 2024-05-01T09:{minute}:00Z\n    by: mara\n    status: {status}\n");
        let record = |entries: String| format!("---\ntitle: x\ntimeline:\n{entries}---\n");
        let before = record(entry(10, from));
        for to in states {
            mara.file(path, &record(entry(10, from) + &entry(20, to)));
            let errors = |run: crate::sandbox::Run| run.stdout.matches("error[").count();
            let time = Some("2024-05-01T09:20:00Z");
            let by_hand = errors(mara.faults(time));
            mara.file(path, &before);
            let known = errors(mara.faults(time));
            let update = mara.run_at(time, &["update", "2024-05-01-x", "--status", to, "--no-commit"]);
            // A record that moves on may leave the errors of its old state behind it, but brings no new ones.
            let after = errors(mara.faults(time));
            match update.code {
                0 => assert!(after <= known, "{from} to {to}"),
                _ => {
                    // What is so already is a warning to `check` only.
                    assert!(by_hand > 0 || from == to, "{from} to {to}: {}", update.stderr);
                    assert_eq!(mara.read(path), before, "{from} to {to}");
                }
            }
            accepted += usize::from(update.code == 0);
        }
    }
    assert!((5..50).contains(&accepted), "{accepted} steps were accepted");
}

#[test]
fn log_says_who_recorded_what_and_when() {
    let mara = with_incident("log");
    mara.at("10:00", &["update", "-m", "Pool", "--by", "wei", "--no-commit"]);
    let log = mara.at("10:00", &["log"]);
    assert!(log.contains("2024-05-01T09:50:00Z  mara  investigating"), "{log}");
    assert!(log.contains("    recorded by Mara Ito in ") && log.contains("d later\n"), "{log}");
    assert!(log.ends_with("2024-05-01T10:00:00Z  wei  Pool\n    recorded in no commit yet\n"), "{log}");
}

#[test]
fn log_names_the_commit_of_a_correction_beside_the_first_one() {
    let mara = with_incident("log-edited");
    mara.at("10:00", &["update", "-m", "Pool"]);
    let recorded = mara.git(&["rev-parse", "--short=10", "HEAD"]);
    mara.at("10:10", &["update", "--edit", "2", "-m", "Disk", "--reason", "wrong graph"]);
    let corrected = mara.git(&["rev-parse", "--short=10", "HEAD"]);
    // To indent a line anew is not to record it.
    let indented = mara.read(CHECKOUT).replace("\n  - ", "\n    - ").replace("\n    ", "\n      ");
    mara.file(CHECKOUT, &indented.replace("\n      - ", "\n    - "));
    mara.git(&["commit", "--quiet", "--all", "-m", "style"]);
    let log = mara.at("10:20", &["log"]);
    let lines: Vec<&str> = log.lines().skip(2).collect();
    assert_eq!(lines[0], "2024-05-01T10:00:00Z  mara  Disk", "{log}");
    assert!(lines[1].starts_with(&format!("    recorded by Mara Ito in {recorded}, ")), "{log}");
    let edited = format!("    edited by mara (wrong graph), recorded by Mara Ito in {corrected}, ");
    assert!(lines[2].starts_with(&edited) && lines.len() == 3, "{log}");
}

#[test]
fn a_gate_is_not_passed_by_a_time_that_has_been() {
    let mara = with_incident("backdated");
    mara.at("10:00", &["update", "--status", "monitoring"]);
    mara.at("10:40", &["update", "-m", "Nothing new"]);
    let said = mara.refused("10:41", &["update", "--status", "resolved", "--at", "10:30"]);
    assert!(said.contains("`resolved` asks for `detection.method`"), "{said}");
}

#[test]
fn times_are_read_from_a_clock_in_the_zone_of_the_site() {
    let mara = mara("clock");
    let config = mara.read("incident.yaml").replace("status}", "status, timezone: Europe/Rome}");
    mara.file("incident.yaml", &config);
    mara.git(&["commit", "--quiet", "--all", "-m", "zone"]);
    mara.at("09:50", &["new", "Checkout fails"]);
    // It is 12:10 in Rome.
    mara.at("10:10", &["update", "--at", "12:05", "--public", "We are looking.", "--next-update", "12:40"]);
    mara.at("10:11", &["update", "--at", "-10m", "-m", "Paged"]);
    let text = mara.read(CHECKOUT);
    assert!(text.contains("  - at: 2024-05-01T12:05:00+02:00\n"), "{text}");
    assert!(text.contains("    next_update: 2024-05-01T12:40:00+02:00\n"), "{text}");
    assert!(text.contains("  - at: 2024-05-01T12:01:00+02:00\n"), "{text}");
    let said = mara.refused("10:12", &["update", "--at", "23:00", "-m", "x"]);
    assert!(said.contains("no clock in Europe/Rome, the site's zone, shows 23:00 in the last twelve hours"), "{said}");
}

#[test]
fn an_incident_is_found_among_those_that_are_over_whatever_its_style() {
    let mara = with_incident("find-open");
    let over = "timeline:\n  - {at: 2024-05-01T09:00:00Z, by: mara, status: resolved, reason: x}\n";
    for n in 0..3 {
        let id = format!("2024-05-01-over-{n}");
        let text = format!(
            "---\ntitle: x\ndetection: {{method: alert}}\nassessment: {{scope: none}}\ncause: {{category: bug}}\n{over}---\n"
        );
        mara.file(&format!("incidents/2024/05/{id}/incident.md"), &text);
    }
    let old = "---\ntitle: Old\ntimeline:\n  - {at: 2023-01-01T09:00:00Z, by: mara, status: triage}\n---\n";
    assert!(mara.at("10:00", &["update", "-m", "x"]).contains("checkout-fails: note"));
    mara.file("incidents/old/2023-01-01-old/incident.md", old);
    let said = mara.refused("10:01", &["update", "-m", "x"]);
    assert!(said.contains("2 incidents are open: 2024-05-01-checkout-fails, 2023-01-01-old"), "{said}");
    assert_eq!(mara.at("10:01", &["list"]).lines().count(), 2);
}

/// An incident whose customers heard of it an hour late, and then nothing for a day.
fn late(test: &str) -> Responder {
    let mara = mara(test);
    mara.at("09:50", &["new", "Checkout fails", "--severity", "sev2", "--service", "checkout=partial_outage"]);
    mara.at("11:20", &["update", "--public", "All payments fail.", "--set", "visibility=public"]);
    mara
}

/// The rules that `check` reports as errors in the record.
fn errors(mara: &Responder) -> Vec<String> {
    let run = mara.run_at(Some("2024-05-01T11:30:00Z"), &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found = report["diagnostics"].as_array().unwrap().iter().filter(|found| found["level"] == "error");
    found.map(|found| found["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_missed_deadline_is_acknowledged_once_with_the_reason() {
    let mara = late("acknowledge");
    assert!(errors(&mara).contains(&"late-first-update".to_owned()), "{:?}", errors(&mara));
    let before = mara.read(CHECKOUT);
    let acknowledge =
        ["update", "checkout", "--acknowledge", "late-first-update", "--reason", "Nobody had the: password."];
    let said = mara.at("11:30", &acknowledge);
    assert!(said.starts_with("checkout-fails: late-first-update acknowledged ("), "{said}");
    let breach = "breaches:\n  - rule: late-first-update\n    reason: \"Nobody had the: password.\"\n    by: mara\n    at: 2024-05-01T11:30:00Z\n";
    assert_eq!(mara.read(CHECKOUT), before.replace("timeline:\n", &format!("{breach}timeline:\n")));
    assert!(!errors(&mara).contains(&"late-first-update".to_owned()));

    let again = mara.refused("11:31", &acknowledge);
    assert!(again.contains("is acknowledged in 2024-05-01-checkout-fails already"), "{again}");
}

#[test]
fn only_what_was_missed_can_be_acknowledged() {
    let mara = late("acknowledge-nothing");
    let why = |rule: &str| mara.refused("11:30", &["update", "--acknowledge", rule, "--reason", "Late."]);
    let missed = "missed there, and not acknowledged: `late-first-update`";
    let said = why("late-first-updat");
    assert!(
        said.contains("no rule `late-first-updat`") && said.contains("did you mean `late-first-update`?"),
        "{said}"
    );
    let said = why("overrun");
    assert!(said.contains("`overrun` finds nothing in 2024-05-01-checkout-fails") && said.contains(missed), "{said}");
    let said = why("missing-channel");
    assert!(said.contains("no missed deadline") && said.contains("git incident explain missing-channel"), "{said}");

    let said = mara.refused("11:30", &["update", "--acknowledge", "late-first-update", "--reason", "Late.", "-m", "x"]);
    assert!(said.contains("with `--reason` and nothing else"), "{said}");
    let said = mara.refused("11:30", &["update", "--acknowledge", "late-first-update"]);
    assert!(said.contains("--reason"), "{said}");
    let said = mara.refused("11:30", &["update", "--acknowledge", "late-first-update", "--reason", "…"]);
    assert!(said.contains("stands for what only you know"), "{said}");
}
