//! What a set of durations says: how many, in the middle, at the edge, and how they spread. Never a mean, which one long
//! incident moves wherever it likes.

use std::sync::Arc;

use super::interval::{Interval, Outcome, Why};
use super::measure::Measure;

/// With fewer, a median says less than the values themselves.
pub const ENOUGH_FOR_MEDIAN: usize = 5;

/// With fewer, the ninetieth percentile is just the longest.
pub const ENOUGH_FOR_P90: usize = 10;

/// The ends of the bins in seconds, each up to but not including: a minute, 5, 15, an hour, 4, a day, a week.
pub const BINS: [i64; 7] = [60, 300, 900, 3_600, 14_400, 86_400, 604_800];

/// A measure over a set of incidents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistic {
    pub measure: Measure,
    /// Shortest first.
    pub intervals: Vec<Interval>,
    /// Who said nothing, and why.
    pub left_out: Vec<(Arc<str>, Why)>,
}

impl Statistic {
    pub fn of(measure: Measure, outcomes: impl Iterator<Item = Outcome>) -> Self {
        let (mut intervals, mut left_out) = (Vec::new(), Vec::new());
        for outcome in outcomes {
            match outcome {
                Outcome::Known(interval) => intervals.push(interval),
                Outcome::LeftOut(record, why) => left_out.push((record, why)),
            }
        }
        intervals.sort_by(|a, b| (a.seconds, a.from, &a.record).cmp(&(b.seconds, b.from, &b.record)));
        Self { measure, intervals, left_out }
    }

    /// How many are known.
    pub fn n(&self) -> usize {
        self.intervals.len()
    }

    /// How many should be known: with the known ones those whose record lacks it.
    pub fn eligible(&self) -> usize {
        self.n() + self.left_out.iter().filter(|(_, why)| why.is_a_gap()).count()
    }

    pub fn running(&self) -> usize {
        self.left_out.iter().filter(|(_, why)| *why == Why::Running).count()
    }

    pub fn backfilled(&self) -> usize {
        self.left_out.iter().filter(|(_, why)| *why == Why::Backfilled).count()
    }

    /// How many ended before they began, and count as no time.
    pub fn ahead(&self) -> usize {
        self.intervals.iter().filter(|interval| interval.ahead).count()
    }

    /// How many rest on an estimated time, whether they were counted or left out for it.
    pub fn estimated(&self) -> usize {
        let counted = self.intervals.iter().filter(|interval| interval.estimated).count();
        counted + self.left_out.iter().filter(|(_, why)| *why == Why::Estimated).count()
    }

    /// The shortest that at least so many percent do not exceed (nearest rank): always one that happened, never one in
    /// between.
    pub fn percentile(&self, percent: usize) -> Option<&Interval> {
        let rank = (self.n() * percent).div_ceil(100).max(1);
        self.intervals.get(rank - 1)
    }

    pub fn median(&self) -> Option<&Interval> {
        self.percentile(50).filter(|_| self.n() >= ENOUGH_FOR_MEDIAN)
    }

    pub fn p90(&self) -> Option<&Interval> {
        self.percentile(90).filter(|_| self.n() >= ENOUGH_FOR_P90)
    }

    pub fn shortest(&self) -> Option<&Interval> {
        self.intervals.first()
    }

    pub fn longest(&self) -> Option<&Interval> {
        self.intervals.last()
    }

    /// How many lie in each of `BINS`; the last number counts what is longer than all of them.
    pub fn histogram(&self) -> [usize; BINS.len() + 1] {
        let mut counts = [0; BINS.len() + 1];
        for interval in &self.intervals {
            let bin = BINS.iter().position(|end| interval.seconds < *end).unwrap_or(BINS.len());
            counts[bin] += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::metrics::moment::Moment;

    fn statistic(seconds: &[i64]) -> Statistic {
        let interval = |seconds: &i64| {
            let from = jiff::Timestamp::UNIX_EPOCH;
            let to = jiff::Timestamp::from_second(*seconds).unwrap();
            Outcome::Known(Interval {
                record: "x".into(),
                from,
                to,
                seconds: *seconds,
                pieces: Vec::new(),
                ahead: false,
                estimated: false,
            })
        };
        Statistic::of(Measure::Recover, seconds.iter().map(interval))
    }

    fn percentile(seconds: &[i64], percent: usize) -> Option<i64> {
        statistic(seconds).percentile(percent).map(|interval| interval.seconds)
    }

    #[test]
    fn a_percentile_is_a_value_that_happened() {
        assert_eq!(percentile(&[60, 20, 30, 50, 40, 10], 50), Some(30));
        assert_eq!(percentile(&[10, 20, 30], 50), Some(20));
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!((percentile(&ten, 90), percentile(&ten, 100), percentile(&ten, 0)), (Some(9), Some(10), Some(1)));
        assert_eq!(percentile(&(1..=11).collect::<Vec<_>>(), 90), Some(10));
        assert_eq!(percentile(&[], 50), None);
    }

    #[test]
    fn few_values_have_no_median_and_no_p90() {
        let with = |n: i64| statistic(&(1..=n).collect::<Vec<_>>());
        assert_eq!((with(4).median(), with(9).p90()), (None, None));
        assert!(with(5).median().is_some() && with(10).p90().is_some());
    }

    #[test]
    fn bins_end_before_their_edge() {
        let histogram = statistic(&[0, 59, 60, 899, 900, 604_799, 604_800, 9_999_999]).histogram();
        assert_eq!(histogram, [2, 1, 1, 1, 0, 0, 1, 2]);
    }

    #[test]
    fn coverage_counts_gaps_and_neither_what_runs_nor_what_does_not_apply() {
        let whys = [
            Why::Missing(Moment::Answer),
            Why::Contradictory,
            Why::Unreadable,
            Why::Running,
            Why::Backfilled,
            Why::DoesNotApply,
        ];
        let mut statistic = statistic(&[1, 2]);
        statistic.left_out = whys.into_iter().map(|why| ("x".into(), why)).collect();
        assert_eq!((statistic.n(), statistic.eligible(), statistic.running(), statistic.backfilled()), (2, 5, 1, 1));
    }

    proptest! {
        #[test]
        fn percentiles_keep_their_laws(values in proptest::collection::vec(0i64..1_000_000, 1..60), percent in 1usize..=100) {
            let statistic = statistic(&values);
            let at = statistic.percentile(percent).unwrap().seconds;
            prop_assert!(values.contains(&at));
            let not_above = values.iter().filter(|value| **value <= at).count();
            prop_assert!(not_above * 100 >= values.len() * percent);
            // And no smaller value will do.
            let below = values.iter().filter(|value| **value < at).count();
            prop_assert!(below * 100 < values.len() * percent);
            prop_assert!(statistic.percentile(50).unwrap().seconds <= statistic.percentile(90).unwrap().seconds);
            prop_assert_eq!(statistic.histogram().iter().sum::<usize>(), values.len());
        }
    }
}
