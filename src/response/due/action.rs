//! High-priority actions that are not done.

use super::{Ask, Found, Settle, command};
use crate::record::Record;
use crate::record::postmortem::Action;
use crate::record::time::end_of;
use crate::response::actions::latest_day;
use crate::response::{Owner, Task};
use crate::text::span::LineIndex;

pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    let Some(postmortem) = record.postmortem() else { return Vec::new() };
    let unfinished = postmortem.actions.iter().filter(|action| action.is_high() && action.is_unfinished());
    let found = |action: &Action| {
        let latest = || latest_day(ask.archive, record, postmortem).map(|(_, day)| day);
        let day = action.due.map(|due| due.value).or_else(latest);
        Found {
            task: Task::Finish(action.title.as_ref().map(|title| title.value.clone())),
            due: day.and_then(|day| end_of(day, &ask.archive.config.zone())),
            owner: Owner::named(action.owner.as_ref())
                .or_else(|| Owner::named(postmortem.owner.as_ref()))
                .unwrap_or_default(),
            settle: settle(record, action),
        }
    };
    unfinished.map(found).collect()
}

/// Without an id it has no name that a command could take.
fn settle(record: &Record, action: &Action) -> Settle {
    match &action.id {
        Some(id) => command(format_args!("action done {}/{} --evidence \"…\"", record.id, id.value)),
        None => {
            let line = LineIndex::new(&record.text).position(&record.text, action.span.start).line;
            Settle::Edit(record.path.clone(), line)
        }
    }
}
