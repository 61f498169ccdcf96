//! `postmortem`, `action`, `finding` and `promote`.

use super::responder::{POSTMORTEM, Responder, with_incident};

fn resolved(test: &str) -> Responder {
    let mara = with_incident(test);
    mara.at("09:52", &["assign", "incident_manager=mara", "tech_lead=wei"]);
    mara.at("10:00", &["update", "--todo", "Alert on the pool"]);
    mara.at("10:20", &["update", "--status", "monitoring"]);
    mara.at("10:40", &["resolve", "--set", "detection.method=alert", "--set", "assessment.data_loss=false"]);
    mara
}

#[test]
fn a_draft_holds_what_the_record_knows() {
    let mara = resolved("draft");
    mara.at("11:00", &["postmortem"]);
    let text = mara.read(POSTMORTEM);
    for lines in [
        "---\nstatus: draft\nowner: mara\nparties: [mara, wei]\n---\n",
        "- Impact began: 2024-05-01T09:50:00Z\n",
        "- Resolved: 2024-05-01T10:40:00Z, after 50m\n",
        "- checkout: partial outage for 50m\n",
        "- To do (entry 3): Alert on the pool\n",
    ] {
        assert!(text.contains(lines), "{lines}\n{text}");
    }
    assert!(mara.refused("11:01", &["postmortem", "checkout"]).contains("is there already"));
}

#[test]
fn a_postmortem_takes_no_step_too_many() {
    let mara = resolved("steps");
    mara.at("11:00", &["postmortem"]);
    let said = mara.refused("11:10", &["postmortem", "--status", "published"]);
    assert!(
        said.contains("cannot go from `draft` to `published`") && said.contains("it can go to `in_review`"),
        "{said}"
    );
    let said = mara.refused("11:10", &["postmortem", "--status", "in_review"]);
    assert!(said.contains("nobody has written “Root causes” yet"), "{said}");
    mara.writes_postmortem("findings: [{id: gate, class: process_flaw, statement: No gate., owner: wei}]\n");
    mara.at("11:10", &["postmortem", "--status", "in_review"]);
    mara.at("11:20", &["postmortem", "--status", "approved", "--approve", "service_owner"]);
    let text = mara.read(POSTMORTEM);
    assert!(text.contains("approvals:\n  - by: mara\n    as: service_owner\n    at: 2024-05-01T11:20:00Z\n"), "{text}");
    let said = mara.refused("11:30", &["postmortem", "--status", "published"]);
    assert!(said.contains("published before anybody decided on this finding"), "{said}");
    assert!(said.contains("answer `response_review:"), "{said}");
}

#[test]
fn actions_are_added_and_end() {
    let mara = resolved("actions");
    mara.at("11:00", &["postmortem"]);
    let gate =
        ["--ticket", "PAY-812", "--type", "prevent", "--priority", "high", "--owner", "wei", "--due", "2024-05-20"];
    mara.at("11:01", &[&["action", "add", "Add a load gate", "--id", "gate"], &gate[..]].concat());
    mara.at("11:02", &["action", "add", "Paint it red", "--type", "process", "--owner", "wei"]);
    assert_eq!(
        mara.at("11:03", &["action", "list"]),
        "2024-05-20  high  2024-05-01-checkout-fails/gate          wei  Add a load gate\n\
         no date     -     2024-05-01-checkout-fails/paint-it-red  wei  Paint it red\n"
    );
    let json: serde_json::Value = serde_json::from_str(&mara.at("11:03", &["action", "list", "--json"])).unwrap();
    assert_eq!((&json[0]["id"], &json[0]["due"]), (&"gate".into(), &"2024-05-20".into()));
    assert_eq!((&json[1]["due"], &json[1]["overdue_days"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    mara.at("11:03", &["action", "extend", "gate", "--to", "2024-05-27", "--reason", "Holiday"]);
    mara.at("11:04", &["action", "done", "gate", "--evidence", "https://git.example/pull/1"]);
    mara.at("11:05", &["action", "decline", "paint-it-red", "--reason", "Blue is fine", "--approved-by", "wei"]);
    let taken = ["action", "add", "Another", "--id", "gate", "--type", "process"];
    assert!(
        mara.refused("11:06", &taken).contains("the action `gate` is in 2024-05-01-checkout-fails already"),
        "an id that is taken"
    );
    let text = mara.read(POSTMORTEM);
    for lines in [
        "due: 2024-05-27\n",
        "extended: [{from: 2024-05-20, to: 2024-05-27, by: mara, reason: Holiday}]",
        "status: done\n",
        "done: 2024-05-01\n",
        "evidence: https://git.example/pull/1\n",
        "status: wont_do\n",
    ] {
        assert!(text.contains(lines), "{lines}\n{text}");
    }
    assert!(
        mara.refused("11:06", &["action", "done", "gaet", "--evidence", "x"]).contains("there is no action `gaet`")
    );
    let again = ["action", "decline", "gate", "--reason", "x", "--approved-by", "wei"];
    assert!(mara.refused("11:06", &again).contains("it can become `open`"));
}

#[test]
fn a_timeline_tells_programs_where_each_entry_comes_from() {
    let mara = resolved("log");
    mara.at("11:00", &["update", "checkout", "--at", "10:55", "--estimated", "-m", "It was the pool."]);
    let log: serde_json::Value = serde_json::from_str(&mara.at("11:10", &["log", "checkout", "--json"])).unwrap();
    let last = log.as_array().unwrap().last().unwrap();
    assert_eq!((&last["estimated"], &last["by"]), (&true.into(), &"mara".into()));
    let commit = mara.git(&["log", "-1", "--format=%H"]);
    assert!(commit.starts_with(last["recorded"]["commit"].as_str().unwrap()), "{last}");
    assert_eq!((&last["recorded"]["author"], &last["amendments"]), (&"Mara Ito".into(), &serde_json::json!([])));
    assert!(mara.at("11:10", &["log", "checkout"]).contains(" (estimated)  mara  "));
}

#[test]
fn a_todo_becomes_an_action_in_one_commit() {
    let mara = resolved("promote");
    mara.at("11:00", &["postmortem"]);
    mara.at("11:01", &["promote", "3", "--type", "detect", "--owner", "wei"]);
    assert!(mara.read(POSTMORTEM).contains("id: alert-on-the-pool\n"));
    assert!(
        mara.read(super::responder::CHECKOUT).contains("todo: Alert on the pool\n    promoted: alert-on-the-pool\n")
    );
    assert_eq!(mara.git(&["show", "--format=", "--name-only"]).lines().count(), 2);
    assert!(mara.refused("11:02", &["promote", "3", "--type", "detect"]).contains("no todo that is open"));
}

#[test]
fn findings_are_added_and_disposed_of() {
    let mara = resolved("findings");
    mara.at("11:00", &["postmortem"]);
    let gate = ["--class", "process_flaw", "--statement", "The checklist has no load gate.", "--owner", "wei"];
    mara.at("11:01", &[&["finding", "add", "--id", "no-load-gate"], &gate[..]].concat());
    mara.at("11:02", &["finding", "add", "checkout", "--class", "manual_error", "--statement", "The wrong graph"]);
    assert_eq!(
        mara.at("11:03", &["finding", "list"]),
        "2024-05-01-checkout-fails/no-load-gate     process flaw  wei       The checklist has no load gate.\n\
         2024-05-01-checkout-fails/the-wrong-graph  manual error  no owner  The wrong graph\n"
    );
    let json: serde_json::Value = serde_json::from_str(&mara.at("11:03", &["finding", "list", "--json"])).unwrap();
    assert_eq!(json[0]["incident"], "2024-05-01-checkout-fails");
    assert_eq!((&json[0]["id"], &json[0]["owner"]), (&"no-load-gate".into(), &"wei".into()));
    assert_eq!((&json[1]["class"], &json[1]["owner"]), (&"manual_error".into(), &serde_json::Value::Null));
    mara.at("11:04", &["finding", "defer", "no-load-gate", "--consulted", "team-payments"]);
    mara.at("11:05", &["finding", "accept", "no-load-gate", "--consulted", "mara,team-payments"]);
    mara.at("11:06", &["finding", "decline", "checkout/the-wrong-graph"]);
    let text = mara.read(POSTMORTEM);
    for lines in [
        "    owner: wei\n    disposition: accepted\n    consulted: [team-payments, mara]\n",
        "  - id: the-wrong-graph\n    class: manual_error\n    statement: The wrong graph\n    disposition: declined\n",
    ] {
        assert!(text.contains(lines), "{lines}\n{text}");
    }
    assert_eq!(mara.at("11:07", &["finding", "list"]), "No finding is open.\n");
    assert_eq!(mara.git(&["log", "-1", "--format=%s"]), "checkout-fails: finding the-wrong-graph declined");
}

#[test]
fn a_finding_that_makes_no_sense_is_refused() {
    let mara = resolved("findings-refused");
    mara.at("11:00", &["postmortem"]);
    mara.at("11:01", &["finding", "add", "--class", "manual_error", "--statement", "The wrong graph"]);
    mara.at("11:02", &["finding", "accept", "the-wrong-graph"]);
    let cases: [(&[&str], &str); 4] = [
        (&["add", "--class", "proces_flaw", "--statement", "x"], "did you mean `process_flaw`?"),
        (&["accept", "the-rong-graph"], "there is no finding `the-rong-graph`"),
        (&["accept", "the-wrong-graph"], "is accepted already"),
        (&["decline", "the-wrong-graph", "--consulted", "maar"], "did you mean `mara`?"),
    ];
    for (args, why) in cases {
        let said = mara.refused("11:03", &[&["finding"], args].concat());
        assert!(said.contains(why), "{args:?}: {said}");
    }
}
