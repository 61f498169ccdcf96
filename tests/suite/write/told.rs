//! What the commands say of a record: in full, once, and to the point.

use super::responder::{CHECKOUT, POSTMORTEM, Responder, mara, with_incident};

#[test]
fn settings_that_cannot_be_read_are_named_and_nobody_is_blamed() {
    let mara = with_incident("broken-settings");
    mara.file("incident.yaml", &format!("{}nonsense\n", mara.read("incident.yaml")));
    let why = mara.refused("10:00", &["update", "-m", "x"]);
    assert!(why.contains("incident.yaml cannot be read: line 10, column 1: "), "{why}");
    assert!(!why.contains("nobody of"), "{why}");
    for read in [&["list"][..], &["show"], &["topic"], &["log"], &["update", "--by", "mara", "-m", "x"]] {
        let run = mara.run(read);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("warning: incident.yaml cannot be read: line 10"), "{read:?}: {}", run.stderr);
    }
}

#[test]
fn a_record_that_cannot_be_read_is_not_told_as_an_empty_one() {
    let mara = with_incident("conflicted");
    let text = mara.read(CHECKOUT);
    mara.file(
        CHECKOUT,
        &text.replacen("title: Checkout fails\n", "<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs\n", 1),
    );
    for args in [&["show"][..], &["topic"], &["log"], &["update", "--edit", "1", "-m", "x", "--reason", "x"]] {
        let why = mara.refused("10:00", args);
        assert!(why.contains(&format!("{CHECKOUT} cannot be read: line 2, column 1: ")), "{args:?}: {why}");
    }
    let listed = mara.run(&["list"]).stdout;
    assert!(listed.contains("2024-05-01-checkout-fails  -  cannot be read: line 2, column 1: "), "{listed}");
}

#[test]
fn a_note_of_several_lines_says_so_and_log_has_them_all() {
    let mara = with_incident("long-note");
    mara.at("10:00", &["update", "-m", "first line\n\nsecond line: customer db was dropped"]);
    let shown = mara.at("10:01", &["show"]);
    assert!(
        shown.contains("mara  first line […]\n\n  […] `git incident log 2024-05-01-checkout-fails` shows"),
        "{shown}"
    );
    let log = mara.at("10:01", &["log"]);
    assert!(log.contains("mara  first line\n\n    second line: customer db was dropped\n    recorded"), "{log}");
    for command in ["show", "log"] {
        let json: serde_json::Value = serde_json::from_str(&mara.at("10:01", &[command, "--json"])).unwrap();
        let entry = if command == "show" { &json["timeline"][1] } else { &json[1] };
        assert_eq!(entry["says"], "first line […]");
        assert_eq!(entry["text"], "first line\n\nsecond line: customer db was dropped");
    }
}

#[test]
fn customers_heard_nothing_of_what_they_cannot_read() {
    let mara = with_incident("internal-message");
    mara.at("10:00", &["update", "--public", "We are looking."]);
    let shown = mara.at("10:01", &["show"]);
    assert!(shown.contains("have heard nothing; the record is internal"), "{shown}");
    let json = |mara: &Responder| -> serde_json::Value {
        serde_json::from_str(&mara.at("10:01", &["show", "--json"])).unwrap()
    };
    assert_eq!(json(&mara)["last_public"], serde_json::Value::Null);
    mara.at("10:02", &["update", "--set", "visibility=public", "--decision", "They noticed."]);
    assert_eq!(json(&mara)["last_public"]["text"], "We are looking.");
}

#[test]
fn the_deadlines_are_said_when_their_clocks_begin() {
    let mara = mara("clocks-begin");
    mara.at("09:50", &["new", "Checkout fails", "--service", "checkout=partial_outage"]);
    let declared = mara.at("09:55", &["update", "--status", "investigating", "--severity", "sev2"]);
    assert!(declared.contains("due:   first message to customers by 2024-05-01T10:25:00Z, in 30m\n"), "{declared}");
    assert!(
        declared.contains("`git incident assign 2024-05-01-checkout-fails incident_manager=")
            && declared.contains("team-payments")
    );
    let raised = mara.at("10:00", &["update", "--severity", "sev1"]);
    assert!(raised.contains("due:   first message to customers by 2024-05-01T10:10:00Z, in 10m\n"), "{raised}");
    let lowered = mara.at("10:05", &["update", "--severity", "sev3", "--reason", "Few customers."]);
    assert!(!lowered.contains("due:"), "{lowered}");
    assert!(!mara.at("10:06", &["update", "-m", "x"]).contains("due:"));
}

#[test]
fn a_record_is_named_by_its_slug_its_path_or_an_old_id() {
    let mara = with_incident("names");
    mara.at("09:51", &["new", "Checkout fails again"]);
    for word in ["checkout-fails", "01-checkout-fails", CHECKOUT, "incidents/2024/05/2024-05-01-checkout-fails/"] {
        assert!(mara.at("09:52", &["show", word]).contains(CHECKOUT), "{word}");
    }
    assert!(mara.refused("09:52", &["show", "checkout"]).contains("could be any of"));
    let old = mara.read(CHECKOUT).replacen("timeline:", "aliases: [2024-05-01-cards-fail]\ntimeline:", 1);
    mara.file(CHECKOUT, &old);
    for word in ["2024-05-01-cards-fail", "cards-fail", "incidents/2024/05/2024-05-01-cards-fail/incident.md"] {
        assert!(mara.run(&["show", word]).stdout.contains(CHECKOUT), "{word}");
    }
}

#[test]
fn work_that_begins_before_its_window_is_recorded_with_a_word_about_it() {
    let mara = mara("early-start");
    let window = ["--start", "2024-05-06T05:00:00Z", "--end", "2024-05-06T06:00:00Z"];
    let planned = mara.at("09:50", &[&["new", "maintenance", "Database work  \t"][..], &window].concat());
    assert!(mara.read("incidents/2024/05/2024-05-06-database-work/maintenance.md").contains("title: Database work\n"));
    assert!(planned.contains("--status in_progress"));
    let shown = mara.at("09:51", &["show", "database"]);
    assert!(shown.contains("  begins ") && shown.contains("in 4d"), "{shown}");
    let early = |clock: &str, args: &[&str]| mara.run_at(Some(&format!("2024-05-01T{clock}:00Z")), args);
    let began = early("10:00", &["update", "database", "--status", "in_progress"]);
    assert_eq!(began.code, 0, "{}", began.stderr);
    assert!(began.stderr.contains("window.start=2024-05-01T10:00:00Z"), "{}", began.stderr);
    let found = mara.run(&["check"]).stdout;
    assert!(found.contains("warning[early-start]: this was 4d before the announced window"), "{found}");
    let moved = early("10:01", &["update", "database", "--set", "window.start=2024-05-01T10:00:00Z"]);
    assert_eq!((moved.code, moved.stderr.as_str()), (0, ""));
    let text = mara.read("incidents/2024/05/2024-05-06-database-work/maintenance.md");
    assert!(text.contains("{start: 2024-05-01T10:00:00Z, end: 2024-05-06T06:00:00Z}"), "{text}");
    assert!(!mara.run(&["check"]).stdout.contains("early-start"));
}

#[test]
fn a_drill_is_planned_with_what_it_is_to_show() {
    let mara = mara("objectives");
    let drill = ["new", "drill", "Lost region", "--scenario", "Region A is gone", "--objective", "Orders go through"];
    let said = mara.at("09:50", &drill);
    assert!(said.contains("--status held --set objectives.1.result=met`"), "{said}");
    mara.at("10:50", &["update", "lost-region", "--status", "held", "--set", "objectives.1.result=met"]);
    let text = mara.read("incidents/2024/05/2024-05-01-lost-region/drill.md");
    assert!(text.contains("objectives: [{text: Orders go through, result: met}]\n"), "{text}");
    assert!(!mara.run(&["check"]).stdout.contains("drill-result"));
}

#[test]
fn an_action_ends_once_and_with_something_to_look_at() {
    let mara = with_incident("action-ends");
    mara.at("10:20", &["postmortem", "checkout"]);
    assert!(mara.read(POSTMORTEM).contains("status: draft"));
    let add = ["action", "add", "Add a load gate", "--type", "prevent", "--owner", "mara", "--id", "load-gate"];
    let due = |day: &'static str| [&add[..], &["--due", day]].concat();
    let why = mara.refused("10:21", &due("tomorrow"));
    assert!(why.contains("`tomorrow` is not a day") && why.contains("`14d`") && !why.contains("14:30"), "{why}");
    assert!(mara.refused("10:21", &due("2020-01-01")).contains("2020-01-01 is over"));
    mara.at("10:21", &due("14d"));
    let extend = ["action", "extend", "load-gate", "--to", "2024-04-30", "--reason", "x"];
    assert!(mara.refused("10:22", &extend).contains("2024-04-30 is over"));
    assert!(
        mara.refused("10:22", &["action", "done", "load-gate", "--evidence", "foo"]).contains("`foo` leads nowhere")
    );
    mara.at("10:23", &["action", "done", "load-gate", "--evidence", "https://git.example/pull/77"]);
    let again = mara.refused("10:24", &["action", "done", "load-gate", "--evidence", "https://git.example/pull/78"]);
    assert!(again.contains("the action `load-gate` is done already"), "{again}");
}

#[test]
fn roles_are_guessed_from_a_slip_and_from_what_the_topic_calls_them() {
    let mara = with_incident("short-roles");
    for word in ["im", "IM", "incident_manger"] {
        let why = mara.refused("10:00", &["assign", &format!("{word}=mara")]);
        assert!(why.contains("did you mean `incident_manager`?"), "{why}");
    }
    let why = mara.refused("10:00", &["assign", "janitor=mara"]);
    assert!(why.contains("`scribe`") && !why.contains("incident_commander"), "{why}");
}

#[test]
fn times_are_said_as_people_say_them() {
    let mara = with_incident("spans");
    mara.at("10:00", &["update", "--public", "We look.", "--next-update", "1h30m", "--at", "now"]);
    assert!(mara.read(CHECKOUT).contains("next_update: 2024-05-01T11:30:00Z"));
    let why = mara.refused("10:05", &["update", "--public", "We look.", "--next-update", "0m"]);
    assert!(why.contains("not later than"), "{why}");
}

#[test]
fn new_says_its_file_once_and_takes_the_word_incident() {
    let mara = mara("new-words");
    let said = mara.at("09:50", &["new", "--no-commit", "Search is slow"]);
    assert_eq!(said.matches("incident.md").count(), 1, "{said}");
    assert!(mara.refused("09:51", &["new", "Search", "is", "gone"]).contains("`git incident new \"Search is gone\"`"));
    mara.at("09:51", &["new", "incident", "Search is gone", "--severity", "sev2"]);
    assert!(mara.read("incidents/2024/05/2024-05-01-search-is-gone/incident.md").contains("severity: sev2"));
}

#[test]
fn fmt_says_what_it_did() {
    let mara = with_incident("fmt-says");
    let text = mara.read(CHECKOUT).replace("title: Checkout fails", "title:  Checkout fails  ");
    mara.file(CHECKOUT, &text);
    let said = mara.run(&["fmt", "--check"]).stdout;
    assert!(said.contains("1 to change"), "{said}");
    assert!(mara.run(&["fmt"]).stdout.contains("1 changed, 0 in order"));
}
