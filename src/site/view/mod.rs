//! What the templates see: words, links and times, ready to print, in one language.
//!
//! Views are made from the `Projection` and from nothing else, so a template cannot print what is not public.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use fluent_bundle::FluentValue;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::record::time::utc;
use crate::record::timeline::ServiceState;

use super::health::{Health, Overall};
use super::language::Language;
use super::machine::calendar;
use super::plan::{self, Month, Page};
use super::projection::{EventKind, Impact, Projection, PublicEvent, PublicMessage, Status, Worded};
use crate::metrics::uptime::Window;

pub mod event;
pub mod head;
pub mod history;
pub mod home;
pub mod list;
pub mod maintenance;
pub mod postmortems;
pub mod search;
pub mod service;
pub mod subscribe;

/// Everything that pages are made from, computed once for all of them.
#[derive(Debug)]
pub struct Facts<'a> {
    pub site: &'a Projection,
    /// As `Projection::services`.
    pub health: &'a [Health],
    pub overall: Overall,
    pub months: &'a BTreeMap<Month, Vec<usize>>,
    /// The places of the events by their ids.
    pub places: &'a HashMap<Arc<str>, usize>,
    /// Whether any postmortem has been published.
    pub has_summaries: bool,
    /// The languages that are built.
    pub languages: &'a [String],
    /// What languages call themselves.
    pub autonyms: &'a BTreeMap<String, String>,
}

/// One page and its reader.
#[derive(Debug)]
pub struct Reader<'a> {
    pub facts: &'a Facts<'a>,
    pub language: &'a Language,
    /// From the root of the site, with the folder of the language.
    pub path: String,
}

/// A thing of a closed list: the name that styles know, and the word that readers get.
#[derive(Debug, Serialize)]
pub struct Word<'a> {
    pub name: &'static str,
    pub text: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Moment {
    /// For machines: RFC 3339.
    pub iso: String,
    pub text: String,
    pub clock: String,
}

/// A text of the archive, which may not be in the language of the page.
#[derive(Debug, Serialize)]
pub struct Text<'a> {
    pub text: &'a str,
    pub lang: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub struct Link<'a> {
    pub href: String,
    pub text: &'a str,
    /// The language of the text, where it is not that of the page.
    pub lang: Option<&'a str>,
}

/// From one moment to another.
#[derive(Debug, Serialize)]
pub struct Range {
    pub from: Moment,
    pub to: Moment,
    /// The second moment needs no day of its own.
    pub same_day: bool,
}

/// A message to customers.
#[derive(Debug, Serialize)]
pub struct Said<'a> {
    pub at: Moment,
    pub status: Word<'a>,
    /// Whether the event got to the status with it; otherwise it is only an update.
    pub moved: bool,
    /// Safe HTML.
    pub html: &'a str,
    /// The language of the text where it is not that of the page, and what it calls itself.
    pub lang: Option<&'a str>,
    pub lang_name: Option<&'a str>,
    pub edited: Option<Moment>,
    pub redacted: Option<Moment>,
}

/// An event in a list.
#[derive(Debug, Serialize)]
pub struct EventLine<'a> {
    pub link: Link<'a>,
    pub kind: Word<'a>,
    pub status: Word<'a>,
    pub impact: Word<'a>,
    pub open: bool,
    pub began: Moment,
    pub ended: Option<Moment>,
    /// How long it lasted, or has lasted.
    pub duration: Option<String>,
    pub services: Vec<Link<'a>>,
    pub latest: Option<Said<'a>>,
}

impl<'a> Reader<'a> {
    pub const fn site(&self) -> &'a Projection {
        self.facts.site
    }

    pub fn word(&self, key: &'a str) -> &'a str {
        self.language.words.word(key)
    }

    /// A sentence in which things are counted.
    pub fn count(&self, key: &str, counts: &[(&str, usize)]) -> String {
        let arguments: Vec<_> = counts.iter().map(|(name, n)| (*name, FluentValue::from(*n))).collect();
        self.language.words.say(key, &arguments)
    }

    /// The way from this page to another of the same language.
    pub fn href(&self, page: &Page) -> String {
        plan::relative(&self.path, &(self.language.prefix.clone() + &page.path(self.site())))
    }

    /// A language that needs to be named because it is not the page's.
    pub fn foreign(&self, language: &'a str) -> Option<&'a str> {
        (language != self.language.tag).then_some(language)
    }

    /// What a language calls itself.
    pub fn autonym(&self, tag: &'a str) -> &'a str {
        self.facts.autonyms.get(tag).map_or(tag, String::as_str)
    }

    pub fn moment(&self, at: Timestamp) -> Moment {
        let (text, loose) = self.language.dates.moment_and_clock(at);
        // A time never stands on another line than its zone.
        let clock = loose.replace(' ', "\u{a0}");
        Moment { iso: utc(at), text: text.replace(&loose, &clock), clock }
    }

    pub fn range(&self, window: Window) -> Range {
        let day = |at: Timestamp| self.language.dates.date(at);
        Range {
            from: self.moment(window.from),
            to: self.moment(window.to),
            same_day: day(window.from) == day(window.to),
        }
    }

    pub fn duration(&self, from: Timestamp, to: Timestamp) -> String {
        self.language.dates.duration(to.duration_since(from))
    }

    pub fn seconds(&self, seconds: i64) -> String {
        self.language.dates.duration(SignedDuration::from_secs(seconds))
    }

    pub fn minutes(&self, minutes: u64) -> String {
        self.seconds(i64::try_from(minutes).unwrap_or(i64::MAX).saturating_mul(60))
    }

    pub fn state(&self, state: ServiceState) -> Word<'a> {
        Word { name: state.name(), text: self.word(state.name()) }
    }

    /// What a state is called where it is only announced.
    pub fn expected(&self, state: ServiceState) -> Word<'a> {
        let key = match state {
            ServiceState::Operational => "expected_operational",
            ServiceState::UnderMaintenance => "expected_under_maintenance",
            ServiceState::DegradedPerformance => "expected_degraded_performance",
            ServiceState::PartialOutage => "expected_partial_outage",
            ServiceState::MajorOutage => "expected_major_outage",
        };
        Word { name: state.name(), text: self.word(key) }
    }

    pub fn status(&self, status: &Status) -> Word<'a> {
        Word { name: status.name(), text: self.word(status.name()) }
    }

    /// A text that there is in the site's first language only.
    pub fn text(&self, text: &'a str) -> Text<'a> {
        Text { text, lang: self.foreign(self.site().default_language()) }
    }

    /// A text in the reader's language, or else what there is.
    pub fn worded(&self, said: &'a Worded) -> Text<'a> {
        match said.translations.get(&self.language.tag) {
            Some(text) => Text { text, lang: None },
            None => self.text(&said.text),
        }
    }

    pub fn event_link(&self, place: usize) -> Link<'a> {
        let Text { text, lang } = self.worded(&self.site().events[place].title);
        Link { href: self.href(&Page::Event(place)), text, lang }
    }

    /// The file with which a maintenance goes into the reader's calendar, from this page.
    pub fn calendar_href(&self, place: usize) -> Option<String> {
        self.site().events[place].window?;
        Some(self.href(&Page::Event(place)) + calendar::OF_ONE)
    }

    pub fn service_link(&self, place: usize) -> Link<'a> {
        let Text { text, lang } = self.worded(&self.site().services[place].name);
        Link { href: self.href(&Page::Service(place)), text, lang }
    }

    pub fn said(&self, message: &'a PublicMessage) -> Option<Said<'a>> {
        let text = message.text(&self.language.tag, self.site().default_language())?;
        let lang = self.foreign(&text.language);
        Some(Said {
            at: self.moment(message.at),
            status: self.status(&message.status),
            moved: message.moved,
            html: &text.html,
            lang,
            lang_name: lang.map(|tag| self.autonym(tag)),
            edited: message.edited.map(|at| self.moment(at)),
            redacted: message.redacted.map(|at| self.moment(at)),
        })
    }

    pub fn event_line(&self, place: usize) -> EventLine<'a> {
        let event = &self.site().events[place];
        EventLine {
            link: self.event_link(place),
            kind: self.kind(event),
            status: self.status(&event.status),
            impact: self.impact(event.impact()),
            open: event.status.is_open(),
            began: self.moment(event.began),
            ended: event.ended.map(|at| self.moment(at)),
            duration: self.lasted(event),
            services: event.affected.iter().map(|affected| self.service_link(affected.service)).collect(),
            latest: event.messages.first().and_then(|message| self.said(message)),
        }
    }

    pub fn kind(&self, event: &PublicEvent) -> Word<'a> {
        let name = match event.kind {
            EventKind::Incident => "incident",
            EventKind::Maintenance => "maintenance",
        };
        Word { name, text: self.word(name) }
    }

    /// The name is that of the service state which looks the same.
    pub fn impact(&self, impact: Impact) -> Word<'a> {
        let (name, key) = match impact {
            Impact::None => ("notice", "impact_none"),
            Impact::Maintenance => (ServiceState::UnderMaintenance.name(), "impact_maintenance"),
            Impact::Minor => (ServiceState::DegradedPerformance.name(), "impact_minor"),
            Impact::Major => (ServiceState::PartialOutage.name(), "impact_major"),
            Impact::Critical => (ServiceState::MajorOutage.name(), "impact_critical"),
        };
        Word { name, text: self.word(key) }
    }

    /// How long an event lasted, or has lasted; nothing for one that has not begun or never happened.
    pub fn lasted(&self, event: &PublicEvent) -> Option<String> {
        let to = match event.status {
            Status::Scheduled | Status::Canceled | Status::Merged(_) => return None,
            _ => event.ended.unwrap_or(self.site().as_of),
        };
        (event.began < to).then(|| self.duration(event.began, to))
    }
}

impl EventLine<'_> {
    /// Where an open event already stands above with its newest message, that need not be said twice.
    #[must_use]
    pub fn without_news_if_open(mut self) -> Self {
        self.latest.take_if(|_| self.open);
        self
    }
}
