//! The findings that a repository accepts for a while: `waivers` in `incident.yaml`.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Index;
use crate::record::archive::Archive;
use crate::record::time::{self, Time};

/// The waivers that hold today.
#[derive(Debug)]
pub struct Waivers<'a> {
    /// Rules, and the paths of the records in which their findings are accepted.
    accepted: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Waivers<'a> {
    /// A waiver holds through its last day, as the site's zone counts days, for every file of its record's folder.
    pub fn of(archive: &'a Archive, index: &Index<'a>, as_of: Timestamp) -> Self {
        let zone = archive.config.site.timezone.as_ref().and_then(|name| time::zone(&name.value));
        let today = Time::utc(as_of).day(&zone.unwrap_or(TimeZone::UTC));
        let mut accepted = BTreeSet::new();
        for waiver in &archive.config.waivers {
            let (Some(rule), Some(id), Some(until)) = (&waiver.rule, &waiver.record, &waiver.until) else {
                continue;
            };
            let Some(event) = index.event(&id.value).filter(|_| today <= until.value) else {
                continue;
            };
            let postmortem = archive.postmortem(&event.id);
            accepted.extend([Some(event), postmortem].into_iter().flatten().map(|r| (rule.value.as_str(), &*r.path)));
        }
        Self { accepted }
    }

    /// Whether what a rule finds in a file is accepted.
    pub fn accept(&self, rule: &str, path: &str) -> bool {
        self.accepted.contains(&(rule, path))
    }
}
