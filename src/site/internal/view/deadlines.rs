//! The deadline board: everything that is owed, the most urgent first.

use jiff::SignedDuration;
use serde::Serialize;

use crate::response::{Owed, Settle};
use crate::site::internal::reader::{Insider, Severity, Term};
use crate::site::language::phrase::Speaker;
use crate::site::view::{Link, Moment};

/// How near a deadline is.
const SOON: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

#[derive(Debug, Serialize)]
pub struct InternalDeadlines<'a> {
    pub overdue: Vec<InternalDeadline<'a>>,
    pub soon: Vec<InternalDeadline<'a>>,
    pub week: Vec<InternalDeadline<'a>>,
    /// Later, and what has no date.
    pub later: Vec<InternalDeadline<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalDeadline<'a> {
    pub duty: Term<'a>,
    /// In one line.
    pub what: String,
    pub due: Option<Moment>,
    /// How long it is late, or how long there is left.
    pub left: Option<String>,
    pub overdue: bool,
    pub severity: Option<Severity<'a>>,
    pub record: Option<Link<'a>>,
    /// Who owes it, with the role in which they do.
    pub owner: Option<String>,
    /// What settles it: a command, or a place to edit.
    pub settle: String,
}

impl<'a> InternalDeadlines<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let now = reader.inside.as_of;
        let left = |owed: &Owed| owed.due.map(|due| due.instant().duration_since(now));
        let within = |from: Option<SignedDuration>, to: Option<SignedDuration>| {
            let is_in = move |owed: &&Owed| match left(owed) {
                _ if owed.overdue => false,
                Some(left) => from.is_none_or(|from| left > from) && to.is_none_or(|to| left <= to),
                None => to.is_none(),
            };
            reader.inside.owed().iter().filter(is_in).map(|owed| InternalDeadline::new(reader, owed)).collect()
        };
        Self {
            overdue: reader
                .inside
                .owed()
                .iter()
                .filter(|owed| owed.overdue)
                .map(|owed| InternalDeadline::new(reader, owed))
                .collect(),
            soon: within(None, Some(SOON)),
            week: within(Some(SOON), Some(WEEK)),
            later: within(Some(WEEK), None),
        }
    }
}

impl<'a> InternalDeadline<'a> {
    pub fn new(reader: &Insider<'a>, owed: &'a Owed) -> Self {
        let now = reader.inside.as_of;
        let due = owed.due.map(|due| due.instant());
        let left = due.map(|due| {
            let (key, from, to) = if due < now { ("inside_late_by", due, now) } else { ("inside_left", now, due) };
            reader.reader.language.words.say(key, &[("duration", reader.reader.duration(from, to).into())])
        });
        Self {
            duty: reader.term("duty_", owed.task.duty().name()),
            what: reader.say(&(&owed.task).into()),
            due: due.map(|due| reader.reader.moment(due)),
            left,
            overdue: owed.overdue,
            severity: severity(reader, owed).map(|severity| reader.severity(severity)),
            record: reader.inside.place(&owed.record).map(|place| reader.case_link(place)),
            owner: owner(reader, owed),
            settle: match &owed.settle {
                Settle::Command(command) => command.clone(),
                Settle::Edit(edit) => format!("{}: {}", edit.place(), edit.write),
            },
        }
    }
}

/// While it goes on, the one that it has now, which its limits follow; afterwards the worst one.
fn severity<'a>(reader: &Insider<'a>, owed: &'a Owed) -> Option<&'a str> {
    let case = reader.inside.place(&owed.record).and_then(|place| reader.inside.cases.get(place));
    let now = case.filter(|case| case.is_live).and_then(|case| case.replay().severity());
    now.or(owed.severity.as_deref())
}

fn owner(reader: &Insider<'_>, owed: &Owed) -> Option<String> {
    let names: Vec<&str> = owed.owner.names.iter().map(|name| reader.inside.name(name)).collect();
    let role = owed.owner.role.map(|role| reader.role(role).text);
    match (names.is_empty(), role) {
        (true, None) => None,
        (true, Some(role)) => Some(role),
        (false, None) => Some(names.join(", ")),
        (false, Some(role)) => Some(format!("{} ({role})", names.join(", "))),
    }
}
