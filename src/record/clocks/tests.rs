use super::*;
use crate::record::decode::{Names, record};
use crate::record::lifecycle::Lifecycle;
use crate::record::{Kind, Record};

/// A record whose entries are given as `HH:MM` and the rest of a flow mapping.
fn timeline(entries: &[(&str, &str)]) -> Record {
    let lines: String =
        entries.iter().map(|(at, keys)| format!("  - {{at: 2024-05-01T{at}:00Z, by: wei, {keys}}}\n")).collect();
    let mut names = Names::new(&Lifecycle::built_in().unwrap());
    names.severities = Severity::built_in().into_iter().map(|severity| severity.id).collect();
    let text = format!("---\ntitle: x\ntimeline:\n{lines}---\n");
    let record = record::read("2024-05-01-x", Kind::Incident, "x", text.into(), &names);
    assert_eq!(record.problems, []);
    record
}

fn clock(time: Time) -> String {
    time.to_string()[11..16].to_owned()
}

/// The first update that is due first: its severity and its time.
fn first_update(entries: &[(&str, &str)]) -> Option<(String, String)> {
    let (machine, severities) = (Lifecycle::built_in().unwrap().incident, Severity::built_in());
    let clocks = running(&machine, &severities, &timeline(entries).replay, |clocks| clocks.first_update);
    first_due(&clocks, None).map(|(due, at)| (due.severity.id.clone(), clock(at)))
}

fn due(severity: &str, at: &str) -> Option<(String, String)> {
    Some((severity.into(), at.into()))
}

#[test]
fn a_clock_starts_at_the_later_of_declaration_and_severity() {
    assert_eq!(first_update(&[("09:00", "status: investigating, severity: sev1")]), due("sev1", "09:10"));
    let later = [("09:00", "status: investigating"), ("09:20", "severity: sev2")];
    assert_eq!(first_update(&later), due("sev2", "09:50"));
    let earlier = [("09:00", "severity: sev2, note: it looks bad"), ("09:20", "status: investigating")];
    assert_eq!(first_update(&earlier), due("sev2", "09:50"));
}

#[test]
fn a_raised_severity_starts_its_own_clock_and_stops_no_other() {
    let raised = |at| [("09:00", "status: investigating, severity: sev3"), (at, "severity: sev2")];
    assert_eq!(first_update(&raised("09:40")), due("sev2", "10:10"));
    assert_eq!(first_update(&raised("12:45")), due("sev3", "13:00"));
}

#[test]
fn a_lowered_severity_starts_nothing_anew() {
    let lowered =
        |at| [("09:00", "status: investigating, severity: sev1"), (at, "severity: sev3, reason: not that bad")];
    assert_eq!(first_update(&lowered("09:10")), due("sev3", "13:00"));
    assert_eq!(first_update(&lowered("09:11")), due("sev1", "09:10"));
}

#[test]
fn what_ended_in_time_owes_nothing() {
    let ended = |at| [("09:00", "status: investigating, severity: sev1"), (at, "status: resolved")];
    assert_eq!(first_update(&ended("09:10")), None);
    assert_eq!(first_update(&ended("09:11")), due("sev1", "09:10"));
}

#[test]
fn a_reopened_incident_is_live_again_from_then_on() {
    let reopened = timeline(&[
        ("09:00", "status: investigating, severity: sev2"),
        ("09:20", "status: monitoring"),
        ("09:30", "status: resolved"),
        ("11:00", "status: investigating, reason: it is back"),
    ]);
    let machine = Lifecycle::built_in().unwrap().incident;
    let live: Vec<_> =
        live(&machine, &reopened.replay).iter().map(|live| (clock(live.from), live.to.map(clock))).collect();
    assert_eq!(live, [("09:00".into(), Some("09:30".into())), ("11:00".into(), None)]);
    let severities = Severity::built_in();
    let clocks = running(&machine, &severities, &reopened.replay, |clocks| clocks.first_update);
    assert_eq!(first_due(&clocks, None).map(|(_, at)| clock(at)), Some("11:30".into()));
}

/// Each silence: its start, its end, and the promise that it began with.
fn silent(entries: &[(&str, &str)]) -> Vec<(String, Option<String>, Option<String>)> {
    let record = timeline(entries);
    let live = live(&Lifecycle::built_in().unwrap().incident, &record.replay);
    let entries = record.timeline();
    let entries: Vec<&Entry> = record.replay.order.iter().map(|i| &entries[*i]).collect();
    let silences = silences(&live, &entries);
    let each = |silence: &Silence<'_>| {
        let promise = silence.promise.map(|promise| clock(promise.value));
        (clock(silence.lasted.from), silence.lasted.to.map(clock), promise)
    };
    silences.iter().map(each).collect()
}

#[test]
fn silence_lasts_from_one_message_to_the_next_or_to_the_end() {
    let told = [
        ("09:00", "status: investigating"),
        ("09:10", "public: We look into it., next_update: 2024-05-01T09:40:00Z"),
        ("09:20", "note: nothing yet"),
        ("09:45", "public: Still at it."),
        ("10:30", "status: resolved, public: It is over."),
    ];
    let first = ("09:10".into(), Some("09:45".into()), Some("09:40".into()));
    assert_eq!(silent(&told), [first.clone(), ("09:45".into(), Some("10:30".into()), None)]);
    assert_eq!(silent(&told[..4]), [first, ("09:45".into(), None, None)]);
    assert_eq!(silent(&told[..1]), []);
}

#[test]
fn a_promise_can_be_moved_until_it_is_broken() {
    let moved = |at| {
        [
            ("09:00", "status: investigating, public: We look into it., next_update: 2024-05-01T09:30:00Z"),
            (at, "note: not yet, next_update: 2024-05-01T10:00:00Z"),
            ("09:50", "public: Still at it."),
        ]
    };
    let promised = |at| silent(&moved(at))[0].2.clone();
    assert_eq!(promised("09:30"), Some("10:00".into()));
    assert_eq!(promised("09:31"), Some("09:30".into()));
}

#[test]
fn after_reopening_the_promises_of_before_are_void() {
    let told = [
        ("09:00", "status: investigating, public: We look into it., next_update: 2024-05-01T12:00:00Z"),
        ("09:30", "status: resolved"),
        ("11:00", "status: investigating, reason: it is back"),
        ("11:20", "public: It is back."),
    ];
    assert_eq!(
        silent(&told),
        [
            ("09:00".into(), Some("09:30".into()), Some("12:00".into())),
            ("11:00".into(), Some("11:20".into()), None),
            ("11:20".into(), None, None),
        ]
    );
}
