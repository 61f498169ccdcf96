//! How ready we are for the next one: who has led lately, what was rehearsed, who answers for what, what is promised.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::actions::InternalDay;
use crate::record::config::{Service, Severity, Waiver};
use crate::record::{Kind, Record};
use crate::site::internal::inside::Case;
use crate::site::internal::reader::{Insider, Who};
use crate::site::view::{Link, Moment};

/// How far back practice counts.
const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

#[derive(Debug, Serialize)]
pub struct InternalReadiness<'a> {
    pub last_drill: Option<InternalLast<'a>>,
    /// Objectives of the drills of the last year.
    pub objectives: usize,
    pub met: usize,
    /// Who has been incident manager in the last year, the most experienced first.
    pub leaders: Vec<InternalLeader<'a>>,
    pub services: Vec<InternalService<'a>>,
    pub without_owner: usize,
    pub limits: Vec<InternalLimits<'a>>,
    pub waivers: Vec<InternalWaiver<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalLast<'a> {
    pub link: Link<'a>,
    pub at: Moment,
    pub ago: String,
}

#[derive(Debug, Serialize)]
pub struct InternalLeader<'a> {
    pub who: Who<'a>,
    pub incidents: usize,
    pub drills: usize,
    pub last: InternalLast<'a>,
}

#[derive(Debug, Serialize)]
pub struct InternalService<'a> {
    pub name: &'a str,
    pub tier: Option<u64>,
    pub owner: Option<&'a str>,
    pub public: bool,
    /// Incidents of the last year.
    pub incidents: usize,
    pub last: Option<InternalLast<'a>>,
}

/// The limits of a severity, each in words; nothing where there is none.
#[derive(Debug, Serialize)]
pub struct InternalLimits<'a> {
    pub severity: &'a str,
    pub name: String,
    pub first_update: Option<String>,
    pub cadence: Option<String>,
    pub escalation: Option<String>,
    pub postmortem: Option<String>,
    pub action: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct InternalWaiver<'a> {
    pub rule: &'a str,
    pub record: Option<&'a str>,
    pub reason: Option<&'a str>,
    pub by: Option<Who<'a>>,
    pub until: Option<InternalDay>,
    pub expired: bool,
}

impl<'a> InternalReadiness<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let inside = reader.inside;
        let config = &inside.archive.config;
        let today = inside.zone.to_datetime(inside.as_of).date();
        let held = || inside.of_kind(Kind::Drill).filter(|(_, case)| case.replay().status() == Some("held"));
        let recent =
            held().filter(|(_, case)| is_recent(reader, case.began)).filter_map(|(_, case)| case.record.drill());
        let results: Vec<&str> = recent
            .flat_map(|drill| &drill.objectives)
            .map(|objective| objective.result.as_ref().map_or("", |result| &result.value))
            .collect();
        let in_use = config.services.iter().filter(|service| service.retired.is_none_or(|day| day.value > today));
        let services: Vec<_> = in_use.map(|service| InternalService::new(reader, service)).collect();
        Self {
            last_drill: held().next().map(|(place, _)| InternalLast::new(reader, place)),
            objectives: results.len(),
            met: results.iter().filter(|result| **result == "met").count(),
            leaders: leaders(reader),
            without_owner: services.iter().filter(|service| service.owner.is_none()).count(),
            services,
            limits: config.severities.iter().map(|severity| InternalLimits::new(reader, severity)).collect(),
            waivers: config.waivers.iter().map(|waiver| InternalWaiver::new(reader, waiver, today)).collect(),
        }
    }
}

fn is_recent(reader: &Insider<'_>, at: Timestamp) -> bool {
    let now = reader.inside.as_of;
    at <= now && now.duration_since(at) <= YEAR
}

impl<'a> InternalLast<'a> {
    fn new(reader: &Insider<'a>, place: usize) -> Self {
        let began = reader.inside.cases[place].began;
        Self {
            link: reader.case_link(place),
            at: reader.reader.moment(began),
            ago: reader.reader.count("inside_days", &[("count", days(reader, began))]),
        }
    }
}

/// Whole days since then.
fn days(reader: &Insider<'_>, at: Timestamp) -> usize {
    usize::try_from(reader.inside.as_of.duration_since(at).as_hours() / 24).unwrap_or_default()
}

fn leaders<'a>(reader: &Insider<'a>) -> Vec<InternalLeader<'a>> {
    let inside = reader.inside;
    let mut leaders: BTreeMap<&'a str, InternalLeader<'a>> = BTreeMap::new();
    for (place, case) in inside.cases.iter().enumerate().filter(|(_, case)| is_recent(reader, case.began)) {
        for person in managers(case) {
            let new = || InternalLeader {
                who: reader.who(person),
                incidents: 0,
                drills: 0,
                last: InternalLast::new(reader, place),
            };
            let leader = leaders.entry(person).or_insert_with(new);
            match case.record.kind {
                Kind::Drill => leader.drills += 1,
                _ => leader.incidents += 1,
            }
        }
    }
    let mut leaders: Vec<_> = leaders.into_values().collect();
    leaders.sort_by_key(|leader| std::cmp::Reverse(leader.incidents + leader.drills));
    leaders
}

/// Who commanded, each once.
fn managers<'a>(case: &'a Case<'a>) -> Vec<&'a str> {
    let held = case.replay().roles.iter().filter(|held| held.role == "incident_manager");
    let mut people: Vec<&str> = held.map(|held| held.person.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    people
}

impl<'a> InternalService<'a> {
    fn new(reader: &Insider<'a>, service: &'a Service) -> Self {
        let is_named = |name: &str| service.id.value == name || service.aliases.iter().any(|alias| alias.value == name);
        let touched = |record: &Record| record.replay.impacts.iter().any(|impact| is_named(&impact.service));
        let incidents = || reader.inside.of_kind(Kind::Incident).filter(|(_, case)| touched(case.record));
        Self {
            name: service.name_in(&reader.reader.language.tag),
            tier: service.tier.map(|tier| tier.value),
            owner: service.owner.as_ref().map(|owner| reader.inside.name(&owner.value)),
            public: service.public,
            incidents: incidents().take_while(|(_, case)| is_recent(reader, case.began)).count(),
            last: incidents().next().map(|(place, _)| InternalLast::new(reader, place)),
        }
    }
}

impl<'a> InternalLimits<'a> {
    fn new(reader: &Insider<'a>, severity: &'a Severity) -> Self {
        let minutes = |limit: Option<u64>| Some(reader.reader.minutes(limit?));
        let clocks = severity.clocks;
        Self {
            severity: &severity.id,
            name: reader.severity_name(severity),
            first_update: minutes(clocks.first_update),
            cadence: minutes(clocks.cadence),
            escalation: minutes(clocks.escalation),
            postmortem: minutes(clocks.postmortem),
            action: minutes(clocks.action),
        }
    }
}

impl<'a> InternalWaiver<'a> {
    fn new(reader: &Insider<'a>, waiver: &'a Waiver, today: Date) -> Self {
        let text = |text: &'a Option<crate::record::timeline::Text>| text.as_ref().map(|text| text.value.as_str());
        Self {
            rule: text(&waiver.rule).unwrap_or_default(),
            record: text(&waiver.record),
            reason: text(&waiver.reason),
            by: text(&waiver.by).map(|id| reader.who(id)),
            until: waiver.until.map(|day| InternalDay::new(reader, day.value)),
            expired: waiver.until.is_some_and(|day| day.value < today),
        }
    }
}
