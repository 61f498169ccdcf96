//! The numbers of the last months, and the report of each quarter, as `git incident report` makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::metrics::period::Period;
use crate::metrics::{Metrics, Question};
use crate::record::archive::Archive;
use crate::record::provenance::Provenance;
use crate::site::language::Language;
use crate::site::plan::Month;
use crate::site::report::Report;

/// Days that the page of metrics is about.
const DAYS: i64 = 90;

/// A quarter of a calendar year.
pub type Quarter = (i16, i8);

/// Counted when they are first asked for: each takes a look at every record.
pub struct Reports<'a> {
    archive: &'a Archive,
    provenance: &'a Arc<Provenance>,
    zone: TimeZone,
    now: Timestamp,
    /// Of the last days.
    recent: OnceLock<Option<Compared>>,
    /// Every quarter in which anything began, with the ones before them.
    quarters: BTreeMap<Quarter, OnceLock<Metrics>>,
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

impl<'a> Reports<'a> {
    /// `months` are those in which anything began.
    pub fn new<'m>(
        archive: &'a Archive,
        provenance: &'a Arc<Provenance>,
        months: impl Iterator<Item = &'m Month>,
        now: Timestamp,
    ) -> Self {
        let zone = archive.config.zone();
        let of_months: BTreeSet<Quarter> = months.map(|(year, month)| (*year, (month + 2) / 3)).collect();
        let has_begun = |quarter: &Quarter| period(*quarter, &zone).is_some_and(|period| period.window.from <= now);
        let begun: BTreeSet<Quarter> = of_months.into_iter().filter(has_begun).collect();
        // Each quarter is also the one before the next.
        let compared = begun.iter().flat_map(|quarter| [before(*quarter), *quarter]);
        let quarters = compared.map(|quarter| (quarter, OnceLock::new())).collect();
        Self { archive, provenance, zone, now, recent: OnceLock::new(), quarters, begun }
    }

    /// Those that have a report, the oldest first.
    pub fn quarters(&self) -> impl DoubleEndedIterator<Item = Quarter> {
        self.begun.iter().copied()
    }

    /// What a quarter is about.
    pub fn period(&self, quarter: Quarter) -> Option<Period> {
        period(quarter, &self.zone)
    }

    /// Of a quarter, or of the last days.
    pub fn report(&self, quarter: Option<Quarter>, language: &Language) -> Option<Report> {
        let (numbers, earlier) = match quarter {
            Some(quarter) => (self.numbers(quarter)?, self.numbers(before(quarter))),
            None => self.recent().map(|recent| (&recent.numbers, recent.before.as_ref()))?,
        };
        Some(Report::new(self.archive, numbers, earlier, language))
    }

    /// Counts all of them, on all threads.
    pub fn count_all(&self) {
        self.quarters.par_iter().for_each(|(quarter, _)| _ = self.numbers(*quarter));
        self.recent();
    }

    fn recent(&self) -> Option<&Compared> {
        let count = || {
            let period = Period::last_days(DAYS, self.now, &self.zone)?;
            let before = period.previous(&self.zone).map(|period| self.count(period));
            Some(Compared { before, numbers: self.count(period) })
        };
        self.recent.get_or_init(count).as_ref()
    }

    fn numbers(&self, quarter: Quarter) -> Option<&Metrics> {
        let numbers = self.quarters.get(&quarter)?;
        let period = self.period(quarter)?;
        Some(numbers.get_or_init(|| self.count(period)))
    }

    fn count(&self, period: Period) -> Metrics {
        let provenance = Some(Arc::clone(self.provenance));
        Metrics::of(self.archive, &Question { provenance, ..Question::about(period) }, self.now)
    }
}

fn period(quarter: Quarter, zone: &TimeZone) -> Option<Period> {
    Period::quarter(&name(quarter), zone)
}
