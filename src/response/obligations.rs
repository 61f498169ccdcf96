//! Whether somebody has decided who else has to be told.

use crate::record::Record;
use crate::record::incident::Incident;
use crate::record::timeline::{Entry, Text};
use crate::text::span::Span;

/// Where a record speaks of personal data, while nobody has decided whether authorities and people have to be told.
pub fn unassessed(record: &Record, incident: &Incident) -> Option<Span> {
    let answer = incident.assessment.personal_data.as_ref();
    let answered = answer.filter(|answer| answer.value == Some(true)).map(|answer| answer.span);
    let breach = incident.types.iter().find(|kind| kind.value == "security/data_breach").map(|kind| kind.span);
    let asked = |who: &Text| matches!(who.value.as_str(), "legal" | "regulator");
    let notified = |entry: &Entry| entry.notify.as_ref().is_some_and(|notify| notify.who.iter().any(asked));
    let decided = record.timeline().iter().any(|entry| entry.decision.is_some() || notified(entry));
    answered.or(breach).filter(|_| !decided && incident.obligations.is_empty())
}
