//! Reports: the numbers of the last months, and one page for each quarter.

use serde::Serialize;

use crate::site::internal::plan::Page;
use crate::site::internal::reader::Insider;
use crate::site::internal::reports::{Quarter, name};
use crate::site::report::{Fact, Report, Shown};

/// A report between the pages of the others. Its text is in English, as the report of the command is.
#[derive(Debug, Serialize)]
pub struct InternalReport<'a> {
    pub title: String,
    pub facts: &'a [Fact],
    pub sections: Vec<Shown<'a>>,
    /// Newest first.
    pub quarters: Vec<InternalQuarter>,
}

#[derive(Debug, Serialize)]
pub struct InternalQuarter {
    pub name: String,
    pub href: String,
    /// The page shows this one.
    pub current: bool,
}

impl<'a> InternalReport<'a> {
    /// Of a quarter, or of the last days.
    pub fn new(reader: &Insider<'a>, quarter: Option<Quarter>) -> Self {
        let reports = &reader.inside.reports;
        let report: Option<&Report> = match quarter {
            Some(quarter) => reports.of(quarter),
            None => reports.recent(),
        };
        let of = |each: Quarter| InternalQuarter {
            name: name(each),
            href: reader.to(Page::Report(each)),
            current: Some(each) == quarter,
        };
        Self {
            title: quarter.map_or_else(|| reader.word("inside_metrics").to_owned(), name),
            facts: report.map_or(&[], |report| &report.facts),
            sections: report.map(Report::shown).unwrap_or_default(),
            quarters: reports.quarters().rev().map(of).collect(),
        }
    }
}
