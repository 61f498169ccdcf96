//! What is told of records, by an archive in memory that grows.

use super::*;
use crate::record::archive::Memory;
use crate::site::builtin::Overrides;

const PATH: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";
const CONFIG: &str = "site: {title: Example, url: https://status.example}
services: [{id: checkout, name: Checkout}, {id: ledger, public: false}]
";

/// The entries of an incident, in the order in which they were committed.
const ENTRIES: [&str; 6] = [
    "  - {at: 2024-05-01T09:00:00Z, by: mara, status: investigating, severity: sev2, impact: {checkout: major_outage, ledger: major_outage}, public: Checkout fails., note: It is the pool.}\n",
    "  - {at: 2024-05-01T09:10:00Z, by: mara, note: Looking into node 7.}\n",
    "  - {at: 2024-05-01T09:20:00Z, by: mara, severity: sev1}\n",
    "  - {at: 2024-05-01T09:30:00Z, by: wei, status: identified, public: {en: Found it., ko: 찾았습니다.}}\n",
    "  - {at: 2024-05-01T09:40:00Z, by: wei, escalate: {to: nadia, reason: long}}\n",
    "  - {at: 2024-05-01T09:50:00Z, by: wei, status: resolved, impact: {checkout: operational}, public: Over.}\n",
];

fn archive(head: &str, entries: &[&str]) -> Archive {
    let record = format!("---\ntitle: Checkout errors\n{head}timeline:\n{}---\n", entries.concat());
    let files = [(PATH.to_owned(), record), ("incident.yaml".to_owned(), CONFIG.to_owned())];
    Archive::load(&Memory(files.into())).unwrap()
}

fn empty() -> Archive {
    Archive::load(&Memory([("incident.yaml".to_owned(), CONFIG.to_owned())].into())).unwrap()
}

fn told(before: &Archive, after: &Archive, audience: Audience) -> Vec<Event> {
    let as_of = "2024-05-02T00:00:00Z".parse().unwrap();
    let ids = after.records.iter().map(|record| record.id.to_string()).collect();
    between(Side { archive: before, as_of }, Side { archive: after, as_of }, &ids, audience).events
}

fn kinds(events: &[Event]) -> Vec<What> {
    events.iter().map(|event| event.kind).collect()
}

const PUBLIC: &str = "visibility: public\n";

#[test]
fn customers_hear_what_is_said_to_them_and_colleagues_each_step() {
    let all = archive(PUBLIC, &ENTRIES);
    let public = told(&empty(), &all, Audience::Public);
    assert_eq!(kinds(&public), [What::Opened, What::Updated, What::Resolved]);
    let internal = told(&empty(), &all, Audience::Internal);
    let expected = [What::Opened, What::Escalated, What::Updated, What::Escalated, What::Resolved];
    assert_eq!(kinds(&internal), expected);
}

#[test]
fn nothing_internal_reaches_customers() {
    let text = serde_json::to_string(&told(&empty(), &archive(PUBLIC, &ENTRIES), Audience::Public)).unwrap();
    for secret in ["mara", "\"by\"", "nadia", "sev", "pool", "node 7", "ledger", "internal\":"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    for visibility in ["internal", "restricted"] {
        let hidden = archive(&format!("visibility: {visibility}\n"), &ENTRIES);
        assert_eq!(told(&empty(), &hidden, Audience::Public), []);
    }
    assert_eq!(told(&empty(), &archive("visibility: restricted\n", &ENTRIES), Audience::Internal), []);
}

#[test]
fn the_same_events_are_told_in_whatever_steps_they_come() {
    for audience in Audience::ALL {
        let all = told(&empty(), &archive(PUBLIC, &ENTRIES), audience);
        for cut in 1..ENTRIES.len() {
            let middle = archive(PUBLIC, &ENTRIES[..cut]);
            let mut steps = told(&empty(), &middle, audience);
            steps.extend(told(&middle, &archive(PUBLIC, &ENTRIES), audience));
            let ids = |events: &[Event]| events.iter().map(|event| event.id.clone()).collect::<Vec<_>>();
            assert_eq!(ids(&steps), ids(&all), "{audience:?} after {cut}");
        }
    }
}

#[test]
fn an_earlier_entry_that_comes_late_makes_no_other_news() {
    let late = "  - {at: 2024-05-01T08:55:00Z, by: mara, backfill: true, public: We saw errors.}\n";
    let (before, after) = (archive(PUBLIC, &ENTRIES), archive(PUBLIC, &[&ENTRIES[..], &[late]].concat()));
    let told = told(&before, &after, Audience::Public);
    assert_eq!(told.iter().map(|event| event.texts["en"].as_str()).collect::<Vec<_>>(), ["We saw errors."]);
}

#[test]
fn a_corrected_message_is_told_and_a_withdrawn_one_has_no_words_left() {
    let amended = |key: &str| {
        let entry = ENTRIES[0]
            .replace("note:", &format!("{key}: {{at: 2024-05-01T10:00:00Z, by: mara, reason: wrong}}, note:"));
        archive(PUBLIC, &[&[entry.as_str()], &ENTRIES[1..]].concat())
    };
    for audience in Audience::ALL {
        let edited = told(&archive(PUBLIC, &ENTRIES), &amended("edited"), audience);
        assert_eq!(kinds(&edited), [What::Edited]);
        assert_eq!(edited[0].texts["en"], "Checkout fails.");
        let withdrawn = told(&archive(PUBLIC, &ENTRIES), &amended("redacted"), audience);
        assert!(withdrawn[0].withdrawn && withdrawn[0].texts.is_empty());
        let late = told(&empty(), &amended("redacted"), audience);
        assert!(late.iter().all(|event| !event.texts.values().any(|text| text == "Checkout fails.")));
    }
}

#[test]
fn a_record_that_was_renamed_or_made_afterwards_is_no_news() {
    let renamed = {
        let record = format!(
            "---\ntitle: Checkout errors\n{PUBLIC}aliases: [2024-05-01-checkout-errors]\ntimeline:\n{}---\n",
            ENTRIES.concat()
        );
        let path = PATH.replace("checkout-errors", "payment-errors");
        let files = [(path, record), ("incident.yaml".to_owned(), CONFIG.to_owned())];
        Archive::load(&Memory(files.into())).unwrap()
    };
    let imported = ENTRIES.map(|entry| entry.replace("by:", "backfill: true, by:"));
    let imported = archive(PUBLIC, &imported.each_ref().map(String::as_str));
    for audience in Audience::ALL {
        assert_eq!(told(&archive(PUBLIC, &ENTRIES), &renamed, audience), []);
        assert_eq!(told(&empty(), &imported, audience), []);
    }
}

#[test]
fn what_lies_ahead_is_told_when_it_has_happened() {
    let all = archive(PUBLIC, &ENTRIES);
    let ids = ["2024-05-01-checkout-errors".to_owned()].into();
    let at = |as_of: &str| Side { archive: &all, as_of: as_of.parse().unwrap() };
    let early = between(at("2024-05-01T08:00:00Z"), at("2024-05-01T09:15:00Z"), &ids, Audience::Public);
    assert_eq!((kinds(&early.events), early.has_more_to_come), (vec![What::Opened], true));
    let later = between(at("2024-05-01T09:15:00Z"), at("2024-05-01T09:50:00Z"), &ids, Audience::Public);
    assert_eq!((kinds(&later.events), later.has_more_to_come), (vec![What::Updated, What::Resolved], false));
}

#[test]
fn of_a_record_that_cannot_be_read_in_full_nothing_is_told() {
    let broken = archive(PUBLIC, &[ENTRIES[0], "  - {at: soon, by: mara, public: Over.}\n"]);
    let as_of = "2024-05-02T00:00:00Z".parse().unwrap();
    let before = empty();
    let ids = ["2024-05-01-checkout-errors".to_owned()].into();
    let found = between(Side { archive: &before, as_of }, Side { archive: &broken, as_of }, &ids, Audience::Public);
    assert_eq!((found.events, found.unreadable), (vec![], vec!["2024-05-01-checkout-errors".to_owned()]));
}

const OTHER: &str = "incidents/2024/05/2024-05-01-search-slow/incident.md";

/// Two incidents, and a postmortem beside the first.
fn reviewed(other: &str, postmortem: &str) -> Archive {
    let record = |title: &str, head: &str| format!("---\ntitle: {title}\n{head}timeline:\n{}---\n", ENTRIES.concat());
    let files = [
        (PATH.to_owned(), record("Checkout errors", PUBLIC)),
        (OTHER.to_owned(), record("Search slow", other)),
        (PATH.replace("incident.md", "postmortem.md"), postmortem.to_owned()),
        ("incident.yaml".to_owned(), CONFIG.to_owned()),
    ];
    Archive::load(&Memory(files.into())).unwrap()
}

fn postmortem(status: &str) -> String {
    format!(
        "---\nstatus: {status}\nincidents: [2024-05-01-search-slow, 2024-05-01-checkout-errors]\n---\n## Public summary\n\nIt was the pool.\n"
    )
}

#[test]
fn a_postmortem_about_several_incidents_is_told_once_and_names_them() {
    let labels = labels::Labels::load(&empty().config, &Overrides::default()).unwrap();
    let (draft, published) = (reviewed(PUBLIC, &postmortem("draft")), reviewed(PUBLIC, &postmortem("published")));
    for audience in Audience::ALL {
        let told = told(&draft, &published, audience);
        assert_eq!(kinds(&told), [What::PostmortemPublished]);
        let titles: Vec<&str> = told[0].covers.iter().map(|covered| covered.title.as_str()).collect();
        assert_eq!(titles, ["Checkout errors", "Search slow"]);
        let url = |record: &str| format!("https://status.example/incidents/{record}/");
        let page = (audience == Audience::Public).then(|| url("2024-05-01-search-slow"));
        assert_eq!(told[0].covers[1].url, page);
        assert_eq!(render::headline(&told[0], labels.english()), "Postmortem published: Checkout errors; Search slow");
    }
    // One that stays as it is says nothing new, whatever becomes of the incidents.
    let kept =
        told(&published, &reviewed("visibility: public\nlinks: []\n", &postmortem("published")), Audience::Public);
    assert_eq!(kept, []);
}

#[test]
fn of_a_postmortem_customers_hear_the_incidents_that_they_know_of() {
    let internal = |status: &str| reviewed("visibility: internal\n", &postmortem(status));
    let restricted = |status: &str| reviewed("visibility: restricted\n", &postmortem(status));
    let known = |events: &[Event]| events.iter().map(|event| event.covers.len()).collect::<Vec<_>>();
    assert_eq!(known(&told(&internal("draft"), &internal("published"), Audience::Public)), [1]);
    assert_eq!(known(&told(&internal("draft"), &internal("published"), Audience::Internal)), [2]);
    assert_eq!(known(&told(&restricted("draft"), &restricted("published"), Audience::Internal)), [1]);
    // The one beside it may be the one that nobody may know of.
    let hidden = |status: &str| {
        let text = reviewed(PUBLIC, &postmortem(status)).records[0].text.replace(PUBLIC, "visibility: restricted\n");
        let mut archive = reviewed(PUBLIC, &postmortem(status));
        archive.replace(PATH, Some(text.into_bytes()));
        archive
    };
    for audience in Audience::ALL {
        let told = told(&hidden("draft"), &hidden("published"), audience);
        assert_eq!((known(&told), told[0].title.as_str()), (vec![1], "Search slow"), "{audience:?}");
        assert!(!serde_json::to_string(&told).unwrap().contains("Checkout errors"));
    }
    let silent = |status: &str| reviewed(PUBLIC, &postmortem(status).replace("It was the pool.", ""));
    assert_eq!(told(&silent("draft"), &silent("published"), Audience::Public), []);
    assert_eq!(known(&told(&silent("draft"), &silent("published"), Audience::Internal)), [2]);
}
