//! What follows from all events together: how each service is now, how it has been, and what to say of all of them.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::record::timeline::ServiceState;

use super::projection::{EventKind, Projection, PublicService, Status};
use crate::metrics::uptime::{self, Day, Segment, Stretch, Uptime, Window};

/// The periods, in days up to today, for which uptime is given.
pub const PERIODS: [usize; 3] = [30, 90, 365];

/// One service as of now, and what is known of its last year.
#[derive(Clone, Debug)]
pub struct Health {
    pub now: ServiceState,
    /// Its time is over: it keeps its page, but has no place on the home page.
    pub retired: bool,
    /// In the order of time.
    pub segments: Vec<Segment>,
    /// The event, as a place in `Projection::events`, of each source of `segments`.
    pub sources: Vec<usize>,
    /// The events that touched it, newest first.
    pub events: Vec<usize>,
    /// The time for which there are data.
    pub watched: Window,
    /// The days of the longest period; the last one is today.
    pub days: Vec<Day>,
    /// As in `PERIODS`.
    pub periods: [Period; 3],
}

/// The last so many days, today included, as far as there are data.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    pub window: Window,
    pub uptime: Uptime,
}

impl Health {
    pub fn last_days(&self, days: usize) -> &[Day] {
        &self.days[self.days.len().saturating_sub(days)..]
    }
}

/// The health of every service of a site, in its order.
pub fn of(site: &Projection) -> Vec<Health> {
    let mut stretches: Vec<Vec<(Stretch, usize)>> = vec![Vec::new(); site.services.len()];
    let mut touched: Vec<Vec<usize>> = vec![Vec::new(); site.services.len()];
    let mut now = vec![ServiceState::Operational; site.services.len()];
    for (place, event) in site.events.iter().enumerate() {
        for affected in &event.affected {
            let service = affected.service;
            now[service] = now[service].max(affected.state);
            touched[service].push(place);
            stretches[service].extend(affected.stretches.iter().map(|stretch| (*stretch, place)));
        }
    }
    let services = site.services.iter().zip(stretches).zip(touched).zip(now);
    services.map(|(((service, stretches), events), now)| health(site, service, stretches, events, now)).collect()
}

fn health(
    site: &Projection,
    service: &PublicService,
    stretches: Vec<(Stretch, usize)>,
    events: Vec<usize>,
    now: ServiceState,
) -> Health {
    let (stretches, sources): (Vec<_>, Vec<_>) = stretches.into_iter().unzip();
    let segments = uptime::flatten(&stretches, site.as_of);
    let watched = watched(site, service);
    let today = site.zone.to_datetime(site.as_of).date();
    let first = |days: usize| today.checked_sub((days as i64 - 1).days()).unwrap_or(today);
    let periods = PERIODS.map(|days| {
        let from = uptime::day_bounds(first(days), &site.zone).map_or(site.as_of, |day| day.from);
        let window = Window { from, to: site.as_of }.clip(watched);
        Period { window, uptime: Uptime::of(&segments, window) }
    });
    Health {
        now,
        retired: service.retired.is_some_and(|day| day <= today),
        days: uptime::days(&segments, first(PERIODS[2]), today, &site.zone, watched),
        watched,
        segments,
        sources,
        events,
        periods,
    }
}

/// The time for which there are data: from when the service says, or else from the first event there is, to its
/// retirement or now.
fn watched(site: &Projection, service: &PublicService) -> Window {
    let midnight = |date: Date| uptime::day_bounds(date, &site.zone).map(|day| day.from);
    let from = service.since.and_then(midnight).or(site.beginning()).unwrap_or(site.as_of);
    let to = service.retired.and_then(midnight).map_or(site.as_of, |end: Timestamp| end.min(site.as_of));
    Window { from: from.min(to), to }
}

/// All services in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overall {
    /// The worst state of any service.
    pub worst: ServiceState,
    /// How many services are in it.
    pub in_worst: usize,
    /// One of them.
    pub example: Option<usize>,
    /// How many are not operational.
    pub affected: usize,
    /// How many there are.
    pub total: usize,
    pub open_incidents: usize,
    /// All open incidents are only being watched.
    pub only_monitoring: bool,
    pub running_maintenance: usize,
}

impl Overall {
    pub fn of(site: &Projection, health: &[Health]) -> Self {
        let live: Vec<(usize, ServiceState)> =
            health.iter().enumerate().filter(|(_, h)| !h.retired).map(|(place, h)| (place, h.now)).collect();
        let worst = live.iter().map(|(_, state)| *state).max().unwrap_or(ServiceState::Operational);
        let open = |kind: EventKind| site.events.iter().filter(move |e| e.kind == kind && e.status.is_open());
        Self {
            worst,
            in_worst: live.iter().filter(|(_, state)| *state == worst).count(),
            example: live.iter().find(|(_, state)| *state == worst).map(|(place, _)| *place),
            affected: live.iter().filter(|(_, state)| *state != ServiceState::Operational).count(),
            total: live.len(),
            open_incidents: open(EventKind::Incident).count(),
            only_monitoring: open(EventKind::Incident).all(|e| e.status == Status::Monitoring),
            running_maintenance: open(EventKind::Maintenance).count(),
        }
    }

    /// An incident is open, and no service is said to suffer from it.
    pub fn is_unclear(&self) -> bool {
        self.open_incidents > 0 && self.worst <= ServiceState::UnderMaintenance
    }

    /// The state whose colour and sign the page takes; nothing where there is nothing to tell.
    pub fn state(&self) -> Option<ServiceState> {
        match self.worst {
            _ if self.is_unclear() => Some(ServiceState::DegradedPerformance),
            ServiceState::Operational if self.running_maintenance > 0 => Some(ServiceState::UnderMaintenance),
            ServiceState::Operational if self.total == 0 => None,
            worst => Some(worst),
        }
    }
}
