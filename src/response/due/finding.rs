//! Findings that nobody has decided on.

use super::{Ask, Found, Settle, command};
use crate::record::Record;
use crate::record::postmortem::Finding;
use crate::response::review::Review;
use crate::response::{Owner, Task};
use crate::text::span::LineIndex;

/// A postmortem is published when each is decided on, so they are due with it.
pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    let Some(review) = Review::of(record) else { return Vec::new() };
    let open = review.postmortem.findings.iter().filter(|finding| finding.is_open());
    let due = review.deadline(&ask.index).map(|deadline| deadline.due);
    let found = |finding: &Finding| Found {
        task: Task::DecideOn(finding.statement.as_ref().map(|statement| statement.value.clone())),
        due,
        owner: Owner::named(finding.owner.as_ref())
            .or_else(|| Owner::named(review.postmortem.owner.as_ref()))
            .unwrap_or_default(),
        settle: settle(record, finding),
    };
    open.map(found).collect()
}

/// Without an id it has no name that a command could take.
fn settle(record: &Record, finding: &Finding) -> Settle {
    match &finding.id {
        Some(id) => command(format_args!("finding accept {}/{}", record.id, id.value)),
        None => {
            let line = LineIndex::new(&record.text).position(&record.text, finding.span.start).line;
            Settle::Edit(record.path.clone(), line)
        }
    }
}
