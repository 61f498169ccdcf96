//! Calendars, read by a calendar library.

use icalendar::{Calendar, CalendarComponent, Component, Event};

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
    let said =
        "5월 3일에 디스크를 교체합니다. 그동안 주문과 결제를 이용하실 수 없습니다. 검색은 계속 이용하실 수 있습니다.";
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
