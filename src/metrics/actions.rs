//! How it stands with what was decided after incidents.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::period::Period;
use crate::record::Kind;
use crate::record::archive::Archive;
use crate::record::postmortem::Action;

/// All actions of an archive as of a day, and those that were done in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionHealth {
    pub total: usize,
    pub open: Vec<OpenAction>,
    /// Decided against, at any time: records do not say when.
    pub declined: usize,
    /// Whose due date was moved at least once.
    pub extended: usize,
    /// Done in the period.
    pub done: usize,
    /// Of these: how many had a due date, and how many were done by it.
    pub done_with_due: usize,
    pub done_in_time: usize,
    /// Open and overdue ones by the team of their owner; under an empty name those that belong to no team.
    pub by_team: BTreeMap<String, TeamActions>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TeamActions {
    pub open: usize,
    pub overdue: usize,
}

/// An action that is neither done nor declined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAction {
    /// The folder of its postmortem.
    pub record: Arc<str>,
    pub id: String,
    pub title: String,
    pub owner: Option<String>,
    pub high: bool,
    pub due: Option<Date>,
    /// Days since it was due; nothing where it is not yet, or no day was set.
    pub overdue: Option<i64>,
    /// Days since the incident was resolved, where that is known.
    pub age: Option<i64>,
}

impl ActionHealth {
    pub fn overdue(&self) -> impl Iterator<Item = &OpenAction> {
        self.open.iter().filter(|action| action.overdue.is_some())
    }

    /// Of the open ones whose age is known (nearest rank), in days.
    pub fn median_age(&self) -> Option<i64> {
        median(self.open.iter().filter_map(|action| action.age).collect())
    }

    /// `counts` says whether the incident of a folder is asked about.
    pub fn of(archive: &Archive, period: &Period, today: Date, counts: impl Fn(&str) -> bool) -> Self {
        let zone = archive.config.zone();
        let mut health = Self::default();
        for record in archive.of_kind(Kind::Postmortem).filter(|record| counts(&record.id)) {
            let resolved = archive.event(&record.id).and_then(|event| event.replay.moments.resolved);
            let age = resolved.map(|resolved| days(resolved.day(&zone), today));
            for action in record.postmortem().map_or(&[][..], |postmortem| &postmortem.actions) {
                let done_then = |day: Date| day <= today && period.has_day(day, &zone);
                health.add(archive, &record.id, action, today, age, done_then);
            }
        }
        health.open.sort_by(|a, b| (b.overdue, b.high, &a.record, &a.id).cmp(&(a.overdue, a.high, &b.record, &b.id)));
        health
    }

    fn add(
        &mut self,
        archive: &Archive,
        record: &Arc<str>,
        action: &Action,
        today: Date,
        age: Option<i64>,
        done_then: impl Fn(Date) -> bool,
    ) {
        self.total += 1;
        self.extended += usize::from(!action.extended.is_empty());
        let due = action.due.map(|due| due.value);
        if action.is_unfinished() {
            let overdue = due.map(|due| days(due, today)).filter(|days| *days > 0);
            let owner = action.owner.as_ref().map(|owner| owner.value.clone());
            let team = self.by_team.entry(team(archive, owner.as_deref()).to_owned()).or_default();
            team.open += 1;
            team.overdue += usize::from(overdue.is_some());
            let said = |text: &Option<crate::record::timeline::Text>| text.as_ref().map(|text| text.value.clone());
            self.open.push(OpenAction {
                record: Arc::clone(record),
                id: said(&action.id).unwrap_or_default(),
                title: said(&action.title).unwrap_or_default(),
                high: action.is_high(),
                owner,
                due,
                overdue,
                age,
            });
        } else if action.has_status("wont_do") {
            self.declined += 1;
        } else if let Some(done) = action.done.map(|done| done.value).filter(|done| done_then(*done)) {
            self.done += 1;
            self.done_with_due += usize::from(due.is_some());
            self.done_in_time += usize::from(due.is_some_and(|due| done <= due));
        }
    }
}

/// The team of a person; an empty name where there is none.
fn team<'a>(archive: &'a Archive, person: Option<&str>) -> &'a str {
    let known = archive.config.people.iter().find(|known| Some(known.id.value.as_str()) == person);
    known.and_then(|person| person.team.as_ref()).map_or("", |team| &team.value)
}

/// The smallest that at least half of them do not exceed.
pub(super) fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    values.get(values.len().div_ceil(2).checked_sub(1)?).copied()
}

/// From a day to another.
pub fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}
