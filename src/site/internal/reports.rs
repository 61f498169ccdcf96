//! The numbers of the last months, and the report of each quarter, as `git incident report` makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::metrics::period::Period;
use crate::metrics::{Metrics, Question};
use crate::record::archive::Archive;
use crate::site::Options;
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

fn before((year, quarter): Quarter) -> Quarter {
    if quarter > 1 { (year, quarter - 1) } else { (year - 1, 4) }
}

impl Reports {
    /// `months` are those in which anything began.
    pub fn of<'m>(archive: &Archive, months: impl Iterator<Item = &'m Month>, options: &Options) -> Self {
        let (zone, now) = (archive.config.zone(), options.as_of);
        let of = |period: Period| {
            let provenance = Some(Arc::clone(&options.provenance));
            Metrics::of(archive, &Question { provenance, ..Question::about(period) }, now)
        };
        let quarters: BTreeSet<Quarter> = months.map(|(year, month)| (*year, (month + 2) / 3)).collect();
        // Each quarter is also the one before the next.
        let compared: BTreeSet<Quarter> = quarters.iter().flat_map(|quarter| [before(*quarter), *quarter]).collect();
        let numbers = compared.par_iter().filter_map(|quarter| {
            let period = Period::quarter(&name(*quarter), &zone).filter(|period| period.window.from <= now)?;
            Some((*quarter, of(period)))
        });
        let numbers: BTreeMap<Quarter, Metrics> = numbers.collect();
        let begun = quarters.iter().filter_map(|quarter| {
            let report = Report::new(archive, numbers.get(quarter)?, numbers.get(&before(*quarter)));
            Some((*quarter, report))
        });
        let recent = Period::last_days(DAYS, now, &zone).map(|period| {
            let before = period.previous(&zone).map(of);
            Report::new(archive, &of(period), before.as_ref())
        });
        Self { quarters: begun.collect(), recent }
    }
}
