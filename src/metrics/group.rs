//! Incidents side by side: by severity, service, team, cause, or month.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::case::Case;
use super::numbers::{Facts, Numbers};
use super::period::Period;
use crate::record::archive::Archive;

/// What incidents are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The worst that was ever reached.
    Severity,
    /// The one that it had last.
    LastSeverity,
    /// Each service that was affected: an incident of two counts in both.
    Service,
    /// The owners of those services.
    Team,
    Cause,
    /// The month in which it began, in the zone of the site.
    Month,
}

impl By {
    pub const ALL: [Self; 6] =
        [Self::Severity, Self::LastSeverity, Self::Service, Self::Team, Self::Cause, Self::Month];

    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::LastSeverity => "last-severity",
            Self::Service => "service",
            Self::Team => "team",
            Self::Cause => "cause",
            Self::Month => "month",
        }
    }
}

/// Some of the incidents.
#[derive(Clone, Debug)]
pub struct Group {
    /// The severity, service, team, cause or month; nothing for incidents that do not say.
    pub key: Option<String>,
    pub numbers: Numbers,
}

/// The groups in the order that the configuration or the calendar gives them, and last what has no group. A month without
/// incidents is one too; other groups have at least one.
pub(super) fn groups(archive: &Archive, facts: &[Facts<'_, '_>], by: By, period: &Period) -> Vec<Group> {
    let zone = archive.config.zone();
    let keys: Vec<(BTreeSet<String>, &Facts<'_, '_>)> =
        facts.iter().map(|facts| (keys(archive, facts.case, by, &zone), facts)).collect();
    let group = |key: Option<String>| {
        let belongs = |keys: &BTreeSet<String>| match &key {
            Some(key) => keys.contains(key),
            None => keys.is_empty(),
        };
        let members: Vec<&Facts<'_, '_>> = keys.iter().filter(|(keys, _)| belongs(keys)).map(|(_, f)| *f).collect();
        Group { numbers: Numbers::of(archive, &members), key }
    };
    let mut names = order(archive, by, period, &zone);
    let others: BTreeSet<&String> = keys.iter().flat_map(|(keys, _)| keys).filter(|key| !names.contains(key)).collect();
    names.extend(others.into_iter().cloned().collect::<Vec<_>>());
    let all: Vec<Option<String>> = names.into_iter().map(Some).chain([None]).collect();
    let is_shown = |group: &Group| group.numbers.incidents() > 0 || (by == By::Month && group.key.is_some());
    all.into_par_iter().map(group).filter(is_shown).collect()
}

fn order(archive: &Archive, by: By, period: &Period, zone: &TimeZone) -> Vec<String> {
    let config = &archive.config;
    match by {
        By::Severity | By::LastSeverity => config.severities.iter().map(|severity| severity.id.clone()).collect(),
        By::Service => config.services.iter().map(|service| service.id.value.clone()).collect(),
        By::Team => config.teams.iter().map(|team| team.id.value.clone()).collect(),
        By::Cause => Vec::new(),
        By::Month => period.months(zone).into_iter().map(|month| month.name.to_string()).collect(),
    }
}

fn keys(archive: &Archive, case: &Case<'_>, by: By, zone: &TimeZone) -> BTreeSet<String> {
    let services = || case.services.iter().map(|name| archive.config.service(name).ok_or(*name));
    match by {
        By::Severity => case.severity.map(str::to_owned).into_iter().collect(),
        By::LastSeverity => case.past.replay.severities.last().map(|last| last.value.clone()).into_iter().collect(),
        By::Service => {
            services().map(|found| found.map_or_else(str::to_owned, |service| service.id.value.clone())).collect()
        }
        By::Team => services().filter_map(|found| Some(found.ok()?.owner.as_ref()?.value.clone())).collect(),
        By::Cause => case.incident.cause.category.iter().map(|category| category.value.clone()).collect(),
        By::Month => [zone.to_datetime(case.began).strftime("%Y-%m").to_string()].into(),
    }
}
