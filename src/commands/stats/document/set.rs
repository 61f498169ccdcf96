//! What a set of incidents says, for programs.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{ends, written};
use crate::commands::english::English;
use crate::metrics::compliance::{Compliance, Duty};
use crate::metrics::interval::Interval;
use crate::metrics::numbers::{Numbers, Total};
use crate::metrics::statistic::{BINS, Statistic};
use crate::metrics::uptime::Window;

/// What a set of incidents says.
#[derive(Debug, Serialize)]
pub struct Set<'a> {
    incidents: Incidents<'a>,
    durations: Vec<Durations<'a>>,
    updates: Kept<'a>,
    escalations: Kept<'a>,
    notices: Kept<'a>,
    noticed: Noticed<'a>,
    customer_minutes: Sum,
    support_cases: Sum,
}

#[derive(Debug, Serialize)]
struct Incidents<'a> {
    total: usize,
    by_severity: BTreeMap<&'a str, usize>,
    live: Vec<&'a str>,
    reopened: Vec<&'a str>,
    recurrences: Vec<&'a str>,
    near_misses: Vec<&'a str>,
    backfilled: usize,
    estimated: Vec<&'a str>,
    merged: usize,
}

#[derive(Debug, Serialize)]
struct Durations<'a> {
    name: &'static str,
    meaning: String,
    known: usize,
    eligible: usize,
    running: usize,
    backfilled: usize,
    ahead: usize,
    estimated: usize,
    shortest: Option<Value<'a>>,
    median: Option<Value<'a>>,
    p90: Option<Value<'a>>,
    longest: Option<Value<'a>>,
    histogram: Vec<Bin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intervals: Option<Vec<Listed<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<Vec<LeftOut<'a>>>,
}

#[derive(Debug, Serialize)]
struct Value<'a> {
    seconds: i64,
    record: &'a str,
}

#[derive(Debug, Serialize)]
struct Bin {
    /// In seconds; null for all that is longer.
    below: Option<i64>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Listed<'a> {
    record: &'a str,
    from: String,
    to: String,
    seconds: i64,
    ahead: bool,
    estimated: bool,
    pieces: Vec<Piece>,
}

#[derive(Debug, Serialize)]
struct Piece {
    from: String,
    to: String,
}

#[derive(Debug, Serialize)]
struct LeftOut<'a> {
    record: &'a str,
    why: String,
}

#[derive(Debug, Serialize)]
struct Kept<'a> {
    kept: usize,
    total: usize,
    by_duty: BTreeMap<&'static str, Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadlines: Option<Vec<Deadline<'a>>>,
}

#[derive(Debug, Default, Serialize)]
struct Part {
    kept: usize,
    total: usize,
}

#[derive(Debug, Serialize)]
struct Deadline<'a> {
    record: &'a str,
    duty: &'static str,
    from: Option<String>,
    due: String,
    done: Option<String>,
    kept: bool,
}

#[derive(Debug, Serialize)]
struct Noticed<'a> {
    by_us: Vec<&'a str>,
    by_customers: Vec<&'a str>,
    unknown: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Sum {
    sum: u64,
    known: usize,
    eligible: usize,
}

impl<'a> Set<'a> {
    pub fn new(numbers: &'a Numbers, lists: &dyn Fn(&str) -> bool, english: &English) -> Self {
        let severities = numbers.severities.iter().map(|(id, count)| (id.as_str(), *count));
        let noticed = &numbers.noticed;
        let durations = numbers.statistics.iter();
        Self {
            incidents: Incidents {
                total: numbers.incidents(),
                by_severity: severities.collect(),
                live: ids(&numbers.live),
                reopened: ids(&numbers.reopened),
                recurrences: ids(&numbers.recurrences),
                near_misses: ids(&numbers.near_misses),
                backfilled: numbers.backfilled,
                estimated: ids(&numbers.estimated),
                merged: numbers.merged,
            },
            durations: durations
                .map(|statistic| Durations::new(statistic, lists(statistic.measure.name()), english))
                .collect(),
            updates: kept(&numbers.updates, lists("updates")),
            escalations: kept(&numbers.escalations, lists("escalations")),
            notices: kept(&numbers.notices, lists("notices")),
            noticed: Noticed {
                by_us: ids(&noticed.by_us),
                by_customers: ids(&noticed.by_customers),
                unknown: ids(&noticed.unknown),
            },
            customer_minutes: sum(numbers.customer_minutes),
            support_cases: sum(numbers.support_cases),
        }
    }
}

impl<'a> Durations<'a> {
    fn new(statistic: &'a Statistic, listed: bool, english: &English) -> Self {
        let value = |interval: &'a Interval| Value { seconds: interval.seconds, record: &interval.record };
        let below = BINS.into_iter().map(Some).chain([None]);
        Self {
            name: statistic.measure.name(),
            meaning: english.counted(statistic.measure).to_owned(),
            known: statistic.n(),
            eligible: statistic.eligible(),
            running: statistic.running(),
            backfilled: statistic.backfilled(),
            ahead: statistic.ahead(),
            estimated: statistic.estimated(),
            shortest: statistic.shortest().map(value),
            median: statistic.median().map(value),
            p90: statistic.p90().map(value),
            longest: statistic.longest().map(value),
            histogram: below.zip(statistic.histogram()).map(|(below, count)| Bin { below, count }).collect(),
            intervals: listed.then(|| statistic.intervals.iter().map(list).collect()),
            left_out: listed.then(|| {
                let left_out = statistic.left_out.iter();
                left_out.map(|(record, why)| LeftOut { record, why: english.why(*why).to_owned() }).collect()
            }),
        }
    }
}

fn list(interval: &Interval) -> Listed<'_> {
    let piece = |window: &Window| {
        let (from, to) = ends(*window);
        Piece { from, to }
    };
    Listed {
        record: &interval.record,
        from: written(interval.from),
        to: written(interval.to),
        seconds: interval.seconds,
        ahead: interval.ahead,
        estimated: interval.estimated,
        pieces: interval.pieces.iter().map(piece).collect(),
    }
}

fn kept(compliance: &Compliance, listed: bool) -> Kept<'_> {
    let mut by_duty: BTreeMap<&'static str, Part> = BTreeMap::new();
    for deadline in &compliance.deadlines {
        let part = by_duty.entry(Duty::name(deadline.duty)).or_default();
        part.total += 1;
        part.kept += usize::from(deadline.is_kept());
    }
    let deadlines = compliance.deadlines.iter().map(|deadline| Deadline {
        record: &deadline.record,
        duty: deadline.duty.name(),
        from: deadline.from.map(written),
        due: written(deadline.due),
        done: deadline.done.map(written),
        kept: deadline.is_kept(),
    });
    Kept { kept: compliance.kept(), total: compliance.total(), by_duty, deadlines: listed.then(|| deadlines.collect()) }
}

fn sum(total: Total) -> Sum {
    Sum { sum: total.sum, known: total.known, eligible: total.eligible }
}

fn ids(records: &[Arc<str>]) -> Vec<&str> {
    records.iter().map(|id| &**id).collect()
}
