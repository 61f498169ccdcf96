//! `metrics`: what monitoring can read, in the text format of OpenMetrics 1.0.

use crate::record::timeline::ServiceState;
use crate::site::health::{Health, PERIODS};
use crate::site::projection::{EventKind, Impact, Projection};
use crate::text::openmetrics::{Kind, Metrics};

/// Where it stands, from the root of the site.
pub const PATH: &str = "metrics";

const IMPACTS: [Impact; 4] = [Impact::None, Impact::Minor, Impact::Major, Impact::Critical];

pub fn text(site: &Projection, health: &[Health]) -> String {
    let mut out = Metrics::default();
    let of_kind = |kind: EventKind| site.events.iter().filter(move |event| event.kind == kind);

    out.family("status_data_timestamp_seconds", Kind::Gauge, "When the data were read.");
    out.sample(&[], site.as_of.as_second());

    out.family("status_incidents_open", Kind::Gauge, "Incidents that are not resolved.");
    out.sample(&[], of_kind(EventKind::Incident).filter(|event| event.status.is_open()).count());

    out.family("status_incidents", Kind::Counter, "Incidents so far, by their worst impact.");
    for impact in IMPACTS {
        let count = of_kind(EventKind::Incident).filter(|event| event.impact() == impact).count();
        out.sample(&[("impact", impact.name())], count);
    }

    out.family("status_maintenance", Kind::Gauge, "Maintenance that is coming or running.");
    let coming = of_kind(EventKind::Maintenance).filter(|event| event.is_coming()).count();
    let running = of_kind(EventKind::Maintenance).filter(|event| event.status.is_open()).count();
    out.sample(&[("stage", "scheduled")], coming);
    out.sample(&[("stage", "running")], running);
    services(&mut out, site, health);
    out.finish()
}

fn services(out: &mut Metrics, site: &Projection, health: &[Health]) {
    let live = || site.services.iter().zip(health).filter(|(_, health)| !health.retired);

    out.family("status_service_state", Kind::StateSet, "The state of each service.");
    for (service, health) in live() {
        for state in ServiceState::ALL {
            let labels = [("service", service.id.as_str()), ("status_service_state", state.name())];
            out.sample(&labels, u8::from(health.now == state));
        }
    }
    let each_period = |out: &mut Metrics, value: fn(&Health, usize) -> Option<String>| {
        for (service, health) in live() {
            for (place, days) in PERIODS.iter().enumerate() {
                if let Some(value) = value(health, place) {
                    out.sample(&[("service", &service.id), ("days", &days.to_string())], value);
                }
            }
        }
    };
    out.family("status_service_uptime_ratio", Kind::Gauge, "The share of the last days that a service was up.");
    each_period(out, |health, place| {
        let share = health.periods[place].uptime.basis_points()?;
        Some(format!("{}.{:04}", share / 10_000, share % 10_000))
    });
    out.family("status_service_downtime_seconds", Kind::Gauge, "Downtime in the last days, partial outages in part.");
    each_period(out, |health, place| {
        let down = health.periods[place].uptime.down;
        Some(format!("{}.{}", down / 10, down % 10))
    });
}
