//! The numbers of the last months, and the report of each quarter, as `git incident report` makes them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::metrics::period::Period;
use crate::metrics::{Metrics, Question};
use crate::record::archive::Archive;
use crate::site::plan::Month;
use crate::site::report::Report;

/// Days that the page of metrics is about.
const DAYS: i64 = 90;

/// A quarter of a calendar year.
pub type Quarter = (i16, i8);

pub struct Reports {
    /// Of the last days.
    pub recent: Option<Report>,
    /// Of every quarter in which anything began.
    pub quarters: BTreeMap<Quarter, Report>,
}

/// How a quarter is called, and its folder.
pub fn name((year, quarter): Quarter) -> String {
    format!("{year:04}-Q{quarter}")
}

impl Reports {
    /// `months` are those in which anything began.
    pub fn of<'m>(archive: &Archive, months: impl Iterator<Item = &'m Month>, now: Timestamp) -> Self {
        let zone = archive.config.zone();
        let mut quarters: Vec<Quarter> = months.map(|(year, month)| (*year, (month + 2) / 3)).collect();
        quarters.dedup();
        let of = |period: Period| Metrics::of(archive, &Question::about(period), now);
        let report = |period: Period| {
            let before = period.previous(&zone).map(of);
            Report::new(archive, &of(period), before.as_ref())
        };
        let begun = quarters.par_iter().filter_map(|quarter| {
            let period = Period::quarter(&name(*quarter), &zone).filter(|period| period.window.from <= now)?;
            Some((*quarter, report(period)))
        });
        Self { quarters: begun.collect(), recent: Period::last_days(DAYS, now, &zone).map(report) }
    }
}
