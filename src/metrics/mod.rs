//! What the numbers of many records say. Pure: an archive and a moment in, plain data out.
//!
//! `Metrics::of` answers a `Question`. The definitions are in `docs/stats.md`; the rules behind them: a moment that is not
//! recorded is never guessed, overlapping impact counts once, and beside each number stands how many it is based on.

use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::record::archive::Archive;
use crate::record::provenance::Provenance;

pub mod actions;
pub mod availability;
pub mod case;
pub mod clock;
pub mod compliance;
pub mod downtime;
pub mod findings;
pub mod group;
pub mod interval;
pub mod measure;
pub mod moment;
pub mod numbers;
pub mod period;
pub mod readiness;
pub mod since;
pub mod statistic;
pub mod uptime;

use actions::ActionHealth;
use availability::Availability;
use case::{Case, Fate};
use clock::Clock;
use findings::FindingHealth;
use group::{By, Group};
use numbers::{Facts, Numbers};
use period::Period;
use readiness::Readiness;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    pub period: Period,
    pub clock: Clock,
    /// Only incidents that affected one of these services, and the uptime of these; all where it is empty.
    pub services: Vec<String>,
    /// Only incidents whose worst severity is one of these; all where it is empty.
    pub severities: Vec<String>,
    pub by: Option<By>,
    /// Leave out what rests on estimated times.
    pub exact: bool,
    /// Whether the archive leaves out incidents that were over before the period.
    pub older: bool,
    /// Which commits the entries came with, for how soon they were recorded. Reading it takes time, so that it is not always
    /// there.
    pub provenance: Option<Arc<Provenance>>,
}

impl Question {
    /// Everything about a period.
    pub const fn about(period: Period) -> Self {
        Self {
            period,
            clock: Clock::Wall,
            services: Vec::new(),
            severities: Vec::new(),
            by: None,
            exact: false,
            older: false,
            provenance: None,
        }
    }

    fn has_severity(&self, case: &Case<'_>) -> bool {
        self.severities.is_empty() || self.severities.iter().any(|severity| case.severity == Some(severity))
    }

    fn has_service(&self, archive: &Archive, case: &Case<'_>) -> bool {
        let is_asked = |name: &str| {
            let id = archive.config.service(name).map_or(name, |service| &service.id.value);
            self.services.iter().any(|asked| asked == id)
        };
        self.services.is_empty() || case.services.iter().any(|name| is_asked(name))
    }
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// As it was asked for; nothing after `as_of` has happened yet.
    pub period: Period,
    pub as_of: Timestamp,
    /// Of all incidents that began in the period, as far as they were asked for.
    pub numbers: Numbers,
    /// Records that were found to be no incident.
    pub canceled: usize,
    /// Records of which nobody has decided yet whether they are one.
    pub triage: usize,
    pub false_alarms: FalseAlarms,
    /// Every service that was asked for and watched at some time in the period.
    pub services: Vec<Availability>,
    pub actions: ActionHealth,
    pub findings: FindingHealth,
    pub readiness: Readiness,
    pub groups: Vec<Group>,
}

/// What became of the records that began in triage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FalseAlarms {
    /// They came to nothing.
    pub canceled: usize,
    /// Somebody decided what they are, one way or the other.
    pub left_triage: usize,
}

impl FalseAlarms {
    fn of(cases: &[&Case<'_>]) -> Self {
        let decided = || cases.iter().filter(|case| case.left_triage());
        Self { canceled: decided().filter(|case| case.fate == Fate::Canceled).count(), left_triage: decided().count() }
    }
}

impl Metrics {
    pub fn of(archive: &Archive, question: &Question, as_of: Timestamp) -> Self {
        let cases = case::all(archive, as_of);
        let asked = |case: &&Case<'_>| question.has_severity(case) && question.has_service(archive, case);
        let mut inside: Vec<&Case<'_>> =
            cases.iter().filter(|case| question.period.window.has(case.began)).filter(asked).collect();
        inside.sort_by(|a, b| (a.began, &a.record.id).cmp(&(b.began, &b.record.id)));
        let count = |fate: Fate| inside.iter().filter(|case| case.fate == fate).count();
        let counted = inside.par_iter().filter(|case| matches!(case.fate, Fate::Live | Fate::Over));
        let facts: Vec<Facts<'_, '_>> = counted.map(|case| Facts::of(archive, case, question, as_of)).collect();
        let today = archive.config.zone().to_datetime(as_of).date();
        let wanted = cases.iter().filter(asked).map(|case| &*case.record.id).collect::<std::collections::HashSet<_>>();
        let is_asked = |service: &str| question.services.is_empty() || question.services.iter().any(|s| s == service);
        let services = availability::all(archive, &cases, question, as_of);
        Self {
            as_of,
            numbers: Numbers::of(archive, &facts.iter().collect::<Vec<_>>()),
            canceled: count(Fate::Canceled),
            triage: count(Fate::Triage),
            false_alarms: FalseAlarms::of(&inside),
            services: services.into_iter().filter(|s| is_asked(&s.service) && s.watched.seconds() > 0).collect(),
            actions: ActionHealth::of(archive, &question.period, today, |id| wanted.contains(id)),
            findings: FindingHealth::of(archive, today, |id| wanted.contains(id)),
            readiness: Readiness::of(archive, &question.period, as_of, |id| wanted.contains(id)),
            groups: question.by.map_or_else(Vec::new, |by| group::groups(archive, &facts, by, &question.period)),
            period: question.period.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
