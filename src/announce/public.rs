//! What customers may hear of an incident or maintenance: the messages to them, and nothing that is not in the projection.

use jiff::Timestamp;

use super::event::{Covered, Event, Keys, Service, Topic, What, Window, id};
use crate::site::audience::Audience;
use crate::site::plan::Page;
use crate::site::projection::{EventKind, Projection, PublicEvent, PublicMessage, Status};

/// Everything that there ever was to announce, oldest first. Nothing is announced before something was said.
pub fn events(site: &Projection, place: usize) -> Vec<Event> {
    let Some(event) = site.events.get(place) else { return Vec::new() };
    let mut keys = Keys::default();
    let mut events = Vec::new();
    for (nth, message) in event.messages.iter().rev().enumerate() {
        let said = Telling { site, event, url: url(site, place) }.said(message, nth == 0, &keys.next(message.at));
        events.extend(said);
    }
    events.extend(Telling { site, event, url: url(site, place) }.end());
    events
}

/// That a postmortem about some incidents is there to be read. Its time is when the page of the first last changed, because
/// records do not say when it came.
pub fn postmortem(site: &Projection, folder: &str, places: &[usize]) -> Option<Event> {
    let (first, event) = places.iter().find_map(|place| Some((*place, site.events.get(*place)?)))?;
    let telling = Telling { site, event, url: url(site, first) };
    let covered = |place: &usize| {
        let event = site.events.get(*place)?;
        Some(Covered { record: event.id.to_string(), title: event.title.clone(), url: url(site, *place) })
    };
    let key = Topic::Postmortem.key("");
    Some(Event {
        id: id(Audience::Public, folder, &key),
        covers: places.iter().filter_map(covered).collect(),
        ..telling.plain(What::PostmortemPublished, event.updated, key)
    })
}

fn url(site: &Projection, place: usize) -> Option<String> {
    Some(format!("{}/{}", site.url.as_ref()?, Page::Event(place).path(site)))
}

struct Telling<'a> {
    site: &'a Projection,
    event: &'a PublicEvent,
    url: Option<String>,
}

impl Telling<'_> {
    /// A message, and what became of it.
    fn said(&self, message: &PublicMessage, is_first: bool, entry: &str) -> Vec<Event> {
        let kind = match (self.event.kind, &message.status) {
            (_, status) if is_over(status) && message.moved => What::Resolved,
            (EventKind::Maintenance, _) if is_first => What::MaintenanceAnnounced,
            (EventKind::Incident, _) if is_first => What::Opened,
            _ => What::Updated,
        };
        let is_last = self.event.messages.first() == Some(message);
        let mut said = vec![Event {
            services: self.services(message, kind),
            next_update: self.event.next_update.filter(|_| is_last),
            ..self.message(message, kind, message.at, Topic::Entry.key(entry))
        }];
        for (at, withdrawn) in [(message.edited, false), (message.redacted, true)] {
            let Some(at) = at else { continue };
            let key = Topic::Edit.key(&format!("{entry}/{at}"));
            said.push(Event { withdrawn, ..self.message(message, What::Edited, at, key) });
        }
        said
    }

    /// An end that no message told of.
    fn end(&self) -> Option<Event> {
        let ended = self.event.ended.filter(|_| !self.event.messages.is_empty())?;
        let told = self.event.messages.iter().any(|m| m.at == ended || is_over(&m.status) && m.moved);
        let is_end = matches!(self.event.status, Status::Resolved | Status::Completed);
        (is_end && !told).then(|| self.plain(What::Resolved, ended, Topic::End.key(&ended.to_string())))
    }

    fn message(&self, message: &PublicMessage, kind: What, at: Timestamp, key: String) -> Event {
        let texts = message.texts.iter().filter(|_| message.redacted.is_none());
        Event {
            status: Some(message.status.name().to_owned()),
            texts: texts.map(|text| (text.language.clone(), text.plain())).collect(),
            ..self.plain(kind, at, key)
        }
    }

    fn plain(&self, kind: What, at: Timestamp, key: String) -> Event {
        Event {
            id: id(Audience::Public, &self.event.id, &key),
            key,
            kind,
            audience: Audience::Public.name(),
            record: self.event.id.to_string(),
            title: self.event.title.clone(),
            at,
            status: Some(self.event.status.name().to_owned()),
            services: Vec::new(),
            window: self.event.window.map(|window| Window { from: window.from, to: window.to }),
            next_update: None,
            texts: Default::default(),
            withdrawn: false,
            url: self.url.clone(),
            covers: Vec::new(),
            internal: None,
        }
    }

    fn services(&self, message: &PublicMessage, kind: What) -> Vec<Service> {
        let service = |place: usize, state: &'static str| {
            let service = self.site.services.get(place)?;
            let name = service.name_in(self.site.default_language()).to_owned();
            Some(Service { id: service.id.clone(), name, state })
        };
        if kind == What::MaintenanceAnnounced {
            let expected = self.event.affected.iter().filter_map(|a| service(a.service, a.expected?.name()));
            return expected.collect();
        }
        message.changes.iter().filter_map(|change| service(change.service, change.new.name())).collect()
    }
}

const fn is_over(status: &Status) -> bool {
    matches!(status, Status::Resolved | Status::Completed)
}
