//! `incidents/ID/index.json`: everything that readers know of one incident or maintenance, in all languages at once.
//! Times are UTC; texts are HTML.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::time::utc;
use crate::site::plan::Page;
use crate::site::projection::{Affected, EventKind, Projection, PublicEvent, PublicMessage, Status};

/// The name of the file, in the folder of the page.
pub const FILE: &str = "index.json";

#[derive(Debug, Serialize)]
pub struct Document<'a> {
    id: &'a str,
    kind: &'static str,
    title: &'a str,
    /// By language, where it was translated.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    titles: &'a BTreeMap<String, String>,
    status: &'static str,
    impact: &'static str,
    /// With the address of the site, where it is known.
    url: String,
    began: String,
    mitigated: Option<String>,
    ended: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<Window>,
    next_update: Option<String>,
    updated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<&'a str>,
    services: Vec<Service<'a>>,
    /// Newest first.
    updates: Vec<Update<'a>>,
    summary: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Window {
    from: String,
    to: String,
}

#[derive(Debug, Serialize)]
struct Service<'a> {
    id: &'a str,
    name: &'a str,
    state: &'static str,
    /// What was announced. Only of maintenance.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'static str>,
    stretches: Vec<Stretch>,
}

#[derive(Debug, Serialize)]
struct Stretch {
    state: &'static str,
    from: String,
    /// Nothing while it lasts.
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct Update<'a> {
    at: String,
    status: &'static str,
    edited: Option<String>,
    redacted: Option<String>,
    texts: BTreeMap<&'a str, &'a str>,
}

impl<'a> Document<'a> {
    pub fn new(site: &'a Projection, place: usize) -> Self {
        let event = &site.events[place];
        let path = Page::Event(place).path(site);
        Self {
            id: &event.id,
            kind: match event.kind {
                EventKind::Incident => "incident",
                EventKind::Maintenance => "maintenance",
            },
            title: &event.title.text,
            titles: &event.title.translations,
            status: event.status.name(),
            impact: event.impact().name(),
            url: site.url.as_ref().map_or_else(|| path.clone(), |url| format!("{url}/{path}")),
            began: utc(event.began),
            mitigated: event.mitigated.map(utc),
            ended: event.ended.map(utc),
            window: event.window.map(|window| Window { from: utc(window.from), to: utc(window.to) }),
            next_update: event.next_update.map(utc),
            updated: utc(event.updated),
            merged_into: survivor(event),
            services: event.affected.iter().map(|affected| service(site, affected)).collect(),
            updates: event.messages.iter().map(update).collect(),
            summary: event.summary.as_deref(),
        }
    }
}

fn survivor(event: &PublicEvent) -> Option<&str> {
    match &event.status {
        Status::Merged(survivor) => survivor.as_deref(),
        _ => None,
    }
}

/// Only what has happened: a stretch may be recorded ahead of its time.
fn service<'a>(site: &'a Projection, affected: &Affected) -> Service<'a> {
    let happened = affected.stretches.iter().filter(|stretch| stretch.from <= site.as_of);
    Service {
        id: &site.services[affected.service].id,
        name: site.services[affected.service].name_in(site.default_language()),
        state: affected.state.name(),
        expected: affected.expected.map(|state| state.name()),
        stretches: happened
            .map(|stretch| Stretch {
                state: stretch.state.name(),
                from: utc(stretch.from),
                to: stretch.to.filter(|to| *to <= site.as_of).map(utc),
            })
            .collect(),
    }
}

fn update(message: &PublicMessage) -> Update<'_> {
    Update {
        at: utc(message.at),
        status: message.status.name(),
        edited: message.edited.map(utc),
        redacted: message.redacted.map(utc),
        texts: message.texts.iter().map(|text| (text.language.as_str(), text.html.as_str())).collect(),
    }
}
