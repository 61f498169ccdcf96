//! All records: the newest ones, and the way to every month.

use serde::Serialize;

use super::line::InternalLine;
use crate::site::internal::plan::Page;
use crate::site::internal::reader::Insider;
use crate::site::plan::Month as Key;
use crate::site::view::history::{Neighbours, Year, years};

/// Records on the first page; all of them are on the pages of their months.
const NEWEST: usize = 40;

#[derive(Debug, Serialize)]
pub struct InternalIncidents<'a> {
    pub total: String,
    /// Newest first.
    pub newest: Vec<InternalLine<'a>>,
    /// Newest year first.
    pub years: Vec<Year<'a>>,
}

/// The records of one month, newest first.
#[derive(Debug, Serialize)]
pub struct InternalMonth<'a> {
    pub title: String,
    pub count: String,
    pub lines: Vec<InternalLine<'a>>,
    pub overview: String,
    #[serde(flatten)]
    pub neighbours: Neighbours,
}

impl<'a> InternalIncidents<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let inside = reader.inside;
        Self {
            total: reader.reader.count("inside_records_count", &[("count", inside.cases.len())]),
            newest: (0..inside.cases.len().min(NEWEST)).map(|place| InternalLine::new(reader, place)).collect(),
            years: years(&reader.reader, &inside.months, "inside_records_count", |month| reader.to(Page::Month(month))),
        }
    }
}

impl<'a> InternalMonth<'a> {
    pub fn new(reader: &Insider<'a>, key: Key) -> Self {
        let months = &reader.inside.months;
        let dates = &reader.reader.language.dates;
        let places = months.get(&key).map(Vec::as_slice).unwrap_or_default();
        Self {
            title: dates.month(key.0, key.1),
            count: reader.reader.count("inside_records_count", &[("count", places.len())]),
            lines: places.iter().map(|place| InternalLine::new(reader, *place)).collect(),
            overview: reader.to(Page::Incidents),
            neighbours: Neighbours::of(&reader.reader, months, key, |month| reader.to(Page::Month(month))),
        }
    }
}
