//! High-priority actions that are not done.

use super::{Ask, Found, Settle, command, name_first};
use crate::record::Record;
use crate::record::postmortem::{Action, Postmortem};
use crate::record::time::end_of;
use crate::response::actions::latest_day;
use crate::response::{Owner, Task};

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
            settle: settle(record, postmortem, action),
        }
    };
    unfinished.map(found).collect()
}

fn settle(record: &Record, postmortem: &Postmortem, action: &Action) -> Settle {
    let done = |id: &str| command(format_args!("action done {}/{id} --evidence \"…\"", record.id));
    match &action.id {
        Some(id) => done(&id.value),
        None => {
            let taken = postmortem.actions.iter().filter_map(|action| action.id.as_ref());
            name_first(record, action.span, (action.title.as_ref(), "action"), taken, done)
        }
    }
}
