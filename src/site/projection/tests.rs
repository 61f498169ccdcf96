use super::*;
use crate::record::archive::Memory;
use crate::site::fixture::{Repository, at};
use proptest::prelude::*;

const STARTED: &str =
    "  - {at: 2024-05-01T09:40:00Z, by: wei, event: impact_started, impact: {checkout: partial_outage}}\n";
const INVESTIGATING: &str =
    "  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, public: We are looking.}\n";
const RESOLVED: &str =
    "  - {at: 2024-05-01T11:00:00Z, by: mara, status: resolved, impact: {checkout: operational}, public: It works.}\n";
const NOW: &str = "2024-05-20T00:00:00Z";
const ID: &str = "2024-05-01-checkout";

fn incident(timeline: &str) -> Repository {
    Repository::new().incident(ID, timeline)
}

fn none(repository: &Repository) -> bool {
    repository.projection(NOW).events.is_empty()
}

#[test]
fn an_incident_tells_what_happened_when_and_what_was_said() {
    let event = incident(&[STARTED, INVESTIGATING, RESOLVED].concat()).event(NOW);
    assert_eq!(event.status, Status::Resolved);
    assert_eq!(event.impact(), Impact::Major);
    assert_eq!(event.began, at("2024-05-01T09:40:00Z"));
    assert_eq!(event.ended, Some(at("2024-05-01T11:00:00Z")));
    let said: Vec<_> = event.messages.iter().map(|m| (m.status.name(), m.texts[0].plain())).collect();
    assert_eq!(said, [("resolved", "It works.".to_owned()), ("investigating", "We are looking.".to_owned())]);
    let down =
        Stretch::unplanned(ServiceState::PartialOutage, at("2024-05-01T09:40:00Z"), Some(at("2024-05-01T11:00:00Z")));
    assert_eq!(event.affected[0].stretches, [down]);
}

#[test]
fn what_is_dated_later_does_not_exist_yet() {
    let repository = incident(&[STARTED, INVESTIGATING, RESOLVED].concat());
    let event = repository.event("2024-05-01T10:00:00Z");
    assert_eq!(event.status, Status::Investigating);
    assert_eq!(event.messages.len(), 1);
    assert_eq!(event.affected[0].state, ServiceState::PartialOutage);
    assert!(repository.projection("2024-05-01T09:00:00Z").events.is_empty());
}

#[test]
fn only_public_records_come_through() {
    for visibility in ["internal", "restricted"] {
        let text = format!("---\ntitle: Leak\nvisibility: {visibility}\ntimeline:\n{INVESTIGATING}---\n");
        assert!(none(&Repository::new().record(&format!("{ID}/incident.md"), &text)), "{visibility}");
    }
    let silent = format!("---\ntitle: Leak\ntimeline:\n{INVESTIGATING}---\n");
    assert!(none(&Repository::new().record(&format!("{ID}/incident.md"), &silent)));
}

#[test]
fn drills_and_triage_are_never_public() {
    let drill = "---\ntitle: Failover\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, note: Go}\n---\n";
    assert!(none(&Repository::new().record(&format!("{ID}/drill.md"), drill)));
    assert!(none(&incident("  - {at: 2024-05-01T09:50:00Z, by: mara, status: triage}\n")));
}

#[test]
fn a_dropped_incident_stays_only_if_customers_had_heard_of_it() {
    let dropped = "  - {at: 2024-05-01T10:00:00Z, by: mara, status: canceled, reason: false alarm}\n";
    let quiet = "  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating}\n";
    assert!(none(&incident(&[quiet, dropped].concat())));
    let event = incident(&[STARTED, INVESTIGATING, dropped].concat()).event(NOW);
    assert_eq!(event.status, Status::Canceled);
    assert!(event.affected.is_empty(), "what it said about services was wrong");
}

#[test]
fn closing_is_internal() {
    let closed = "  - {at: 2024-05-09T11:00:00Z, by: mara, status: closed}\n";
    let open = incident(&[STARTED, INVESTIGATING, RESOLVED].concat()).event(NOW);
    assert_eq!(incident(&[STARTED, INVESTIGATING, RESOLVED, closed].concat()).event(NOW), open);
}

#[test]
fn a_merged_incident_leads_to_the_one_it_went_into_if_that_is_public() {
    let merged = "  - {at: 2024-05-01T10:00:00Z, by: mara, status: merged, reason: the same}\n";
    let text = format!(
        "---\ntitle: Search fails\nvisibility: public\nrelated: {{duplicate_of: {ID}}}\ntimeline:\n{STARTED}{INVESTIGATING}{merged}---\n"
    );
    let alone = Repository::new().record("2024-05-01-search/incident.md", &text);
    let event = alone.event(NOW);
    assert_eq!(event.status, Status::Merged(None));
    assert_eq!(event.affected[0].stretches[0].to, Some(at("2024-05-01T10:00:00Z")), "the other goes on counting");
    let both = alone.incident(ID, INVESTIGATING).projection(NOW);
    let merged = both.events.iter().find(|e| &*e.id == "2024-05-01-search").unwrap();
    assert_eq!(merged.status, Status::Merged(Some(ID.into())));
}

#[test]
fn services_that_are_not_public_do_not_come_through() {
    let timeline =
        "  - {at: 2024-05-01T09:00:00Z, by: wei, impact: {warehouse: major_outage}}\n".to_owned() + INVESTIGATING;
    let projection = incident(&timeline).projection(NOW);
    assert_eq!(projection.services.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["checkout", "search"]);
    assert!(projection.events[0].affected.is_empty());
    assert_eq!(projection.events[0].impact(), Impact::None);
    assert_eq!(projection.events[0].began, at("2024-05-01T09:50:00Z"));
}

#[test]
fn an_old_name_of_a_service_is_the_service() {
    let timeline = "  - {at: 2024-05-01T09:00:00Z, by: wei, impact: {cart: major_outage}}\n".to_owned() + INVESTIGATING;
    assert_eq!(incident(&timeline).event(NOW).affected[0].service, 0);
}

#[test]
fn a_promise_stands_until_the_next_message() {
    let promise =
        "  - {at: 2024-05-01T09:55:00Z, by: mara, public: Still looking., next_update: 2024-05-01T10:25:00Z}\n";
    let kept = "  - {at: 2024-05-01T10:20:00Z, by: mara, public: Found it.}\n";
    let event = incident(&[INVESTIGATING, promise].concat()).event(NOW);
    assert_eq!(event.next_update, Some(at("2024-05-01T10:25:00Z")));
    assert_eq!(incident(&[INVESTIGATING, promise, kept].concat()).event(NOW).next_update, None);
    assert_eq!(incident(&[STARTED, INVESTIGATING, promise, RESOLVED].concat()).event(NOW).next_update, None);
}

#[test]
fn an_edit_is_shown_and_moves_the_time_of_the_last_change() {
    let edited = "  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, public: We look., edited: {at: 2024-05-02T08:00:00Z, by: mara, reason: typo}}\n";
    let event = incident(edited).event(NOW);
    assert_eq!(event.messages[0].edited, Some(at("2024-05-02T08:00:00Z")));
    assert_eq!(event.updated, at("2024-05-02T08:00:00Z"));
}

#[test]
fn a_message_is_given_in_the_readers_language_or_else_in_one_there_is() {
    let timeline = "  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, public: {ko: 조사 중입니다., it: Stiamo guardando.}}\n";
    let event = incident(timeline).event(NOW);
    let language = |reader: &str| event.messages[0].text(reader, "en").unwrap().language.clone();
    assert_eq!([language("ko"), language("it"), language("en")], ["ko", "it", "ko"]);
}

#[test]
fn a_summary_is_public_once_it_is_published() {
    let postmortem = |status: &str| {
        format!("---\nstatus: {status}\n---\n## Summary\n\nInternal.\n\n## Public summary\n\nWe were *wrong*.\n")
    };
    let summary = |status: &str| {
        let repository = incident(INVESTIGATING).record(&format!("{ID}/postmortem.md"), &postmortem(status));
        repository.event(NOW).summary
    };
    assert_eq!(summary("approved"), None);
    assert_eq!(summary("published").unwrap().trim(), "<p>We were <em>wrong</em>.</p>");
}

mod maintenance {
    use super::*;

    const SCHEDULED: &str =
        "  - {at: 2024-05-01T09:00:00Z, by: mara, status: scheduled, public: We upgrade the database.}\n";
    const BEGUN: &str = "  - {at: 2024-05-10T14:05:00Z, by: mara, status: in_progress, public: We have begun.}\n";
    const DONE: &str = "  - {at: 2024-05-10T16:20:00Z, by: mara, status: completed, public: Done.}\n";

    #[test]
    fn nothing_is_affected_before_it_starts() {
        let event = Repository::new().maintenance(SCHEDULED).event("2024-05-09T00:00:00Z");
        assert!(event.is_coming());
        assert_eq!(event.affected[0].state, ServiceState::Operational);
        assert_eq!(event.affected[0].expected, Some(ServiceState::UnderMaintenance));
        assert!(event.affected[0].stretches.is_empty());
    }

    #[test]
    fn the_clock_alone_does_not_start_it() {
        let event = Repository::new().maintenance(SCHEDULED).event("2024-05-10T15:00:00Z");
        assert_eq!(event.status, Status::Scheduled);
        assert_eq!(event.affected[0].state, ServiceState::Operational);
    }

    #[test]
    fn an_entry_written_ahead_starts_it_when_its_time_has_come() {
        let repository = Repository::new().maintenance(&[SCHEDULED, BEGUN].concat());
        assert_eq!(repository.event("2024-05-10T14:04:59Z").status, Status::Scheduled);
        let running = repository.event("2024-05-10T14:05:00Z");
        assert_eq!(running.status, Status::InProgress);
        assert_eq!(running.affected[0].state, ServiceState::UnderMaintenance);
    }

    #[test]
    fn what_goes_beyond_the_window_counts_as_downtime() {
        let event = Repository::new().maintenance(&[SCHEDULED, BEGUN, DONE].concat()).event(NOW);
        let stretches: Vec<_> = event.affected[0].stretches.iter().map(|s| (s.weight, s.from, s.to.unwrap())).collect();
        let (begun, window, done) =
            (at("2024-05-10T14:05:00Z"), at("2024-05-10T16:00:00Z"), at("2024-05-10T16:20:00Z"));
        assert_eq!(stretches, [(0, begun, window), (10, window, done)]);
        assert_eq!(event.affected[0].state, ServiceState::Operational);
    }

    #[test]
    fn a_canceled_one_is_shown_if_it_was_announced() {
        let canceled = "  - {at: 2024-05-09T09:00:00Z, by: mara, status: canceled, reason: moved}\n";
        let event = Repository::new().maintenance(&[SCHEDULED, canceled].concat()).event(NOW);
        assert_eq!(event.status, Status::Canceled);
        assert!(none(&Repository::new().maintenance(canceled)));
    }
}

/// A record whose internal parts all say `secret`; its public parts are always the same.
fn with_internals(secret: &str, n: u32, flag: bool) -> Repository {
    let secret = &serde_json::to_string(secret).unwrap();
    let severity = ["sev1", "sev2", "sev3"][n as usize % 3];
    let incident = format!(
        "---
title: Card payments fail
type: [{kind}]
visibility: public
detection: {{method: alert, source: {secret}, customers_noticed_first: {flag}}}
channels: {{chat: {secret}, video: {secret}}}
assessment: {{audience: external, experience: {secret}, scope: some, customers: {n}, support_cases: {n}, social_media: {flag}, security: {flag}, data_loss: {flag}}}
cause: {{category: change, reference: {secret}}}
related: {{caused_by: [2023-01-01-internal-{n}]}}
breaches: [{{rule: broken-promise, reason: {secret}, by: {by}, at: 2024-05-0{day}T09:00:00Z}}]
links: [{{title: {secret}, url: \"https://graphs.example/{n}\"}}]
timeline:
  - {{at: 2024-05-01T09:40:00Z, by: {by}, event: impact_started, impact: {{checkout: partial_outage, warehouse: {state}}}}}
  - {{at: 2024-05-01T09:50:00Z, by: {by}, status: investigating, severity: {severity}, roles: {{incident_manager: {by}}}, public: We are looking., note: {secret}}}
  - {{at: 2024-05-01T10:00:00Z, by: {by}, note: {secret}, hypothesis: {secret}, decision: {secret}, action: {secret}, todo: {secret}, links: [{{title: {secret}, url: \"https://x.example/\"}}]}}
  - {{at: 2024-05-01T10:10:00Z, by: {by}, escalate: {{to: mara, reason: expertise}}, evidence: {{item: {secret}, custody: collected}}, reason: {secret}}}
  - {{at: 2024-05-01T10:20:00Z, by: {by}, notify: {{who: [legal], by: [{channel}]}}}}
  - {{at: 2024-05-01T10:30:00Z, by: {by}, public: It is a little better., edited: {{at: 2024-05-01T10:31:00Z, by: {by}, reason: {secret}}}}}
  - {{at: 2024-05-01T10:40:00Z, by: {by}, redacted: {{at: 2024-05-01T10:41:00Z, by: {by}, reason: {secret}}}}}
  - {{at: 2024-05-01T11:00:00Z, by: {by}, status: resolved, impact: {{checkout: operational, warehouse: operational}}, public: It works., reason: {secret}}}
---
{secret}
",
        kind = if flag { "deployment" } else { "network" },
        by = if flag { "mara" } else { "wei" },
        state = if flag { "major_outage" } else { "degraded_performance" },
        channel = if flag { "phone" } else { "sms" },
        day = n % 9 + 1,
    );
    let maintenance = format!(
        "---
title: New disks
visibility: public
window: {{start: 2024-05-03T01:00:00Z, end: 2024-05-03T02:00:00Z}}
services: {{checkout: under_maintenance}}
approved_by: [{by}]
change: {secret}
emergency: {flag}
timeline:
  - {{at: 2024-04-20T09:00:00Z, by: {by}, status: scheduled, public: We replace disks., note: {secret}}}
---
{secret}
",
        by = if flag { "mara" } else { "wei" },
    );
    let drill = format!("---\ntitle: {secret}\nscenario: {secret}\n---\n{secret}\n");
    let postmortem = format!(
        "---\nstatus: published\nowner: {by}\ncauses: [{{statement: {secret}, category: change}}]\n\
         actions: [{{id: a, title: {secret}, type: prevent, priority: high, owner: {by}, due: 2024-06-01, status: open}}]\n\
         findings: [{{id: f, class: process_flaw, statement: {secret}, owner: {by}}}]\n\
         response_review: {{sufficiency: {sufficiency}, obstacles: [{secret}]}}\n---\n\
         ## Summary\n\n{secret}\n\n## Public summary\n\nWe were wrong.\n\n## Lessons learned\n\n{secret}\n",
        by = if flag { "mara" } else { "wei" },
        sufficiency = if flag { "sufficient" } else { "partly" },
    );
    let internal = format!("---\ntitle: {secret}\ntimeline:\n{INVESTIGATING}---\n{secret}\n");
    Repository::new()
        .record(&format!("{ID}/incident.md"), &incident)
        .record(&format!("{ID}/postmortem.md"), &postmortem)
        .record(&format!("2023-01-01-internal-{n}/incident.md"), &internal)
        .record("2024-05-03-new-disks/maintenance.md", &maintenance)
        .record(&format!("2024-05-04-drill-{n}/drill.md"), &drill)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_internal_field_changes_what_readers_see(secret in "[a-zA-Z가-힣 <>&]{1,24}", n in 0u32..100_000, flag: bool) {
        let plain = with_internals("nothing", 0, false).projection(NOW);
        prop_assert_eq!(plain.events.len(), 2);
        prop_assert_eq!(with_internals(&secret, n, flag).projection(NOW), plain);
    }
}

#[test]
fn what_a_service_is_called_falls_back_to_the_first_language() {
    let config = "site: {languages: [en, ko, ja]}\nservices:\n  \
        - {id: a, name: {ko: 검색, en: Search}, description: {ko: 찾기, en: Finds.}, group: Shop}\n  \
        - {id: b, group: {ko: 상점, en: Shop}}\n  - {id: c, group: {ko: 상점}}\n";
    let archive = Archive::load(&Memory([("incident.yaml".to_owned(), config.to_owned())].into())).unwrap();
    let site = Projection::of(&archive, at(NOW));
    let [a, b, c] = site.services.as_slice() else { panic!("three services") };
    assert_eq!([a.name_in("ko"), a.name_in("ja"), b.name_in("ko")], ["검색", "Search", "b"]);
    let said =
        |text: &Option<Worded>| text.as_ref().map(|said| (said.text.clone(), said.translations.get("ko").cloned()));
    assert_eq!(said(&a.description), Some(("Finds.".into(), Some("찾기".into()))));
    assert_eq!(a.group, b.group, "one translates it for both");
    assert_eq!(said(&a.group), Some(("Shop".into(), Some("상점".into()))));
    assert_eq!(said(&c.group), Some(("상점".into(), Some("상점".into()))), "without a name in the first language");
}
