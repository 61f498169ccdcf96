//! What a rule leaves to another one, because the record has a fault that the other one reports.

use std::collections::BTreeSet;

use crate::rules::{EXAMPLE_PATH, check, rules_in};

/// The rules that find something in an incident with some keys and entries, under a configuration of two names.
fn found(keys: &str, entries: &[&str]) -> BTreeSet<&'static str> {
    let entries: String = entries.iter().map(|entry| format!("  - {{{entry}}}\n")).collect();
    let record = format!("---\ntitle: Checkout fails\n{keys}timeline:\n{entries}---\n");
    rules_in(&check([(EXAMPLE_PATH.to_owned(), record)].into()))
}

#[test]
fn an_assessment_that_the_state_asks_for_is_asked_for_once() {
    let entries = [
        "at: 2024-05-01T09:50:00Z, by: mara, status: investigating, severity: sev1",
        "at: 2024-05-01T10:20:00Z, by: mara, status: monitoring, event: impact_ended",
        "at: 2024-05-01T10:40:00Z, by: mara, status: resolved",
    ];
    let rules = found("detection: {method: alert}\n", &entries);
    assert!(rules.contains("missing-field") && !rules.contains("assessment-incomplete"), "{rules:?}");
    let rules = found("detection: {method: alert}\nassessment: {scope: all}\n", &entries);
    assert!(!rules.contains("missing-field") && rules.contains("assessment-incomplete"), "{rules:?}");
    // A state that asks for other things leaves the assessment to its rule.
    let merged = ["status: merged, reason: The same.", "status: resolved"];
    let merged = entries[2].replace(merged[1], merged[0]);
    let rules = found("related: {duplicate_of: 2024-05-01-other}\n", &[entries[0], &merged]);
    assert!(!rules.contains("assessment-incomplete"), "what was merged is answered in the other record: {rules:?}");
}

#[test]
fn an_entry_whose_value_could_not_be_read_is_not_called_empty() {
    let start = "at: 2024-05-01T09:50:00Z, by: mara, status: investigating";
    let rules = found("", &[start, "at: 2024-05-01T09:55:00Z, by: mara, impact: {checkout: brokn}"]);
    assert!(rules.contains("unknown-value") && !rules.contains("empty-entry"), "{rules:?}");
    let rules = found("colour: red\n", &[start, "at: 2024-05-01T09:55:00Z, by: mara"]);
    assert!(rules.contains("unknown-key") && rules.contains("empty-entry"), "{rules:?}");
}

#[test]
fn times_are_not_compared_across_an_entry_that_could_not_be_read() {
    let unreadable = "at: yesterday, by: mara, note: It began.";
    let late = "at: 2024-05-09T09:50:00Z, by: mara, status: investigating";
    assert!(found("", &[late]).contains("invalid-id"));
    assert!(!found("", &[unreadable, late]).contains("invalid-id"));

    let years =
        ["at: 2023-05-01T09:50:00Z, by: mara, status: investigating", "at: 2024-05-01T09:50:00Z, by: wei, note: x"];
    assert!(found("", &years).contains("implausible-time"));
    assert!(!found("", &[years[0], unreadable, years[1]]).contains("implausible-time"));

    let moments = [
        "at: 2024-05-01T09:50:00Z, by: mara, status: investigating, event: detected",
        "at: 2024-05-01T09:55:00Z, by: mara, event: impact_started",
    ];
    assert!(found("", &moments).contains("time-order"));
    assert!(!found("", &[moments[0], unreadable, moments[1]]).contains("time-order"));
}

#[test]
fn an_end_before_the_start_has_no_length() {
    let moment = |second: u8, event: &str| {
        format!("at: 2024-05-01T10:00:{second}Z, by: mara, status: investigating, event: {event}")
    };
    let zero = found("", &[&moment(20, "impact_started"), &moment(40, "impact_ended")]);
    assert!(zero.contains("zero-duration") && !zero.contains("time-order"), "{zero:?}");
    let turned = found("", &[&moment(20, "impact_ended"), &moment(40, "impact_started")]);
    assert!(turned.contains("time-order") && !turned.contains("zero-duration"), "{turned:?}");
}

#[test]
fn a_major_incident_is_asked_for_what_every_incident_is_asked_for() {
    let entries = |severity: &str, public: &str| {
        found(
            "visibility: public\n",
            &[
                &format!(
                    "at: 2024-05-01T09:50:00Z, by: mara, status: investigating, severity: {severity}, public: Payments fail."
                ),
                "at: 2024-05-01T10:00:00Z, by: mara, todo: Add an alert.",
                "at: 2024-05-01T10:20:00Z, by: mara, status: monitoring, event: impact_ended",
                &format!("at: 2024-05-01T10:40:00Z, by: mara, status: resolved{public}"),
                "at: 2024-05-02T10:40:00Z, by: mara, status: closed",
            ],
        )
    };
    for severity in ["sev1", "sev4"] {
        let rules = entries(severity, "");
        assert!(rules.contains("open-todo") && rules.contains("no-final-update"), "{severity}: {rules:?}");
        let told = entries(severity, ", public: Payments work again.");
        assert!(!told.contains("no-final-update"), "{severity}: {told:?}");
    }
}
