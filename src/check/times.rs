//! Every time that a record states.

use crate::record::time::Time;
use crate::record::timeline::Entry;
use crate::record::{Content, Record};
use crate::text::span::Spanned;

/// A time, and whether it tells what was or what is planned.
#[derive(Clone, Copy, Debug)]
pub struct Stated {
    pub time: Spanned<Time>,
    pub planned: bool,
}

/// In no particular order.
pub fn of(record: &Record) -> Vec<Stated> {
    let mut times: Vec<Stated> = record.timeline().iter().flat_map(of_entry).collect();
    let fact = |time: Spanned<Time>| Stated { time, planned: false };
    let plan = |time: Spanned<Time>| Stated { time, planned: true };
    match &record.content {
        Content::Incident(incident) => {
            times.extend(incident.cause.deployed.map(fact));
            times.extend(incident.obligations.iter().filter_map(|obligation| obligation.sent).map(fact));
            times.extend(incident.obligations.iter().filter_map(|obligation| obligation.due).map(plan));
            times.extend(incident.breaches.iter().filter_map(|breach| breach.amendment.at).map(fact));
        }
        Content::Postmortem(postmortem) => {
            times.extend(postmortem.meeting.map(plan));
            times.extend(postmortem.approvals.iter().filter_map(|approval| approval.at).map(fact));
        }
        Content::Maintenance(maintenance) => {
            times.extend(maintenance.breaches.iter().filter_map(|breach| breach.amendment.at).map(fact));
            times.extend(maintenance.window.iter().flat_map(|window| [window.start, window.end]).map(plan));
        }
        Content::Drill(drill) => times.extend(drill.held.map(plan)),
        Content::Unreadable => {}
    }
    times
}

fn of_entry(entry: &Entry) -> impl Iterator<Item = Stated> {
    let facts = [
        Some(entry.at),
        entry.escalate.as_ref().and_then(|escalation| escalation.acknowledged),
        entry.edited.as_ref().and_then(|amendment| amendment.at),
        entry.redacted.as_ref().and_then(|amendment| amendment.at),
    ];
    let facts = facts.into_iter().flatten().map(|time| Stated { time, planned: false });
    facts.chain(entry.next_update.map(|time| Stated { time, planned: true }))
}
