//! The postmortems that have to be written and published.

use super::{Ask, Found, command};
use crate::record::Record;
use crate::record::lifecycle::{PostmortemGate, State};
use crate::response::review::{self, Review};
use crate::response::stage::{self, Stage};
use crate::response::{Owner, Task};

pub fn of(ask: &Ask<'_>, record: &Record) -> Vec<Found> {
    match Review::of(record) {
        Some(review) => unpublished(ask, &review),
        None => unwritten(ask, record),
    }
    .into_iter()
    .collect()
}

/// An incident that is over, and that nobody has begun to look back on.
fn unwritten(ask: &Ask<'_>, record: &Record) -> Option<Found> {
    record.incident()?;
    let is_asked = is_waiting(ask, record) && ask.index.postmortem(record).is_none();
    let why = review::is_required_by(ask.archive, record).filter(|_| is_asked)?;
    Some(Found {
        task: Task::WritePostmortem(why),
        due: review::deadline(ask.archive, record).map(|deadline| deadline.due),
        owner: Owner::who_held(record, &["problem_manager", "incident_manager"])
            .unwrap_or_else(|| Owner::of_services(ask.archive, record)),
        settle: command(format_args!("postmortem {}", record.id)),
    })
}

/// A postmortem on its way.
fn unpublished(ask: &Ask<'_>, review: &Review<'_>) -> Option<Found> {
    if !ask.archive.lifecycle.postmortem.is_live(&review.status.value) {
        return None;
    }
    let covered = review.covered(&ask.index);
    let required = || covered.iter().filter(|record| review::is_required_by(ask.archive, record).is_some());
    if required().next().is_none() || !covered.iter().all(|record| is_waiting(ask, record)) {
        return None;
    }
    Some(Found {
        task: Task::PublishPostmortem(review.status.value.clone()),
        due: review.deadline(&ask.index).map(|deadline| deadline.due),
        owner: Owner::named(review.postmortem.owner.as_ref())
            .unwrap_or_else(|| Owner::of_services(ask.archive, review.record)),
        settle: review.next_step(ask.archive),
    })
}

/// Over, and not yet in a state that could not have been reached without a postmortem: that is the matter of `check`.
fn is_waiting(ask: &Ask<'_>, record: &Record) -> bool {
    let machine = &ask.archive.lifecycle.incident;
    let state = record.replay.status().and_then(|status| machine.state(status));
    let asks = |state: &State| {
        [&state.requires, &state.major]
            .iter()
            .any(|required| required.postmortem == Some(PostmortemGate::PublishedOrWaived))
    };
    stage::of(ask.archive, record) == Some(Stage::Over) && !state.is_some_and(asks)
}
