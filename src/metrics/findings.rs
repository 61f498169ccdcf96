//! How it stands with the process failures that reviews have found.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::actions::{days, median};
use crate::record::Kind;
use crate::record::archive::Archive;
use crate::record::postmortem::Finding;

/// All findings of an archive as of a day. Records do not say when one was decided on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingHealth {
    pub total: usize,
    /// Nobody has decided on them, the oldest first and last those whose age is not known.
    pub open: Vec<OpenFinding>,
    pub accepted: usize,
    pub declined: usize,
    pub deferred: usize,
    /// Under an empty name those that say nothing of their class.
    pub by_class: BTreeMap<String, OfClass>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfClass {
    pub total: usize,
    pub open: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFinding {
    /// The folder of its postmortem.
    pub record: Arc<str>,
    pub id: String,
    pub class: String,
    pub statement: String,
    pub owner: Option<String>,
    /// Days since the incident was resolved, where that is known.
    pub age: Option<i64>,
}

impl FindingHealth {
    /// `counts` says whether the incident of a folder is asked about.
    pub fn of(archive: &Archive, today: Date, counts: impl Fn(&str) -> bool) -> Self {
        let zone = archive.config.zone();
        let mut health = Self::default();
        for record in archive.of_kind(Kind::Postmortem).filter(|record| counts(&record.id)) {
            let resolved = archive.event(&record.id).and_then(|event| event.replay.moments.resolved);
            let age = resolved.map(|resolved| days(resolved.day(&zone), today));
            for finding in record.postmortem().map_or(&[][..], |postmortem| &postmortem.findings) {
                health.add(&record.id, finding, age);
            }
        }
        health.open.sort_by(|a, b| (b.age, &a.record, &a.id).cmp(&(a.age, &b.record, &b.id)));
        health
    }

    fn add(&mut self, record: &Arc<str>, finding: &Finding, age: Option<i64>) {
        let said = |text: &Option<crate::record::timeline::Text>| text.as_ref().map(|text| text.value.clone());
        let class = said(&finding.class).unwrap_or_default();
        let of_class = self.by_class.entry(class.clone()).or_default();
        of_class.total += 1;
        of_class.open += usize::from(finding.is_open());
        self.total += 1;
        if finding.is_open() {
            let (id, statement) = (said(&finding.id).unwrap_or_default(), said(&finding.statement).unwrap_or_default());
            let owner = said(&finding.owner);
            self.open.push(OpenFinding { record: Arc::clone(record), id, class, statement, owner, age });
            return;
        }
        match finding.disposition.as_ref().map(|said| said.value.as_str()) {
            Some("accepted") => self.accepted += 1,
            Some("declined") => self.declined += 1,
            Some("deferred") => self.deferred += 1,
            _ => {}
        }
    }

    fn ages(&self) -> Vec<i64> {
        self.open.iter().filter_map(|finding| finding.age).collect()
    }

    /// Of the open ones whose age is known (nearest rank), in days.
    pub fn median_age(&self) -> Option<i64> {
        median(self.ages())
    }

    pub fn oldest(&self) -> Option<i64> {
        self.ages().into_iter().max()
    }
}
