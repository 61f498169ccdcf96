//! All that a sink has not been told yet, in order, each event followed by a step of its cursor.

use super::cursor::Cursor;
use super::deliver::{Courier, Trouble};
use super::event::Event;
use super::look::{Base, Compared};
use super::sink::Sink;
use crate::git::exec::Failure;

/// What became of one sink.
#[derive(Debug)]
pub struct Outcome {
    pub told: usize,
    /// The event that did not get through, and why. It and what comes after wait for the next run.
    pub stuck: Option<(Event, Trouble)>,
    pub unreadable: Vec<String>,
}

/// Tells a sink what it was not told yet. It stops at the first event that does not get through, so that the order holds and
/// nothing is ever skipped; `skip` is the id of an event that somebody gave up.
///
/// # Errors
///
/// The cursor cannot be moved: then nothing more is sent, because it could not be remembered.
pub fn send(
    sink: &Sink,
    compared: &Compared,
    here: Base,
    cursor: &mut Cursor,
    (courier, skip): (&Courier<'_>, Option<&str>),
) -> Result<Outcome, Failure> {
    let found = compared.found(sink.audience);
    let told = cursor.progress().told.clone();
    let mut outcome = Outcome { told: 0, stuck: None, unreadable: found.unreadable };
    for event in found.events.into_iter().filter(|event| !told.contains(&event.id)) {
        if skip == Some(&event.id) {
            cursor.told(&event)?;
            continue;
        }
        let way = match courier.deliver(&event, sink) {
            Ok(way) => way,
            Err(trouble) => {
                outcome.stuck = Some((event, trouble));
                return Ok(outcome);
            }
        };
        cursor.told(&event)?;
        drop(way);
        outcome.told += 1;
    }
    // What cannot be told yet is looked for again from the same base.
    if outcome.unreadable.is_empty() && !found.has_more_to_come {
        cursor.arrive(here)?;
    }
    Ok(outcome)
}
