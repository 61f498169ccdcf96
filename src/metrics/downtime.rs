//! What records say about services: the stretches of time in which each was not operational.
//!
//! Services are named by a place in a list of the caller's; `place` finds it for a name of a record.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::uptime::{Stretch, Window};
use crate::record::maintenance::Maintenance;
use crate::record::replay::Replay;
use crate::record::time::Time;
use crate::record::timeline::ServiceState;

/// Finds the place of a service; nothing for one that is not asked about.
pub type Place<'p> = dyn Fn(&str) -> Option<usize> + Sync + 'p;

/// The stretches that a timeline's `impact` made. What began later than `until` is not counted, and nothing lasts beyond
/// it.
pub fn of_impacts(replay: &Replay, until: Option<Timestamp>, place: &Place<'_>) -> BTreeMap<usize, Vec<Stretch>> {
    let mut by_service: BTreeMap<usize, Vec<Stretch>> = BTreeMap::new();
    for impact in &replay.impacts {
        let Some(service) = place(&impact.service) else { continue };
        let from = impact.from.instant();
        let to = match (impact.to.map(Time::instant), until) {
            (Some(to), Some(until)) => Some(to.min(until)),
            (to, until) => to.or(until),
        };
        if to.is_none_or(|to| from < to) {
            by_service.entry(service).or_default().push(Stretch::unplanned(impact.state, from, to));
        }
    }
    by_service
}

/// When a maintenance ran: from the first `in_progress` to the end, if it has ended.
pub fn run(replay: &Replay) -> Option<(Timestamp, Option<Timestamp>)> {
    let statuses = &replay.statuses;
    let started = statuses.iter().find(|s| matches!(s.value.as_str(), "in_progress" | "verifying"))?;
    let last = statuses.last()?;
    let over = matches!(last.value.as_str(), "completed" | "canceled");
    Some((started.from.instant(), over.then(|| last.from.instant())))
}

/// What customers are told to expect of a maintenance.
pub fn expected(maintenance: &Maintenance, place: &Place<'_>) -> BTreeMap<usize, ServiceState> {
    let services = maintenance.services.iter();
    services.filter_map(|(name, state)| Some((place(&name.value)?, state.value))).collect()
}

/// What a maintenance did: as its timeline says, or else what was announced, for as long as it ran. `split` says how much
/// of it is excused.
pub fn of_maintenance(maintenance: &Maintenance, replay: &Replay, place: &Place<'_>) -> BTreeMap<usize, Vec<Stretch>> {
    let happened = of_impacts(replay, None, place);
    match run(replay) {
        Some((from, to)) if happened.is_empty() => {
            let expected = expected(maintenance, place).into_iter();
            let away = expected.filter(|(_, state)| *state != ServiceState::Operational);
            away.map(|(service, state)| (service, vec![Stretch::unplanned(state, from, to)])).collect()
        }
        _ => happened,
    }
}

/// The part of a stretch inside the announced window is excused; what comes before and after is not.
pub fn split(stretch: Stretch, window: Option<Window>) -> Vec<Stretch> {
    let Some(window) = window else {
        return vec![Stretch::overrun(stretch.state, stretch.from, stretch.to)];
    };
    let ends_by = |limit: Timestamp| Some(stretch.to.map_or(limit, |to| to.min(limit)));
    let mut parts = Vec::new();
    if stretch.from < window.from {
        parts.push(Stretch::overrun(stretch.state, stretch.from, ends_by(window.from)));
    }
    let inside = stretch.from.max(window.from);
    if inside < window.to && stretch.to.is_none_or(|to| inside < to) {
        parts.push(Stretch::announced(inside, ends_by(window.to)));
    }
    if stretch.to.is_none_or(|to| window.to < to) {
        parts.push(Stretch::overrun(stretch.state, stretch.from.max(window.to), stretch.to));
    }
    parts
}
