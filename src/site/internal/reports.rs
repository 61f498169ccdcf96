//! The numbers of the last months, and the report of each quarter, as `git incident report` makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::metrics::period::Period;
use crate::metrics::{Metrics, Question};
use crate::record::archive::Archive;
use crate::site::Options;
use crate::site::language::Language;
use crate::site::plan::Month;
use crate::site::report::Report;

/// Days that the page of metrics is about.
const DAYS: i64 = 90;

/// A quarter of a calendar year.
pub type Quarter = (i16, i8);

pub struct Reports {
    /// Of the last days.
    recent: Option<Compared>,
    /// Every quarter in which anything began, with the ones before them.
    quarters: BTreeMap<Quarter, Metrics>,
    begun: BTreeSet<Quarter>,
}

/// The numbers of a period, and those of the one before.
struct Compared {
    numbers: Metrics,
    before: Option<Metrics>,
}

/// The folder of a quarter.
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
        let recent = Period::last_days(DAYS, now, &zone)
            .map(|period| Compared { before: period.previous(&zone).map(of), numbers: of(period) });
        let begun = quarters.into_iter().filter(|quarter| numbers.contains_key(quarter)).collect();
        Self { recent, quarters: numbers, begun }
    }

    /// Those that have a report, the oldest first.
    pub fn quarters(&self) -> impl DoubleEndedIterator<Item = Quarter> {
        self.begun.iter().copied()
    }

    /// What a quarter is about.
    pub fn period(&self, quarter: Quarter) -> Option<&Period> {
        Some(&self.quarters.get(&quarter)?.period)
    }

    /// Of a quarter, or of the last days.
    pub fn report(&self, archive: &Archive, quarter: Option<Quarter>, language: &Language) -> Option<Report> {
        let (numbers, earlier) = match quarter {
            Some(quarter) => (self.quarters.get(&quarter)?, self.quarters.get(&before(quarter))),
            None => self.recent.as_ref().map(|recent| (&recent.numbers, recent.before.as_ref()))?,
        };
        Some(Report::new(archive, numbers, earlier, language))
    }
}
