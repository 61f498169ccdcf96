//! Feeds, read by a feed library.

use feed_rs::model::{Entry, Feed};

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
