//! What is allowed out. Everything on the public site is made from a `Projection`, and a `Projection` is made from an
//! archive by naming, one by one, the facts that readers may have. Nothing else gets through, because there is no
//! field for it: no names, no severities, no notes, no internal services, no record that is not public.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use crate::record::archive::Archive;
use crate::record::config::DEFAULT_LANGUAGE;
use crate::record::incident::Visibility;
use crate::record::timeline::Message;
use crate::record::timeline::ServiceState;
use crate::record::{Content, Record, time};
use crate::text::markdown;

use crate::metrics::uptime::{Stretch, Window};
use service::Services;
use summary::Summaries;

pub(super) mod event;
mod incident;
mod maintenance;
mod service;
mod summary;

pub use service::{PublicService, Worded};
pub use summary::has_public_summary;

#[cfg(test)]
mod tests;

/// A public site as of one moment, in no language yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    pub as_of: Timestamp,
    pub title: Worded,
    pub description: Option<Worded>,
    /// Without a slash at the end.
    pub url: Option<String>,
    /// The IANA name of the zone.
    pub zone_name: String,
    pub zone: TimeZone,
    /// The first is at the root of the site.
    pub languages: Vec<String>,
    pub security: Option<SecurityContact>,
    pub services: Vec<PublicService>,
    /// The one that began last comes first.
    pub events: Vec<Arc<PublicEvent>>,
    /// The ids of public records that may say something else as time goes on, or because of another record.
    moving: BTreeSet<Arc<str>>,
}

/// Where readers report a weakness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityContact {
    pub contact: String,
    pub expires: Date,
    pub policy: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Incident,
    Maintenance,
}

/// Where an incident or a maintenance stands, in the words that readers get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Investigating,
    Identified,
    Monitoring,
    /// Also when the incident is closed: what follows is internal.
    Resolved,
    Scheduled,
    InProgress,
    Verifying,
    Completed,
    Canceled,
    /// The incident that it went into, if readers may know of it.
    Merged(Option<Arc<str>>),
}

impl Status {
    /// As the interface catalogues and the status page API name it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Scheduled => "scheduled",
            Self::InProgress => "in_progress",
            Self::Verifying => "verifying",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
            Self::Merged(_) => "merged",
        }
    }

    /// Something is being done now. A maintenance that is only planned is not open.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Investigating | Self::Identified | Self::Monitoring | Self::InProgress | Self::Verifying)
    }
}

/// How bad an event was at its worst, in the words of status pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    None,
    Maintenance,
    Minor,
    Major,
    Critical,
}

impl Impact {
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Maintenance => "maintenance",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }

    pub const fn of(state: ServiceState) -> Self {
        match state {
            ServiceState::Operational => Self::None,
            ServiceState::UnderMaintenance => Self::Maintenance,
            ServiceState::DegradedPerformance => Self::Minor,
            ServiceState::PartialOutage => Self::Major,
            ServiceState::MajorOutage => Self::Critical,
        }
    }
}

/// An incident or a maintenance.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicEvent {
    pub id: Arc<str>,
    pub kind: EventKind,
    pub title: Worded,
    /// Old ids whose pages lead here.
    pub aliases: Vec<String>,
    pub status: Status,
    /// When readers were affected first, or the start of the announced window: its place in history.
    pub began: Timestamp,
    pub mitigated: Option<Timestamp>,
    /// When it was over.
    pub ended: Option<Timestamp>,
    /// Of a maintenance: what was announced.
    pub window: Option<Window>,
    pub affected: Vec<Affected>,
    /// Newest first.
    pub messages: Vec<PublicMessage>,
    /// The promise that still stands.
    pub next_update: Option<Timestamp>,
    /// The `## Public summary` of a published postmortem, as HTML.
    pub summary: Option<String>,
    /// The last moment at which anything that readers see changed.
    pub updated: Timestamp,
}

impl PublicEvent {
    pub fn impact(&self) -> Impact {
        match self.kind {
            EventKind::Maintenance => Impact::Maintenance,
            EventKind::Incident => self.affected.iter().map(|a| Impact::of(a.worst())).max().unwrap_or(Impact::None),
        }
    }

    /// When readers first heard of it.
    pub fn published(&self) -> Timestamp {
        self.messages.last().map_or(self.began.min(self.updated), |message| message.at)
    }

    /// A maintenance that has not started.
    pub fn is_coming(&self) -> bool {
        self.status == Status::Scheduled
    }
}

/// What an event did to one service.
#[derive(Clone, Debug, PartialEq)]
pub struct Affected {
    /// The place of the service in `Projection::services`.
    pub service: usize,
    /// As of now.
    pub state: ServiceState,
    /// What readers are told to expect, before and while it happens. Only of a maintenance.
    pub expected: Option<ServiceState>,
    /// Empty for a maintenance that has not started.
    pub stretches: Vec<Stretch>,
}

impl Affected {
    pub fn worst(&self) -> ServiceState {
        let worst = self.stretches.iter().map(|stretch| stretch.state).max();
        worst.or(self.expected).unwrap_or(ServiceState::Operational)
    }
}

/// Something that was said to customers.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicMessage {
    pub at: Timestamp,
    /// Where the event stood when this was said.
    pub status: Status,
    /// Whether the event got there with this message.
    pub moved: bool,
    /// One or more, in the order of the record.
    pub texts: Vec<PublicText>,
    pub edited: Option<Timestamp>,
    pub redacted: Option<Timestamp>,
    /// What the same entry said about services: before and after.
    pub changes: Vec<Change>,
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicText {
    pub language: String,
    pub html: String,
    markdown: String,
}

impl PublicText {
    pub fn new(language: &str, markdown: &str) -> Self {
        let mut html = String::new();
        markdown::to_html(markdown, &mut html);
        Self { language: language.to_owned(), html, markdown: markdown.to_owned() }
    }

    /// Without any markup, for programs. Made when it is asked for: only the messages of open incidents ever are.
    pub fn plain(&self) -> String {
        markdown::plain_text(&self.markdown)
    }
}

/// A service that went from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub service: usize,
    pub old: ServiceState,
    pub new: ServiceState,
}

impl PublicMessage {
    /// The text for readers of a language: theirs, else the site's first, else the first that was written.
    pub fn text(&self, language: &str, default: &str) -> Option<&PublicText> {
        [language, default]
            .into_iter()
            .find_map(|tag| self.texts.iter().find(|text| text.language == tag))
            .or(self.texts.first())
    }
}

impl Projection {
    /// Everything that readers may know at a moment. Entries with a later time do not exist yet.
    pub fn of(archive: &Archive, as_of: Timestamp) -> Self {
        // Of two with the same id only one can have its page.
        let is_known = |record: &Record| archive.event(&record.id).is_some_and(|known| known.path == record.path);
        let records = archive.records.par_iter().map(|record| &**record).filter(|record| is_public(record));
        Self::with(archive, as_of, &records.filter(|record| is_known(record)).collect::<Vec<_>>(), Vec::new())
    }

    /// The same as `of` at a moment, where nothing but the records of some ids changed. What stands still is taken over as it
    /// is and not even looked at, so that it costs little in a large archive.
    pub fn renewed(&self, archive: &Archive, as_of: Timestamp, changed: &BTreeSet<Arc<str>>) -> Self {
        if as_of < self.as_of {
            return Self::of(archive, as_of);
        }
        let again: BTreeSet<&Arc<str>> = self.moving.union(changed).collect();
        let kept = self.events.iter().filter(|event| !again.contains(&event.id)).cloned().collect();
        let records = again.into_iter().filter_map(|id| archive.event(id)).filter(|record| is_public(record));
        Self::with(archive, as_of, &records.collect::<Vec<_>>(), kept)
    }

    /// Of these public records, and of what is known already of others.
    fn with(archive: &Archive, as_of: Timestamp, records: &[&Record], kept: Vec<Arc<PublicEvent>>) -> Self {
        let services = Services::of(archive);
        let site = &archive.config.site;
        let said = |text: &Option<crate::record::timeline::Text>| text.as_ref().map(|t| t.value.clone());
        let worded = |text: &Option<Message>| Worded::of(text.as_ref()?, archive.config.default_language());
        let zone = site.timezone.as_ref().and_then(|name| Some((name.value.clone(), time::zone(&name.value)?)));
        let (zone_name, zone) = zone.unwrap_or_else(|| ("Etc/UTC".to_owned(), TimeZone::UTC));
        Self {
            as_of,
            title: worded(&site.title).unwrap_or_else(|| Worded::plain("Status")),
            description: worded(&site.description),
            url: said(&site.url),
            zone_name,
            zone,
            languages: languages(archive),
            security: site.security.as_ref().map(|security| SecurityContact {
                contact: security.contact.value.clone(),
                expires: security.expires.value,
                policy: said(&security.policy),
            }),
            events: events(archive, &services, as_of, records, kept),
            moving: records.iter().filter(|r| !is_settled(r, as_of)).map(|record| Arc::clone(&record.id)).collect(),
            services: services.list,
        }
    }

    pub fn default_language(&self) -> &str {
        self.languages.first().map_or(DEFAULT_LANGUAGE, String::as_str)
    }

    /// What ended before this is history and no longer news.
    pub fn a_year_ago(&self) -> Timestamp {
        self.as_of.checked_sub(SignedDuration::from_hours(365 * 24)).unwrap_or(Timestamp::MIN)
    }

    /// The moment from which there is anything to say about services that do not say themselves.
    pub fn beginning(&self) -> Option<Timestamp> {
        self.events.last().map(|event| event.began)
    }
}

fn languages(archive: &Archive) -> Vec<String> {
    let configured: Vec<_> = archive.config.site.languages.iter().map(|l| l.value.clone()).collect();
    if configured.is_empty() { vec![DEFAULT_LANGUAGE.to_owned()] } else { configured }
}

fn is_public(record: &Record) -> bool {
    record.visibility() == Visibility::Public
}

/// Whether a record says the same to readers at every moment from this one on, whatever other records say.
fn is_settled(record: &Record, as_of: Timestamp) -> bool {
    let window = record.maintenance().and_then(|maintenance| maintenance.window.as_ref());
    let entries = record.timeline().iter().flat_map(|entry| {
        let amendments = [&entry.edited, &entry.redacted].into_iter().flatten();
        amendments.filter_map(|amendment| amendment.at.as_ref()).chain([&entry.at])
    });
    let times = entries.map(|at| at.instant()).chain(window.iter().flat_map(|w| [w.start.instant(), w.end.instant()]));
    let is_merged = record.timeline().iter().any(|entry| entry.status.as_ref().is_some_and(|s| s.value == "merged"));
    times.into_iter().all(|at| at <= as_of) && !is_merged
}

fn events(
    archive: &Archive,
    services: &Services,
    as_of: Timestamp,
    records: &[&Record],
    kept: Vec<Arc<PublicEvent>>,
) -> Vec<Arc<PublicEvent>> {
    let summaries = Summaries::of(archive);
    let scope = event::Scope { archive, services, summaries: &summaries, as_of };
    let project = |record: &&Record| match &record.content {
        Content::Incident(incident) => incident::project(&scope, record, incident).map(Arc::new),
        Content::Maintenance(maintenance) => maintenance::project(&scope, record, maintenance).map(Arc::new),
        Content::Postmortem(_) | Content::Drill(_) | Content::Unreadable => None,
    };
    let mut events = kept;
    events.par_extend(records.par_iter().filter_map(project));
    hide_unknown_survivors(&mut events);
    events.sort_by(|a, b| (b.began, &b.id).cmp(&(a.began, &a.id)));
    events
}

/// A merged incident may only point to one that has a page itself.
fn hide_unknown_survivors(events: &mut [Arc<PublicEvent>]) {
    let survivor = |event: &PublicEvent| match &event.status {
        Status::Merged(survivor) => survivor.clone(),
        _ => None,
    };
    let wanted: HashSet<Arc<str>> = events.iter().filter_map(|event| survivor(event)).collect();
    let known: HashSet<Arc<str>> =
        events.iter().map(|event| &event.id).filter(|id| wanted.contains(*id)).cloned().collect();
    for event in events {
        if survivor(event).is_some_and(|survivor| !known.contains(&survivor)) {
            Arc::make_mut(event).status = Status::Merged(None);
        }
    }
}
