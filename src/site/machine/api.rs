//! The status page API, version 2: the JSON that clients of hosted status pages already read. Keys, their order, enums
//! and the roll-up of the overall status are those that the hosted API has been seen to give.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::record::timeline::ServiceState;

use crate::site::health::{Health, Overall};
use crate::site::plan::Page as SitePage;
use crate::site::projection::{self, EventKind, Projection, PublicEvent, PublicMessage, PublicService};
use crate::site::stable_id::stable_id;

/// The document that most clients ask for.
pub const SUMMARY: &str = "api/v2/summary.json";

/// Incidents or maintenances in one document, as the hosted API gives them.
const MOST: usize = 50;

#[derive(Debug, Serialize)]
struct StatusDocument<'a> {
    page: Page<'a>,
    status: Status,
}

#[derive(Debug, Serialize)]
struct ComponentList<'a> {
    page: Page<'a>,
    components: Vec<Component<'a>>,
}

#[derive(Debug, Serialize)]
struct IncidentList<'a> {
    page: Page<'a>,
    incidents: Vec<Incident<'a>>,
}

#[derive(Debug, Serialize)]
struct MaintenanceList<'a> {
    page: Page<'a>,
    scheduled_maintenances: Vec<Maintenance<'a>>,
}

#[derive(Debug, Serialize)]
struct Summary<'a> {
    page: Page<'a>,
    components: Vec<Component<'a>>,
    incidents: Vec<Incident<'a>>,
    scheduled_maintenances: Vec<Maintenance<'a>>,
    status: Status,
}

#[derive(Clone, Debug, Serialize)]
struct Page<'a> {
    id: String,
    name: &'a str,
    url: &'a str,
    time_zone: &'a str,
    updated_at: String,
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
pub struct Status {
    pub indicator: &'static str,
    pub description: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct Component<'a> {
    id: String,
    name: &'a str,
    status: &'static str,
    created_at: String,
    updated_at: String,
    position: usize,
    description: Option<&'a str>,
    showcase: bool,
    start_date: Option<String>,
    group_id: Option<String>,
    page_id: String,
    group: bool,
    only_show_if_degraded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
struct Incident<'a> {
    #[serde(flatten)]
    event: Event<'a>,
    reminder_intervals: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Maintenance<'a> {
    #[serde(flatten)]
    event: Event<'a>,
    scheduled_for: String,
    scheduled_until: String,
}

#[derive(Debug, Serialize)]
struct Event<'a> {
    id: String,
    name: &'a str,
    status: &'static str,
    created_at: String,
    updated_at: String,
    monitoring_at: Option<String>,
    resolved_at: Option<String>,
    impact: &'static str,
    shortlink: String,
    started_at: String,
    page_id: String,
    incident_updates: Vec<Update>,
    components: Vec<Component<'a>>,
}

#[derive(Debug, Serialize)]
struct Update {
    id: String,
    status: &'static str,
    body: String,
    incident_id: String,
    created_at: String,
    updated_at: String,
    display_at: String,
    affected_components: Option<Vec<AffectedComponent>>,
    deliver_notifications: bool,
    custom_tweet: Option<&'static str>,
    tweet_id: Option<u64>,
}

#[derive(Debug, Serialize)]
struct AffectedComponent {
    code: String,
    name: String,
    old_status: &'static str,
    new_status: &'static str,
}

/// What the documents of the API are made from.
#[derive(Debug)]
pub struct Api<'a> {
    site: &'a Projection,
    health: &'a [Health],
    overall: Overall,
    page_id: String,
    /// When anything on the page changed last.
    updated: Timestamp,
}

impl<'a> Api<'a> {
    pub fn new(site: &'a Projection, health: &'a [Health], overall: Overall) -> Self {
        let page_id = stable_id("page", site.url.as_deref().unwrap_or(&site.title.text));
        let updated = site.events.iter().map(|event| event.updated).max().unwrap_or(site.as_of);
        Self { site, health, overall, page_id, updated }
    }

    /// All its documents, with their paths from the root of the site.
    pub fn files(&self) -> serde_json::Result<Vec<(String, Vec<u8>)>> {
        let unresolved = || self.incidents(|event| event.status.is_open());
        let maintenance = |wanted: fn(&PublicEvent) -> bool| MaintenanceList {
            page: self.page(),
            scheduled_maintenances: self.maintenances(wanted),
        };
        let files = [
            ("status", serde_json::to_vec(&StatusDocument { page: self.page(), status: roll_up(&self.overall) })?),
            ("summary", serde_json::to_vec(&self.summary())?),
            ("components", serde_json::to_vec(&ComponentList { page: self.page(), components: self.components() })?),
            (
                "incidents",
                serde_json::to_vec(&IncidentList { page: self.page(), incidents: self.incidents(|_| true) })?,
            ),
            ("incidents/unresolved", serde_json::to_vec(&IncidentList { page: self.page(), incidents: unresolved() })?),
            ("scheduled-maintenances", serde_json::to_vec(&maintenance(|_| true))?),
            ("scheduled-maintenances/upcoming", serde_json::to_vec(&maintenance(PublicEvent::is_coming))?),
            ("scheduled-maintenances/active", serde_json::to_vec(&maintenance(|event| event.status.is_open()))?),
        ];
        Ok(files.into_iter().map(|(name, bytes)| (format!("api/v2/{name}.json"), bytes)).collect())
    }

    /// `summary.json`: what is open or coming.
    fn summary(&self) -> Summary<'a> {
        Summary {
            page: self.page(),
            components: self.components(),
            incidents: self.incidents(|event| event.status.is_open()),
            scheduled_maintenances: self.maintenances(|event| event.status.is_open() || event.is_coming()),
            status: roll_up(&self.overall),
        }
    }

    /// The newest incidents of those that are wanted.
    fn incidents(&self, wanted: fn(&PublicEvent) -> bool) -> Vec<Incident<'a>> {
        let incidents = self.newest(EventKind::Incident, wanted);
        incidents.map(|(place, event)| Incident { event: self.event(place, event), reminder_intervals: None }).collect()
    }

    fn maintenances(&self, wanted: fn(&PublicEvent) -> bool) -> Vec<Maintenance<'a>> {
        self.newest(EventKind::Maintenance, wanted).map(|(place, event)| self.maintenance(place, event)).collect()
    }

    fn newest(
        &self,
        kind: EventKind,
        wanted: fn(&PublicEvent) -> bool,
    ) -> impl Iterator<Item = (usize, &'a PublicEvent)> {
        let events = self.site.events.iter().map(|event| &**event).enumerate();
        events.filter(move |(_, event)| event.kind == kind && wanted(event)).take(MOST)
    }

    fn page(&self) -> Page<'a> {
        Page {
            id: self.page_id.clone(),
            name: &self.site.title.text,
            url: self.site.url.as_deref().unwrap_or_default(),
            time_zone: &self.site.zone_name,
            updated_at: self.time(self.updated),
        }
    }

    /// Groups stand before their services, where the first of them stands.
    fn components(&self) -> Vec<Component<'a>> {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let live = || self.site.services.iter().enumerate().filter(|(place, _)| !self.health[*place].retired);
        for (place, service) in live() {
            groups.entry(group_of(service).unwrap_or_default()).or_default().push(place);
        }
        let mut components = Vec::new();
        for (place, service) in live() {
            let Some(name) = group_of(service).filter(|name| !name.is_empty()) else {
                components.push(self.component(place, components.len() + 1));
                continue;
            };
            let members = groups.remove(name).unwrap_or_default();
            if !members.is_empty() {
                components.push(self.group(name, &members, components.len() + 1));
            }
            for member in members {
                components.push(self.component(member, components.len() + 1));
            }
        }
        components
    }

    fn group(&self, name: &'a str, members: &[usize], position: usize) -> Component<'a> {
        let worst = members.iter().map(|m| self.health[*m].now).max().unwrap_or(ServiceState::Operational);
        Component {
            id: stable_id("group", name),
            name,
            status: worst.name(),
            created_at: self.time(self.site.beginning().unwrap_or(self.site.as_of)),
            updated_at: self.time(self.updated),
            position,
            description: None,
            showcase: false,
            start_date: None,
            group_id: None,
            page_id: self.page_id.clone(),
            group: true,
            only_show_if_degraded: false,
            components: Some(members.iter().map(|m| self.component_id(*m)).collect()),
        }
    }

    fn component(&self, place: usize, position: usize) -> Component<'a> {
        let service = &self.site.services[place];
        let health = &self.health[place];
        let changes = health.segments.iter().flat_map(|s| [s.window.from, s.window.to]);
        let created = health.periods[2].window.from;
        Component {
            id: self.component_id(place),
            name: service.name_in(self.site.default_language()),
            status: health.now.name(),
            created_at: self.time(created),
            updated_at: self.time(changes.filter(|at| *at < self.site.as_of).max().unwrap_or(created)),
            position,
            description: service.description.as_ref().map(|said| said.text.as_str()),
            showcase: true,
            start_date: service.since.map(|day| day.to_string()),
            group_id: group_of(service).map(|name| stable_id("group", name)),
            page_id: self.page_id.clone(),
            group: false,
            only_show_if_degraded: false,
            components: None,
        }
    }

    fn component_id(&self, place: usize) -> String {
        stable_id("component", &self.site.services[place].id)
    }

    fn maintenance(&self, place: usize, event: &'a PublicEvent) -> Maintenance<'a> {
        let window = event.window;
        Maintenance {
            event: self.event(place, event),
            scheduled_for: self.time(window.map_or(event.began, |w| w.from)),
            scheduled_until: self.time(window.map_or(event.began, |w| w.to)),
        }
    }

    fn event(&self, place: usize, event: &'a PublicEvent) -> Event<'a> {
        let id = stable_id("incident", &event.id);
        let url = self.site.url.as_deref().unwrap_or_default();
        let updates = event.messages.iter().enumerate();
        Event {
            name: &event.title.text,
            status: status(event.kind, &event.status),
            created_at: self.time(event.published()),
            updated_at: self.time(event.updated),
            monitoring_at: event.mitigated.map(|at| self.time(at)),
            resolved_at: event.ended.map(|at| self.time(at)),
            impact: event.impact().name(),
            shortlink: format!("{url}/{}", SitePage::Event(place).path(self.site)),
            started_at: self.time(event.began),
            page_id: self.page_id.clone(),
            incident_updates: updates.filter_map(|(n, message)| self.update(&id, event, n, message)).collect(),
            components: event.affected.iter().enumerate().map(|(n, a)| self.component(a.service, n + 1)).collect(),
            id,
        }
    }

    /// `newer` is how many messages came after it.
    fn update(&self, id: &str, event: &PublicEvent, newer: usize, message: &'a PublicMessage) -> Option<Update> {
        let default = self.site.default_language();
        let number = event.messages.len() - newer;
        let changes = message.changes.iter().map(|change| AffectedComponent {
            code: self.component_id(change.service),
            name: self.full_name(change.service),
            old_status: change.old.name(),
            new_status: change.new.name(),
        });
        Some(Update {
            id: stable_id("update", &format!("{}/{number}", event.id)),
            status: status(event.kind, &message.status),
            body: message.text(default, default)?.plain(),
            incident_id: id.to_owned(),
            created_at: self.time(message.at),
            updated_at: self.time(message.edited.unwrap_or(message.at)),
            display_at: self.time(message.at),
            affected_components: (!message.changes.is_empty()).then(|| changes.collect()),
            deliver_notifications: true,
            custom_tweet: None,
            tweet_id: None,
        })
    }

    /// `Group - Component`
    fn full_name(&self, place: usize) -> String {
        let service = &self.site.services[place];
        let name = service.name_in(self.site.default_language());
        group_of(service).map_or_else(|| name.to_owned(), |group| format!("{group} - {name}"))
    }

    /// With milliseconds, and `Z` only where the zone is UTC.
    fn time(&self, at: Timestamp) -> String {
        if self.site.zone == TimeZone::UTC || self.site.zone_name == "Etc/UTC" {
            return at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        }
        at.to_zoned(self.site.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
    }
}

/// What its group is called in the language of the interface, which knows one only.
fn group_of(service: &PublicService) -> Option<&str> {
    service.group.as_ref().map(|group| group.text.as_str())
}

/// Clients know no other states: what was dropped or went into another incident is over for them.
fn status(kind: EventKind, status: &projection::Status) -> &'static str {
    use projection::Status::{Canceled, Completed, Merged, Resolved};
    match (status, kind) {
        (Canceled | Merged(_), EventKind::Incident) => Resolved.name(),
        (Canceled | Merged(_), EventKind::Maintenance) => Completed.name(),
        (other, _) => other.name(),
    }
}

/// The overall status, from the worst service and whether all are as bad.
pub fn roll_up(overall: &Overall) -> Status {
    let all = overall.in_worst == overall.total;
    let (indicator, description) = match overall.worst {
        ServiceState::MajorOutage if all => ("critical", "Major System Outage"),
        ServiceState::MajorOutage => ("major", "Partial System Outage"),
        ServiceState::PartialOutage if all => ("major", "Partial System Outage"),
        ServiceState::PartialOutage => ("minor", "Minor Service Outage"),
        ServiceState::DegradedPerformance => ("minor", "Partially Degraded Service"),
        ServiceState::UnderMaintenance => ("maintenance", "Service Under Maintenance"),
        ServiceState::Operational => ("none", "All Systems Operational"),
    };
    Status { indicator, description }
}
