//! What customers may hear of an incident or maintenance: the messages to them, and nothing that is not in the projection.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::event::{Covered, Event, Keys, Service, Topic, What, Window, id};
use crate::site::audience::Audience;
use crate::site::plan::Page;
use crate::site::projection::{EventKind, Projection, PublicEvent, PublicMessage, Status};

/// Everything that there ever was to announce, oldest first. Nothing is announced before something was said.
pub fn events(site: &Projection, place: usize) -> Vec<Event> {
    let Some(telling) = Telling::new(site, place) else { return Vec::new() };
    let mut keys = Keys::default();
    let mut events = Vec::new();
    for (nth, message) in telling.event.messages.iter().rev().enumerate() {
        events.extend(telling.said(message, nth == 0, &keys.next(message.at)));
    }
    events.extend(telling.end());
    events
}

/// That a postmortem about some incidents is there to be read. Its time is when the page of the first last changed, because
/// records do not say when it came.
pub fn postmortem(site: &Projection, folder: &str, places: &[usize]) -> Option<Event> {
    let tellings: Vec<Telling<'_>> = places.iter().filter_map(|place| Telling::new(site, *place)).collect();
    let first = tellings.first()?;
    let key = Topic::Postmortem.key("");
    let covered = |telling: &Telling<'_>| Covered {
        record: telling.event.id.to_string(),
        title: telling.event.title.text.clone(),
        titles: telling.event.title.translations.clone(),
        url: telling.url.clone(),
        translations: telling.translations.clone(),
    };
    Some(Event {
        id: id(Audience::Public, folder, &key),
        covers: tellings.iter().map(covered).collect(),
        ..first.plain(What::PostmortemPublished, first.event.updated, key)
    })
}

struct Telling<'a> {
    site: &'a Projection,
    event: &'a PublicEvent,
    url: Option<String>,
    translations: BTreeMap<String, String>,
}

impl<'a> Telling<'a> {
    fn new(site: &'a Projection, place: usize) -> Option<Self> {
        let path = Page::Event(place).path(site);
        let url = site.url.as_ref();
        let others = site.languages.iter().filter(|tag| *tag != site.default_language());
        let translations = others.filter_map(|tag| Some((tag.clone(), format!("{}/{tag}/{path}", url?))));
        Some(Self {
            site,
            event: site.events.get(place)?,
            url: url.map(|url| format!("{url}/{path}")),
            translations: translations.collect(),
        })
    }

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
            title: self.event.title.text.clone(),
            titles: self.event.title.translations.clone(),
            at,
            status: Some(self.event.status.name().to_owned()),
            services: Vec::new(),
            window: self.event.window.map(|window| Window { from: window.from, to: window.to }),
            next_update: None,
            texts: Default::default(),
            withdrawn: false,
            url: self.url.clone(),
            translations: self.translations.clone(),
            covers: Vec::new(),
            internal: None,
        }
    }

    fn services(&self, message: &PublicMessage, kind: What) -> Vec<Service> {
        let service = |place: usize, state: &'static str| {
            let service = self.site.services.get(place)?;
            let name = service.name_in(self.site.default_language()).to_owned();
            Some(Service { id: service.id.clone(), name, names: service.name.translations.clone(), state })
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
