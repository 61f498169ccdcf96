//! Uptime of one service, and what to show for each of its days. Pure: stretches of time in, seconds out.
//!
//! Downtime is the time in a state, multiplied by the state's weight. Where stretches overlap, the heaviest counts and
//! the others do not: a service cannot be down twice.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::record::timeline::ServiceState;

/// How much of the time in a state counts as downtime, in tenths, so that sums stay exact.
pub const fn weight(state: ServiceState) -> u8 {
    match state {
        ServiceState::MajorOutage => 10,
        ServiceState::PartialOutage => 3,
        ServiceState::DegradedPerformance | ServiceState::UnderMaintenance | ServiceState::Operational => 0,
    }
}

/// A half-open stretch of time in which a service was not operational.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub state: ServiceState,
    /// Of the time that counts as downtime, in tenths.
    pub weight: u8,
    pub from: Timestamp,
    /// Nothing while it lasts.
    pub to: Option<Timestamp>,
}

impl Stretch {
    /// A stretch that nobody had announced.
    pub const fn unplanned(state: ServiceState, from: Timestamp, to: Option<Timestamp>) -> Self {
        Self { state, weight: weight(state), from, to }
    }

    /// Inside the announced window of a maintenance: whatever readers were told to expect, it is not downtime.
    pub const fn announced(from: Timestamp, to: Option<Timestamp>) -> Self {
        Self { state: ServiceState::UnderMaintenance, weight: 0, from, to }
    }

    /// A maintenance outside its announced window. Nobody was told, so a service that is away for it is down.
    pub const fn overrun(state: ServiceState, from: Timestamp, to: Option<Timestamp>) -> Self {
        let weight = match state {
            ServiceState::UnderMaintenance => 10,
            other => weight(other),
        };
        Self { state, weight, from, to }
    }
}

/// A half-open range of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Window {
    pub fn seconds(self) -> i64 {
        (self.to.as_second() - self.from.as_second()).max(0)
    }

    /// What two ranges share; empty where they do not meet.
    #[must_use]
    pub fn clip(self, other: Self) -> Self {
        let from = self.from.max(other.from);
        Self { from, to: self.to.min(other.to).max(from) }
    }

    /// Whether a moment lies in it; its end does not.
    pub fn has(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// The same range without what comes before.
    #[must_use]
    pub fn since(self, start: Timestamp) -> Self {
        self.clip(Self { from: start, to: self.to.max(start) })
    }
}

/// A piece of the time line in which one stretch, the heaviest, decides. Segments never overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub state: ServiceState,
    pub weight: u8,
    pub window: Window,
    /// The stretch that decided, as an index into what `flatten` was given.
    pub source: usize,
}

impl Segment {
    /// In tenths of seconds.
    fn downtime(&self, within: Window) -> i64 {
        self.window.clip(within).seconds() * i64::from(self.weight)
    }
}

/// Overlapping stretches as segments in the order of time. What still lasts ends at `as_of`, and so does what is later.
pub fn flatten(stretches: &[Stretch], as_of: Timestamp) -> Vec<Segment> {
    let mut edges: Vec<(Timestamp, bool, usize)> = Vec::with_capacity(stretches.len() * 2);
    for (index, stretch) in stretches.iter().enumerate() {
        let to = stretch.to.map_or(as_of, |to| to.min(as_of));
        if stretch.from < to {
            edges.push((stretch.from, true, index));
            edges.push((to, false, index));
        }
    }
    edges.sort_unstable();
    let rank = |index: usize| (stretches[index].weight, stretches[index].state, std::cmp::Reverse(index));
    let mut active = BTreeSet::new();
    let mut segments: Vec<Segment> = Vec::new();
    for pair in 0..edges.len() {
        let (at, begins, index) = edges[pair];
        if begins {
            active.insert(rank(index));
        } else {
            active.remove(&rank(index));
        }
        let (Some((weight, state, source)), Some((next, ..))) = (active.last(), edges.get(pair + 1)) else {
            continue;
        };
        if at < *next {
            push_segment(
                &mut segments,
                Segment { state: *state, weight: *weight, window: Window { from: at, to: *next }, source: source.0 },
            );
        }
    }
    segments
}

/// Joins a segment to the last one where it only continues it.
fn push_segment(segments: &mut Vec<Segment>, segment: Segment) {
    match segments.last_mut() {
        Some(last) if last.source == segment.source && last.window.to == segment.window.from => {
            last.window.to = segment.window.to;
        }
        _ => segments.push(segment),
    }
}

/// The share of a window in which a service was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uptime {
    /// Seconds that were watched.
    pub observed: i64,
    /// Tenths of seconds that count as downtime.
    pub down: i64,
}

impl Uptime {
    pub fn of(segments: &[Segment], window: Window) -> Self {
        Self { observed: window.seconds(), down: segments.iter().map(|segment| segment.downtime(window)).sum() }
    }

    /// In hundredths of a percent, rounded down, so that 10000 means no downtime at all. Nothing where nothing was watched.
    pub fn basis_points(self) -> Option<i64> {
        self.share(10_000)
    }

    /// Of a whole of so many parts, rounded down: only without any downtime it is the whole.
    pub fn share(self, whole: i64) -> Option<i64> {
        let total = self.observed * 10;
        (total > 0).then(|| ((total - self.down) * whole).div_euclid(total))
    }
}

/// What is known of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    /// The state that weighed most; nothing where the service was not watched.
    pub state: Option<ServiceState>,
    /// Seconds in any state but operational.
    pub affected: i64,
}

/// The days from `first` to `last`, both included, in a zone. `watched` is the time for which there are data.
pub fn days(segments: &[Segment], first: Date, last: Date, zone: &TimeZone, watched: Window) -> Vec<Day> {
    let mut days = Vec::new();
    let mut next = 0;
    let mut date = first;
    while date <= last {
        let Some(bounds) = day_bounds(date, zone) else { break };
        while segments.get(next).is_some_and(|s| s.window.to <= bounds.from) {
            next += 1;
        }
        let here = segments[next..].iter().take_while(|s| s.window.from < bounds.to);
        days.push(day(date, bounds.clip(watched), here));
        let Ok(tomorrow) = date.tomorrow() else { break };
        date = tomorrow;
    }
    days
}

fn day<'a>(date: Date, watched: Window, segments: impl Iterator<Item = &'a Segment>) -> Day {
    if watched.seconds() == 0 {
        return Day { date, state: None, affected: 0 };
    }
    let mut seconds = [0; ServiceState::ALL.len()];
    let mut down = [0; ServiceState::ALL.len()];
    for segment in segments {
        seconds[segment.state as usize] += segment.window.clip(watched).seconds();
        down[segment.state as usize] += segment.downtime(watched);
    }
    let worst = ServiceState::ALL
        .into_iter()
        .filter(|state| seconds[*state as usize] > 0)
        .max_by_key(|state| (down[*state as usize], *state));
    Day { date, state: Some(worst.unwrap_or(ServiceState::Operational)), affected: seconds.iter().sum() }
}

/// Midnight to midnight: 23 or 25 hours where the clock changes.
pub fn day_bounds(date: Date, zone: &TimeZone) -> Option<Window> {
    let midnight = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.start_of_day().ok()?.timestamp());
    Some(Window { from: midnight(date)?, to: midnight(date.tomorrow().ok()?)? })
}

#[cfg(test)]
mod tests;
