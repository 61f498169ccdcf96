//! The live board: every open incident with what a responder who joins must know.

use serde::Serialize;

use super::deadlines::InternalDeadline;
use super::facts;
use super::line::InternalLine;
use super::stages::{InternalStage, stages};
use super::team::{InternalChannel, InternalRole, channels, roles};
use crate::record::Kind;
use crate::record::timeline::Entry;
use crate::site::internal::inside::Case;
use crate::site::internal::plan::Page;
use crate::site::internal::reader::{Insider, Severity};
use crate::site::projection::event;
use crate::site::view::{Moment, Word};

#[derive(Debug, Serialize)]
pub struct InternalBoard<'a> {
    /// The worst first, then the newest.
    pub incidents: Vec<InternalOpen<'a>>,
    /// Maintenance and drills that are planned or running.
    pub planned: Vec<InternalLine<'a>>,
    /// How many records wait in triage, and the way there.
    pub waiting: Option<InternalWay>,
    /// How many more incidents are open and not for this site.
    pub restricted: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct InternalWay {
    pub href: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct InternalOpen<'a> {
    #[serde(flatten)]
    pub line: InternalLine<'a>,
    pub now: Option<Severity<'a>>,
    pub since: Option<Moment>,
    pub roles: Vec<InternalRole<'a>>,
    pub commanded: bool,
    pub channels: Vec<InternalChannel<'a>>,
    pub services: Vec<InternalState<'a>>,
    /// What nobody has answered yet, in a few words each.
    pub unanswered: Vec<&'a str>,
    /// Todos, tries without a result, calls without an answer.
    pub loose_ends: Vec<InternalLooseEnd<'a>>,
    /// What customers were told last.
    pub latest: Option<InternalLatest<'a>>,
    pub next_update: Option<Moment>,
    pub overdue: bool,
    pub stages: Vec<InternalStage<'a>>,
    /// What is owed, the most urgent first.
    pub deadlines: Vec<InternalDeadline<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalState<'a> {
    pub name: &'a str,
    pub state: Word<'a>,
}

#[derive(Debug, Serialize)]
pub struct InternalLooseEnd<'a> {
    pub label: &'a str,
    pub text: String,
    pub lang: Option<&'a str>,
    pub at: Moment,
}

#[derive(Debug, Serialize)]
pub struct InternalLatest<'a> {
    pub at: Moment,
    pub html: String,
    pub lang: Option<&'a str>,
}

impl<'a> InternalBoard<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let inside = reader.inside;
        let mut open: Vec<(usize, &Case<'a>)> =
            inside.of_kind(Kind::Incident).filter(|(_, case)| case.is_live).collect();
        let all = open.len();
        // Whether these are incidents at all is still to be said.
        open.retain(|(_, case)| case.replay().status() != Some("triage"));
        let waiting = all - open.len();
        let severities = &inside.archive.config.severities;
        let rank = |case: &Case<'_>| {
            let now = case.replay().severity();
            severities.iter().position(|known| now == Some(known.id.as_str())).unwrap_or(severities.len())
        };
        open.sort_by_key(|(_, case)| rank(case));
        let planned = inside.cases.iter().enumerate();
        let planned = planned.filter(|(_, case)| case.is_live && case.record.kind != Kind::Incident);
        let mut planned: Vec<usize> = planned.map(|(place, _)| place).collect();
        planned.reverse();
        let restricted = inside.restricted_open;
        Self {
            incidents: open.into_iter().map(|(place, case)| InternalOpen::new(reader, place, case)).collect(),
            planned: planned.into_iter().map(|place| InternalLine::new(reader, place)).collect(),
            waiting: (waiting > 0).then(|| InternalWay {
                href: reader.to(Page::Triage),
                text: reader.reader.count("inside_waiting", &[("count", waiting)]),
            }),
            restricted: (restricted > 0)
                .then(|| reader.reader.count("inside_restricted_open", &[("count", restricted)])),
        }
    }
}

impl<'a> InternalOpen<'a> {
    fn new(reader: &Insider<'a>, place: usize, case: &'a Case<'a>) -> Self {
        let replay = case.replay();
        let mut roles = roles(reader, case);
        roles.retain(|role| !role.people.is_empty());
        let affected = replay.impacts.iter().filter(|impact| impact.to.is_none());
        let next_update = event::next_update(&case.entries());
        Self {
            line: InternalLine::new(reader, place),
            now: replay.severity().map(|id| reader.severity(id)),
            since: replay.statuses.last().map(|status| reader.reader.moment(status.from.instant())),
            commanded: roles.iter().any(|role| role.role.name == "incident_manager"),
            roles,
            channels: channels(reader, case),
            services: affected
                .map(|impact| InternalState {
                    name: reader.service(&impact.service),
                    state: reader.reader.state(impact.state),
                })
                .collect(),
            unanswered: unanswered(reader, case),
            loose_ends: case.entries().into_iter().flat_map(|entry| loose_ends(reader, entry)).collect(),
            latest: latest(reader, &case.entries()),
            next_update: next_update.map(|at| reader.reader.moment(at)),
            overdue: next_update.is_some_and(|at| at < reader.inside.as_of),
            stages: stages(reader, case),
            deadlines: reader
                .inside
                .owed()
                .iter()
                .filter(|owed| *owed.record == **case.id())
                .map(|owed| InternalDeadline::new(reader, owed))
                .collect(),
        }
    }
}

fn unanswered<'a>(reader: &Insider<'a>, case: &'a Case<'a>) -> Vec<&'a str> {
    let asked = case.record.incident().map(|incident| facts::assessment(reader, &incident.assessment));
    asked.into_iter().flatten().filter(|fact| fact.text.is_none()).map(|fact| fact.label).collect()
}

fn loose_ends<'a>(reader: &Insider<'a>, entry: &'a Entry) -> Vec<InternalLooseEnd<'a>> {
    let mut found = Vec::new();
    let mut add = |key, text: String, lang| {
        let at = reader.reader.moment(entry.at.instant());
        found.push(InternalLooseEnd { label: reader.word(key), text, lang, at });
    };
    if let Some(todo) = entry.todo.as_ref().filter(|_| entry.promoted.is_none() && entry.dismissed.is_none()) {
        add("inside_todo", todo.value.clone(), reader.lang(&todo.value));
    }
    let is_pending = entry.result.as_ref().is_none_or(|result| result.value == "pending");
    if let Some(action) = entry.action.as_ref().filter(|_| is_pending) {
        add("inside_pending", action.value.clone(), reader.lang(&action.value));
    }
    if let Some(escalation) = entry.escalate.as_ref().filter(|escalation| escalation.acknowledged.is_none()) {
        add("inside_unacknowledged_call", reader.party(&escalation.to.value), None);
    }
    found
}

fn latest<'a>(reader: &Insider<'a>, entries: &[&'a Entry]) -> Option<InternalLatest<'a>> {
    let language = &reader.reader.language.tag;
    let entry = entries.iter().rev().find(|entry| entry.public.is_some())?;
    let (tag, text) = entry.public.as_ref()?.best(language, reader.reader.site().default_language())?;
    let lang = (tag != language).then_some(tag);
    Some(InternalLatest { at: reader.reader.moment(entry.at.instant()), html: reader.html(text), lang })
}
