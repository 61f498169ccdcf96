//! When senior management was told of an incident.

use crate::record::shape::canonical_role;
use crate::record::time::Time;
use crate::record::timeline::Entry;
use crate::record::{Record, steps};
use crate::text::span::Span;

/// The role of senior management.
pub const SPONSOR: &str = "executive_sponsor";

/// When they were told first, and where it says so.
pub fn told(record: &Record) -> Option<(Time, Span)> {
    steps::in_order(record).find_map(|entry| Some((entry.at.value, told_by(record, entry)?)))
}

/// Where an entry tells senior management.
fn told_by(record: &Record, entry: &Entry) -> Option<Span> {
    let is_sponsor = |name: &str| {
        canonical_role(name) == SPONSOR
            || record.replay.roles.iter().any(|held| canonical_role(&held.role) == SPONSOR && held.person == name)
    };
    let called = entry.escalate.as_ref().filter(|call| is_sponsor(&call.to.value)).map(|call| call.to.span);
    let noted = entry.notify.as_ref().and_then(|notice| {
        notice.who.iter().find(|who| who.value == "executives" || is_sponsor(&who.value)).map(|who| who.span)
    });
    let assigned = entry.roles.iter().find(|(role, person)| canonical_role(role) == SPONSOR && person.is_some());
    called.or(noted).or(assigned.map(|(role, _)| role.span))
}
