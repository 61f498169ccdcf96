//! What the pages beside home, history, incidents and services say.

use super::*;

/// The page without its frame.
fn main_part<'a>(site: &'a Site, path: &str) -> &'a str {
    let page = text(site, path);
    &page[page.find("<main").unwrap()..page.find("</main>").unwrap()]
}

/// The part of a page between a heading's id and the next section.
fn section<'a>(page: &'a str, id: &str) -> &'a str {
    let start = page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no section {id} in {page}"));
    &page[start..start + page[start..].find("</section>").unwrap()]
}

#[test]
fn maintenance_is_coming_then_done() {
    let before = at(&example(), "2024-05-01T00:00:00Z");
    let page = main_part(&before, "maintenance/index.html");
    assert!(section(page, "coming").contains("A reminder."));
    assert!(section(page, "coming").contains("href=\"../incidents/2024-05-03-disks/maintenance.ics\""));
    assert!(section(page, "done").contains("No maintenance was completed in the last year."));
    assert!(!page.contains("id=\"running\""));

    let after = at(&example(), "2024-05-04T00:00:00Z");
    let page = main_part(&after, "maintenance/index.html");
    assert!(section(page, "coming").contains("No maintenance is planned."));
    assert!(section(page, "done").contains("<summary>2024") && section(page, "done").contains("Canceled"));
}

#[test]
fn old_maintenance_is_found_in_the_history_only() {
    let done = |moment: &str| main_part(&at(&example(), moment), "maintenance/index.html").contains("New disks");
    assert!(done("2025-05-02T08:00:00Z"));
    assert!(!done("2025-05-03T08:00:00Z"));
    let later = at(&example(), "2025-05-03T08:00:00Z");
    assert!(main_part(&later, "history/2024-05/index.html").contains("New disks"));
}

#[test]
fn running_maintenance_comes_first() {
    let begun =
        UPGRADE.replace("status: canceled, reason: no disks, public: It does not take place.", "status: in_progress");
    let archive = archive(&[("2024-05-03-disks/maintenance.md", &begun)]);
    let site = at(&archive, "2024-05-03T01:30:00Z");
    let page = main_part(&site, "maintenance/index.html");
    assert!(section(page, "running").contains("In progress"));
    assert!(page.find("id=\"running\"") < page.find("id=\"coming\""));
}

#[test]
fn a_calendar_is_offered_until_the_work_is_over() {
    let offered = |moment: &str| {
        text(&at(&example(), moment), "incidents/2024-05-03-disks/index.html").contains("Add to calendar")
    };
    assert!(offered("2024-05-01T00:00:00Z"));
    assert!(!offered("2024-05-04T00:00:00Z"));
}

#[test]
fn postmortems_are_pointed_to_once_there_is_one() {
    let with = at(&example(), MOMENTS[5]);
    assert!(main_part(&with, "postmortems/index.html").contains("<p>A certificate had expired.</p>"));
    assert!(text(&with, "index.html").contains(">Postmortems</a>"));
    assert!(main_part(&with, "postmortems/2024/index.html").contains("<h1>Postmortems 2024</h1>"));
    assert!(main_part(&with, "postmortems/index.html").contains("href=\"../postmortems/2024/\""));
    let without = at(&archive(&[("2024-05-01-cards/incident.md", OUTAGE)]), MOMENTS[5]);
    assert!(main_part(&without, "postmortems/index.html").contains("No postmortem has been published yet."));
    assert!(!text(&without, "index.html").contains(">Postmortems</a>"));
}

#[test]
fn a_reader_can_subscribe_to_everything_or_to_one_service() {
    let site = at(&example(), MOMENTS[5]);
    let page = main_part(&site, "ko/subscribe/index.html");
    for file in ["history.atom", "history.rss", "feed.json", "calendar.ics"] {
        assert!(section(page, "all").contains(&format!("href=\"../../ko/{file}\"")), "{file}");
        assert!(section(page, "services").contains(&format!("href=\"../../ko/services/checkout/{file}\"")), "{file}");
    }
    assert!(section(page, "calendar").contains("<code>https://status.example.com/shop/ko/calendar.ics</code>"));
}

#[test]
fn without_an_address_there_are_calendars_but_no_feeds() {
    let config = CONFIG.replace("url: 'https://status.example.com/shop', ", "");
    let site = at(&archive(&[("../incident.yaml", &config), ("2024-05-03-disks/maintenance.md", UPGRADE)]), MOMENTS[0]);
    let page = main_part(&site, "subscribe/index.html");
    assert!(page.contains("calendar.ics") && !page.contains("history.atom"));
    assert!(site.files.contains_key("calendar.ics") && !site.files.contains_key("feed.json"));
}

#[test]
fn only_the_search_page_may_ask_for_more_and_only_at_home() {
    let site = at(&example(), MOMENTS[5]);
    let pages = site.files.keys().filter(|path| path.ends_with(".html"));
    let asking: Vec<&String> = pages.filter(|path| text(&site, path).contains("connect-src")).collect();
    assert_eq!(asking, ["ko/search/index.html", "search/index.html"]);
    assert!(text(&site, "search/index.html").contains("; connect-src 'self'\">"));
    assert!(text(&site, "search/index.html").contains("<noscript>"));
}
