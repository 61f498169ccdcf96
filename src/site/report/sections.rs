//! What a report tells, section by section.

use std::collections::BTreeMap;

use super::chart::{Chart, Column as Bar, Part, Strip};
use super::{Section, Table, of, seconds};
use crate::metrics::Metrics;
use crate::metrics::availability::Availability;
use crate::metrics::interval::Interval;
use crate::metrics::measure::Measure;
use crate::metrics::numbers::Member;
use crate::metrics::period::Period;
use crate::metrics::statistic::{ENOUGH_FOR_MEDIAN, Statistic};
use crate::metrics::uptime::Uptime;
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::time::Time;
use crate::record::words::plain;

mod health;

/// A longer period is shown by months, a shorter one by weeks.
const WEEKS_UP_TO: i64 = 70 * 86_400;

pub fn all(archive: &Archive, metrics: &Metrics) -> Vec<Section> {
    vec![
        incidents(archive, metrics),
        times(metrics),
        uptime(metrics),
        response(metrics),
        causes(archive, metrics),
        health::actions(archive, metrics),
        health::findings(archive, metrics),
        health::readiness(archive, metrics),
        how_to_read(metrics),
    ]
}

fn records<'a>(archive: &'a Archive, metrics: &'a Metrics) -> impl Iterator<Item = &'a Record> {
    metrics.numbers.members.iter().filter_map(|member| archive.event(&member.record))
}

/// A restricted record is counted, and tells no more.
fn title(record: &Record) -> String {
    match record.title() {
        _ if record.visibility() == Visibility::Restricted => "(restricted)".to_owned(),
        Some(title) => title.value.clone(),
        None => String::new(),
    }
}

fn incidents(archive: &Archive, metrics: &Metrics) -> Section {
    let recovered: BTreeMap<&str, &Interval> = metrics
        .numbers
        .statistic(Measure::Recover)
        .map(|statistic| statistic.intervals.iter().map(|interval| (&*interval.record, interval)).collect())
        .unwrap_or_default();
    let zone = archive.config.zone();
    let row = |member: &Member| {
        let record = archive.event(&member.record);
        let cause = record.and_then(|record| record.incident()?.cause.category.as_ref());
        vec![
            zone.to_datetime(member.began).date().to_string(),
            member.severity.clone().unwrap_or_else(|| "-".to_owned()),
            record.map_or_else(String::new, title),
            member.record.to_string(),
            match recovered.get(&*member.record) {
                Some(interval) => seconds(interval.seconds),
                None if metrics.numbers.live.contains(&member.record) => "still open".to_owned(),
                None if metrics.numbers.near_misses.contains(&member.record) => "none".to_owned(),
                None => "not known".to_owned(),
            },
            cause.map_or_else(|| "-".to_owned(), |cause| plain(&cause.value)),
        ]
    };
    let rows: Vec<Vec<String>> = metrics.numbers.members.iter().map(row).collect();
    let beside = [(metrics.canceled, "canceled"), (metrics.triage, "in triage")];
    let beside = beside.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(" {count} {what}."));
    let beside: String = beside.collect();
    let beside = if beside.is_empty() { beside } else { format!(" Not counted:{beside}") };
    Section {
        title: "Incidents",
        note: format!("Each in the period in which it began, with the worst severity it reached.{beside}"),
        chart: (!rows.is_empty()).then(|| columns(archive, metrics)),
        tables: vec![Table::new("Incidents", &["Began", "Severity", "Title~", "Record", "Impact#", "Cause"], rows)],
    }
}

/// How many began in each month or week, by severity.
fn columns(archive: &Archive, metrics: &Metrics) -> Chart {
    let zone = archive.config.zone();
    let (parts, what) = match metrics.period.window.seconds() {
        short if short <= WEEKS_UP_TO => (metrics.period.weeks(&zone), "week"),
        _ => (metrics.period.months(&zone), "month"),
    };
    let reached = metrics.numbers.severities.iter().map(|(id, _)| id.clone());
    let severities: Vec<String> = reached.collect();
    let rank = |id: &str| archive.config.severities.iter().position(|severity| severity.id == id);
    let bar = |part: &Period| {
        let of_severity = |id: &String| {
            let same = |member: &&Member| member.severity.as_deref().unwrap_or("") == id;
            metrics.numbers.members.iter().filter(|member| part.window.has(member.began)).filter(same).count()
        };
        Bar { label: part.label.clone(), counts: severities.iter().map(of_severity).collect() }
    };
    let part = |id: &String| Part {
        name: if id.is_empty() { "no severity".to_owned() } else { id.clone() },
        rank: rank(id).unwrap_or(usize::MAX),
    };
    Chart::Columns { what, bars: parts.iter().map(bar).collect(), parts: severities.iter().map(part).collect() }
}

fn times(metrics: &Metrics) -> Section {
    let value = |interval: Option<&Interval>| interval.map_or_else(|| "-".to_owned(), |i| seconds(i.seconds));
    let shown = |statistic: &&Statistic| statistic.eligible() > 0 || Measure::HEADLINES.contains(&statistic.measure);
    let shown: Vec<&Statistic> = metrics.numbers.statistics.iter().filter(shown).collect();
    let row = |statistic: &&Statistic| {
        vec![
            statistic.measure.title().to_owned(),
            statistic.measure.meaning().to_owned(),
            format!("{} of {}", statistic.n(), statistic.eligible()),
            value(statistic.median()),
            value(statistic.p90()),
            value(statistic.longest()),
        ]
    };
    let on_estimates = match metrics.numbers.estimated.len() {
        0 => String::new(),
        some => format!(" Of {some} some rest on times that are estimates."),
    };
    let strips: Vec<Strip> = shown
        .iter()
        .filter(|statistic| Measure::HEADLINES.contains(&statistic.measure) && statistic.n() > 0)
        .map(|statistic| Strip {
            label: statistic.measure.title(),
            values: statistic.intervals.iter().map(|i| (i.seconds, i.record.to_string())).collect(),
            median: statistic.median().map(|i| i.seconds),
        })
        .collect();
    Section {
        title: "Times",
        note: format!(
            "Each dot is one incident. A median needs {ENOUGH_FOR_MEDIAN} of them; there is no mean, which one long incident moves wherever it likes.{on_estimates}"
        ),
        chart: (!strips.is_empty()).then_some(Chart::Strips(strips)),
        tables: vec![Table::new(
            "Times",
            &["Time to", "Counted~", "Known#", "Median#", "90% within#", "Longest#"],
            shown.iter().map(row).collect(),
        )],
    }
}

fn uptime(metrics: &Metrics) -> Section {
    let row = |service: &Availability| {
        let budget = service.budget;
        vec![
            service.name.clone(),
            percent(service.uptime),
            match service.uptime.down {
                0 => "none".to_owned(),
                down => seconds(down / 10),
            },
            budget.map_or_else(|| "-".to_owned(), |budget| budget.objective.to_string()),
            match budget.map(|budget| (budget.is_spent(), budget.left_percent())) {
                Some((true, _)) => "spent".to_owned(),
                Some((false, Some(left))) => format!("{left}%"),
                _ => "-".to_owned(),
            },
        ]
    };
    let down = metrics.services.iter().filter(|service| service.uptime.down > 0);
    let bars: Vec<(String, i64)> = down.map(|service| (service.name.clone(), service.uptime.down / 10)).collect();
    Section {
        title: "Uptime",
        note: "A major outage counts in full, a partial one 30%, overlapping ones once, announced maintenance not. Rounded down.".to_owned(),
        chart: (!bars.is_empty()).then_some(Chart::Downtime(bars)),
        tables: vec![Table::new(
            "Uptime of services",
            &["Service", "Uptime#", "Downtime#", "Objective#", "Budget left#"],
            metrics.services.iter().map(row).collect(),
        )],
    }
}

/// Rounded down, so that only what never failed has 100%.
pub fn percent(uptime: Uptime) -> String {
    match uptime.basis_points() {
        Some(10_000) => "100%".to_owned(),
        Some(share) => format!("{}.{:02}%", share / 100, share % 100),
        None => "no data".to_owned(),
    }
}

fn response(metrics: &Metrics) -> Section {
    let all = &metrics.numbers;
    let noticed = &all.noticed;
    let known = noticed.by_us.len() + noticed.by_customers.len();
    let mut shares = vec![
        ("messages to customers in time", all.updates.kept(), all.updates.total()),
        ("senior management told in time", all.escalations.kept(), all.escalations.total()),
        ("noticed by us before customers", noticed.by_us.len(), known),
        ("recurrences of an earlier incident", all.recurrences.len(), all.incidents()),
        ("reopened", all.reopened.len(), all.ever_over()),
    ];
    // What most teams never have is only said of those that do.
    let rare = [
        ("notices by law or contract in time", all.notices.kept(), all.notices.total()),
        ("false alarms, of what left triage", metrics.false_alarms.canceled, metrics.false_alarms.left_triage),
    ];
    shares.extend(rare.into_iter().filter(|(.., whole)| *whole > 0));
    let deadlines = [&all.updates, &all.escalations, &all.notices].into_iter().flat_map(|kind| &kind.deadlines);
    let missed = deadlines.filter(|deadline| !deadline.is_kept());
    let missed = missed.map(|deadline| {
        let done = deadline.done.map_or_else(|| "never".to_owned(), |done| Time::utc(done).to_string());
        vec![deadline.record.to_string(), plain(deadline.duty.name()), Time::utc(deadline.due).to_string(), done]
    });
    let rows = shares.iter().map(|(name, part, whole)| vec![(*name).to_owned(), of(*part, *whole)]).collect();
    Section {
        title: "Response",
        note: "Deadlines that came due, and who knew first.".to_owned(),
        chart: Some(Chart::Shares(shares)),
        tables: vec![
            Table::new("Shares", &["Share", "Count#"], rows),
            Table::new("Missed deadlines", &["Record", "What", "Due", "Done"], missed.collect()),
        ],
    }
}

fn causes(archive: &Archive, metrics: &Metrics) -> Section {
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    for record in records(archive, metrics) {
        let category = record.incident().and_then(|incident| incident.cause.category.as_ref());
        *causes.entry(category.map_or_else(|| "not recorded".to_owned(), |c| plain(&c.value))).or_default() += 1;
    }
    let mut rows: Vec<(String, usize)> = causes.into_iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rows = rows.into_iter().map(|(cause, count)| vec![cause, count.to_string()]).collect();
    let again = records(archive, metrics).filter_map(|record| {
        let earlier = &record.incident()?.related.recurrence_of;
        let ids: Vec<&str> = earlier.iter().map(|id| id.value.as_str()).collect();
        (!ids.is_empty()).then(|| vec![record.id.to_string(), ids.join(", ")])
    });
    Section {
        title: "Causes",
        note: "What caused them, and what had happened before.".to_owned(),
        chart: None,
        tables: vec![
            Table::new("Causes", &["Cause", "Incidents#"], rows),
            Table::new("Recurrences", &["Record", "Recurrence of"], again.collect()),
        ],
    }
}

fn how_to_read(metrics: &Metrics) -> Section {
    let gaps = metrics.numbers.statistics.iter().flat_map(|statistic| {
        let gaps = statistic.left_out.iter().filter(|(_, why)| why.is_a_gap());
        gaps.map(|(record, why)| (record.to_string(), statistic.measure.title(), why.words()))
    });
    let mut by_record: BTreeMap<(String, String), Vec<&'static str>> = BTreeMap::new();
    for (record, measure, why) in gaps {
        by_record.entry((record, why)).or_default().push(measure);
    }
    let rows = by_record.into_iter().map(|((record, why), measures)| vec![record, why, measures.join(", ")]);
    Section {
        title: "What is not known",
        note:
            "Times that are not recorded are left out, never guessed. Adding them to the records mends these numbers."
                .to_owned(),
        chart: None,
        tables: vec![Table::new("Gaps", &["Record", "Why~", "Missing in~"], rows.collect())],
    }
}
