//! All records: the newest ones, and the way to every month.

use serde::Serialize;

use super::line::InternalLine;
use crate::site::internal::plan::Page;
use crate::site::internal::reader::Insider;
use crate::site::plan::Month as Key;

/// Records on the first page; all of them are on the pages of their months.
const NEWEST: usize = 40;

#[derive(Debug, Serialize)]
pub struct InternalIncidents<'a> {
    pub total: String,
    /// Newest first.
    pub newest: Vec<InternalLine<'a>>,
    /// Newest year first.
    pub years: Vec<InternalYear<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalYear<'a> {
    pub year: i16,
    /// January to December.
    pub months: Vec<InternalCell<'a>>,
}

/// A month in the overview; without a link where nothing happened.
#[derive(Debug, Serialize)]
pub struct InternalCell<'a> {
    pub name: &'a str,
    pub href: Option<String>,
    pub count: usize,
    /// Name and count in words.
    pub label: String,
}

/// The records of one month, newest first.
#[derive(Debug, Serialize)]
pub struct InternalMonth<'a> {
    pub title: String,
    pub count: String,
    pub lines: Vec<InternalLine<'a>>,
    pub overview: String,
    pub older: Option<InternalNeighbour>,
    pub newer: Option<InternalNeighbour>,
}

/// The nearest month in which anything happened.
#[derive(Debug, Serialize)]
pub struct InternalNeighbour {
    pub href: String,
    pub title: String,
}

impl<'a> InternalIncidents<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let inside = reader.inside;
        let dates = &reader.reader.language.dates;
        let mut years: Vec<i16> = inside.months.keys().map(|(year, _)| *year).collect();
        years.dedup();
        let cell = |year: i16, month: i8| {
            let count = inside.months.get(&(year, month)).map_or(0, Vec::len);
            let counted = reader.reader.count("inside_records_count", &[("count", count)]);
            InternalCell {
                name: dates.short_month(month),
                href: (count > 0).then(|| reader.to(Page::Month((year, month)))),
                count,
                label: format!("{}: {counted}", dates.month(year, month)),
            }
        };
        let year = |year| InternalYear { year, months: (1..=12).map(|month| cell(year, month)).collect() };
        Self {
            total: reader.reader.count("inside_records_count", &[("count", inside.cases.len())]),
            newest: (0..inside.cases.len().min(NEWEST)).map(|place| InternalLine::new(reader, place)).collect(),
            years: years.into_iter().rev().map(year).collect(),
        }
    }
}

impl<'a> InternalMonth<'a> {
    pub fn new(reader: &Insider<'a>, key: Key) -> Self {
        let months = &reader.inside.months;
        let dates = &reader.reader.language.dates;
        let places = months.get(&key).map(Vec::as_slice).unwrap_or_default();
        let neighbour = |(year, month): Key| InternalNeighbour {
            href: reader.to(Page::Month((year, month))),
            title: dates.month(year, month),
        };
        Self {
            title: dates.month(key.0, key.1),
            count: reader.reader.count("inside_records_count", &[("count", places.len())]),
            lines: places.iter().map(|place| InternalLine::new(reader, *place)).collect(),
            overview: reader.to(Page::Incidents),
            older: months.range(..key).next_back().map(|(key, _)| neighbour(*key)),
            newer: months.range((key.0, key.1 + 1)..).next().map(|(key, _)| neighbour(*key)),
        }
    }
}
