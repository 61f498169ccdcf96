//! What waits for somebody to say whether it is an incident, and what turned out not to be one.

use serde::Serialize;

use super::line::InternalLine;
use crate::record::Kind;
use crate::record::words::first_line;
use crate::site::internal::inside::Case;
use crate::site::internal::reader::Insider;

/// Dropped records that are shown; all of them are on the pages of their months.
const DROPPED: usize = 50;

#[derive(Debug, Serialize)]
pub struct InternalTriage<'a> {
    /// The one that has waited longest comes first.
    pub waiting: Vec<InternalWaiting<'a>>,
    /// Newest first.
    pub dropped: Vec<InternalDropped<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalWaiting<'a> {
    #[serde(flatten)]
    pub line: InternalLine<'a>,
    /// How long it has waited.
    pub waits: String,
    pub note: Option<&'a str>,
    pub lang: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub struct InternalDropped<'a> {
    #[serde(flatten)]
    pub line: InternalLine<'a>,
    pub reason: Option<&'a str>,
    pub lang: Option<&'a str>,
}

impl<'a> InternalTriage<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let of_status = |wanted: &'static [&'static str]| {
            let is = move |case: &Case<'_>| case.replay().status().is_some_and(|status| wanted.contains(&status));
            reader.inside.of_kind(Kind::Incident).filter(move |(_, case)| is(case))
        };
        let waiting = of_status(&["triage"]).map(|(place, case)| {
            let since = case.replay().statuses.last().map_or(case.began, |status| status.from.instant());
            let note = case.entries().into_iter().rev().find_map(|entry| Some(first_line(&entry.note.as_ref()?.value)));
            InternalWaiting {
                line: InternalLine::new(reader, place),
                waits: reader.reader.duration(since, reader.inside.as_of),
                note,
                lang: note.and_then(|note| reader.lang(note)),
            }
        });
        let dropped = of_status(&["canceled", "merged"]).take(DROPPED).map(|(place, case)| {
            let last = case.replay().statuses.last().and_then(|status| case.record.timeline().get(status.entry));
            let reason = last.and_then(|entry| entry.reason.as_ref()).map(|reason| reason.value.as_str());
            InternalDropped {
                line: InternalLine::new(reader, place),
                reason,
                lang: reason.and_then(|reason| reader.lang(reason)),
            }
        });
        let mut waiting: Vec<_> = waiting.collect();
        waiting.reverse();
        Self { waiting, dropped: dropped.collect() }
    }
}
