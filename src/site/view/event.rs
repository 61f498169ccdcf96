//! The page of an incident or a maintenance: everything that was ever said about it.

use jiff::Timestamp;
use serde::Serialize;

use super::home::{affected, remark};
use super::{EventLine, Link, Moment, Range, Reader, Said, Word};
use crate::metrics::uptime::Window;
use crate::record::timeline::ServiceState;
use crate::site::chart;
use crate::site::plan::Page;
use crate::site::projection::{Affected, PublicEvent, Status};

#[derive(Debug, Serialize)]
pub struct Event<'a> {
    #[serde(flatten)]
    pub line: EventLine<'a>,
    pub mitigated: Option<Moment>,
    pub window: Option<Range>,
    /// Where its file for calendars is, unless it is over.
    pub calendar: Option<String>,
    pub next_update: Option<Moment>,
    pub overdue: bool,
    pub remark: Option<&'a str>,
    pub affected: Vec<Row<'a>>,
    /// The ends of the chart.
    pub axis: Option<Range>,
    pub messages: Vec<Said<'a>>,
    /// Safe HTML.
    pub summary: Option<&'a str>,
    /// The language of the summary where it is not that of the page, and what it calls itself.
    pub summary_lang: Option<&'a str>,
    pub summary_lang_name: Option<&'a str>,
    pub merged_into: Option<Link<'a>>,
    pub month: Link<'a>,
}

/// One affected service over time.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    pub link: Link<'a>,
    /// As of now, or as announced.
    pub state: Word<'a>,
    pub expected: bool,
    pub strip: Option<String>,
    pub stretches: Vec<Stretch<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Stretch<'a> {
    pub state: Word<'a>,
    pub from: Moment,
    /// Nothing while it lasts.
    pub to: Option<Moment>,
    pub duration: String,
}

impl<'a> Event<'a> {
    pub fn new(reader: &Reader<'a>, place: usize) -> Self {
        let site = reader.site();
        let event = &site.events[place];
        let axis = axis(event, site.as_of);
        let began = site.zone.to_datetime(event.began).date();
        let states = affected(reader, event);
        let rows = event.affected.iter().zip(states).map(|(affected, row)| {
            let stretches = stretches(reader, affected);
            let axis = axis.filter(|_| !affected.stretches.is_empty());
            Row {
                strip: axis.map(|axis| strip(&stretches, affected, axis, event)),
                stretches,
                link: row.link,
                state: row.state,
                expected: row.expected,
            }
        });
        Self {
            line: reader.event_line(place),
            mitigated: event.mitigated.filter(|_| !event.is_coming()).map(|at| reader.moment(at)),
            window: event.window.map(|window| reader.range(window)),
            calendar: reader.calendar_href(place).filter(|_| event.ended.is_none()),
            next_update: event.next_update.map(|at| reader.moment(at)),
            overdue: event.next_update.is_some_and(|at| at < site.as_of),
            remark: remark(reader, event),
            affected: rows.collect(),
            axis: axis.map(|axis| reader.range(axis)),
            messages: event.messages.iter().filter_map(|message| reader.said(message)).collect(),
            summary: event.summary.as_deref(),
            summary_lang: reader.foreign(site.default_language()),
            summary_lang_name: reader.foreign(site.default_language()).map(|tag| reader.autonym(tag)),
            merged_into: survivor(reader, event),
            month: Link {
                href: reader.href(&Page::Month((began.year(), began.month()))),
                text: reader.word("nav_history"),
                lang: None,
            },
        }
    }
}

/// Whether the page changes by itself as time goes by.
pub fn moves(event: &PublicEvent) -> bool {
    event.status.is_open() || event.is_coming() || event.affected.iter().any(|a| a.state != ServiceState::Operational)
}

/// From the first to the last thing that happened, as far as it has happened.
fn axis(event: &PublicEvent, as_of: Timestamp) -> Option<Window> {
    let stretches = || event.affected.iter().flat_map(|a| &a.stretches).filter(|s| s.from < as_of);
    let from = stretches().map(|s| s.from).min()?;
    let last = stretches().map(|s| s.to.map_or(as_of, |to| to.min(as_of))).max()?;
    let to = event.ended.unwrap_or(last).max(last);
    (from < to).then_some(Window { from, to })
}

fn strip(stretches: &[Stretch<'_>], affected: &Affected, axis: Window, event: &PublicEvent) -> String {
    let described: Vec<String> = stretches.iter().map(|s| format!("{}: {}", s.state.text, s.duration)).collect();
    let said: Vec<Timestamp> = event.messages.iter().map(|message| message.at).collect();
    chart::strip(&affected.stretches, axis, &said, &described.join(", "))
}

fn stretches<'a>(reader: &Reader<'a>, affected: &Affected) -> Vec<Stretch<'a>> {
    let now = reader.site().as_of;
    let happened = affected.stretches.iter().filter(|s| s.from < now);
    happened
        .map(|s| {
            let to = s.to.filter(|to| *to <= now);
            Stretch {
                state: reader.state(s.state),
                from: reader.moment(s.from),
                duration: reader.duration(s.from, to.unwrap_or(now)),
                to: to.map(|to| reader.moment(to)),
            }
        })
        .collect()
}

fn survivor<'a>(reader: &Reader<'a>, event: &PublicEvent) -> Option<Link<'a>> {
    let Status::Merged(Some(id)) = &event.status else { return None };
    Some(reader.event_link(*reader.facts.places.get(&**id)?))
}
