//! What follows from the timeline of a record.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Export, moments, utc};
use crate::record::Record;
use crate::record::find::is_open;
use crate::record::replay::{self, Interval, RoleHeld};
use crate::response::adoption::was_kept_live;

/// Field names are those of the JSON lines and do not change.
#[derive(Debug, Serialize)]
pub struct Facts<'a> {
    pub open: bool,
    pub status: Option<&'a str>,
    pub severity: Option<&'a str>,
    pub worst_severity: Option<&'a str>,
    pub major: bool,
    pub made_afterwards: bool,
    pub moments: BTreeMap<&'static str, String>,
    pub statuses: Vec<Lasted<'a>>,
    pub severities: Vec<Lasted<'a>>,
    pub impacts: Vec<Impact<'a>>,
    pub roles: Vec<Role<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Lasted<'a> {
    value: &'a str,
    from: String,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Impact<'a> {
    pub service: &'a str,
    pub state: &'static str,
    from: String,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Role<'a> {
    role: &'a str,
    person: &'a str,
    from: String,
    to: Option<String>,
}

impl<'a> Facts<'a> {
    pub fn of(export: &Export<'a>, record: &'a Record) -> Self {
        let replay = &record.replay;
        let known = moments(&replay.moments).into_iter().filter_map(|(name, time)| Some((name, utc(time?))));
        let impact = |impact: &'a replay::Impact| Impact {
            service: &impact.service,
            state: impact.state.name(),
            from: utc(impact.from),
            to: impact.to.map(utc),
        };
        let role = |held: &'a RoleHeld| Role {
            role: &held.role,
            person: &held.person,
            from: utc(held.from),
            to: held.to.map(utc),
        };
        let worst = export.archive.peak_severity(record);
        Self {
            open: is_open(export.archive, record),
            status: replay.status(),
            severity: replay.severity(),
            worst_severity: worst.map(|severity| severity.id.as_str()),
            major: worst.is_some_and(|severity| severity.major),
            made_afterwards: !was_kept_live(export.archive, record),
            moments: known.collect(),
            statuses: lasted(&replay.statuses),
            severities: lasted(&replay.severities),
            impacts: replay.impacts.iter().map(impact).collect(),
            roles: replay.roles.iter().map(role).collect(),
        }
    }
}

fn lasted(intervals: &[Interval<String>]) -> Vec<Lasted<'_>> {
    let lasted = |interval| {
        let Interval { value, from, to, .. }: &Interval<String> = interval;
        Lasted { value, from: utc(*from), to: to.map(utc) }
    };
    intervals.iter().map(lasted).collect()
}
