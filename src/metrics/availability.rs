//! How long each service was up, and how much of its error budget is left.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Question;
use super::case::{Case, Fate};
use super::downtime;
use super::uptime::{Segment, Stretch, Uptime, Window, day_bounds, flatten};
use crate::record::archive::Archive;
use crate::record::config::Service;
use crate::record::past::Past;
use crate::record::percent::Percent;
use crate::record::timeline::ServiceState;
use crate::record::{Kind, Record};

/// One service in a period.
#[derive(Clone, Debug)]
pub struct Availability {
    pub service: String,
    pub name: String,
    /// The part of the period for which there are data.
    pub watched: Window,
    pub uptime: Uptime,
    /// What counts as downtime, in the order of time, without overlaps.
    pub counted: Vec<Counted>,
    pub budget: Option<Budget>,
}

/// A piece of time that counts as downtime, clipped to what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The incident or maintenance that decided.
    pub record: Arc<str>,
    pub state: ServiceState,
    /// In tenths.
    pub weight: u8,
    pub window: Window,
}

/// How much downtime an objective leaves room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    pub objective: Percent,
    /// In tenths of seconds, as downtime is.
    pub allowed: i64,
    pub used: i64,
}

impl Budget {
    fn of(objective: Percent, uptime: Uptime) -> Self {
        let rest = i64::from(Percent::WHOLE - objective.parts_per_million());
        let allowed = uptime.observed.saturating_mul(10).saturating_mul(rest) / i64::from(Percent::WHOLE);
        Self { objective, allowed, used: uptime.down }
    }

    pub const fn is_spent(self) -> bool {
        self.used > self.allowed
    }

    /// In whole percent of what is allowed, rounded down; nothing where nothing is allowed, or nothing was watched.
    pub const fn left_percent(self) -> Option<i64> {
        if self.allowed == 0 { None } else { Some(((self.allowed - self.used) * 100).div_euclid(self.allowed)) }
    }
}

/// Every service that was watched in the period or may have been, in the order of the configuration.
pub fn all(archive: &Archive, cases: &[Case<'_>], question: &Question, as_of: Timestamp) -> Vec<Availability> {
    let (services, window) = (&archive.config.services, question.period.window);
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, service) in services.iter().enumerate() {
        places.extend(service.aliases.iter().chain([&service.id]).map(|name| (name.value.as_str(), place)));
    }
    let place = |name: &str| places.get(name).copied();
    let mut stretches: Vec<Vec<(Stretch, Arc<str>)>> = vec![Vec::new(); services.len()];
    let mut add = |record: &Record, service: usize, stretch: Stretch| {
        if let Some(of_service) = stretches.get_mut(service) {
            of_service.push((stretch, Arc::clone(&record.id)));
        }
    };
    for case in cases {
        for (service, found) in of_incident(case, &place) {
            found.into_iter().for_each(|stretch| add(case.record, service, stretch));
        }
    }
    for record in archive.of_kind(Kind::Maintenance) {
        for (service, stretch) in of_maintenance(record, &place, as_of) {
            add(record, service, stretch);
        }
    }
    let older = question.older.then_some(window.from);
    let beginning = beginning(archive, cases).into_iter().chain(older).min().unwrap_or(as_of);
    let zone = archive.config.zone();
    let midnight = |date: Date| day_bounds(date, &zone).map(|day| day.from);
    let watched = |service: &Service| {
        let from = service.since.and_then(|day| midnight(day.value)).unwrap_or(beginning);
        let to = service.retired.and_then(|day| midnight(day.value)).map_or(as_of, |end| end.min(as_of));
        window.clip(Window { from: from.min(to), to })
    };
    let services = services.iter().zip(stretches);
    services.map(|(service, stretches)| availability(service, stretches, watched(service), as_of)).collect()
}

fn availability(
    service: &Service,
    stretches: Vec<(Stretch, Arc<str>)>,
    watched: Window,
    as_of: Timestamp,
) -> Availability {
    let (stretches, records): (Vec<_>, Vec<_>) = stretches.into_iter().unzip();
    let segments = flatten(&stretches, as_of);
    let uptime = Uptime::of(&segments, watched);
    let counts = |segment: &&Segment| segment.weight > 0 && segment.window.clip(watched).seconds() > 0;
    let counted = segments.iter().filter(counts).filter_map(|segment| {
        Some(Counted {
            record: Arc::clone(records.get(segment.source)?),
            state: segment.state,
            weight: segment.weight,
            window: segment.window.clip(watched),
        })
    });
    Availability {
        service: service.id.value.clone(),
        name: service.name.as_ref().map_or(&service.id, |name| &name.text).value.clone(),
        counted: counted.collect(),
        budget: service.objective.map(|objective| Budget::of(objective.value, uptime)),
        watched,
        uptime,
    }
}

/// What a canceled incident said of services was wrong, and what nobody confirmed is not known; what a merged one says
/// counts until the other takes over.
fn of_incident(case: &Case<'_>, place: &downtime::Place<'_>) -> impl Iterator<Item = (usize, Vec<Stretch>)> {
    let replay = &case.past.replay;
    let until = match case.fate {
        Fate::Merged => replay.statuses.last().map(|status| status.from.instant()),
        _ => None,
    };
    let counts = !matches!(case.fate, Fate::Canceled | Fate::Triage);
    let found = counts.then(|| downtime::of_impacts(replay, until, place));
    found.unwrap_or_default().into_iter()
}

/// Time inside the announced window is excused.
fn of_maintenance(record: &Record, place: &downtime::Place<'_>, as_of: Timestamp) -> Vec<(usize, Stretch)> {
    let Some(maintenance) = record.maintenance() else { return Vec::new() };
    let window = maintenance.window.as_ref();
    let window = window.map(|window| Window { from: window.start.instant(), to: window.end.instant() });
    let past = Past::of(record, as_of);
    let found = downtime::of_maintenance(maintenance, &past.replay, place).into_iter();
    found
        .flat_map(|(service, stretches)| stretches.into_iter().map(move |stretch| (service, stretch)))
        .flat_map(|(service, stretch)| downtime::split(stretch, window).into_iter().map(move |part| (service, part)))
        .collect()
}

/// The first moment of which the archive knows anything: before it there are no data.
fn beginning(archive: &Archive, cases: &[Case<'_>]) -> Option<Timestamp> {
    let incidents = cases.iter().map(|case| case.began);
    let windows = archive.of_kind(Kind::Maintenance).filter_map(|record| record.maintenance()?.window.as_ref());
    incidents.chain(windows.map(|window| window.start.instant())).min()
}
