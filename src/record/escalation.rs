//! Whether senior management was told.

use super::replay::Replay;
use super::shape::canonical_role;
use super::timeline::Entry;
use crate::text::span::Span;

/// The role of senior management.
pub const SPONSOR: &str = "executive_sponsor";

/// Where an entry tells senior management.
pub fn told_management(replay: &Replay, entry: &Entry) -> Option<Span> {
    let is_sponsor = |name: &str| {
        canonical_role(name) == SPONSOR
            || replay.roles.iter().any(|held| canonical_role(&held.role) == SPONSOR && held.person == name)
    };
    let called = entry.escalate.as_ref().filter(|call| is_sponsor(&call.to.value)).map(|call| call.to.span);
    let noted = entry.notify.as_ref().and_then(|notice| {
        notice.who.iter().find(|who| who.value == "executives" || is_sponsor(&who.value)).map(|who| who.span)
    });
    let assigned = entry.roles.iter().find(|(role, person)| canonical_role(role) == SPONSOR && person.is_some());
    called.or(noted).or(assigned.map(|(role, _)| role.span))
}
