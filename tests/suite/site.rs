//! What programs read on the public site, read by other people's programs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use feed_rs::model::{Entry, Feed};
use git_incident::record::archive::{Archive, Memory};
use git_incident::site::{self, Options, Site};
use icalendar::{Calendar, CalendarComponent, Component, Event};
use serde_json::Value;

const CONFIG: &str = "\
site: {title: 'Kiln & Co', url: 'https://status.example.com/shop', timezone: Europe/Rome, languages: [en, ko], security: {contact: cert@example.com, expires: 2027-01-31}}
services:
  - {id: checkout, name: {en: Checkout, ko: '주문, 결제'}, group: Shop, since: 2024-01-01}
  - {id: search, name: Search, since: 2024-01-01}
people: [{id: mara, name: Mara Ito}]
";

const OUTAGE: &str = "---
title: Cards are <refused> & returned
visibility: public
timeline:
  - {at: 2024-05-01T09:40:00Z, by: mara, status: investigating, impact: {checkout: major_outage}, public: {en: We are *looking*., ko: 조사 중입니다.}}
  - {at: 2024-05-01T10:00:00Z, by: mara, public: Still looking.}
  - {at: 2024-05-01T11:00:00Z, by: mara, status: monitoring, impact: {checkout: operational}, public: It works.}
  - {at: 2024-05-01T12:00:00Z, by: mara, status: resolved, public: Over.}
---
";

const MERGED: &str = "---
title: Search is slow
visibility: public
related: {duplicate_of: 2024-05-01-cards}
timeline:
  - {at: 2024-05-01T09:45:00Z, by: mara, status: investigating, impact: {search: degraded_performance}, public: Looking.}
  - {at: 2024-05-01T09:55:00Z, by: mara, status: merged, public: It is the same.}
---
";

const FALSE_ALARM: &str = "---
title: No pictures
visibility: public
timeline:
  - {at: 2024-05-01T08:00:00Z, by: mara, status: investigating, public: Looking.}
  - {at: 2024-05-01T08:10:00Z, by: mara, status: canceled, reason: false alarm, public: All is well.}
---
";

const UPGRADE: &str = "---
title: 'New disks, new racks; a long title that does not fit into one line of a calendar'
visibility: public
window: {start: 2024-05-03T01:00:00Z, end: 2024-05-03T02:30:00Z}
services: {checkout: under_maintenance}
timeline:
  - {at: 2024-04-20T09:00:00Z, by: mara, status: scheduled, public: {en: We replace disks., ko: '5월 3일에 디스크를 교체합니다. 그동안 주문과 결제를 이용하실 수 없습니다. 검색은 계속 이용하실 수 있습니다.'}}
  - {at: 2024-04-30T09:00:00Z, by: mara, public: A reminder.}
  - {at: 2024-05-02T09:00:00Z, by: mara, status: canceled, reason: no disks, public: It does not take place.}
---
";

const POSTMORTEM: &str = "---\nstatus: published\n---\n## Public summary\n\nA certificate had expired.\n";

fn at(archive: &Archive, as_of: &str) -> Site {
    site::build(archive, &Options::new(as_of.parse().unwrap())).unwrap()
}

fn example() -> Archive {
    let record = |path: &str, text: &str| (format!("incidents/{path}"), text.to_owned());
    Archive::load(&Memory(BTreeMap::from([
        ("incident.yaml".to_owned(), CONFIG.to_owned()),
        record("2024-05-01-cards/incident.md", OUTAGE),
        record("2024-05-01-cards/postmortem.md", POSTMORTEM),
        record("2024-05-01-slow/incident.md", MERGED),
        record("2024-05-01-pictures/incident.md", FALSE_ALARM),
        record("2024-05-03-disks/maintenance.md", UPGRADE),
    ])))
    .unwrap()
}

fn text<'a>(site: &'a Site, path: &str) -> &'a str {
    std::str::from_utf8(site.files.get(path).unwrap_or_else(|| panic!("no {path}"))).unwrap()
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(text(site, path)).unwrap()
}

/// Moments at which the example is in each of its states, and the last at which nothing is open.
const MOMENTS: [&str; 6] = [
    "2024-04-21T00:00:00Z",
    "2024-05-01T08:05:00Z",
    "2024-05-01T09:50:00Z",
    "2024-05-01T11:30:00Z",
    "2024-05-01T13:00:00Z",
    "2024-05-04T00:00:00Z",
];

mod status_api {
    use super::*;

    const DOCUMENTS: [(&str, &[&str]); 8] = [
        ("status", &["page", "status"]),
        ("summary", &["page", "components", "incidents", "scheduled_maintenances", "status"]),
        ("components", &["page", "components"]),
        ("incidents", &["page", "incidents"]),
        ("incidents/unresolved", &["page", "incidents"]),
        ("scheduled-maintenances", &["page", "scheduled_maintenances"]),
        ("scheduled-maintenances/upcoming", &["page", "scheduled_maintenances"]),
        ("scheduled-maintenances/active", &["page", "scheduled_maintenances"]),
    ];

    #[test]
    fn every_document_fits_the_schema_at_every_moment() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statuspage-v2.schema.json");
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let schema = jsonschema::validator_for(&schema).unwrap();
        let archive = example();
        for moment in MOMENTS {
            let site = at(&archive, moment);
            for (name, keys) in DOCUMENTS {
                let document = json(&site, &format!("api/v2/{name}.json"));
                let found: Vec<String> = document.as_object().unwrap().keys().cloned().collect();
                assert_eq!(found, keys, "{name}");
                let errors: Vec<String> =
                    schema.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect();
                assert_eq!(errors, [] as [String; 0], "{name} at {moment}");
            }
        }
    }

    fn names(site: &Site, document: &str, list: &str) -> Vec<String> {
        let document = json(site, &format!("api/v2/{document}.json"));
        document[list].as_array().unwrap().iter().map(|e| e["name"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn incidents_are_unresolved_until_they_are_resolved() {
        let unresolved = |moment| names(&at(&example(), moment), "incidents/unresolved", "incidents").len();
        assert_eq!(MOMENTS.map(unresolved), [0, 1, 2, 1, 0, 0]);
        assert_eq!(names(&at(&example(), MOMENTS[5]), "incidents", "incidents").len(), 3);
    }

    #[test]
    fn maintenance_is_upcoming_until_it_begins_or_is_canceled() {
        let list = |document: &str, moment| names(&at(&example(), moment), document, "scheduled_maintenances").len();
        assert_eq!(list("scheduled-maintenances/upcoming", MOMENTS[4]), 1);
        assert_eq!(list("scheduled-maintenances/upcoming", MOMENTS[5]), 0);
        assert_eq!(list("scheduled-maintenances", MOMENTS[5]), 1);
        let begun = UPGRADE.replace("status: canceled, reason: no disks", "status: in_progress");
        let mut files = BTreeMap::from([("incident.yaml".to_owned(), CONFIG.to_owned())]);
        files.insert("incidents/2024-05-03-disks/maintenance.md".to_owned(), begun);
        let running = Archive::load(&Memory(files)).unwrap();
        assert_eq!(list("scheduled-maintenances/active", MOMENTS[5]), 0);
        assert_eq!(
            names(&at(&running, MOMENTS[5]), "scheduled-maintenances/active", "scheduled_maintenances").len(),
            1
        );
    }

    #[test]
    fn what_clients_have_no_word_for_is_over_for_them() {
        let incidents = json(&at(&example(), MOMENTS[5]), "api/v2/incidents.json");
        for incident in incidents["incidents"].as_array().unwrap() {
            assert_eq!(incident["status"], "resolved", "{}", incident["name"]);
        }
        let maintenance = json(&at(&example(), MOMENTS[5]), "api/v2/scheduled-maintenances.json");
        assert_eq!(maintenance["scheduled_maintenances"][0]["status"], "completed");
    }
}

mod feeds {
    use super::*;

    const FORMATS: [&str; 3] = ["history.atom", "history.rss", "feed.json"];

    fn parse(site: &Site, path: &str) -> Feed {
        feed_rs::parser::parse(text(site, path).as_bytes()).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    fn titled<'a>(feed: &'a Feed, title: &str) -> &'a Entry {
        let found = feed.entries.iter().find(|e| e.title.as_ref().is_some_and(|t| t.content == title));
        found.unwrap_or_else(|| panic!("no {title}"))
    }

    #[test]
    fn a_library_reads_every_feed_of_every_channel_and_language() {
        let site = at(&example(), MOMENTS[5]);
        for (folder, entries) in [("", 4), ("services/checkout/", 2), ("ko/", 4), ("ko/services/search/", 1)] {
            for format in FORMATS {
                let feed = parse(&site, &format!("{folder}{format}"));
                assert_eq!(feed.entries.len(), entries, "{folder}{format}");
                let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
                assert_eq!(ids.len(), entries, "{folder}{format}");
                for entry in &feed.entries {
                    let link = &entry.links[0].href;
                    let page = link.strip_prefix("https://status.example.com/shop/").unwrap();
                    assert!(site.files.contains_key(&format!("{page}index.html")), "{link}");
                }
            }
        }
    }

    #[test]
    fn an_entry_moves_with_each_message_in_every_format() {
        for format in FORMATS {
            let updated = |moment: &str| {
                let site = at(&example(), moment);
                let feed = parse(&site, format);
                let entry = titled(&feed, "Cards are <refused> & returned");
                entry.updated.or(entry.published).unwrap().format("%H:%M").to_string()
            };
            assert_eq!(updated("2024-05-01T09:50:00Z"), "09:40", "{format}");
            assert_eq!(updated("2024-05-01T10:30:00Z"), "10:00", "{format}");
            assert_eq!(updated("2024-05-01T13:00:00Z"), "12:00", "{format}");
        }
    }

    #[test]
    fn an_entry_holds_every_message_in_the_language_of_the_feed() {
        let site = at(&example(), MOMENTS[5]);
        for format in FORMATS {
            let feed = parse(&site, &format!("ko/{format}"));
            let entry = titled(&feed, "Cards are <refused> & returned");
            let body = entry.content.as_ref().and_then(|c| c.body.clone()).or(entry.summary.clone().map(|s| s.content));
            let body = body.unwrap();
            assert!(body.contains("조사 중입니다.") && body.contains("<p>Over.</p>"), "{format}: {body}");
        }
    }

    #[test]
    fn rss_dates_coming_maintenance_by_its_start_as_hosted_pages_do() {
        let rss = text(&at(&example(), MOMENTS[0]), "history.rss").to_owned();
        assert!(rss.contains("<pubDate>Fri, 03 May 2024 01:00:00 +0000</pubDate>"), "{rss}");
        assert!(rss.contains("<maintenanceEndDate>Fri, 03 May 2024 02:30:00 +0000</maintenanceEndDate>"));
        assert!(rss.contains("<atom:updated>2024-04-20T09:00:00Z</atom:updated>"));
    }
}

mod calendars {
    use super::*;

    fn events(site: &Site, path: &str) -> Vec<Event> {
        let calendar: Calendar = text(site, path).parse().unwrap_or_else(|e| panic!("{path}: {e}"));
        let events = calendar.components.into_iter().filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        });
        events.collect()
    }

    fn only(moment: &str, path: &str) -> Event {
        let mut events = events(&at(&example(), moment), path);
        assert_eq!(events.len(), 1, "{path}");
        events.remove(0)
    }

    const OWN: &str = "incidents/2024-05-03-disks/maintenance.ics";

    #[test]
    fn a_library_reads_the_maintenance_with_its_times_and_texts() {
        for path in [OWN, "calendar.ics", "services/checkout/calendar.ics"] {
            let event = only(MOMENTS[0], path);
            assert_eq!(event.property_value("DTSTART"), Some("20240503T010000Z"), "{path}");
            assert_eq!(event.property_value("DTEND"), Some("20240503T023000Z"));
            let title = "New disks, new racks; a long title that does not fit into one line of a calendar";
            assert_eq!(event.get_summary(), Some(title));
            assert!(event.get_description().unwrap().contains("We replace disks."));
        }
    }

    #[test]
    fn a_text_in_korean_survives_the_folding_of_lines() {
        let event = only(MOMENTS[0], &format!("ko/{OWN}"));
        let said = "5월 3일에 디스크를 교체합니다. 그동안 주문과 결제를 이용하실 수 없습니다. 검색은 계속 이용하실 수 있습니다.";
        assert!(event.get_description().unwrap().contains(said));
        let site = at(&example(), MOMENTS[0]);
        let file = text(&site, &format!("ko/{OWN}"));
        assert!(file.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        assert!(file.contains("CATEGORIES:주문\\, 결제\r\n"));
    }

    #[test]
    fn a_program_that_holds_an_older_version_takes_the_newer_one() {
        let revision = |moment: &str| {
            let event = only(moment, OWN);
            let value = |name: &str| event.property_value(name).unwrap().to_owned();
            (value("UID"), value("SEQUENCE"), value("LAST-MODIFIED"), value("STATUS"))
        };
        let uid = revision(MOMENTS[0]).0;
        let expect = |sequence: &str, modified: &str, status: &str| {
            (uid.clone(), sequence.to_owned(), modified.to_owned(), status.to_owned())
        };
        assert_eq!(revision("2024-04-21T00:00:00Z"), expect("1", "20240420T090000Z", "CONFIRMED"));
        assert_eq!(revision("2024-05-01T00:00:00Z"), expect("2", "20240430T090000Z", "CONFIRMED"));
        assert_eq!(revision("2024-05-04T00:00:00Z"), expect("4", "20240502T090000Z", "CANCELLED"));
    }

    #[test]
    fn a_service_has_only_its_own_work_and_old_work_leaves() {
        assert_eq!(events(&at(&example(), MOMENTS[0]), "services/search/calendar.ics").len(), 0);
        assert_eq!(events(&at(&example(), "2025-05-01T00:00:00Z"), "calendar.ics").len(), 1);
        let later = at(&example(), "2025-06-01T00:00:00Z");
        assert_eq!(events(&later, "calendar.ics").len(), 0);
        assert_eq!(events(&later, OWN).len(), 1);
    }
}

mod search {
    use super::*;

    /// The titles of the documents that a term is in.
    fn find(site: &Site, language: &str, term: &str) -> Vec<String> {
        let overview = json(site, &format!("{language}search/index.json"));
        let shards = overview["shards"].as_array().unwrap().iter().map(|shard| shard.as_str().unwrap());
        let shards = shards.map(|shard| json(site, &format!("{language}search/index/{shard}.json")));
        let distances = shards.filter_map(|words| words[term].as_array().cloned()).flatten();
        let mut document = 0;
        let documents = distances.map(|distance| {
            document += distance.as_u64().unwrap() >> 1;
            let shown = overview["shown"].as_u64().unwrap();
            let page = json(site, &format!("{language}search/docs/{}.json", document / shown));
            page[(document % shown) as usize]["title"].as_str().unwrap().to_owned()
        });
        documents.collect()
    }

    #[test]
    fn a_word_leads_to_the_events_that_say_it_in_the_language_of_the_reader() {
        let site = at(&example(), MOMENTS[5]);
        let cards = ["Cards are <refused> & returned"];
        assert_eq!(find(&site, "", "works"), cards);
        assert_eq!(find(&site, "", "certificate"), cards, "a public summary is searched too");
        assert_eq!(find(&site, "ko/", "조사"), cards);
        assert_eq!(find(&site, "", "조사"), [] as [&str; 0]);
        assert_eq!(find(&site, "", "refused"), cards);
        assert_eq!(find(&site, "", "gt"), [] as [&str; 0], "an escaped sign is no word");
    }

    #[test]
    fn every_shard_that_is_named_exists() {
        let site = at(&example(), MOMENTS[5]);
        for language in ["", "ko/"] {
            let overview = json(&site, &format!("{language}search/index.json"));
            let named: BTreeSet<String> =
                overview["shards"].as_array().unwrap().iter().map(|s| s.to_string()).collect();
            let folder = format!("{language}search/index/");
            let there = site.files.keys().filter_map(|path| path.strip_prefix(&folder)?.strip_suffix(".json"));
            assert_eq!(there.map(|name| format!("\"{name}\"")).collect::<BTreeSet<_>>(), named);
        }
    }
}

#[test]
fn metrics_declare_what_they_give_and_say_where_they_end() {
    let site = at(&example(), MOMENTS[2]);
    let metrics = text(&site, "metrics");
    let mut families = BTreeSet::new();
    for line in metrics.lines() {
        if let Some(family) = line.strip_prefix("# TYPE ") {
            assert!(families.insert(family.split(' ').next().unwrap().to_owned()), "{line} again");
        } else if !line.starts_with('#') {
            let name = line.split(['{', ' ']).next().unwrap();
            assert!(families.contains(name.trim_end_matches("_total")), "{line} has no type");
            assert!(line.rsplit(' ').next().unwrap().parse::<f64>().is_ok(), "{line}");
        }
    }
    assert!(metrics.ends_with("\n# EOF\n"));
    assert!(metrics.contains("\nstatus_incidents_open 2\n"));
    assert!(metrics.contains("{service=\"checkout\",status_service_state=\"major_outage\"} 1\n"));
    assert!(metrics.contains("status_service_downtime_seconds{service=\"checkout\",days=\"30\"} 600.0\n"));
}

#[test]
fn a_badge_says_how_its_service_is() {
    let site = at(&example(), MOMENTS[2]);
    assert!(text(&site, "badge/checkout.svg").contains("aria-label=\"Checkout: Major outage\""));
    assert_eq!(json(&site, "ko/badge/search.json")["message"], "성능 저하");
    assert_eq!(json(&site, "badge.json")["message"], "Major outage");
    assert_eq!(json(&at(&example(), MOMENTS[5]), "badge/checkout.json")["isError"], false);
}

#[test]
fn an_event_is_one_document_in_all_languages() {
    let site = at(&example(), MOMENTS[3]);
    let event = json(&site, "incidents/2024-05-01-cards/index.json");
    assert_eq!(
        (&event["kind"], &event["status"], &event["ended"]),
        (&"incident".into(), &"monitoring".into(), &Value::Null)
    );
    assert_eq!(event["url"], "https://status.example.com/shop/incidents/2024-05-01-cards/");
    assert_eq!(event["services"][0]["stretches"][0]["to"], "2024-05-01T11:00:00Z");
    assert_eq!(event["updates"][2]["texts"]["ko"], "<p>조사 중입니다.</p>\n");
    let merged = json(&site, "incidents/2024-05-01-slow/index.json");
    assert_eq!(merged["merged_into"], "2024-05-01-cards");
}

#[test]
fn those_who_found_a_weakness_are_told_where_to_report_it() {
    let expected = "Contact: mailto:cert@example.com\nExpires: 2027-01-31T00:00:00Z\nPreferred-Languages: en, ko\n\
                    Canonical: https://status.example.com/shop/.well-known/security.txt\n";
    assert_eq!(text(&at(&example(), MOMENTS[0]), ".well-known/security.txt"), expected);
}
