//! `git incident action list`.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::commands::review::{self, value};
use crate::commands::words;
use crate::error::Error;
use crate::metrics::actions::days;
use crate::record::postmortem::Action;

/// An action that is neither done nor declined. Field names are those of `--json` and do not change.
#[derive(Serialize)]
struct Open<'a> {
    incident: &'a str,
    id: &'a str,
    path: &'a str,
    title: &'a str,
    priority: Option<&'a str>,
    owner: Option<&'a str>,
    due: Option<String>,
    overdue_days: Option<i64>,
    status: &'a str,
    ticket: Option<&'a str>,
    #[serde(skip)]
    day: Option<Date>,
}

pub fn print(root: &Path, now: Timestamp, json: bool) -> Result<(), Error> {
    let archive = review::archive(root)?;
    let today = archive.config.zone().to_datetime(now).date();
    let mut open: Vec<Open<'_>> = review::all_items::<Action>(&archive)
        .filter(|(_, _, action)| action.is_unfinished())
        .map(|(record, _, action)| Open {
            incident: &record.id,
            id: value(&action.id).unwrap_or_default(),
            path: &record.path,
            title: value(&action.title).unwrap_or_default(),
            priority: value(&action.priority),
            owner: value(&action.owner),
            due: action.due.map(|due| due.value.to_string()),
            overdue_days: action.due.map(|due| days(due.value, today)).filter(|days| *days > 0),
            status: value(&action.status).unwrap_or_default(),
            ticket: value(&action.ticket),
            day: action.due.map(|due| due.value),
        })
        .collect();
    // What is due first comes first, and what has no day last.
    open.sort_by_key(|action| (action.day.is_none(), action.day, action.incident, action.id));
    review::print_open(&open, json, "No action is open.", Open::row)
}

impl Open<'_> {
    fn row(&self) -> Vec<String> {
        let due = match (&self.due, self.overdue_days) {
            (None, _) => "no date".to_owned(),
            (Some(due), None) => due.clone(),
            (Some(due), Some(late)) => format!("{due}, {late}d late"),
        };
        let name = format!("{}/{}", self.incident, self.id);
        let owner = self.owner.unwrap_or("no owner").to_owned();
        vec![due, self.priority.unwrap_or("-").to_owned(), name, owner, words::first_line(self.title).to_owned()]
    }
}
