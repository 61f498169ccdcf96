use proptest::collection;
use proptest::prelude::*;
use proptest::sample::subsequence;

use super::*;
use crate::record::decode;
use crate::record::lifecycle::Lifecycle;

const CONFIG: &str = "site: {title: Shop, languages: [en, ko]}\nroles: [janitor]\n";

fn read_incident(text: &str) -> Record {
    let mut names = Names::new(&Lifecycle::built_in().unwrap());
    decode::config::read("incident.yaml", CONFIG.into(), &mut names);
    read("2024-05-01-x", Kind::Incident, "incidents/2024-05-01-x/incident.md", text.into(), &names)
}

/// Rule and the text it points at, for front matter with one good entry after it.
fn found(front: &str) -> Vec<(&'static str, String)> {
    let text = format!("---\n{front}timeline:\n  - {{at: 2024-05-01T09:41:00Z, by: wei, note: x}}\n---\n");
    problems(&text)
}

fn in_entry(keys: &str) -> Vec<(&'static str, String)> {
    problems(&format!("---\ntitle: x\ntimeline:\n  - at: 2024-05-01T09:41:00Z\n    by: wei\n    {keys}\n---\n"))
}

fn problems(text: &str) -> Vec<(&'static str, String)> {
    let record = read_incident(text);
    record.problems.iter().map(|p| (p.rule, text[p.span.range()].to_owned())).collect()
}

fn one(rule: &'static str, at: &str) -> Vec<(&'static str, String)> {
    vec![(rule, at.to_owned())]
}

#[test]
fn a_good_record_has_no_problems() {
    let text = "---\ntitle: Checkout fails\ntype: [deployment]\nvisibility: public\ndetection: {method: alert, customers_noticed_first: false}\nchannels: {chat: \"#inc\"}\nassessment: {customers: unknown, data_loss: false}\ntimeline:\n  - at: 2024-05-01T09:41:00Z\n    by: wei\n    status: investigating\n    roles: {incident_commander: mara, janitor: wei}\n    public: {en: Hi, ko: 안녕}\n    impact: {checkout: partial_outage}\n---\n\nText.\n";
    let record = read_incident(text);
    assert_eq!(record.problems, []);
    assert_eq!(record.replay.status(), Some("investigating"));
    assert_eq!(record.replay.roles[0].role, "incident_manager");
    assert_eq!(record.body().trim(), "Text.");
    let named: Vec<_> = record.references.iter().map(|r| r.name.value.as_str()).collect();
    assert_eq!(named, ["wei", "mara", "wei", "checkout"]);
}

#[test]
fn keys_and_values_are_known_or_suggested() {
    assert_eq!(found("titel: x\ntitle: A\n"), one("unknown-key", "titel"));
    assert_eq!(found("title: A\ntype: [hardware]\n"), one("unknown-value", "hardware"));
    assert_eq!(in_entry("status: resovled"), one("unknown-value", "resovled"));
    assert_eq!(in_entry("public: {fr: Salut}"), one("unknown-value", "fr"));
}

#[test]
fn types_are_checked_where_they_stand() {
    assert_eq!(found("title: A\ndetection: {customers_noticed_first: yes}\n"), one("wrong-type", "yes"));
    assert_eq!(found("title: A\nassessment: {customers: many}\n"), one("wrong-type", "many"));
    assert_eq!(found("title: A\nassessment: {customers: \"37\"}\n"), one("wrong-type", "\"37\""));
    assert_eq!(found("title: [a]\n"), one("wrong-type", "[a]"));
    assert_eq!(found("title: A\nlinks: {url: x}\n"), one("wrong-type", "{url: x}"));
    assert_eq!(found("title: A\nlinks: [{url: grafana/foo}]\n"), one("wrong-type", "grafana/foo"));
    assert_eq!(found("title: A\nchannels: {chat: #inc-x}\n").len(), 1);
    assert_eq!(found("title:\n"), one("wrong-type", ""));
}

#[test]
fn times_need_an_offset() {
    assert_eq!(in_entry("next_update: 2024-05-01T9:15:00Z"), one("invalid-time", "2024-05-01T9:15:00Z"));
    assert_eq!(in_entry("next_update: 2024-05-01 09:15"), one("invalid-time", "2024-05-01 09:15"));
}

#[test]
fn what_other_readers_take_otherwise_is_ambiguous() {
    assert_eq!(found("title: no\n"), one("ambiguous-yaml", "no"));
    assert_eq!(found("title: A\ncause: {reference: 4.10}\n"), one("ambiguous-yaml", "4.10"));
    assert_eq!(found("title: \"no\"\n"), []);
}

#[test]
fn required_keys_are_missed_at_the_mapping() {
    assert_eq!(problems("---\ntitle: x\n---\n"), one("missing-field", "title"));
    assert_eq!(problems("---\ntitle: x\ntimeline:\n  - note: x\n    by: wei\n---\n"), one("missing-field", "note"));
    assert_eq!(problems("---\n---\n").len(), 2);
}

#[test]
fn an_entry_without_a_time_makes_the_timeline_incomplete() {
    let text = "---\ntitle: x\ntimeline:\n  - {at: soon, by: wei, note: x}\n  - {at: 2024-05-01T09:41:00Z, by: wei, note: x}\n---\n";
    let record = read_incident(text);
    assert_eq!(record.timeline().len(), 1);
    assert!(!record.timeline_complete());
}

#[test]
fn everything_wrong_is_found_in_one_run() {
    let text = "---\ntitel: x\nvisibility: everyone\nseverity: sev1\ntimeline:\n  - at: 2024-05-01\n    by: wei\n    staus: open\n---\n";
    let rules: Vec<_> = problems(text).into_iter().map(|p| p.0).collect();
    assert_eq!(rules, ["unknown-key", "unknown-value", "unknown-key", "invalid-time", "unknown-key", "missing-field"]);
}

/// Lines for the front matter or an entry, each with one mistake, and the rule that it breaks.
const MISTAKES: [(&str, &str); 8] = [
    ("titel: x", "unknown-key"),
    ("visibility: everyone", "unknown-value"),
    ("type: [hardware, *fire]", "unknown-value anchor-or-alias"),
    ("detection: {customers_noticed_first: yes}", "wrong-type"),
    ("cause: {deployed: 2024-05-01}", "invalid-time"),
    ("links: [{url: x}, {title: graph}]", "wrong-type missing-field"),
    ("assessment: {scope: sme, scope: all}", "unknown-value duplicate-key"),
    ("channels: {chat: }", "wrong-type"),
];
const MISTAKES_IN_AN_ENTRY: [(&str, &str); 6] = [
    ("staus: open", "unknown-key"),
    ("next_update: soon", "invalid-time"),
    ("note: no", "ambiguous-yaml"),
    ("severity: sev9", "unknown-value"),
    ("impact: {checkout: broken, search: &x major_outage}", "unknown-value anchor-or-alias"),
    ("escalate: {reason: boredom}", "missing-field unknown-value"),
];

proptest::proptest! {
    #[test]
    fn no_mistake_hides_another(
        front in subsequence(MISTAKES.to_vec(), 0..=MISTAKES.len()).prop_shuffle(),
        entries in collection::vec(subsequence(MISTAKES_IN_AN_ENTRY.to_vec(), 0..=MISTAKES_IN_AN_ENTRY.len()), 1..4),
    ) {
        let lines: String = front.iter().map(|(line, _)| format!("{line}\n")).collect();
        let in_entries: String = entries
            .iter()
            .map(|keys| {
                let keys: String = keys.iter().map(|(line, _)| format!("    {line}\n")).collect();
                format!("  - at: 2024-05-01T09:41:00Z\n    by: wei\n{keys}")
            })
            .collect();
        let text = format!("---\ntitle: A\n{lines}timeline:\n{in_entries}---\n");
        let mistakes = front.iter().chain(entries.iter().flatten());
        let mut expected: Vec<_> = mistakes.flat_map(|(_, rules)| rules.split(' ')).collect();
        let mut found: Vec<_> = problems(&text).into_iter().map(|(rule, _)| rule).collect();
        expected.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(found, expected, "{}", text);
    }

    #[test]
    fn any_text_is_a_record_or_a_list_of_problems(text in "(---\n)?([a-z:\\-\\[\\]{}#&*!|>'\"%@ \n\t\r\u{feff}가]{0,80}|title: x\ntimeline: [.{0,40}]\n)(---\n)?.{0,20}") {
        let record = read_incident(&text);
        if matches!(record.content, Content::Unreadable) {
            prop_assert!(!record.problems.is_empty());
        }
        for problem in &record.problems {
            let edits = problem.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            let places = problem.labels.iter().map(|(span, _)| *span).chain([problem.span]).chain(edits);
            for place in places {
                prop_assert!(text.get(place.range()).is_some(), "{:?} points at {:?}", problem, place);
            }
        }
    }
}
