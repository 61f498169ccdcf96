//! What was learned, in the words that were written for customers.

use std::sync::Arc;

use serde::Serialize;

use super::{EventLine, Reader};
use crate::site::plan::{self, Page};
use crate::site::projection::PublicEvent;

/// Summaries on the first page; all of them are on the pages of their years.
const NEWEST: usize = 20;

#[derive(Debug, Serialize)]
pub struct Postmortems<'a> {
    pub title: String,
    /// Newest first.
    pub summaries: Vec<Summary<'a>>,
    /// Newest first.
    pub years: Vec<Year>,
}

#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    pub event: EventLine<'a>,
    /// Safe HTML.
    pub html: &'a str,
    /// The language of the summary where it is not that of the page, and what it calls itself.
    pub lang: Option<&'a str>,
    pub lang_name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub struct Year {
    pub year: i16,
    pub href: String,
    /// The page shows this one.
    pub current: bool,
}

impl<'a> Postmortems<'a> {
    /// The newest ones, or those of the year of the page.
    pub fn new(reader: &Reader<'a>, page: &Page) -> Self {
        let site = reader.site();
        let of = match page {
            Page::PostmortemsOf(year) => Some(*year),
            _ => None,
        };
        let is_of_page = |event: &PublicEvent| of.is_none_or(|year| year == site.zone.to_datetime(event.began).year());
        let most = if of.is_some() { usize::MAX } else { NEWEST };
        let events = site.events.iter().enumerate().filter(|(_, event)| event.summary.is_some() && is_of_page(event));
        let summary = |(place, event): (usize, &'a Arc<PublicEvent>)| {
            let html = event.summary.as_deref()?;
            let lang = reader.foreign(site.default_language());
            let lang_name = lang.map(|tag| reader.autonym(tag));
            Some(Summary { event: reader.event_line(place), html, lang, lang_name })
        };
        let year = |year| Year { year, href: reader.href(&Page::PostmortemsOf(year)), current: of == Some(year) };
        Self {
            title: match of {
                None => reader.word("postmortems_title").to_owned(),
                Some(year) => reader.language.words.say("postmortems_of", &[("year", year.to_string().into())]),
            },
            summaries: events.take(most).filter_map(summary).collect(),
            years: plan::postmortem_years(site).into_iter().rev().map(year).collect(),
        }
    }
}
