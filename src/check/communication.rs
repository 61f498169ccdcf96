//! What the rules on communication share: which incidents customers are told of, and the clocks that run for them.

use jiff::SignedDuration;

use super::{Context, steps};
use crate::record::Record;
use crate::record::clocks::{self, Clock, Silence, Stretch};
use crate::record::config::Clocks;
use crate::record::incident::Visibility;
use crate::record::time::{Time, span};
use crate::record::timeline::Entry;
use crate::text::span::Span;

/// An incident that customers may read about, with a timeline whose times can be compared.
pub fn is_judged(record: &Record) -> bool {
    record.incident().is_some() && record.visibility() == Visibility::Public && steps::is_sound(record)
}

/// What customers were told, in order.
pub fn messages(record: &Record) -> impl DoubleEndedIterator<Item = &Entry> {
    let timeline = record.timeline();
    record.replay.order.iter().filter_map(|i| timeline.get(*i)).filter(|entry| entry.public.is_some())
}

/// When the incident was live.
pub fn live(context: &Context<'_>, record: &Record) -> Vec<Stretch> {
    clocks::live(&context.archive.lifecycle.incident, &record.replay)
}

/// Every clock of one kind that ever ran.
pub fn clocks<'a>(context: &Context<'a>, record: &Record, limit: fn(&Clocks) -> Option<u64>) -> Vec<Clock<'a>> {
    let archive = context.archive;
    clocks::running(&archive.lifecycle.incident, &archive.config.severities, &record.replay, limit)
}

/// The silences between what customers were told.
pub fn silences<'a>(context: &Context<'_>, record: &'a Record) -> Vec<Silence<'a>> {
    let entries: Vec<&Entry> = steps::in_order(record).collect();
    clocks::silences(&live(context, record), &entries)
}

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
    span(SignedDuration::from_secs(i64::try_from(clock.limit).unwrap_or(i64::MAX).saturating_mul(60)))
}

/// What to do about a deadline that was missed for good.
pub fn acknowledge(rule: &str) -> String {
    format!("acknowledge it once: `breaches: [{{rule: {rule}, reason: …, by: …, at: …}}]`")
}
