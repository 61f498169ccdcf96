//! The findings that a repository accepts for a while: `waivers` in `incident.yaml`.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::config::Waiver;
use crate::record::index::Index;
use crate::record::time::{self, Time};

/// The waivers, and what they were good for in this run.
#[derive(Debug)]
pub struct Waivers<'a> {
    held: Vec<Held<'a>>,
    /// Rules and the paths of the records in which their findings are accepted, with the waivers that say so.
    accepted: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// Those whose last day is over.
    pub expired: Vec<&'a Waiver>,
}

/// A waiver that holds today.
#[derive(Debug)]
struct Held<'a> {
    waiver: &'a Waiver,
    records: Vec<&'a Record>,
    /// Whether something was found that it accepts.
    is_used: AtomicBool,
}

impl<'a> Waivers<'a> {
    /// A waiver holds through its last day, as the site's zone counts days, for every file of its record's folder.
    pub fn of(archive: &'a Archive, index: &Index<'a>, as_of: Timestamp) -> Self {
        let zone = archive.config.site.timezone.as_ref().and_then(|name| time::zone(&name.value));
        let today = Time::utc(as_of).day(&zone.unwrap_or(TimeZone::UTC));
        let mut waivers = Self { held: Vec::new(), accepted: BTreeMap::new(), expired: Vec::new() };
        for waiver in &archive.config.waivers {
            let (Some(rule), Some(id), Some(until)) = (&waiver.rule, &waiver.record, &waiver.until) else {
                continue;
            };
            if until.value < today {
                waivers.expired.push(waiver);
                continue;
            }
            let Some(event) = index.event(&id.value) else { continue };
            let records: Vec<&Record> = [Some(event), archive.postmortem(&event.id)].into_iter().flatten().collect();
            for record in &records {
                waivers.accepted.entry((&rule.value, &record.path)).or_default().push(waivers.held.len());
            }
            waivers.held.push(Held { waiver, records, is_used: AtomicBool::new(false) });
        }
        waivers
    }

    /// Whether what a rule finds in a file is accepted. Ask only about what was found: the waiver counts as used.
    pub fn accept(&self, rule: &str, path: &str) -> bool {
        let accepting = self.accepted.get(&(rule, path));
        for held in accepting.into_iter().flatten().filter_map(|i| self.held.get(*i)) {
            held.is_used.store(true, Ordering::Relaxed);
        }
        accepting.is_some()
    }

    /// Those that have accepted nothing so far, with the records that they are for.
    pub fn unused(&self) -> impl Iterator<Item = (&'a Waiver, &[&'a Record])> {
        let unused = self.held.iter().filter(|held| !held.is_used.load(Ordering::Relaxed));
        unused.map(|held| (held.waiver, held.records.as_slice()))
    }
}
