//! How well people are prepared for the next incident: drills, and the documents that reviews have found wrong.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::actions::days;
use super::period::Period;
use crate::record::archive::Archive;
use crate::record::drill::Drill;
use crate::record::past::Past;
use crate::record::postmortem::Document;
use crate::record::{Kind, Record};

/// For so long somebody who took part in a drill counts as practised.
const PRACTISED_FOR: SignedDuration = SignedDuration::from_hours(365 * 24);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// Drills of the period, in the order in which they were held.
    pub held: Vec<Arc<str>>,
    /// The last drill that ever was, and how many days ago.
    pub last: Option<(Arc<str>, i64)>,
    /// Of the drills of the period.
    pub objectives: Objectives,
    /// People of `incident.yaml` who took part in a drill within the year before.
    pub practised: BTreeSet<String>,
    pub not_practised: BTreeSet<String>,
    pub documents: Documents,
}

/// What came of what drills were to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Objectives {
    pub met: usize,
    pub partly: usize,
    pub missed: usize,
    /// Nobody wrote down what came of them.
    pub unknown: usize,
}

/// Runbooks, plans and procedures that postmortems ask to change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    pub total: usize,
    /// Not changed yet; what is overdue comes first.
    pub open: Vec<OpenDocument>,
    /// Changed in the period.
    pub done: usize,
    /// Of these: how many had a due date, and how many were changed by it.
    pub done_with_due: usize,
    pub done_in_time: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDocument {
    /// The folder of its postmortem.
    pub record: Arc<str>,
    pub path: String,
    pub owner: Option<String>,
    pub due: Option<Date>,
    /// Days since it was due; nothing where it is not yet, or no day was set.
    pub overdue: Option<i64>,
}

impl Readiness {
    /// `counts` says whether the incident of a folder is asked about. Drills are everybody's.
    pub fn of(archive: &Archive, period: &Period, as_of: Timestamp, counts: impl Fn(&str) -> bool) -> Self {
        let zone = archive.config.zone();
        let today = zone.to_datetime(as_of).date();
        let mut drills: Vec<(Timestamp, &Record, &Drill)> =
            archive.of_kind(Kind::Drill).filter_map(|record| held(record, as_of)).collect();
        drills.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        let inside = || drills.iter().filter(|(at, ..)| period.window.has(*at));
        let lately = drills.iter().filter(|(at, ..)| as_of.duration_since(*at) <= PRACTISED_FOR);
        let took_part: BTreeSet<&str> =
            lately.flat_map(|(.., drill)| &drill.participants).map(|who| who.value.as_str()).collect();
        let people = archive.config.people.iter().map(|person| person.id.value.clone());
        let (practised, not_practised) = people.partition(|person| took_part.contains(person.as_str()));
        Self {
            held: inside().map(|(_, record, _)| Arc::clone(&record.id)).collect(),
            last: drills
                .last()
                .map(|(at, record, _)| (Arc::clone(&record.id), days(zone.to_datetime(*at).date(), today))),
            objectives: Objectives::of(inside().map(|(.., drill)| *drill)),
            practised,
            not_practised,
            documents: Documents::of(archive, period, today, counts),
        }
    }
}

/// A drill that took place, and when.
fn held(record: &Record, as_of: Timestamp) -> Option<(Timestamp, &Record, &Drill)> {
    let drill = record.drill()?;
    let past = Past::of(record, as_of);
    let status = past.replay.statuses.iter().find(|status| status.value == "held").map(|status| status.from);
    let at = drill.held.map(|held| held.value).or(status)?.instant();
    (at <= as_of && past.replay.status() != Some("canceled")).then_some((at, record, drill))
}

impl Objectives {
    fn of<'a>(drills: impl Iterator<Item = &'a Drill>) -> Self {
        let mut all = Self::default();
        for objective in drills.flat_map(|drill| &drill.objectives) {
            match objective.result.as_ref().map(|result| result.value.as_str()) {
                Some("met") => all.met += 1,
                Some("partly") => all.partly += 1,
                Some("missed") => all.missed += 1,
                _ => all.unknown += 1,
            }
        }
        all
    }

    pub const fn total(self) -> usize {
        self.met + self.partly + self.missed + self.unknown
    }
}

impl Documents {
    fn of(archive: &Archive, period: &Period, today: Date, counts: impl Fn(&str) -> bool) -> Self {
        let zone = archive.config.zone();
        let mut all = Self::default();
        for record in archive.of_kind(Kind::Postmortem).filter(|record| counts(&record.id)) {
            for document in record.postmortem().map_or(&[][..], |postmortem| &postmortem.documents) {
                all.add(&record.id, document, today, |day| day <= today && period.has_day(day, &zone));
            }
        }
        all.open.sort_by(|a, b| (b.overdue, &a.record, &a.path).cmp(&(a.overdue, &b.record, &b.path)));
        all
    }

    fn add(&mut self, record: &Arc<str>, document: &Document, today: Date, done_then: impl Fn(Date) -> bool) {
        self.total += 1;
        let due = document.due.map(|due| due.value);
        match document.done.map(|done| done.value) {
            Some(done) if done_then(done) => {
                self.done += 1;
                self.done_with_due += usize::from(due.is_some());
                self.done_in_time += usize::from(due.is_some_and(|due| done <= due));
            }
            Some(_) => {}
            None => self.open.push(OpenDocument {
                record: Arc::clone(record),
                path: document.path.value.clone(),
                owner: document.owner.as_ref().map(|owner| owner.value.clone()),
                due,
                overdue: due.map(|due| days(due, today)).filter(|days| *days > 0),
            }),
        }
    }

    pub fn overdue(&self) -> usize {
        self.open.iter().filter(|document| document.overdue.is_some()).count()
    }
}
