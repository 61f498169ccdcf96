//! What the rules make of the words, lists and promises in `incident.yaml`.

use std::collections::BTreeMap;

use git_incident::check::{self, Options};
use git_incident::diagnostic::Level;
use git_incident::record::archive::{Archive, Memory};

use crate::rules::{CONFIG, EXAMPLE_PATH, check, rules_in};

/// A record that names a service and two people, under a configuration.
fn named_under(config: &str) -> Vec<String> {
    let record = "---\ntitle: Checkout fails\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, \
                  roles: {incident_manager: jonas, tech_lead: mara}, impact: {checkout: partial_outage}}\n---\n";
    let files = [(EXAMPLE_PATH, record), ("incident.yaml", config)];
    let report = check(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    report.diagnostics.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect()
}

#[test]
fn a_list_that_is_empty_is_one_finding() {
    assert_eq!(
        named_under(""),
        [
            "unknown-reference: `incident.yaml` lists no people, so nobody knows what the records mean by `jonas`, `mara`",
            "unknown-reference: `incident.yaml` lists no services, so nobody knows what the records mean by `checkout`",
        ]
    );
}

#[test]
fn a_list_that_is_empty_is_named_with_the_first_five_that_are_not_in_it() {
    let services =
        |count: usize| (1..=count).map(|i| format!("{{id: s{i}, owner: t{i}}}")).collect::<Vec<_>>().join(", ");
    let said = |count: usize| {
        let report = check([("incident.yaml".to_owned(), format!("services: [{}]\n", services(count)))].into());
        let [found] = report.diagnostics.as_slice() else { panic!("{:?}", report.diagnostics) };
        (found.message.clone(), found.help.clone().unwrap(), found.span.start)
    };
    let message = |names: &str| {
        format!(
            "`incident.yaml` lists no teams, so nobody knows what the records mean by `t1`, `t2`, `t3`, `t4`, `t5`{names}"
        )
    };
    let help = "add them under `teams`, each as `- {id: ID, name: NAME}`".to_owned();
    assert_eq!(said(5), (message(""), help.clone(), 0));
    assert_eq!(said(7), (message(" and 2 more"), help, 0));
}

#[test]
fn a_role_of_its_own_may_be_called_in() {
    let is_known = |config: &str| {
        let record = "---\ntitle: Checkout fails\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, \
                      escalate: {to: quartermaster}}\n---\n";
        let files = [(EXAMPLE_PATH, record), ("incident.yaml", &format!("people: [{{id: mara}}]\n{config}"))];
        let report = check(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
        !rules_in(&report).contains("unknown-reference")
    };
    assert!(is_known("roles: [quartermaster]\n"));
    assert!(!is_known(""));
}

/// Whether a waiver accepts nothing, beside a postmortem.
fn is_unused(rule: &str, postmortem: &str) -> bool {
    let incident =
        "---\ntitle: Checkout fails\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, status: triage}\n---\n";
    let waiver = "{record: 2024-05-01-checkout-errors, reason: x, by: mara, until: 2026-01-01";
    let config = format!("{CONFIG}waivers: [{waiver}, rule: {rule}}}]\n");
    let beside = EXAMPLE_PATH.replace("incident.md", "postmortem.md");
    let files = [(EXAMPLE_PATH, incident), (&beside, postmortem), ("incident.yaml", &config)];
    let report = check(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    rules_in(&report).contains("unused-waiver")
}

#[test]
fn a_waiver_is_unused_where_its_rule_could_read_everything_that_it_is_for() {
    assert!(is_unused("skipped-monitoring", "---\nstatus: draft\n---\n"));
    assert!(!is_unused("skipped-monitoring", "---\nstatus: drafted\n---\n"), "one of two files has a fault");
    assert!(!is_unused("skipped-monitorin", "---\nstatus: draft\n---\n"), "there is no such rule");
}

#[test]
fn a_postmortem_that_is_waived_need_not_be_published() {
    let waits = |waiver: &str| {
        let incident = "---\ntitle: Checkout fails\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, \
                        severity: sev1}\n  - {at: 2024-05-01T10:50:00Z, by: mara, status: resolved}\n  \
                        - {at: 2024-05-02T10:50:00Z, by: mara, status: closed}\n---\n";
        let beside = EXAMPLE_PATH.replace("incident.md", "postmortem.md");
        let config = format!("{CONFIG}{waiver}");
        let files = [(EXAMPLE_PATH, incident), (&beside, "---\nstatus: draft\n---\n"), ("incident.yaml", &config)];
        let report = check(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
        let mut gates = report.diagnostics.iter().filter(|found| found.rule == "unmet-gate");
        gates.any(|found| found.message.contains("its postmortem is `draft`"))
    };
    let waiver = |rule: &str| {
        format!(
            "waivers: [{{rule: {rule}, record: 2024-05-01-checkout-errors, reason: x, by: mara, until: 2026-01-01}}]\n"
        )
    };
    assert!(waits(""));
    assert!(waits(&waiver("missing-reason")));
    assert!(!waits(&waiver("postmortem-required")));
}

/// Findings of `missing-translation` in an archive of so many records, of which the first says something else.
fn translations(records: usize, first: &str) -> Vec<String> {
    let record = |public: &str| {
        format!(
            "---\ntitle: Checkout fails\nvisibility: public\ntimeline:\n  - {{at: 2024-05-01T09:50:00Z, by: mara, \
             status: investigating, public: {public}}}\n---\n"
        )
    };
    let path = |i: usize| format!("incidents/2024/05/2024-05-01-checkout-{i}/incident.md");
    let mut files: BTreeMap<String, String> = (0..records).map(|i| (path(i), record("Payments fail."))).collect();
    files.insert(path(0), record(first));
    files.insert("incident.yaml".into(), "site: {languages: [en, ko]}\npeople: [{id: mara}]\n".into());
    let report = check(files);
    let found = report.diagnostics.iter().filter(|found| found.rule == "missing-translation");
    found.map(|found| format!("{}: {}", found.path, found.message)).collect()
}

#[test]
fn an_archive_in_one_language_has_nothing_to_translate() {
    let found = |languages: &str, afterwards: usize| {
        let record = |i: usize| {
            let keys = if i < afterwards { ", backfill: true" } else { "" };
            let entry = format!(
                "{{at: 2024-05-01T09:50:00Z, by: mara, status: investigating, public: {{ko: 결제 불가.}}{keys}}}"
            );
            let text = format!("---\ntitle: Checkout fails\nvisibility: public\ntimeline:\n  - {entry}\n---\n");
            (format!("incidents/2024/05/2024-05-01-checkout-{i}/incident.md"), text)
        };
        let mut files: BTreeMap<String, String> = (0..10).map(record).collect();
        files.insert("incident.yaml".into(), format!("site: {{languages: [{languages}]}}\npeople: [{{id: mara}}]\n"));
        let report = check(files);
        let found = report.diagnostics.into_iter().filter(|found| found.rule == "missing-translation");
        found.map(|found| found.help.unwrap_or_default()).collect::<Vec<_>>()
    };
    let help = "write messages as `public: {LANGUAGE: …, LANGUAGE: …}`, or list only the languages that you write";
    assert_eq!(found("en, ko", 0), [help]);
    assert_eq!(found("en, ko", 9), [help]);
    assert_eq!(found("en", 0), [""; 0]);
    assert_eq!(found("en, ko", 10), [""; 0], "records that were made afterwards owe no translation");
}

#[test]
fn an_archive_that_is_never_translated_is_one_finding() {
    let summary = "incident.yaml: no message of 10 records is written in more than one language, so readers of the others \
                   get one they may not read";
    assert_eq!(translations(10, "Payments fail."), [summary]);
    assert_eq!(translations(9, "Payments fail.").len(), 9);
    assert_eq!(translations(11, "{en: Payments fail., ko: 결제가 되지 않습니다.}").len(), 10);
    assert_eq!(translations(10, "{ko: 결제가 되지 않습니다.}"), [summary]);
}

#[test]
fn a_notice_that_nobody_promised_is_information() {
    let level = |config: &str, time: &str| {
        let path = "incidents/2024/05/2024-05-10-upgrade/maintenance.md";
        let record = format!(
            "---\ntitle: Upgrade\nwindow: {{start: 2024-05-10T22:00:00Z, end: 2024-05-10T23:00:00Z}}\ntimeline:\n  \
             - {{at: 2024-05-07T{time}:00Z, by: mara, status: scheduled}}\n---\n"
        );
        let files = [(path, record), ("incident.yaml", format!("people: [{{id: mara}}]\n{config}"))];
        let report = check(files.map(|(path, text)| (path.to_owned(), text)).into());
        report.diagnostics.iter().find(|found| found.rule == "short-notice").map(|found| found.level)
    };
    assert_eq!(level("", "22:01"), Some(Level::Info));
    assert_eq!(level("", "22:00"), None, "three days to the minute");
    assert_eq!(level("maintenance: {notice: 4d}", "21:00"), Some(Level::Warning));
    assert_eq!(level("maintenance: {notice: 24h}", "22:01"), None);
}

/// Whether a major incident without a chat is reported in a repository that adopted the rules at noon of 3 May.
fn found_after_adoption(status: &str, last: &str) -> bool {
    let record = format!(
        "---\ntitle: Checkout fails\ntimeline:\n  - {{at: 2024-05-01T09:50:00Z, by: mara, status: investigating, severity: sev1}}\n  \
         - {{at: 2024-05-01T10:50:00Z, by: mara, status: {status}}}\n  - {{at: {last}, by: mara, note: Read again.}}\n---\n"
    );
    let files = [("incident.yaml", CONFIG), (EXAMPLE_PATH, &*record)];
    let archive = Archive::load(&Memory(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into())).unwrap();
    let adopted = Some("2024-05-03T12:00:00Z".parse().unwrap());
    let as_of = "2026-01-01T00:00:00Z".parse().unwrap();
    let report = check::run(&archive, &Options { as_of, adopted, ..Options::default() });
    rules_in(&report).contains("missing-channel")
}

#[test]
fn what_was_over_when_the_rules_were_adopted_owes_nothing() {
    assert!(!found_after_adoption("resolved", "2024-05-03T12:00:00Z"));
    assert!(found_after_adoption("resolved", "2024-05-03T12:00:01Z"), "work on it goes on");
    assert!(found_after_adoption("identified", "2024-05-02T12:00:00Z"), "it is live still");
}

/// The messages of a rule about words under a configuration, for a public message and a sentence of a postmortem.
fn judged_words(config: &str, rule: &str, public: &str, sentence: &str) -> Vec<String> {
    let record = format!(
        "---\ntitle: Checkout fails\nvisibility: public\ntimeline:\n  - {{at: 2024-05-01T09:50:00Z, by: mara, status: investigating, \
         public: {public}}}\n---\n"
    );
    let postmortem = format!("---\nstatus: draft\n---\n\n{sentence}\n");
    let beside = EXAMPLE_PATH.replace("incident.md", "postmortem.md");
    let files = [(EXAMPLE_PATH, record), (&beside, postmortem), ("incident.yaml", config.to_owned())];
    let report = check(files.map(|(path, text)| (path.to_owned(), text)).into());
    report.diagnostics.iter().filter(|found| found.rule == rule).map(|found| found.message.clone()).collect()
}

#[test]
fn a_repository_has_its_own_words_for_each_rule() {
    let blamed =
        |config: &str| judged_words(config, "blaming-words", "It fails.", "A careless and sloppy rollout.").len();
    assert_eq!(blamed(""), 2);
    assert_eq!(blamed("rules: {blaming-words: {except: [Careless]}}"), 1);
    assert_eq!(blamed("rules: {blaming-words: {also: [rollout]}}"), 3);
    let of_another = "rules: {contradicting-update: {except: [careless], also: [rollout]}}";
    assert_eq!(blamed(of_another), 2);
}

#[test]
fn a_message_is_judged_by_the_words_of_its_language() {
    let over = |language: &str| {
        let config = format!("site: {{languages: [{language}]}}");
        judged_words(&config, "contradicting-update", "This is resolved.", "").len()
    };
    assert_eq!((over("en"), over("en-GB"), over("it")), (1, 1, 0));
}

#[test]
fn names_are_not_judged_by_a_list_that_could_not_be_read() {
    let found = named_under("people: {mara: Mara}\nservices: [checkout]\n");
    assert!(found.iter().all(|found| found.starts_with("wrong-type")), "{found:?}");
}

#[test]
fn a_name_is_reported_once_whatever_it_was_named_for() {
    let found =
        named_under("services: [{id: checkout, owner: team-web}]\nteams: [{id: team-web}]\npeople: [{id: jonas}]\n");
    assert_eq!(found.len(), 1, "{found:?}");
}

/// Whether a severity is called too low for a service that is down for everybody.
fn is_too_low(config: &str) -> bool {
    let record = "---\ntitle: Checkout is down\nassessment: {scope: all}\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, \
                  status: investigating, severity: sev2, impact: {checkout: major_outage}}\n---\n";
    let files = [(EXAMPLE_PATH, record), ("incident.yaml", config)];
    let report = check(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    rules_in(&report).contains("severity-criteria")
}

#[test]
fn the_built_in_criteria_hold_for_services_of_the_first_tier_and_where_no_others_are_written() {
    assert!(is_too_low("services: [{id: checkout, tier: 1}]"));
    assert!(!is_too_low("services: [{id: checkout, tier: 2}]"));
    assert!(!is_too_low("services: [{id: checkout}]"));
    let severities = |of: &str| {
        format!("services: [{{id: checkout, tier: 1}}]\nseverities: {{sev1: {of}, sev2: {{name: Major}}}}\n")
    };
    assert!(is_too_low(&severities("{clocks: {cadence: 45m}}")));
    assert!(!is_too_low(&severities("{criteria: The chief executive is called.}")));
}

/// Whether a postmortem was published late that `service_owner` and `legal_counsel` have to approve within 14 days, which
/// end on 15 May at ten.
fn is_late(approvals: &str) -> bool {
    let lifecycle = "postmortem: {initial: [{to: [draft, in_review, approved, published]}], states: {draft: {live: true}, \
                     in_review: {live: true}, approved: {live: true}, \
                     published: {requires: {approvals: [service_owner, legal_counsel]}}}, transitions: []}";
    let incident = include_str!("../rules/late-postmortem/fails/incidents/2024/05/2024-05-01-typical/incident.md");
    let postmortem = format!("---\nstatus: published\nowner: mara\napprovals: [{approvals}]\n---\n");
    let beside = EXAMPLE_PATH.replace("incident.md", "postmortem.md");
    let files = [(EXAMPLE_PATH, incident), (&beside, &postmortem), ("schemas/lifecycle.yaml", lifecycle)];
    let report = check(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    rules_in(&report).contains("late-postmortem")
}

#[test]
fn a_postmortem_is_published_when_the_last_of_its_roles_has_approved_it_for_the_first_time() {
    let by = |role: &str, day: u8| format!("{{by: wei, as: {role}, at: 2024-05-{day}T09:00:00Z}}");
    let all = |approvals: &[String]| is_late(&approvals.join(", "));
    assert!(all(&[by("service_owner", 10), by("legal_counsel", 20)]));
    assert!(all(&[by("service_owner", 20), by("legal_counsel", 10)]));
    assert!(!all(&[by("service_owner", 10), by("legal_counsel", 11)]));
    assert!(!all(&[by("service_owner", 10), by("legal_counsel", 11), by("scribe", 20), by("legal_counsel", 21)]));
}

#[test]
fn services_need_an_owner_where_there_are_teams_to_own_them() {
    let asks = |teams: &str| {
        let config = format!("people: [{{id: mara}}, {{id: jonas}}]\nservices: [{{id: checkout}}]\n{teams}");
        named_under(&config).iter().any(|found| found.starts_with("service-owner"))
    };
    assert!(asks("teams: [{id: payments}]\n"));
    assert!(!asks(""));
}
