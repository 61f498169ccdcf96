//! Reports: the numbers of the last months, and one page for each quarter.

use serde::Serialize;

use crate::site::internal::plan::Page;
use crate::site::internal::reader::Insider;
use crate::site::internal::reports::Quarter;
use crate::site::report::{Fact, Shown, period_name, shown};

/// A report between the pages of the others.
#[derive(Debug, Serialize)]
pub struct InternalReport {
    pub title: String,
    pub facts: Vec<Fact>,
    pub sections: Vec<Shown>,
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

impl InternalReport {
    /// Of a quarter, or of the last days.
    pub fn new(reader: &Insider<'_>, quarter: Option<Quarter>) -> Self {
        let (reports, language) = (&reader.inside.reports, reader.reader.language);
        let name = |quarter| reports.period(quarter).map(|period| period_name(language, &period)).unwrap_or_default();
        let of = |each| InternalQuarter {
            name: name(each),
            href: reader.to(Page::Report(each)),
            current: Some(each) == quarter,
        };
        let (facts, sections) = match reports.report(quarter, language) {
            Some(report) => (report.facts, shown(report.sections)),
            None => (Vec::new(), Vec::new()),
        };
        Self {
            title: quarter.map_or_else(|| reader.word("inside_metrics").to_owned(), name),
            facts,
            sections,
            quarters: reports.quarters().rev().map(of).collect(),
        }
    }
}
