//! Metrics, badges and the other small files.

use super::*;

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
