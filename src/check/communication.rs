//! Where the rules on communication point, and what they say of a deadline that was missed.

use super::steps;
use crate::record::Record;
use crate::record::clocks::{Clock, Silence};
use crate::record::time::{Time, minutes};
use crate::text::span::Span;

pub use crate::response::communication::{clocks, is_judged, live, messages, silences};

/// What began at a moment: the severity, else the state.
pub fn begun(record: &Record, at: Time) -> Option<Span> {
    let then = || steps::in_order(record).filter(|entry| entry.at.value == at);
    let severity = then().find_map(|entry| entry.severity.as_ref());
    severity.or_else(|| then().find_map(|entry| entry.status.as_ref())).map(|text| text.span)
}

/// The status with which a live stretch ended.
pub fn ended(record: &Record, at: Time) -> Option<Span> {
    steps::in_order(record).filter(|entry| entry.at.value == at).find_map(|entry| Some(entry.status.as_ref()?.span))
}

/// Where a silence ended, and by what.
pub fn broken_by(record: &Record, silence: &Silence<'_>) -> Option<(Span, &'static str)> {
    match silence.ended_by {
        Some(next) => Some((next.at.span, "the next message")),
        None => Some((ended(record, silence.lasted.to?)?, "the end")),
    }
}

/// The limit of a clock in words.
pub fn limit(clock: &Clock<'_>) -> String {
    minutes(clock.limit)
}

/// What to do about a deadline that was missed for good.
pub fn acknowledge(rule: &str, record: &Record) -> String {
    format!("acknowledge it once, {}", acknowledging(rule, record))
}

/// The command that acknowledges a deadline that was missed.
pub fn acknowledging(rule: &str, record: &Record) -> String {
    format!("with the reason: `git incident update {} --acknowledge {rule} --reason \"…\"`", record.id)
}
