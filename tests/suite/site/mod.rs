//! The public site of a small archive: what programs read, read by other people's programs, and what pages say.

use std::collections::{BTreeMap, BTreeSet};

use git_incident::record::archive::{Archive, Memory};
use git_incident::site::{self, Options, Site};
use serde_json::Value;

mod calendars;
mod documents;
mod feeds;
mod internal;
mod languages;
mod pages;
mod search;
mod status_api;

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

/// Records by their paths, under a configuration that one of them may replace.
fn archive(records: &[(&str, &str)]) -> Archive {
    let mut files = BTreeMap::from([("incident.yaml".to_owned(), CONFIG.to_owned())]);
    for (path, text) in records {
        let path = path.strip_prefix("../").map_or_else(|| format!("incidents/{path}"), str::to_owned);
        files.insert(path, (*text).to_owned());
    }
    Archive::load(&Memory(files)).unwrap()
}

fn example() -> Archive {
    archive(&[
        ("2024-05-01-cards/incident.md", OUTAGE),
        ("2024-05-01-cards/postmortem.md", POSTMORTEM),
        ("2024-05-01-slow/incident.md", MERGED),
        ("2024-05-01-pictures/incident.md", FALSE_ALARM),
        ("2024-05-03-disks/maintenance.md", UPGRADE),
    ])
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
