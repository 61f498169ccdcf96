//! No English holes: what pages of another language share with the English ones is what people wrote, and names. Titles
//! are in the language of whatever they stand in.

use std::collections::BTreeSet;
use std::path::Path;

use git_incident::record::archive::{Archive, FolderTree};
use git_incident::site::audience::Audience;
use git_incident::site::{self, Options, Site};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{archive, json, text};

/// Names of formats and of languages, and what a page says to machines.
const NAMES: [&str; 10] = [
    "Atom",
    "RSS",
    "JSON Feed",
    "OpenMetrics",
    "English",
    "Italiano",
    "light dark",
    "noindex",
    "nofollow",
    "width=device-width, initial-scale=1",
];

/// Words and units that a language shares with English.
const BORROWED: [(&str, &[&str]); 3] = [
    ("ko", &[]),
    ("ja", &[]),
    ("it", &["h", "min", "s", "+", "Bug", "Cause", "Chat", "No", "Partner", "Scenario", "Team", "Video"]),
];

#[test]
fn pages_of_other_languages_have_no_english_but_that_of_the_records() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let archive = Archive::load(&FolderTree::new(root)).unwrap();
    let written = written(&archive);
    for audience in Audience::ALL {
        let options = Options { audience, ..Options::new("2026-11-22T08:00:00Z".parse().unwrap()) };
        let site = site::build(&archive, &options).unwrap();
        for (tag, borrowed) in BORROWED {
            let known = |text: &str| {
                written.contains(text) || NAMES.contains(&text) || is_borrowed(text, borrowed) || is_code(text)
            };
            let holes: BTreeSet<String> = shared(&site, tag)
                .filter(|(_, text)| !is_made_of(text, &known))
                .map(|(path, text)| format!("{path}: {text}"))
                .collect();
            assert!(
                holes.is_empty(),
                "{} of {tag} in English:\n{}",
                audience.name(),
                holes.into_iter().collect::<Vec<_>>().join("\n")
            );
        }
    }
}

#[test]
fn titles_are_in_the_language_of_whatever_they_stand_in() {
    let site = built(Audience::Public);
    let event = "ko/incidents/2024-05-01-cards/";
    let page = text(&site, &format!("{event}index.html"));
    assert!(
        page.contains("<title>카드 결제 오류 · 가마 현황</title>") && page.contains("<h1>카드 결제 오류</h1>"),
        "{page}"
    );
    for path in ["ko/index.html", "ko/history/2024-05/index.html", "ko/services/checkout/index.html"] {
        let page = text(&site, path);
        assert!(page.contains(">카드 결제 오류</a>") && !page.contains("Cards are refused"), "{path}: {page}");
    }
    for feed in ["ko/history.atom", "ko/history.rss", "ko/feed.json"] {
        assert!(text(&site, feed).contains("카드 결제 오류") && text(&site, feed).contains("가마 현황"), "{feed}");
    }
    let calendar = text(&site, "ko/calendar.ics");
    assert!(calendar.contains("SUMMARY:디스크 교체") && calendar.contains("NAME:가마 현황 - 점검"), "{calendar}");
    assert_eq!(json(&site, "ko/badge.json")["label"], "가마 현황");
    assert!(text(&site, "ko/index.html").contains("content=\"가마의 상태.\""));
    let found = site.files.iter().filter(|(path, _)| path.starts_with("ko/search/") && path.ends_with(".json"));
    let found: String = found.map(|(_, file)| String::from_utf8_lossy(file)).collect();
    assert!(found.contains("카드 결제 오류") && !found.contains("Cards are refused"), "{found}");
}

#[test]
fn a_title_that_is_not_translated_is_marked_as_what_it_is() {
    let site = built(Audience::Public);
    assert!(text(&site, "it/incidents/2024-05-01-cards/index.html").contains("<h1 lang=\"en\">Cards are refused</h1>"));
}

#[test]
fn programs_that_know_no_languages_get_the_first_title_and_others_all() {
    let site = built(Audience::Public);
    assert_eq!(json(&site, "api/v2/summary.json")["page"]["name"], "Kiln status");
    assert_eq!(json(&site, "api/v2/incidents.json")["incidents"][0]["name"], "Cards are refused");
    let event = json(&site, "incidents/2024-05-01-cards/index.json");
    assert_eq!((&event["title"], &event["titles"]["ko"]), (&"Cards are refused".into(), &"카드 결제 오류".into()));
}

#[test]
fn responders_read_titles_in_their_language_too() {
    let site = built(Audience::Internal);
    let page = text(&site, "ko/internal/incidents/2024-05-01-cards/index.html");
    assert!(page.contains("<h1>카드 결제 오류</h1>"), "{page}");
    assert!(text(&site, "ko/internal/incidents/index.html").contains(">카드 결제 오류</a>"));
}

fn built(audience: Audience) -> Site {
    let config = "site:
  title: {en: Kiln status, ko: 가마 현황}
  description: {en: How the kiln is., ko: 가마의 상태.}
  url: 'https://status.example.com'
  languages: [en, ko, it]
services: [{id: checkout, name: Checkout}]
people: [{id: mara, name: Mara Ito}]
";
    let incident = "---
title:
  en: Cards are refused
  ko: 카드 결제 오류
visibility: public
timeline:
  - {at: 2024-05-01T09:40:00Z, by: mara, status: investigating, impact: {checkout: major_outage}, public: Looking.}
---
";
    let maintenance = "---
title: {en: New disks, ko: 디스크 교체}
visibility: public
window: {start: 2024-05-03T01:00:00Z, end: 2024-05-03T02:30:00Z}
services: {checkout: under_maintenance}
timeline:
  - {at: 2024-04-20T09:00:00Z, by: mara, status: scheduled, public: We replace disks.}
---
";
    let archive = archive(&[
        ("../incident.yaml", config),
        ("2024-05-01-cards/incident.md", incident),
        ("2024-05-03-disks/maintenance.md", maintenance),
    ]);
    let options = Options { audience, ..Options::new("2024-05-01T10:00:00Z".parse().unwrap()) };
    site::build(&archive, &options).unwrap()
}

/// The texts that a page has in English and in another language, with the path of the page.
fn shared(site: &Site, tag: &str) -> impl Iterator<Item = (String, String)> {
    let pages = site.files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.flat_map(move |(path, page)| {
        let english = texts(&String::from_utf8_lossy(page));
        let other = site.files.get(&format!("{tag}/{path}")).map(|page| texts(&String::from_utf8_lossy(page)));
        let both: Vec<String> = other.unwrap_or_default().intersection(&english).cloned().collect();
        both.into_iter().map(|text| (path.clone(), text))
    })
}

/// What a page says: its texts, and the attributes that are read out or shown.
fn texts(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut is_shown = true;
    for part in page.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if tag.starts_with("style") || tag.starts_with("script") {
            is_shown = false;
        } else if tag.starts_with("/style") || tag.starts_with("/script") {
            is_shown = true;
        }
        let attributes = ["aria-label", "title", "alt", "content", "placeholder"];
        let attributes = attributes.iter().filter_map(|name| {
            let (_, value) = tag.split_once(&format!(" {name}=\""))?;
            Some(value.split('"').next().unwrap_or_default())
        });
        found.extend(attributes.chain(is_shown.then_some(text)).map(unescape));
    }
    found.retain(|text| text.chars().any(|c| c.is_ascii_alphabetic()));
    found
}

fn unescape(text: &str) -> String {
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    let text = escapes.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether it is known, or a list of what is.
fn is_made_of(text: &str, known: &impl Fn(&str) -> bool) -> bool {
    known(text)
        || [" · ", ", ", ": ", " ("].iter().any(|between| {
            text.contains(between) && text.split(between).all(|part| is_made_of(part.trim_end_matches(')'), known))
        })
}

/// Such as "1 h 12 min".
fn is_borrowed(text: &str, borrowed: &[&str]) -> bool {
    text.split(' ').all(|word| borrowed.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Ids, addresses, paths, commands, times of day: the same in every language.
fn is_code(text: &str) -> bool {
    let is_id = !text.contains(' ') && text.contains(|c: char| c.is_ascii_digit() || "/#@_-".contains(c));
    let is_tags = text.split(' ').all(|tag| ["en", "ko", "ja", "it"].contains(&tag));
    let is_clock = text.strip_suffix(" UTC").is_some_and(|time| time.len() == 5);
    is_id || is_tags || is_clock || text.starts_with("git incident ") || text.starts_with("default-src ")
}

/// Everything that people wrote: every value of the front matter and of the configuration, and the prose.
fn written(archive: &Archive) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    scalars(&archive.config.text, &mut all);
    for record in &archive.records {
        let (front, body) = record.text.trim_start_matches("---\n").split_once("\n---\n").unwrap();
        scalars(front, &mut all);
        prose(body, &mut all);
        all.insert(record.path.to_string());
    }
    all.retain(|text| !text.is_empty());
    all
}

fn scalars(yaml: &str, all: &mut BTreeSet<String>) {
    fn walk(value: &serde_json::Value, all: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text) => prose(text, all),
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, all)),
            serde_json::Value::Object(fields) => fields.values().for_each(|value| walk(value, all)),
            _ => {}
        }
    }
    walk(&serde_yaml::from_str(yaml).unwrap(), all);
}

/// As it is, and as the runs of text of which its HTML is made.
fn prose(text: &str, all: &mut BTreeSet<String>) {
    let mut keep = |text: &str| _ = all.insert(text.split_whitespace().collect::<Vec<_>>().join(" "));
    keep(text);
    // A link whose target has no page of its own is text like any other.
    let (mut run, mut block) = (String::new(), String::new());
    for event in Parser::new(text) {
        match event {
            Event::Text(text) => [&mut run, &mut block].into_iter().for_each(|run| run.push_str(&text)),
            Event::SoftBreak => [&mut run, &mut block].into_iter().for_each(|run| run.push(' ')),
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => keep(&std::mem::take(&mut run)),
            other => {
                keep(&std::mem::take(&mut run));
                keep(&std::mem::take(&mut block));
                if let Event::Code(code) = other {
                    keep(&code);
                }
            }
        }
    }
    keep(&run);
    keep(&block);
}
