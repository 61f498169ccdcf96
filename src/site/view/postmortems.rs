//! What was learned, in the words that were written for customers.

use serde::Serialize;

use super::list::{Year, years};
use super::{EventLine, Reader};

/// Summaries that are shown in full. Older ones are read on the pages of their incidents.
const IN_FULL: usize = 20;

#[derive(Debug, Serialize)]
pub struct Postmortems<'a> {
    pub newest: Vec<Summary<'a>>,
    pub older: Vec<Year<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    pub event: EventLine<'a>,
    /// Safe HTML.
    pub html: &'a str,
    pub lang: Option<&'a str>,
}

impl<'a> Postmortems<'a> {
    pub fn new(reader: &Reader<'a>) -> Self {
        let site = reader.site();
        let lang = reader.foreign(site.default_language());
        let with_summary =
            || site.events.iter().enumerate().filter_map(|(place, e)| Some((place, e.summary.as_deref()?)));
        let summary = |(place, html)| Summary { event: reader.event_line(place), html, lang };
        let older: Vec<usize> = with_summary().skip(IN_FULL).map(|(place, _)| place).collect();
        Self { newest: with_summary().take(IN_FULL).map(summary).collect(), older: years(reader, &older) }
    }
}
