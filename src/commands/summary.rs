//! What a responder needs to know of a record, for `list`, `show` and `topic`; the same as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::archive::Archive;
use crate::record::find::is_open;
use crate::record::incident::Visibility;
use crate::record::time::Time;
use crate::record::{Content, Record};
use crate::response::communication;

/// The state of a record after its last entry. Field names are those of `--json` and do not change.
#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    pub id: &'a str,
    pub kind: &'static str,
    pub title: Option<&'a str>,
    pub path: &'a str,
    /// Why nothing is known of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
    pub visibility: &'static str,
    pub open: bool,
    pub status: Option<&'a str>,
    #[serde(serialize_with = "written")]
    pub status_since: Option<Time>,
    pub severity: Option<&'a str>,
    /// When it began to hurt, else when it was declared, else the first entry.
    #[serde(serialize_with = "written")]
    pub began: Option<Time>,
    #[serde(serialize_with = "written")]
    pub resolved: Option<Time>,
    /// Services that are not operational; once it is over, those that were not.
    pub services: Vec<Affected<'a>>,
    pub roles: BTreeMap<&'a str, Vec<&'a str>>,
    pub channels: BTreeMap<&'a str, &'a str>,
    /// What customers read last; nothing where they cannot read the record.
    pub last_public: Option<Said<'a>>,
    /// The promise made to readers that still stands.
    #[serde(serialize_with = "written")]
    pub next_update: Option<Time>,
    pub todos: Vec<Todo<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Affected<'a> {
    pub service: &'a str,
    pub state: &'static str,
    #[serde(serialize_with = "written")]
    pub since: Option<Time>,
    #[serde(serialize_with = "written")]
    pub until: Option<Time>,
}

#[derive(Debug, Serialize)]
pub struct Said<'a> {
    #[serde(serialize_with = "written")]
    pub at: Option<Time>,
    pub text: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Todo<'a> {
    /// The number of its entry, from 1.
    pub entry: usize,
    pub text: &'a str,
}

fn written<S: serde::Serializer>(time: &Option<Time>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.collect_str(time),
        None => serializer.serialize_none(),
    }
}

impl<'a> Summary<'a> {
    pub fn of(archive: &'a Archive, record: &'a Record) -> Self {
        let replay = &record.replay;
        let open = is_open(archive, record);
        Self {
            id: &record.id,
            kind: record.kind.name(),
            title: record.title().map(|title| title.value.as_str()),
            path: &record.path,
            unreadable: record.unreadable().map(|problem| problem.at(&record.text)),
            visibility: record.visibility().name(),
            open,
            status: replay.status(),
            status_since: replay.statuses.last().map(|status| status.from),
            severity: replay.severity(),
            began: began(record),
            resolved: replay.moments.resolved.filter(|_| !open),
            services: services(record, open),
            roles: roles(record),
            channels: channels(record),
            last_public: last_public(record, archive.config.default_language()),
            next_update: open.then(|| promise(record)).flatten(),
            todos: todos(record),
        }
    }
}

fn began(record: &Record) -> Option<Time> {
    let planned = match &record.content {
        Content::Maintenance(maintenance) => maintenance.window.as_ref().map(|window| window.start.value),
        Content::Drill(drill) => drill.held.as_ref().map(|held| held.value),
        _ => None,
    };
    let moments = &record.replay.moments;
    planned
        .or(moments.impact_started)
        .or(moments.declared)
        .or_else(|| record.timeline().iter().map(|entry| entry.at.value).min())
}

fn services(record: &Record, open: bool) -> Vec<Affected<'_>> {
    if let Some(maintenance) = record.maintenance()
        && record.replay.impacts.is_empty()
    {
        let window = maintenance.window.as_ref();
        let planned = maintenance.services.iter().map(|(service, state)| Affected {
            service,
            state: state.value.name(),
            since: window.map(|w| w.start.value),
            until: window.map(|w| w.end.value),
        });
        return planned.collect();
    }
    let last_of = |service: &str| record.replay.impacts.iter().rev().find(|impact| impact.service == service);
    let mut affected: Vec<Affected<'_>> = Vec::new();
    for impact in record.replay.impacts.iter().filter(|impact| !open || impact.to.is_none()) {
        if affected.iter().all(|known| known.service != impact.service)
            && let Some(last) = last_of(&impact.service)
        {
            let state = last.state.name();
            affected.push(Affected { service: &last.service, state, since: Some(last.from), until: last.to });
        }
    }
    affected
}

fn roles(record: &Record) -> BTreeMap<&str, Vec<&str>> {
    let mut roles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for held in record.replay.roles.iter().filter(|held| held.to.is_none()) {
        roles.entry(&held.role).or_default().push(&held.person);
    }
    roles
}

fn channels(record: &Record) -> BTreeMap<&str, &str> {
    let channels = record.incident().map_or(&[][..], |incident| &incident.channels);
    channels.iter().map(|(name, place)| (name.value.as_str(), place.value.as_str())).collect()
}

fn last_public<'a>(record: &'a Record, language: &'a str) -> Option<Said<'a>> {
    if record.visibility() != Visibility::Public {
        return None;
    }
    communication::messages(record).rev().find_map(|entry| {
        let (_, text) = entry.public.as_ref()?.best(language, language)?;
        Some(Said { at: Some(entry.at.value), text })
    })
}

/// A later message to readers keeps the promise, or replaces it.
fn promise(record: &Record) -> Option<Time> {
    let timeline = record.timeline();
    let entries = record.replay.order.iter().rev().map(|i| &timeline[*i]);
    let mut entries = entries.filter(|entry| entry.next_update.is_some() || entry.public.is_some());
    entries.next()?.next_update.map(|promise| promise.value)
}

fn todos(record: &Record) -> Vec<Todo<'_>> {
    let numbered = record.timeline().iter().enumerate();
    let open = numbered.filter(|(_, entry)| entry.promoted.is_none() && entry.dismissed.is_none());
    open.filter_map(|(i, entry)| Some(Todo { entry: i + 1, text: entry.todo.as_ref()? })).collect()
}
