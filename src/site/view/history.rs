//! Everything that ever happened, by month.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{EventLine, Link, Reader};
use crate::site::plan::{Month as Key, Page};

/// All months, newest year first.
#[derive(Debug, Serialize)]
pub struct History<'a> {
    pub years: Vec<Year<'a>>,
    pub total: String,
}

#[derive(Debug, Serialize)]
pub struct Year<'a> {
    pub year: i16,
    /// January to December.
    pub months: Vec<Cell<'a>>,
}

/// A month in the overview; without a link where nothing happened.
#[derive(Debug, Serialize)]
pub struct Cell<'a> {
    pub name: &'a str,
    pub href: Option<String>,
    pub count: usize,
    /// Name and count in words.
    pub label: String,
}

/// The events of one month, newest first.
#[derive(Debug, Serialize)]
pub struct Month<'a> {
    pub title: String,
    pub count: String,
    pub events: Vec<EventLine<'a>>,
    #[serde(flatten)]
    pub neighbours: Neighbours,
    pub overview: Link<'a>,
}

/// The nearest months in which anything happened.
#[derive(Debug, Serialize)]
pub struct Neighbours {
    older: Option<Neighbour>,
    newer: Option<Neighbour>,
}

#[derive(Debug, Serialize)]
struct Neighbour {
    href: String,
    title: String,
}

impl<'a> History<'a> {
    pub fn new(reader: &Reader<'a>) -> Self {
        Self {
            years: years(reader, reader.facts.months, "events_count", |month| reader.href(&Page::Month(month))),
            total: reader.count("events_count", &[("count", reader.site().events.len())]),
        }
    }
}

/// The overview of what happened in which month. `counted` is the word for so many of them, `href` the way to a month.
pub fn years<'a>(
    reader: &Reader<'a>,
    months: &BTreeMap<Key, Vec<usize>>,
    counted: &str,
    href: impl Fn(Key) -> String,
) -> Vec<Year<'a>> {
    let dates = &reader.language.dates;
    let mut years: Vec<i16> = months.keys().map(|(year, _)| *year).collect();
    years.dedup();
    let cell = |year: i16, month: i8| {
        let count = months.get(&(year, month)).map_or(0, Vec::len);
        Cell {
            name: dates.short_month(month),
            href: (count > 0).then(|| href((year, month))),
            count,
            label: format!("{}: {}", dates.month(year, month), reader.count(counted, &[("count", count)])),
        }
    };
    let year = |year| Year { year, months: (1..=12).map(|month| cell(year, month)).collect() };
    years.into_iter().rev().map(year).collect()
}

impl Neighbours {
    /// Those of a month. `href` is the way to one.
    pub fn of(reader: &Reader<'_>, months: &BTreeMap<Key, Vec<usize>>, key: Key, href: impl Fn(Key) -> String) -> Self {
        let neighbour = |key: Key| Neighbour { href: href(key), title: reader.language.dates.month(key.0, key.1) };
        Self {
            older: months.range(..key).next_back().map(|(key, _)| neighbour(*key)),
            newer: months.range((key.0, key.1 + 1)..).next().map(|(key, _)| neighbour(*key)),
        }
    }
}

impl<'a> Month<'a> {
    pub fn new(reader: &Reader<'a>, key: Key) -> Self {
        let months = reader.facts.months;
        let events = months.get(&key).map(Vec::as_slice).unwrap_or_default();
        Self {
            title: reader.language.dates.month(key.0, key.1),
            count: reader.count("events_count", &[("count", events.len())]),
            events: events.iter().map(|place| reader.event_line(*place)).collect(),
            neighbours: Neighbours::of(reader, months, key, |month| reader.href(&Page::Month(month))),
            overview: Link { href: reader.href(&Page::History), text: reader.word("nav_history"), lang: None },
        }
    }
}
