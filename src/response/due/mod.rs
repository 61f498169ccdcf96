//! Everything that is owed as of now. One file for each kind.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rayon::prelude::*;

use super::owed::{Duty, Edit, Owed, Settle, command};
use super::{Owner, Task, adoption};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::index::Index;
use crate::record::slug;
use crate::record::time::Time;
use crate::record::timeline::Text;
use crate::text::span::{LineIndex, Span};

mod action;
mod channel;
mod escalation;
mod finding;
mod maintenance;
mod obligation;
mod postmortem;
mod role;
mod update;
mod waiver;

/// What a kind of duty may know.
#[derive(Debug)]
struct Ask<'a> {
    archive: &'a Archive,
    index: Index<'a>,
}

/// What a record owes, as its kind says it.
#[derive(Debug)]
struct Found {
    task: Task,
    due: Option<Time>,
    owner: Owner,
    settle: Settle,
}

type Kind = fn(&Ask<'_>, &Record) -> Vec<Found>;

/// What the response owes while it goes on and after it. Records that were made afterwards are not asked.
const OF_RESPONSE: [Kind; 5] = [update::of, escalation::of, role::of, channel::of, postmortem::of];

/// What a record itself says it owes.
const OF_RECORD: [Kind; 4] = [action::of, finding::of, obligation::of, maintenance::of];

/// What settles an item of a postmortem that has no id, and so no name that a command could take: it gets one first, from what it
/// says. `otherwise` stands for an item that says nothing.
fn name_first<'a>(
    record: &Record,
    item: Span,
    (says, otherwise): (Option<&Text>, &str),
    taken: impl Iterator<Item = &'a Text>,
    settle: impl Fn(&str) -> Settle,
) -> Settle {
    let taken = taken.map(|id| id.value.clone()).collect();
    let id = slug::of_title(says.map_or("", |says| &says.value), otherwise, &taken);
    let then = match settle(&id) {
        Settle::Command(command) => Some(command),
        Settle::Edit(_) => None,
    };
    let line = LineIndex::new(&record.text).position(&record.text, item.start).line;
    Settle::Edit(Edit { path: record.path.clone(), line, write: format!("id: {id}"), then })
}

/// Everything that is owed, the most urgent first.
pub fn due(archive: &Archive, now: Timestamp) -> Vec<Owed> {
    due_since(archive, archive.config.adopted(), now)
}

/// The same, for a repository that was adopted at a time that only git knows: what was over by then owes nothing.
pub fn due_since(archive: &Archive, adopted: Option<Timestamp>, now: Timestamp) -> Vec<Owed> {
    let ask = Ask { archive, index: Index::new(archive) };
    let excused = Excused::of(&ask, now);
    let of_record = |record: &Record| -> Vec<Owed> {
        if adoption::was_over_before(archive, adopted, record) {
            return Vec::new();
        }
        let was_kept_live = adoption::was_kept_live(archive, record);
        let of_response = OF_RESPONSE.iter().filter(|_| was_kept_live);
        let found = of_response.chain(&OF_RECORD).flat_map(|kind| kind(&ask, record));
        found
            .filter(|found| !excused.contains(found.task.duty(), &record.id))
            .map(|found| found.of(archive, record, now))
            .collect()
    };
    let mut owed: Vec<Owed> = archive.records.par_iter().flat_map_iter(|record| of_record(record)).collect();
    owed.extend(waiver::all(&ask, now).into_iter().filter(|owed| !excused.contains(owed.task.duty(), &owed.record)));
    owed.sort_by_cached_key(|owed| urgency(archive, owed));
    owed
}

/// What is overdue goes first, and of that what is going on now, the worst incident before the others; then whatever is due
/// next. What has no date comes last.
fn urgency(archive: &Archive, owed: &Owed) -> impl Ord + use<> {
    let severities = &archive.config.severities;
    let rank = severities.iter().position(|severity| Some(&severity.id) == owed.severity.as_ref());
    let duty = owed.task.duty();
    let pressing = owed.overdue.then(|| (!duty.is_live(), rank.unwrap_or(severities.len())));
    let due = owed.due.map_or(Timestamp::MAX, Time::instant);
    (pressing.is_none(), pressing, due, owed.record.clone(), duty, owed.task.clone())
}

impl Found {
    fn of(self, archive: &Archive, record: &Record, now: Timestamp) -> Owed {
        let Self { task, due, owner, settle } = self;
        let event = archive.event(&record.id).unwrap_or(record);
        let zone = archive.config.zone();
        Owed {
            task,
            record: record.id.clone(),
            title: event.title().map(|title| title.value.clone()),
            path: record.path.clone(),
            severity: archive.peak_severity(event).map(|severity| severity.id.clone()),
            due: due.map(|due| due.in_zone(&zone)),
            overdue: due.is_some_and(|due| due.instant() < now),
            owner,
            settle,
        }
    }
}

/// The duties that a repository does not ask for, because it has turned off or waived the rule that would judge them.
#[derive(Debug)]
struct Excused<'a> {
    /// The levels that are set for rules and families.
    levels: BTreeMap<&'a str, &'a str>,
    /// Rule and record.
    waived: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Excused<'a> {
    fn of(ask: &Ask<'a>, now: Timestamp) -> Self {
        let config = &ask.archive.config;
        let waived = config.waivers.iter().filter_map(|waiver| {
            let is_over = waiver::last_moment(ask, waiver)?.instant() < now;
            let record = ask.index.event(&waiver.record.as_ref()?.value)?;
            (!is_over).then_some((waiver.rule.as_ref()?.value.as_str(), &*record.id))
        });
        let levels = config.rules.iter().map(|(name, level)| (name.value.as_str(), level.value.as_str()));
        Self { levels: levels.collect(), waived: waived.collect() }
    }

    fn contains(&self, duty: Duty, record: &str) -> bool {
        let Some((rule, family)) = duty.judged_by() else { return false };
        let level = self.levels.get(rule).or_else(|| self.levels.get(family));
        level == Some(&"off") || self.waived.contains(&(rule, record))
    }
}

#[cfg(test)]
mod tests;
