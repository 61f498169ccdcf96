//! `metrics`: what monitoring can read, in the text format of OpenMetrics 1.0.

use std::fmt::Write;

use crate::record::timeline::ServiceState;
use crate::site::health::{Health, PERIODS};
use crate::site::projection::{EventKind, Impact, PublicService};
use crate::site::view::Facts;

/// Where it stands, from the root of the site.
pub const PATH: &str = "metrics";

const IMPACTS: [Impact; 4] = [Impact::None, Impact::Minor, Impact::Major, Impact::Critical];

pub fn text(facts: &Facts<'_>) -> String {
    let site = facts.site;
    let mut out = String::new();
    let of_kind = |kind: EventKind| site.events.iter().filter(move |event| event.kind == kind);

    family(&mut out, "status_data_timestamp_seconds", "gauge", "When the data were read.");
    sample(&mut out, "status_data_timestamp_seconds", "", site.as_of.as_second());

    family(&mut out, "status_incidents_open", "gauge", "Incidents that are not resolved.");
    let open = of_kind(EventKind::Incident).filter(|event| event.status.is_open());
    sample(&mut out, "status_incidents_open", "", open.count());

    family(&mut out, "status_incidents", "counter", "Incidents so far, by their worst impact.");
    for impact in IMPACTS {
        let labels = format!("impact=\"{}\"", impact.name());
        let count = of_kind(EventKind::Incident).filter(|event| event.impact() == impact).count();
        sample(&mut out, "status_incidents_total", &labels, count);
    }

    family(&mut out, "status_maintenance", "gauge", "Maintenance that is coming or running.");
    let coming = of_kind(EventKind::Maintenance).filter(|event| event.is_coming()).count();
    let running = of_kind(EventKind::Maintenance).filter(|event| event.status.is_open()).count();
    sample(&mut out, "status_maintenance", "stage=\"scheduled\"", coming);
    sample(&mut out, "status_maintenance", "stage=\"running\"", running);
    services(&mut out, facts);
    out + "# EOF\n"
}

fn services(out: &mut String, facts: &Facts<'_>) {
    let live = || facts.site.services.iter().zip(facts.health).filter(|(_, health)| !health.retired);

    family(out, "status_service_state", "stateset", "The state of each service.");
    for (service, health) in live() {
        for state in ServiceState::ALL {
            let labels = format!("{},status_service_state=\"{}\"", label(service), state.name());
            sample(out, "status_service_state", &labels, u8::from(health.now == state));
        }
    }
    let each_period = |out: &mut String, name: &str, value: fn(&Health, usize) -> Option<String>| {
        for (service, health) in live() {
            for (place, days) in PERIODS.iter().enumerate() {
                if let Some(value) = value(health, place) {
                    sample(out, name, &format!("{},days=\"{days}\"", label(service)), value);
                }
            }
        }
    };
    family(out, "status_service_uptime_ratio", "gauge", "The share of the last days that a service was up.");
    each_period(out, "status_service_uptime_ratio", |health, place| {
        let share = health.periods[place].uptime.basis_points()?;
        Some(format!("{}.{:04}", share / 10_000, share % 10_000))
    });
    family(out, "status_service_downtime_seconds", "gauge", "Downtime in the last days, partial outages in part.");
    each_period(out, "status_service_downtime_seconds", |health, place| {
        let down = health.periods[place].uptime.down;
        Some(format!("{}.{}", down / 10, down % 10))
    });
}

fn family(out: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a string cannot fail.
    _ = write!(out, "# TYPE {name} {kind}\n# HELP {name} {help}\n");
}

fn sample(out: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    _ = match labels {
        "" => writeln!(out, "{name} {value}"),
        labels => writeln!(out, "{name}{{{labels}}} {value}"),
    };
}

fn label(service: &PublicService) -> String {
    let id = service.id.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("service=\"{id}\"")
}
