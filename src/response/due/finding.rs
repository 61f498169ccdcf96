//! Findings that nobody has decided on.

use super::{Ask, Found, Settle, command, name_first};
use crate::record::Record;
use crate::record::postmortem::Finding;
use crate::response::review::Review;
use crate::response::{Owner, Task};

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
        settle: settle(&review, finding),
    };
    open.map(found).collect()
}

fn settle(review: &Review<'_>, finding: &Finding) -> Settle {
    let record = review.record;
    let accept = |id: &str| command(format_args!("finding accept {}/{id}", record.id));
    match &finding.id {
        Some(id) => accept(&id.value),
        None => {
            let taken = review.postmortem.findings.iter().filter_map(|finding| finding.id.as_ref());
            name_first(record, finding.span, (finding.statement.as_ref(), "finding"), taken, accept)
        }
    }
}
