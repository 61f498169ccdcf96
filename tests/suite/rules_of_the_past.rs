//! What the rules about the past make of a few versions of a few records, beyond the examples of each rule.

use std::collections::BTreeMap;

use crate::rules::check;

/// Files of one version, by their names below `incidents/2024/05`.
type Files<'a> = &'a [(&'a str, &'a str)];

/// Messages of the rules of some names, after these versions were merged one after the other.
fn found(rules: &[&str], versions: &[Files<'_>]) -> Vec<String> {
    let files = versions.iter().enumerate().flat_map(|(i, files)| {
        files.iter().map(move |(name, text)| (format!("{}/incidents/2024/05/{name}.md", i + 1), (*text).to_owned()))
    });
    let report = check(files.collect::<BTreeMap<_, _>>());
    let found = report.diagnostics.into_iter().filter(|found| rules.contains(&found.rule));
    found.map(|found| format!("{}: {}", found.rule, found.message)).collect()
}

fn record(keys: &str, entries: &[&str]) -> String {
    let entries: String = entries.iter().map(|entry| format!("  - {{at: 2024-05-01T{entry}}}\n")).collect();
    format!("---\ntitle: Checkout fails\n{keys}timeline:\n{entries}---\n")
}

const START: &str = "09:50:00Z, by: mara, status: investigating";
const POOL: &str = "10:00:00Z, by: mara, note: The pool is full.";

const GONE: &str = "2024-05-01-gone/incident";
const THERE: &str = "2024-05-01-there/incident";
const NEW: &str = "2024-05-01-new/incident";

/// Of a record that vanished when another one came: whether it is missed or taken for renamed.
fn vanished(before: &str, new: &str) -> Vec<&'static str> {
    let there = record("", &["06:50:00Z, by: wei, status: investigating"]);
    let names = ["deleted-record", "renamed-record"];
    let found = found(&names, &[&[(GONE, before), (THERE, &there)], &[(NEW, new), (THERE, &there)]]);
    names.into_iter().filter(|name| found.iter().any(|found| found.starts_with(name))).collect()
}

#[test]
fn only_a_record_that_tells_everything_is_taken_for_a_new_name() {
    let before = record("", &[START, POOL]);
    assert_eq!(
        vanished(&before, &record("", &[START, POOL, "10:10:00Z, by: wei, note: Rolled back."])),
        ["renamed-record"]
    );
    assert_eq!(vanished(&before, &record("", &[START])), ["deleted-record"]);
    assert_eq!(
        vanished(&before, &record("", &[START, "10:00:00Z, by: mara, note: The disk is full."])),
        ["deleted-record"]
    );
    let unreadable = record("", &[START, "10:00:00Z, by: mara, note: [x"]);
    assert_eq!(vanished(&before, &unreadable), ["deleted-record"], "what could not be read may say something else");
    let unreadable = record("", &[START, POOL, "noon, by: mara, note: x"]);
    assert_eq!(vanished(&before, &unreadable), ["deleted-record"]);
}

#[test]
fn a_record_of_which_nothing_is_sure_has_no_new_name() {
    let before = record("", &["09:50:00Z, by: nobody-known, status: investigating"]);
    assert_eq!(vanished(&before, &record("", &["07:00:00Z, by: wei, status: investigating"])), ["deleted-record"]);
    assert_eq!(vanished(&before, "---\ntitle: Search fails\ntimeline: []\n---\n"), ["deleted-record"]);
}

#[test]
fn what_is_gone_is_put_back_as_it_was_merged_last() {
    let (first, last, there) = (record("", &[START]), record("", &[START, POOL]), record("", &[START]));
    let found = found(
        &["deleted-record"],
        &[&[(GONE, &first), (THERE, &there)], &[(GONE, &last), (THERE, &there)], &[(THERE, &there)]],
    );
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("was merged with 22222222"), "{found:?}");
}

#[test]
fn a_postmortem_that_is_gone_is_missed_with_its_own_credentials_alone() {
    let incident = record("", &[START, "10:00:00Z, by: mara, note: It works with password=q7Rt2vX9bK4m again."]);
    let beside = "2024-05-01-gone/postmortem";
    let postmortem = "---\nstatus: draft\n---\n\nIt fails with password=Zk3nW8pL5tYc.\n";
    let found = found(&["deleted-record"], &[&[(GONE, &incident), (beside, postmortem)], &[(GONE, &incident)]]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("line 5 of this record, which is gone, looked like a credential"), "{found:?}");
    assert!(found[1].contains("is gone, and every link to it is dead"), "{found:?}");
}

#[test]
fn a_record_that_was_opened_to_more_readers_is_reported_once() {
    let record = |visibility: &str, entries: &[&str]| record(&format!("visibility: {visibility}\n"), entries);
    let versions =
        [record("restricted", &[START]), record("restricted", &[START, POOL]), record("internal", &[START, POOL])];
    let [first, second, third] = versions.each_ref().map(|text| [(THERE, text.as_str())]);
    let found = found(&["widened-visibility"], &[&first, &second, &third]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("restricted when 11111111"), "{found:?}");
}

/// What the rules about entries say of a record whose last entry is written over several lines.
fn changes(entries: &[&str]) -> Vec<String> {
    let head = "---\ntitle: Checkout fails\ntimeline:\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    status: investigating\n";
    let texts: Vec<String> = entries.iter().map(|entry| format!("{head}{entry}---\n")).collect();
    let versions: Vec<_> = texts.iter().map(|text| [(THERE, text.as_str())]).collect();
    let versions: Vec<Files<'_>> = versions.iter().map(|version| &version[..]).collect();
    found(&["changed-entry", "removed-entry"], &versions)
}

#[test]
fn a_mistake_is_mended_wherever_it_stands_in_its_entry() {
    let at_its_start = "  - byy: wei\n    at: 2024-05-01T10:00:00Z\n    note: The pool is full.\n";
    assert_eq!(changes(&[at_its_start, &at_its_start.replace("byy", "by")]), [""; 0]);
    let at_its_end = "  - at: 2024-05-01T10:00:00Z\n    note: The pool is full.\n    by: marra\n";
    assert_eq!(changes(&[at_its_end, &at_its_end.replace("marra", "mara")]), [""; 0]);
    let known = at_its_end.replace("marra", "wei");
    assert_eq!(changes(&[&known, &known.replace("wei", "mara")]).len(), 1, "a name that is known was no mistake");
}

#[test]
fn a_text_of_several_lines_that_was_taken_back_is_as_at_first() {
    let text = "  - at: 2024-05-01T10:00:00Z\n    by: mara\n    note: |\n      The pool\n      is full.\n";
    let changed = text.replace("pool", "disk");
    assert_eq!(changes(&[text, &changed, text]), [""; 0]);
    assert_eq!(changes(&[text, &changed]).len(), 1);
}
