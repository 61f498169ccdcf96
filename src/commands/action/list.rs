//! `git incident action list`.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::commands::{review, words};
use crate::error::Error;
use crate::record::postmortem::Action;
use crate::record::timeline::Text;

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
    let mut out = anstream::stdout().lock();
    if json {
        let text = serde_json::to_string_pretty(&open).map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else if open.is_empty() {
        writeln!(out, "No action is open.")?;
    } else {
        for row in words::columns(&open.iter().map(Open::row).collect::<Vec<_>>()) {
            writeln!(out, "{}", row.join("  "))?;
        }
    }
    Ok(())
}

fn value(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}

fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
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
