//! What colleagues may hear of an incident or maintenance: each step of it, and each message to customers. Notes, decisions and
//! attempts are not announced: those who work on it read the record, and all others want to know where it stands.

use jiff::Timestamp;

use super::Side;
use super::event::{Covered, Event, Internal, Keys, Service, Topic, What, Window, id};
use crate::record::name::Name;
use crate::record::past::Past;
use crate::record::timeline::{Amendment, Entry};
use crate::record::{Kind, Record};
use crate::site::audience::Audience;
use crate::text::markdown;

/// Everything that there ever was to announce, in the order in which it happened.
pub fn events(side: Side<'_>, record: &Record) -> Vec<Event> {
    let past = Past::of(record, side.as_of);
    let mut telling = Telling::new(side, record);
    let mut keys = Keys::default();
    let mut events = Vec::new();
    for entry in &past.entries {
        let key = keys.next(entry.at.instant());
        if let Some(kind) = telling.step(entry) {
            events.push(telling.event(kind, entry.at.instant(), Topic::Entry.key(&key), Some(entry)));
        }
        events.extend(telling.edits(entry, &key));
    }
    events
}

/// That the postmortem about some incidents was published. Its time is that of the last entry of the first, because records do
/// not say when it came.
pub fn postmortem(side: Side<'_>, folder: &str, covered: &[&Record]) -> Option<Event> {
    let record = covered.first()?;
    let past = Past::of(record, side.as_of);
    let mut telling = Telling::new(side, record);
    for entry in &past.entries {
        telling.step(entry);
    }
    let key = Topic::Postmortem.key("");
    let covers = covered.iter().map(|record| Covered {
        record: record.id.to_string(),
        title: title(record),
        titles: record.name().map(Name::by_language).unwrap_or_default(),
        url: None,
        translations: Default::default(),
    });
    Some(Event {
        id: id(Audience::Internal, folder, &key),
        covers: covers.collect(),
        ..telling.event(What::PostmortemPublished, past.entries.last()?.at.instant(), key, None)
    })
}

fn title(record: &Record) -> String {
    record.title().map_or_else(|| record.id.to_string(), |title| title.value.clone())
}

/// A record, and where it stands after the entries so far.
struct Telling<'a> {
    side: Side<'a>,
    record: &'a Record,
    status: Option<&'a str>,
    severity: Option<&'a str>,
    has_begun: bool,
}

impl<'a> Telling<'a> {
    const fn new(side: Side<'a>, record: &'a Record) -> Self {
        Self { side, record, status: None, severity: None, has_begun: false }
    }

    /// Takes an entry, and says what it is; nothing where it is no step.
    fn step(&mut self, entry: &'a Entry) -> Option<What> {
        let (status, severity) = (self.status, self.severity);
        self.status = entry.status.as_ref().map(|status| status.value.as_str()).or(status);
        self.severity = entry.severity.as_ref().map(|severity| severity.value.as_str()).or(severity);
        if !self.has_begun {
            self.has_begun = self.status.is_some() || self.record.kind == Kind::Maintenance;
            let is_maintenance = self.record.kind == Kind::Maintenance;
            let first = if is_maintenance { What::MaintenanceAnnounced } else { What::Opened };
            return self.has_begun.then_some(first);
        }
        let moved = self.status != status;
        let is_news = moved || self.severity != severity || entry.public.is_some() || !entry.impact.is_empty();
        match self.status {
            Some("resolved" | "completed") if moved => Some(What::Resolved),
            _ if entry.escalate.is_some() || self.is_worse(severity) => Some(What::Escalated),
            _ => is_news.then_some(What::Updated),
        }
    }

    fn is_worse(&self, before: Option<&str>) -> bool {
        let severities = &self.side.archive.config.severities;
        let rank = |id: Option<&str>| severities.iter().position(|severity| Some(severity.id.as_str()) == id);
        match (rank(before), rank(self.severity)) {
            (Some(before), Some(now)) => now < before,
            _ => false,
        }
    }

    fn edits(&self, entry: &'a Entry, key: &str) -> Vec<Event> {
        let said = entry.public.is_some();
        let amendments = [(&entry.edited, false), (&entry.redacted, true)];
        let made =
            amendments.into_iter().filter_map(|(made, withdrawn)| Some((self.made(made.as_deref()?)?, withdrawn)));
        made.filter(|_| said)
            .map(|(at, withdrawn)| {
                let key = Topic::Edit.key(&format!("{key}/{at}"));
                Event { withdrawn, ..self.event(What::Edited, at, key, Some(entry)) }
            })
            .collect()
    }

    fn made(&self, amendment: &Amendment) -> Option<Timestamp> {
        let at = amendment.at.as_ref()?.instant();
        (at <= self.side.as_of).then_some(at)
    }

    fn event(&self, kind: What, at: Timestamp, key: String, entry: Option<&Entry>) -> Event {
        let config = &self.side.archive.config;
        let text = |text: &crate::record::timeline::Text| markdown::plain_text(&text.value);
        let message = entry.filter(|entry| entry.redacted.is_none()).and_then(|entry| entry.public.as_ref());
        let texts = message.into_iter().flat_map(|message| message.texts(config.default_language()));
        let window = self.record.maintenance().and_then(|maintenance| maintenance.window.as_ref());
        let escalated_to = entry.and_then(|entry| Some(entry.escalate.as_ref()?.to.value.clone()));
        Event {
            id: id(Audience::Internal, &self.record.id, &key),
            key,
            kind,
            audience: Audience::Internal.name(),
            record: self.record.id.to_string(),
            title: title(self.record),
            titles: self.record.name().map(Name::by_language).unwrap_or_default(),
            at,
            status: self.status.map(str::to_owned),
            services: entry.map(|entry| self.services(entry)).unwrap_or_default(),
            window: window.map(|window| Window { from: window.start.instant(), to: window.end.instant() }),
            next_update: entry.and_then(|entry| entry.next_update.as_ref()).map(|at| at.instant()),
            texts: texts.map(|(language, said)| (language.to_owned(), text(said))).collect(),
            withdrawn: false,
            url: None,
            covers: Vec::new(),
            translations: Default::default(),
            internal: Some(Internal {
                severity: self.severity.map(str::to_owned),
                by: entry.and_then(|entry| entry.by.as_ref()).map(|by| by.value.clone()),
                note: entry.and_then(|entry| entry.note.as_deref()).map(text),
                escalated_to,
                path: self.record.path.to_string(),
            }),
        }
    }

    fn services(&self, entry: &Entry) -> Vec<Service> {
        let config = &self.side.archive.config;
        let named = entry.impact.iter().map(|(id, state)| {
            let service = config.service(&id.value);
            Service {
                id: id.value.clone(),
                name: service.map_or(&*id.value, |s| s.name_in(config.default_language())).to_owned(),
                names: service.and_then(|s| s.name.as_ref()).map(Name::by_language).unwrap_or_default(),
                state: state.value.name(),
            }
        });
        named.collect()
    }
}
