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

#[test]
fn planned_work_is_not_called_early_where_its_times_are_in_doubt() {
    let found = |window: &str, noted: &str| {
        let record = format!(
            "---\ntitle: Database upgrade\nwindow: {window}\ntimeline:\n  - {{at: 2024-05-01T09:50:00Z, by: mara, status: \
             scheduled}}\n  - {{at: {noted}, by: mara, note: All are here.}}\n  - {{at: 2024-05-10T21:00:00Z, by: mara, \
             status: in_progress}}\n---\n"
        );
        rules_in(&check([("incidents/2024/05/2024-05-10-database-upgrade/maintenance.md".to_owned(), record)].into()))
    };
    let window = "{start: 2024-05-10T22:00:00Z, end: 2024-05-10T23:00:00Z}";
    assert!(found(window, "2024-05-10T20:50:00Z").contains("early-start"));
    let turned = found("{start: 2024-05-10T22:00:00Z, end: 2024-05-10T20:00:00Z}", "2024-05-10T20:50:00Z");
    assert!(turned.contains("window-order") && !turned.contains("early-start"), "{turned:?}");
    let slip = found(window, "2024-05-10T21:10:00Z");
    assert!(slip.contains("time-order") && !slip.contains("early-start"), "{slip:?}");
}

#[test]
fn a_service_is_not_called_down_for_what_nobody_can_read() {
    let of = |service: &str, resolved: &str, again: &str| {
        found(
            "detection: {method: alert}\n",
            &[
                &format!(
                    "at: 2024-05-01T09:50:00Z, by: mara, status: investigating, impact: {{{service}: major_outage}}"
                ),
                resolved,
                &format!("at: {again}, by: mara, impact: {{{service}: partial_outage}}"),
            ],
        )
    };
    let recovered = |status: &str, service: &str| {
        format!("at: 2024-05-01T10:20:00Z, by: mara, status: {status}, impact: {{{service}: operational}}")
    };
    let (resolved, still_down) =
        (recovered("resolved", "checkout"), "at: 2024-05-01T10:20:00Z, by: mara, status: resolved");
    assert!(of("checkout", &resolved, "2024-05-01T10:30:00Z").contains("open-impact"));
    assert!(of("checkout", still_down, "2024-05-01T10:30:00Z").contains("open-impact"));
    for (service, resolved, again, other) in [
        ("chekout", recovered("resolved", "chekout").as_str(), "2024-05-01T10:30:00Z", "unknown-reference"),
        ("chekout", still_down, "2024-05-01T10:30:00Z", "unknown-reference"),
        ("checkout", &recovered("completed", "checkout"), "2024-05-01T10:30:00Z", "unknown-value"),
        ("checkout", &recovered("resolved", "checkout").replace("T10", "T11"), "2024-05-01T11:10:00Z", "time-order"),
    ] {
        let rules = of(service, resolved, again);
        assert!(rules.contains(other) && !rules.contains("open-impact"), "{rules:?}");
    }
}
