//! A small repository for the tests of the site.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::projection::{Projection, PublicEvent};
use crate::record::archive::{Archive, Memory};

pub const CONFIG: &str = "\
site:
  title: Example Shop status
  url: https://status.example.com
  timezone: Etc/UTC
  languages: [en, ko]
services:
  - {id: checkout, name: Checkout, group: Shop, public: true, since: 2024-01-01, aliases: [cart]}
  - {id: search, name: {en: Search, ko: 검색}, group: Shop, public: true, since: 2024-01-01}
  - {id: warehouse, name: Warehouse robots, public: false}
people:
  - {id: mara, name: Mara Ito}
  - {id: wei, name: Wei Chen}
";

/// Files in memory, read as an archive.
#[derive(Clone, Debug)]
pub struct Repository(BTreeMap<String, String>);

impl Repository {
    pub fn new() -> Self {
        Self(BTreeMap::from([("incident.yaml".to_owned(), CONFIG.to_owned())]))
    }

    #[must_use]
    pub fn config(self, text: &str) -> Self {
        self.file("incident.yaml", text)
    }

    /// A record by its folder and file name.
    #[must_use]
    pub fn record(self, path: &str, text: &str) -> Self {
        self.file(&format!("incidents/{path}"), text)
    }

    /// A public incident with this timeline.
    #[must_use]
    pub fn incident(self, id: &str, timeline: &str) -> Self {
        let text = format!("---\ntitle: Card payments fail\nvisibility: public\ntimeline:\n{timeline}---\n");
        self.record(&format!("{id}/incident.md"), &text)
    }

    /// A public maintenance of the checkout from 14:00 to 16:00 on 10 May 2024, with this timeline.
    #[must_use]
    pub fn maintenance(self, timeline: &str) -> Self {
        let text = format!(
            "---\ntitle: Database upgrade\nvisibility: public\n\
             window: {{start: 2024-05-10T14:00:00Z, end: 2024-05-10T16:00:00Z}}\n\
             services: {{checkout: under_maintenance}}\ntimeline:\n{timeline}---\n"
        );
        self.record("2024-05-10-upgrade/maintenance.md", &text)
    }

    fn file(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    pub fn archive(&self) -> Archive {
        Archive::load(&Memory(self.0.clone())).unwrap()
    }

    pub fn projection(&self, as_of: &str) -> Projection {
        Projection::of(&self.archive(), at(as_of))
    }

    /// The only event there is.
    pub fn event(&self, as_of: &str) -> PublicEvent {
        let mut events = self.projection(as_of).events;
        assert_eq!(events.len(), 1, "one event");
        Arc::unwrap_or_clone(events.remove(0))
    }
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}
