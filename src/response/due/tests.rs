use super::*;
use crate::record::archive::Memory;

const CONFIG: &str = "people: [{id: mara, team: team-web}, {id: wei}, {id: jonas}]\nteams: [{id: team-web}]\n\
                      services: [{id: checkout, owner: team-web, public: true}]\n";

/// What an archive owes at a time of 1 May 2024: the kind, when it is due, who owes it, and `!` where that has passed.
fn owed(files: &[(&str, &str)], config: &str, clock: &str) -> Vec<String> {
    let at = |file: &str| format!("incidents/2024/05/2024-05-01-checkout/{file}.md");
    let files = files.iter().map(|(file, text)| (at(file), format!("---\n{text}---\n")));
    let config = ("incident.yaml".to_owned(), format!("{CONFIG}{config}"));
    let archive = Archive::load(&Memory(files.chain([config]).collect())).unwrap();
    for record in &archive.records {
        assert_eq!(record.problems, [], "{}", record.path);
    }
    assert_eq!(archive.config.problems, []);
    let now = format!("2024-05-{clock}:00Z").parse().unwrap();
    due(&archive, now).iter().map(line).collect()
}

fn line(owed: &Owed) -> String {
    let due = owed.due.map_or("-".into(), |due| due.to_string()[8..16].replace('T', " "));
    let mark = if owed.overdue { "! " } else { "" };
    format!("{mark}{} {due} {}", owed.task.duty().name(), owed.owner.names.join(",")).trim_end().to_owned()
}

/// What an incident owes, whose entries are given as `HH:MM` and the rest of a flow mapping.
fn of_incident(entries: &[(&str, &str)], clock: &str) -> Vec<String> {
    owed(&[("incident", &incident("visibility: public\n", entries))], "", &format!("01T{clock}"))
}

fn incident(head: &str, entries: &[(&str, &str)]) -> String {
    let lines: String =
        entries.iter().map(|(at, keys)| format!("  - {{at: 2024-05-01T{at}:00Z, by: wei, {keys}}}\n")).collect();
    format!("title: Checkout fails\n{head}timeline:\n{lines}")
}

const OPENED: (&str, &str) = (
    "09:00",
    "status: investigating, severity: sev3, impact: {checkout: partial_outage}, roles: {incident_manager: mara}",
);

#[test]
fn customers_are_owed_a_first_word_until_they_have_one() {
    assert_eq!(of_incident(&[OPENED], "13:00"), ["first_update 01 13:00 mara", "escalation 04 09:00 mara"]);
    assert_eq!(of_incident(&[OPENED], "13:01")[0], "! first_update 01 13:00 mara");
    let told = [OPENED, ("09:10", "public: We look into it.")];
    assert_eq!(of_incident(&told, "10:00")[0], "next_update 02 09:10 mara");
}

#[test]
fn a_promise_replaces_the_cadence() {
    let promised = [OPENED, ("09:10", "public: We look into it., next_update: 2024-05-01T09:40:00Z")];
    assert_eq!(of_incident(&promised, "09:41")[0], "! promised_update 01 09:40 mara");
    let kept = [promised[0], promised[1], ("09:39", "public: Still at it.")];
    assert_eq!(of_incident(&kept, "09:41")[0], "next_update 02 09:39 mara");
}

#[test]
fn what_customers_cannot_read_owes_them_nothing() {
    let internal = incident("visibility: internal\n", &[OPENED]);
    assert_eq!(owed(&[("incident", &internal)], "", "01T20:00"), ["escalation 04 09:00 mara"]);
}

#[test]
fn management_is_told_of_what_lasts_and_not_of_what_is_over() {
    let told = [OPENED, ("09:10", "public: x, escalate: {to: executive_sponsor, reason: severity}")];
    assert_eq!(of_incident(&told, "10:00"), ["next_update 02 09:10 mara"]);
    let over = [OPENED, ("09:10", "public: Over., status: resolved")];
    assert_eq!(of_incident(&over, "10:00"), [""; 0]);
}

#[test]
fn a_major_incident_asks_for_people_and_channels_after_the_time_of_a_handover() {
    let opened = [("09:00", "status: investigating, severity: sev2, public: x, impact: {checkout: major_outage}")];
    let expected = [
        "! incident_manager 01 09:05 team-web",
        "! role 01 09:05 team-web",
        "! channel 01 09:05 team-web",
        "next_update 01 10:00 team-web",
        "escalation 01 13:00 team-web",
    ];
    assert_eq!(of_incident(&opened, "09:06"), expected);
    assert!(of_incident(&opened, "09:05").iter().all(|line| !line.starts_with('!')));
    // Who is raised to a major incident later has that time from then on.
    let raised = [OPENED, ("09:30", "severity: sev2, roles: {incident_manager: null}")];
    let owed = of_incident(&raised, "09:32");
    assert!(owed.contains(&"incident_manager 01 09:35 team-web".to_owned()), "{owed:?}");
    assert!(owed.contains(&"role 01 09:35 team-web".to_owned()), "{owed:?}");
}

#[test]
fn what_nobody_confirmed_needs_no_team_yet() {
    let triage = [("09:00", "status: triage, severity: sev2, impact: {checkout: major_outage}, public: x")];
    assert_eq!(of_incident(&triage, "09:30"), ["next_update 01 10:00 team-web", "escalation 01 13:00 team-web"]);
}

const OVER: [(&str, &str); 2] = [
    ("09:00", "status: investigating, severity: sev1, roles: {incident_manager: mara, tech_lead: wei}"),
    ("09:20", "status: resolved, event: impact_ended"),
];

#[test]
fn a_postmortem_is_owed_from_the_resolution_until_it_is_published() {
    let over = incident("", &OVER);
    let at = |postmortem: Option<&str>, clock| {
        let postmortem = postmortem.map(|status| format!("status: {status}\nowner: jonas\n"));
        let files = [Some(("incident", over.as_str())), postmortem.as_deref().map(|text| ("postmortem", text))];
        owed(&files.into_iter().flatten().collect::<Vec<_>>(), "", clock)
    };
    assert_eq!(at(None, "15T09:20"), ["postmortem 15 09:20 mara"]);
    assert_eq!(at(None, "15T09:21"), ["! postmortem 15 09:20 mara"]);
    assert_eq!(at(Some("draft"), "02T09:00"), ["postmortem 15 09:20 jonas"]);
    assert_eq!(at(Some("approved"), "02T09:00"), ["postmortem 15 09:20 jonas"]);
    assert_eq!(at(Some("published"), "20T09:00"), [""; 0]);
}

#[test]
fn closed_is_the_matter_of_check_and_a_small_incident_needs_no_postmortem() {
    let closed = incident("", &[OVER[0], OVER[1], ("10:00", "status: closed")]);
    assert_eq!(owed(&[("incident", &closed)], "", "30T09:00"), [""; 0]);
    let small = incident("", &[OPENED, ("09:20", "status: resolved")]);
    assert_eq!(owed(&[("incident", &small)], "", "30T09:00"), [""; 0]);
}

#[test]
fn a_reopened_incident_owes_no_postmortem_while_it_is_live() {
    let reopened =
        incident("channels: {chat: x, room: z}\n", &[OVER[0], OVER[1], ("10:00", "status: investigating, reason: x")]);
    let owed = owed(&[("incident", &reopened), ("postmortem", "status: draft\nowner: jonas\n")], "", "20T09:00");
    assert!(owed.iter().all(|line| !line.contains("postmortem")), "{owed:?}");
}

#[test]
fn records_that_were_made_afterwards_are_not_asked_and_their_own_dates_are() {
    let late =
        [OVER[0].1.replace("status", "backfill: true, status"), OVER[1].1.replace("status", "backfill: true, status")];
    let over = incident("", &[("09:00", &late[0]), ("09:20", &late[1])]);
    assert_eq!(owed(&[("incident", &over)], "", "20T09:00"), [""; 0]);
    let action = "status: published\nowner: jonas\nactions: [{id: a, title: Add it, type: prevent, priority: high, owner: wei, due: 2024-05-20, status: open}]\n";
    assert_eq!(owed(&[("incident", &over), ("postmortem", action)], "", "20T09:00"), ["action 20 23:59 wei"]);
}

#[test]
fn urgent_actions_and_open_findings_are_owed_with_the_review() {
    let over = incident("", &OVER);
    let postmortem = "status: published\nowner: jonas\nmeeting: 2024-05-03T10:00:00Z\nfindings:\n  - {id: f, class: process_flaw, statement: x}\n\
                      \x20 - {id: g, class: process_flaw, statement: x, disposition: deferred}\nactions:\n\
                      \x20 - {id: a, title: Add it, type: prevent, priority: high, owner: wei, due: 2024-05-20, status: open}\n\
                      \x20 - {id: b, title: Add it, type: prevent, priority: high, status: in_progress}\n\
                      \x20 - {id: c, title: Add it, type: prevent, priority: low, due: 2024-05-02, status: open}\n\
                      \x20 - {id: d, title: Add it, type: prevent, priority: high, due: 2024-05-02, status: done}\n";
    let at = |clock| owed(&[("incident", &over), ("postmortem", postmortem)], "", clock);
    assert_eq!(at("10T00:00"), ["finding 15 09:20 jonas", "action 20 23:59 wei", "action 31 23:59 jonas"]);
    assert_eq!(at("20T23:59"), ["! finding 15 09:20 jonas", "action 20 23:59 wei", "action 31 23:59 jonas"]);
    assert_eq!(at("21T00:00")[1], "! action 20 23:59 wei");
}

#[test]
fn notices_are_owed_until_they_are_sent() {
    let with = |obligations: &str| {
        let text = incident(&format!("obligations: [{obligations}]\n"), &[OPENED, ("09:20", "status: resolved")]);
        owed(&[("incident", &text)], "", "04T09:30")
    };
    let due = "due: 2024-05-04T09:00:00Z";
    assert_eq!(with(&format!("{{regime: x, applies: true, {due}}}")), ["! obligation 04 09:00 mara"]);
    assert_eq!(with(&format!("{{regime: x, applies: true, {due}, sent: 2024-05-04T08:00:00Z}}")), [""; 0]);
    assert_eq!(with("{regime: x, applies: unknown}"), ["obligation - mara"]);
    assert_eq!(with("{regime: x, applies: false, basis: x}"), [""; 0]);
    let personal = incident("assessment: {personal_data: true}\n", &[OPENED, ("09:20", "status: resolved")]);
    assert_eq!(owed(&[("incident", &personal)], "", "01T10:00"), ["obligation - mara"]);
}

#[test]
fn planned_work_starts_and_ends_with_its_window() {
    let at = |entries: &[(&str, &str)], clock| {
        let lines: String =
            entries.iter().map(|(at, keys)| format!("  - {{at: 2024-05-{at}:00Z, by: wei, {keys}}}\n")).collect();
        let window = "window: {start: 2024-05-05T22:00:00Z, end: 2024-05-05T23:00:00Z}\n";
        let text = format!("title: Upgrade\n{window}services: {{checkout: under_maintenance}}\ntimeline:\n{lines}");
        owed(&[("maintenance", &text)], "", clock)
    };
    let planned = ("01T09:00", "status: scheduled");
    let started = ("05T22:00", "status: in_progress, impact: {checkout: under_maintenance}");
    assert_eq!(at(&[planned], "05T22:00"), ["maintenance_start 05 22:00 wei"]);
    assert_eq!(at(&[planned], "05T22:01"), ["! maintenance_start 05 22:00 wei"]);
    assert_eq!(at(&[planned, started], "05T23:01"), ["! maintenance_end 05 23:00 wei"]);
    assert_eq!(
        at(&[planned, started, ("05T22:30", "status: verifying")], "05T22:40"),
        ["maintenance_end 05 23:00 wei"]
    );
    assert_eq!(at(&[planned, started, ("05T22:50", "status: completed")], "06T22:01"), [""; 0]);
}

#[test]
fn a_rule_that_is_off_or_waived_is_not_asked_ahead_either() {
    let over = incident("", &OVER);
    let at = |config: &str, clock| owed(&[("incident", &over)], config, clock);
    assert_eq!(at("rules: {postmortem-required: off}\n", "20T09:00"), [""; 0]);
    assert_eq!(at("rules: {postmortem: off}\n", "20T09:00"), [""; 0]);
    assert_eq!(at("rules: {postmortem: off, postmortem-required: warn}\n", "20T09:00").len(), 1);
    let waiver =
        "waivers: [{rule: postmortem-required, record: 2024-05-01-checkout, reason: x, by: mara, until: 2024-05-20}]\n";
    assert_eq!(at(waiver, "20T23:59"), ["waiver 20 23:59 mara"]);
    assert_eq!(at(waiver, "21T00:00"), ["! postmortem 15 09:20 mara", "! waiver 20 23:59 mara"]);
}

#[test]
fn what_was_over_when_the_repository_was_adopted_owes_nothing() {
    let over = incident("", &OVER);
    let at =
        |since: &str| owed(&[("incident", &over)], &format!("rules: {{history: {{since: {since}}}}}\n"), "20T09:00");
    assert_eq!(at("2024-05-02"), [""; 0]);
    assert_eq!(at("2024-05-01"), ["! postmortem 15 09:20 mara"]);
}

#[test]
fn a_team_and_a_role_own_what_their_people_do() {
    let archive = Archive::load(&Memory([("incident.yaml".into(), CONFIG.into())].into())).unwrap();
    let owner = Owner { names: vec!["mara".into()], role: Some("incident_manager") };
    for who in ["mara", "team-web", "incident_manager", "incident_commander"] {
        assert!(owner.is(who, &archive.config), "{who}");
    }
    assert!(!owner.is("wei", &archive.config));
    let of_team = Owner { names: vec!["team-web".into()], role: None };
    assert!(of_team.is("mara", &archive.config) && !of_team.is("wei", &archive.config));
}

#[test]
fn one_review_of_several_incidents_is_due_with_the_last_of_them() {
    let at = |id: &str, file: &str| format!("incidents/2024/05/{id}/{file}.md");
    let over = |day: &str| format!("---\n{}---\n", incident("", &OVER).replace("2024-05-01", day));
    let review = "---\nstatus: draft\nowner: jonas\nincidents: [2024-05-03-b]\n---\n";
    let files = [
        (at("2024-05-01-a", "incident"), over("2024-05-01")),
        (at("2024-05-03-b", "incident"), over("2024-05-03")),
        (at("2024-05-01-a", "postmortem"), review.to_owned()),
        ("incident.yaml".to_owned(), CONFIG.to_owned()),
    ];
    let archive = Archive::load(&Memory(files.into())).unwrap();
    let owed = due(&archive, "2024-05-10T00:00:00Z".parse().unwrap());
    assert_eq!(owed.iter().map(line).collect::<Vec<_>>(), ["postmortem 17 09:20 jonas"]);
}

#[test]
fn what_came_to_nothing_owes_no_notice() {
    let notice = "obligations: [{regime: x, applies: true, due: 2024-05-04T09:00:00Z}]\n";
    let dropped = incident(notice, &[OPENED, ("09:20", "status: canceled, reason: x")]);
    assert_eq!(owed(&[("incident", &dropped)], "", "04T09:30"), [""; 0]);
}

#[test]
fn what_is_overdue_comes_first_and_of_that_what_is_going_on_now() {
    let live = incident("visibility: public\n", &[OPENED]);
    let review = "status: published\nowner: jonas\nactions: [{id: a, title: Add it, type: prevent, priority: high, owner: wei, due: 2024-04-20, status: open}]\n";
    let owed = owed(&[("incident", &live), ("postmortem", review)], "", "01T13:01");
    assert_eq!(owed, ["! first_update 01 13:00 mara", "! action 20 23:59 wei", "escalation 04 09:00 mara"]);
}

#[test]
fn what_has_no_id_gets_one_that_nobody_has_and_then_its_command() {
    let review = "status: draft\nowner: jonas\nfindings:\n  - class: process_flaw\n    statement: Nobody reads it.\n  - {id: nobody-reads-it, class: process_flaw, statement: x, disposition: declined}\n\
                  \x20 - {class: process_flaw, statement: 아무도 읽지 않는다}\n";
    let files = [("incident", incident("", &OVER)), ("postmortem", review.to_owned())];
    let path = |file: &str| format!("incidents/2024/05/2024-05-01-checkout/{file}.md");
    let mut files: std::collections::BTreeMap<String, String> =
        files.map(|(file, text)| (path(file), format!("---\n{text}---\n"))).into();
    files.insert("incident.yaml".into(), CONFIG.into());
    let archive = Archive::load(&Memory(files)).unwrap();
    let edits: Vec<(usize, String, Option<String>)> = due(&archive, "2024-05-02T00:00:00Z".parse().unwrap())
        .into_iter()
        .filter_map(|owed| match owed.settle {
            Settle::Edit(edit) => Some((edit.line, edit.write, edit.then)),
            Settle::Command(_) => None,
        })
        .collect();
    let accept = |id: &str| Some(format!("git incident finding accept 2024-05-01-checkout/{id}"));
    let expected = [
        (5, "id: nobody-reads-it-2".to_owned(), accept("nobody-reads-it-2")),
        (8, "id: finding".into(), accept("finding")),
    ];
    assert_eq!(edits, expected);
}
