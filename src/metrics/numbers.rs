//! Everything that a set of incidents says together.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::Question;
use super::case::Case;
use super::compliance::{self, Compliance, Deadline, Duty};
use super::interval::{self, Outcome};
use super::measure::Measure;
use super::statistic::Statistic;
use super::uptime::Window;
use crate::record::archive::Archive;
use crate::record::incident::Count;

/// What one incident says, worked out once for all sets that it is part of.
#[derive(Debug)]
pub(super) struct Facts<'c, 'a> {
    pub case: &'c Case<'a>,
    outcomes: Vec<(Measure, Vec<Outcome>)>,
    deadlines: Vec<Deadline>,
    customer_minutes: Option<u64>,
}

impl<'c, 'a> Facts<'c, 'a> {
    pub fn of(archive: &Archive, case: &'c Case<'a>, question: &Question, as_of: Timestamp) -> Self {
        Self {
            case,
            outcomes: Measure::ALL.map(|measure| (measure, interval::outcomes(case, measure, question, as_of))).into(),
            deadlines: compliance::deadlines(archive, case, as_of),
            customer_minutes: customer_minutes(case, question.exact),
        }
    }
}

/// Of a set of incidents.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// The incidents, by the moment at which they began.
    pub members: Vec<Member>,
    /// How many reached each severity and none worse, as the configuration orders them; last, under an empty name, those
    /// that have none.
    pub severities: Vec<(String, usize)>,
    pub live: Vec<Arc<str>>,
    pub reopened: Vec<Arc<str>>,
    /// Incidents that say of which earlier one they are a recurrence.
    pub recurrences: Vec<Arc<str>>,
    pub near_misses: Vec<Arc<str>>,
    /// Recorded afterwards: left out of everything about the response.
    pub backfilled: usize,
    /// Incidents of which some interval rests on an estimated time, counted or left out for it.
    pub estimated: Vec<Arc<str>>,
    /// Other records that are counted as part of these.
    pub merged: usize,
    pub noticed: Noticed,
    /// In the order of `Measure::ALL`.
    pub statistics: Vec<Statistic>,
    /// Messages to customers.
    pub updates: Compliance,
    /// Telling senior management.
    pub escalations: Compliance,
    /// Telling authorities and customers what laws and contracts ask for.
    pub notices: Compliance,
    pub customer_minutes: Total,
    pub support_cases: Total,
}

/// An incident that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub record: Arc<str>,
    pub began: Timestamp,
    /// The worst that it ever reached.
    pub severity: Option<String>,
}

impl Member {
    fn of(case: &Case<'_>) -> Self {
        Self { record: Arc::clone(&case.record.id), began: case.began, severity: case.severity.map(str::to_owned) }
    }
}

/// Who knew first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    pub by_us: Vec<Arc<str>>,
    pub by_customers: Vec<Arc<str>>,
    pub unknown: Vec<Arc<str>>,
}

/// A sum over those incidents that know their part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    pub sum: u64,
    pub known: usize,
    pub eligible: usize,
}

impl Total {
    fn add(&mut self, part: Option<u64>) {
        self.eligible += 1;
        if let Some(part) = part {
            self.known += 1;
            self.sum = self.sum.saturating_add(part);
        }
    }
}

impl Numbers {
    pub(super) fn of(archive: &Archive, facts: &[&Facts<'_, '_>]) -> Self {
        let records = |is: &dyn Fn(&Case<'_>) -> bool| -> Vec<Arc<str>> {
            facts.iter().filter(|facts| is(facts.case)).map(|facts| Arc::clone(&facts.case.record.id)).collect()
        };
        let deadlines = |wanted: &dyn Fn(Duty) -> bool| Compliance {
            deadlines: facts.iter().flat_map(|f| &f.deadlines).filter(|d| wanted(d.duty)).cloned().collect(),
        };
        let first = |is: &dyn Fn(Option<bool>) -> bool| {
            records(&|case| is(case.incident.detection.customers_first().map(|answer| answer.value)))
        };
        let estimated =
            facts.iter().filter(|facts| facts.outcomes.iter().flat_map(|(_, all)| all).any(Outcome::is_estimated));
        Self {
            members: facts.iter().map(|facts| Member::of(facts.case)).collect(),
            severities: severities(archive, facts),
            live: records(&|case| case.is_live()),
            reopened: records(&|case| case.was_reopened()),
            recurrences: records(&|case| !case.incident.related.recurrence_of.is_empty()),
            near_misses: records(&|case| case.is_near_miss()),
            backfilled: facts.iter().filter(|facts| !facts.case.record.was_kept_live()).count(),
            estimated: estimated.map(|facts| Arc::clone(&facts.case.record.id)).collect(),
            merged: facts.iter().map(|facts| facts.case.merged.len()).sum(),
            noticed: Noticed {
                by_us: first(&|customers| customers == Some(false)),
                by_customers: first(&|customers| customers == Some(true)),
                unknown: first(&|customers| customers.is_none()),
            },
            statistics: Measure::ALL.into_par_iter().map(|measure| statistic(facts, measure)).collect(),
            updates: deadlines(&Duty::is_an_update),
            escalations: deadlines(&|duty| duty == Duty::Escalation),
            notices: deadlines(&|duty| duty == Duty::Notice),
            customer_minutes: total(facts, |facts| facts.customer_minutes),
            support_cases: total(facts, |facts| {
                known(facts.case.incident.assessment.support_cases.map(|count| count.value))
            }),
        }
    }

    pub fn incidents(&self) -> usize {
        self.members.len()
    }

    /// Those that are over, or were before they were reopened.
    pub fn ever_over(&self) -> usize {
        let again = self.live.iter().filter(|live| self.reopened.contains(live)).count();
        self.incidents() - self.live.len() + again
    }

    pub fn statistic(&self, measure: Measure) -> Option<&Statistic> {
        self.statistics.iter().find(|statistic| statistic.measure == measure)
    }
}

fn statistic(facts: &[&Facts<'_, '_>], measure: Measure) -> Statistic {
    let outcomes = facts.iter().flat_map(|facts| &facts.outcomes).filter(|(of, _)| *of == measure);
    Statistic::of(measure, outcomes.flat_map(|(_, outcomes)| outcomes).cloned())
}

fn severities(archive: &Archive, facts: &[&Facts<'_, '_>]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for facts in facts {
        *counts.entry(facts.case.severity.unwrap_or("")).or_default() += 1;
    }
    let configured = archive.config.severities.iter().map(|severity| severity.id.as_str());
    configured.chain([""]).filter_map(|id| Some((id.to_owned(), *counts.get(id)?))).collect()
}

fn known(count: Option<Count>) -> Option<u64> {
    match count {
        Some(Count::Known(count)) => Some(count),
        _ => None,
    }
}

fn total(facts: &[&Facts<'_, '_>], part: impl Fn(&Facts<'_, '_>) -> Option<u64>) -> Total {
    let mut total = Total::default();
    facts.iter().filter(|facts| !facts.case.is_live()).for_each(|facts| total.add(part(facts)));
    total
}

/// Customers who were affected, times the minutes for which it lasted.
fn customer_minutes(case: &Case<'_>, exact: bool) -> Option<u64> {
    if case.is_near_miss() {
        return Some(0);
    }
    if exact && case.has_estimated_impact() {
        return None;
    }
    let customers = known(case.incident.assessment.customers.map(|count| count.value))?;
    let pieces = super::case::ended(&case.impact).filter(|pieces| !pieces.is_empty())?;
    let seconds: i64 = pieces.into_iter().map(Window::seconds).sum();
    customers.checked_mul(u64::try_from(seconds).ok()?).map(|seconds| seconds / 60)
}
