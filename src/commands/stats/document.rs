//! The numbers for programs. Keys are documented in docs/stats.md and do not change.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::explain::is_asked;
use crate::commands::english::English;
use crate::metrics::actions::{ActionHealth, OpenAction};
use crate::metrics::availability::Availability;
use crate::metrics::group::Group;
use crate::metrics::uptime::Window;
use crate::metrics::{Metrics, Question};
use crate::record::time::Time;

mod health;
mod set;

use health::{Findings, Readiness};
use set::Set;

/// Grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
pub struct Document<'a> {
    version: u32,
    as_of: String,
    period: Span,
    clock: &'static str,
    estimates: &'static str,
    services: &'a [String],
    severities: &'a [String],
    #[serde(flatten)]
    numbers: Set<'a>,
    canceled: usize,
    triage: usize,
    false_alarms: FalseAlarms,
    uptime: Vec<Uptime<'a>>,
    actions: Actions<'a>,
    findings: Findings<'a>,
    readiness: Readiness<'a>,
    by: Option<&'static str>,
    groups: Vec<Named<'a>>,
}

#[derive(Debug, Serialize)]
struct Span {
    label: String,
    from: String,
    to: String,
}

#[derive(Debug, Serialize)]
struct FalseAlarms {
    canceled: usize,
    left_triage: usize,
}

#[derive(Debug, Serialize)]
struct Uptime<'a> {
    service: &'a str,
    from: String,
    to: String,
    observed_seconds: i64,
    down_seconds: f64,
    /// Rounded down; null where there are no data.
    percent: Option<f64>,
    budget: Option<Budget>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<Vec<Counted<'a>>>,
}

#[derive(Debug, Serialize)]
struct Budget {
    objective: String,
    allowed_seconds: f64,
    used_seconds: f64,
    left_percent: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Counted<'a> {
    record: &'a str,
    state: &'static str,
    weight: f64,
    from: String,
    to: String,
    seconds: i64,
}

#[derive(Debug, Serialize)]
struct Actions<'a> {
    total: usize,
    open: usize,
    overdue: usize,
    overdue_high: usize,
    median_age_days: Option<i64>,
    done_in_period: usize,
    done_with_due: usize,
    done_in_time: usize,
    declined: usize,
    extended: usize,
    by_team: BTreeMap<&'a str, Team>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Vec<Action<'a>>>,
}

#[derive(Debug, Serialize)]
struct Team {
    open: usize,
    overdue: usize,
}

#[derive(Debug, Serialize)]
struct Action<'a> {
    record: &'a str,
    id: &'a str,
    title: &'a str,
    owner: Option<&'a str>,
    high: bool,
    due: Option<String>,
    overdue_days: Option<i64>,
    age_days: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Named<'a> {
    key: Option<&'a str>,
    #[serde(flatten)]
    numbers: Set<'a>,
}

impl<'a> Document<'a> {
    pub fn new(metrics: &'a Metrics, question: &'a Question, explained: Option<&str>, english: &English) -> Self {
        let lists = |name: &str| explained.is_some_and(|asked| is_asked(asked, name));
        let (from, to) = ends(metrics.period.window);
        Self {
            version: VERSION,
            as_of: written(metrics.as_of),
            period: Span { label: metrics.period.name.to_string(), from, to },
            clock: question.clock.name(),
            estimates: if question.exact { "left_out" } else { "included" },
            services: &question.services,
            severities: &question.severities,
            numbers: Set::new(&metrics.numbers, &lists, english),
            canceled: metrics.canceled,
            triage: metrics.triage,
            false_alarms: FalseAlarms {
                canceled: metrics.false_alarms.canceled,
                left_triage: metrics.false_alarms.left_triage,
            },
            uptime: metrics.services.iter().map(|service| uptime(service, lists("uptime"))).collect(),
            actions: actions(&metrics.actions, lists("actions")),
            findings: Findings::new(&metrics.findings, lists("findings")),
            readiness: Readiness::new(&metrics.readiness, lists("readiness")),
            by: question.by.map(crate::metrics::group::By::name),
            groups: metrics.groups.iter().map(|group| Named::new(group, &lists, english)).collect(),
        }
    }
}

impl<'a> Named<'a> {
    fn new(group: &'a Group, lists: &dyn Fn(&str) -> bool, english: &English) -> Self {
        Self { key: group.key.as_deref(), numbers: Set::new(&group.numbers, lists, english) }
    }
}

fn uptime(service: &Availability, listed: bool) -> Uptime<'_> {
    let (from, to) = ends(service.watched);
    let counted = service.counted.iter().map(|piece| {
        let (from, to) = ends(piece.window);
        let weight = f64::from(piece.weight) / 10.0;
        Counted { record: &piece.record, state: piece.state.name(), weight, from, to, seconds: piece.window.seconds() }
    });
    Uptime {
        service: &service.service,
        from,
        to,
        observed_seconds: service.uptime.observed,
        down_seconds: tenths(service.uptime.down),
        percent: service.uptime.share(1_000_000).map(|parts| parts as f64 / 10_000.0),
        budget: service.budget.map(|budget| Budget {
            objective: budget.objective.to_string(),
            allowed_seconds: tenths(budget.allowed),
            used_seconds: tenths(budget.used),
            left_percent: budget.left_percent(),
        }),
        counted: listed.then(|| counted.collect()),
    }
}

fn actions(actions: &ActionHealth, listed: bool) -> Actions<'_> {
    let team = |team: &crate::metrics::actions::TeamActions| Team { open: team.open, overdue: team.overdue };
    Actions {
        total: actions.total,
        open: actions.open.len(),
        overdue: actions.overdue().count(),
        overdue_high: actions.overdue().filter(|action| action.high).count(),
        median_age_days: actions.median_age(),
        done_in_period: actions.done,
        done_with_due: actions.done_with_due,
        done_in_time: actions.done_in_time,
        declined: actions.declined,
        extended: actions.extended,
        by_team: actions.by_team.iter().map(|(name, count)| (name.as_str(), team(count))).collect(),
        list: listed.then(|| actions.open.iter().map(action).collect()),
    }
}

fn action(action: &OpenAction) -> Action<'_> {
    Action {
        record: &action.record,
        id: &action.id,
        title: &action.title,
        owner: action.owner.as_deref(),
        high: action.high,
        due: action.due.map(|due| due.to_string()),
        overdue_days: action.overdue,
        age_days: action.age,
    }
}

fn written(at: Timestamp) -> String {
    Time::utc(at).to_string()
}

fn ends(window: Window) -> (String, String) {
    (written(window.from), written(window.to))
}

fn tenths(tenths: i64) -> f64 {
    tenths as f64 / 10.0
}
