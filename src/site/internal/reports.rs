//! The numbers of the last months, and the report of each quarter, as `git incident report` makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
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

/// Made when they are first asked for: each takes a look at every record.
pub struct Reports<'a> {
    archive: &'a Archive,
    zone: TimeZone,
    now: Timestamp,
    recent: OnceLock<Option<Report>>,
    /// Of every quarter in which anything began.
    quarters: BTreeMap<Quarter, OnceLock<Option<Report>>>,
    /// Of these and of those before them.
    numbers: BTreeMap<Quarter, OnceLock<Option<Metrics>>>,
}

/// How a quarter is called, and its folder.
pub fn name((year, quarter): Quarter) -> String {
    format!("{year:04}-Q{quarter}")
}

fn before((year, quarter): Quarter) -> Quarter {
    if quarter > 1 { (year, quarter - 1) } else { (year - 1, 4) }
}

impl<'a> Reports<'a> {
    /// `months` are those in which anything began.
    pub fn new<'m>(archive: &'a Archive, months: impl Iterator<Item = &'m Month>, now: Timestamp) -> Self {
        let zone = archive.config.zone();
        let quarters: BTreeSet<Quarter> = months.map(|(year, month)| (*year, (month + 2) / 3)).collect();
        let quarters = quarters.into_iter().filter(|quarter| period(*quarter, &zone, now).is_some());
        let quarters: BTreeMap<Quarter, _> = quarters.map(|quarter| (quarter, OnceLock::new())).collect();
        // Each quarter is also the one before the next.
        let compared = quarters.keys().flat_map(|quarter| [before(*quarter), *quarter]);
        Self {
            numbers: compared.map(|quarter| (quarter, OnceLock::new())).collect(),
            recent: OnceLock::new(),
            archive,
            quarters,
            zone,
            now,
        }
    }

    /// The quarters that have one, oldest first.
    pub fn quarters(&self) -> impl DoubleEndedIterator<Item = Quarter> {
        self.quarters.keys().copied()
    }

    /// That of the last days.
    pub fn recent(&self) -> Option<&Report> {
        let make = || {
            let period = Period::last_days(DAYS, self.now, &self.zone)?;
            let before = period.previous(&self.zone).map(|period| self.count(period));
            Some(Report::new(self.archive, &self.count(period), before.as_ref()))
        };
        self.recent.get_or_init(make).as_ref()
    }

    /// That of a quarter.
    pub fn of(&self, quarter: Quarter) -> Option<&Report> {
        let make = || Some(Report::new(self.archive, self.numbers(quarter)?, self.numbers(before(quarter))));
        self.quarters.get(&quarter)?.get_or_init(make).as_ref()
    }

    /// Makes all of them, on all threads.
    pub fn make(&self) {
        self.numbers.par_iter().for_each(|(quarter, _)| _ = self.numbers(*quarter));
        self.quarters.par_iter().for_each(|(quarter, _)| _ = self.of(*quarter));
        self.recent();
    }

    fn numbers(&self, quarter: Quarter) -> Option<&Metrics> {
        let make = || Some(self.count(period(quarter, &self.zone, self.now)?));
        self.numbers.get(&quarter)?.get_or_init(make).as_ref()
    }

    fn count(&self, period: Period) -> Metrics {
        Metrics::of(self.archive, &Question::about(period), self.now)
    }
}

/// A quarter as a period; nothing where it has not begun.
fn period(quarter: Quarter, zone: &TimeZone, now: Timestamp) -> Option<Period> {
    Period::quarter(&name(quarter), zone).filter(|period| period.window.from <= now)
}
