//! What a report tells, section by section.

use std::collections::BTreeMap;

use super::chart::{Bar, Chart, Column, Part, Strip, TICKS};
use super::teller::Teller;
use super::{Section, Table};
use crate::metrics::availability::Availability;
use crate::metrics::interval::Interval;
use crate::metrics::measure::Measure;
use crate::metrics::numbers::Member;
use crate::metrics::period::{Name, Period};
use crate::metrics::statistic::{ENOUGH_FOR_MEDIAN, Statistic};
use crate::record::Record;
use crate::site::language::metrics::{deadline, measure, why};

mod health;

/// A longer period is shown by months, a shorter one by weeks.
const WEEKS_UP_TO: i64 = 70 * 86_400;

/// Stands where nothing is to be said.
const NOTHING: &str = "–";

pub fn all(teller: &Teller<'_>) -> Vec<Section> {
    vec![
        incidents(teller),
        times(teller),
        uptime(teller),
        response(teller),
        causes(teller),
        health::actions(teller),
        health::findings(teller),
        health::readiness(teller),
        how_to_read(teller),
    ]
}

fn records<'a>(teller: &Teller<'a>) -> impl Iterator<Item = &'a Record> {
    let archive = teller.archive;
    teller.metrics.numbers.members.iter().filter_map(|member| archive.event(&member.record))
}

fn incidents(teller: &Teller<'_>) -> Section {
    let numbers = &teller.metrics.numbers;
    let recovered: BTreeMap<&str, &Interval> = numbers
        .statistic(Measure::Recover)
        .map(|statistic| statistic.intervals.iter().map(|interval| (&*interval.record, interval)).collect())
        .unwrap_or_default();
    let row = |member: &Member| {
        let record = teller.archive.event(&member.record);
        let cause = record.and_then(|record| record.incident()?.cause.category.as_ref());
        vec![
            teller.day_of(member.began),
            member.severity.clone().unwrap_or_else(|| NOTHING.to_owned()),
            record.map_or_else(String::new, |record| teller.title(record)),
            member.record.to_string(),
            match recovered.get(&*member.record) {
                Some(interval) => teller.seconds(interval.seconds),
                None if numbers.live.contains(&member.record) => teller.word("report_still_open"),
                None if numbers.near_misses.contains(&member.record) => teller.word("report_none"),
                None => teller.word("report_not_known"),
            },
            cause.map_or_else(|| NOTHING.to_owned(), |cause| teller.language.term("cause_", &cause.value)),
        ]
    };
    let rows: Vec<Vec<String>> = numbers.members.iter().map(row).collect();
    let beside = [(teller.metrics.canceled, "report_canceled"), (teller.metrics.triage, "report_in_triage")];
    let beside =
        beside.iter().filter(|(count, _)| *count > 0).map(|(count, key)| teller.count(key, &[("count", *count)]));
    let beside: Vec<String> = beside.collect();
    let beside = (!beside.is_empty()).then(|| teller.say("report_not_counted", &[("list", &beside.join(", "))]));
    let columns = ["began", "inside_severity", "report_title~", "inside_record", "inside_impact#", "inside_cause"];
    Section {
        title: teller.word("inside_incidents"),
        note: teller.sentences([teller.word("report_incidents_note")].into_iter().chain(beside)),
        chart: (!rows.is_empty()).then(|| by_time(teller)),
        tables: vec![teller.table("inside_incidents", &columns, rows)],
    }
}

/// How many began in each month or week, by severity.
fn by_time(teller: &Teller<'_>) -> Chart {
    let (period, numbers) = (&teller.metrics.period, &teller.metrics.numbers);
    let (parts, key) = match period.window.seconds() {
        short if short <= WEEKS_UP_TO => (period.weeks(&teller.zone()), "report_by_week"),
        _ => (period.months(&teller.zone()), "report_by_month"),
    };
    let severities: Vec<String> = numbers.severities.iter().map(|(id, _)| id.clone()).collect();
    let rank = |id: &str| teller.archive.config.severities.iter().position(|severity| severity.id == id);
    let label = |part: &Period| match part.name {
        Name::Month { month, .. } if parts.len() <= 12 => teller.language.dates.short_month(month).to_owned(),
        Name::Month { .. } => part.name.to_string(),
        _ => teller.period(part),
    };
    let column = |part: &Period| {
        let of_severity = |id: &String| {
            let same = |member: &&Member| member.severity.as_deref().unwrap_or("") == id;
            numbers.members.iter().filter(|member| part.window.has(member.began)).filter(same).count()
        };
        Column { label: label(part), counts: severities.iter().map(of_severity).collect() }
    };
    let columns: Vec<Column> = parts.iter().map(column).collect();
    let counts: Vec<String> = columns.iter().map(|column| format!("{}: {}", column.label, column.total())).collect();
    let part = |id: &String| Part {
        name: if id.is_empty() { teller.word("report_no_severity") } else { id.clone() },
        rank: rank(id).unwrap_or(usize::MAX),
    };
    Chart::Columns {
        summary: teller.say(key, &[("list", &counts.join(", "))]),
        columns,
        parts: severities.iter().map(part).collect(),
    }
}

fn times(teller: &Teller<'_>) -> Section {
    let value =
        |interval: Option<&Interval>| interval.map_or_else(|| NOTHING.to_owned(), |i| teller.seconds(i.seconds));
    let shown = |statistic: &&Statistic| statistic.eligible() > 0 || Measure::HEADLINES.contains(&statistic.measure);
    let shown: Vec<&Statistic> = teller.metrics.numbers.statistics.iter().filter(shown).collect();
    let row = |statistic: &&Statistic| {
        let [title, counted] = measure(statistic.measure);
        vec![
            teller.word(title),
            teller.word(counted),
            teller.count("report_of", &[("part", statistic.n()), ("whole", statistic.eligible())]),
            value(statistic.median()),
            value(statistic.p90()),
            value(statistic.longest()),
        ]
    };
    let headlines: Vec<&Statistic> =
        shown.iter().copied().filter(|s| Measure::HEADLINES.contains(&s.measure) && s.n() > 0).collect();
    let columns =
        ["report_time_to", "report_counted~", "report_known#", "report_median#", "report_p90#", "report_longest#"];
    let explained = teller.count("report_times_note", &[("enough", ENOUGH_FOR_MEDIAN)]);
    let estimated = teller.metrics.numbers.estimated.len();
    let on_estimates = (estimated > 0).then(|| teller.count("report_on_estimates", &[("count", estimated)]));
    Section {
        title: teller.word("report_times"),
        note: teller.sentences([explained].into_iter().chain(on_estimates)),
        chart: (!headlines.is_empty()).then(|| strips(teller, &headlines)),
        tables: vec![teller.table("report_times", &columns, shown.iter().map(row).collect())],
    }
}

/// A dot for each incident.
fn strips(teller: &Teller<'_>, statistics: &[&Statistic]) -> Chart {
    let strip = |statistic: &&Statistic| Strip {
        label: teller.word(measure(statistic.measure)[0]),
        values: statistic
            .intervals
            .iter()
            .map(|i| (i.seconds, format!("{}: {}", i.record, teller.seconds(i.seconds))))
            .collect(),
        median: statistic.median().map(|i| i.seconds),
    };
    let strips: Vec<Strip> = statistics.iter().map(strip).collect();
    let summary = strips.iter().map(|strip| {
        let count = teller.count("report_values", &[("count", strip.values.len())]);
        let median = strip.median.map_or_else(String::new, |median| {
            format!(", {}", teller.say("report_median_is", &[("median", &teller.seconds(median))]))
        });
        format!("{}: {count}{median}", strip.label)
    });
    let summary: Vec<String> = summary.collect();
    Chart::Strips {
        summary: teller.say("report_times_list", &[("list", &summary.join("; "))]),
        ticks: TICKS.map(|tick| teller.seconds(tick)).into(),
        strips,
    }
}

fn uptime(teller: &Teller<'_>) -> Section {
    let services = &teller.metrics.services;
    let row = |service: &Availability| {
        let budget = service.budget;
        vec![
            teller.service(&service.service),
            teller.uptime(service.uptime),
            teller.seconds_if_any(service.uptime.down / 10),
            budget.map_or_else(|| NOTHING.to_owned(), |budget| teller.language.dates.share(budget.objective)),
            match budget.map(|budget| (budget.is_spent(), budget.left_percent())) {
                Some((true, _)) => teller.word("report_spent"),
                Some((false, Some(left))) => format!("{left}%"),
                _ => NOTHING.to_owned(),
            },
        ]
    };
    let most = services.iter().map(|service| service.uptime.down / 10).max().unwrap_or(0);
    let bar = |service: &Availability| Bar {
        name: teller.service(&service.service),
        part: service.uptime.down / 10,
        whole: most,
        value: teller.seconds(service.uptime.down / 10),
    };
    let bars: Vec<Bar> = services.iter().filter(|service| service.uptime.down > 0).map(bar).collect();
    let columns = ["report_service", "report_uptime#", "report_downtime#", "report_objective#", "report_budget_left#"];
    Section {
        title: teller.word("report_uptime"),
        note: teller.word("report_uptime_note"),
        chart: (!bars.is_empty()).then(|| chart_of(teller, "downtime", "report_downtime_list", bars)),
        tables: vec![teller.table("report_uptime_of_services", &columns, services.iter().map(row).collect())],
    }
}

fn chart_of(teller: &Teller<'_>, class: &'static str, key: &str, bars: Vec<Bar>) -> Chart {
    let list: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.name, bar.value)).collect();
    Chart::Bars { class, summary: teller.say(key, &[("list", &list.join("; "))]), bars }
}

fn response(teller: &Teller<'_>) -> Section {
    let all = &teller.metrics.numbers;
    let noticed = &all.noticed;
    let known = noticed.by_us.len() + noticed.by_customers.len();
    let share = |(key, part, whole): (&str, usize, usize)| Bar {
        name: teller.word(key),
        part: i64::try_from(part).unwrap_or(i64::MAX),
        whole: i64::try_from(whole).unwrap_or(i64::MAX),
        value: teller.of(part, whole),
    };
    let shares = [
        ("report_share_messages", all.updates.kept(), all.updates.total()),
        ("report_share_management", all.escalations.kept(), all.escalations.total()),
        ("report_share_noticed", noticed.by_us.len(), known),
        ("report_share_recurrences", all.recurrences.len(), all.incidents()),
        ("report_share_reopened", all.reopened.len(), all.ever_over()),
    ];
    // What most teams never have is only said of those that do.
    let false_alarms = teller.metrics.false_alarms;
    let rare = [
        ("report_share_notices", all.notices.kept(), all.notices.total()),
        ("report_share_false_alarms", false_alarms.canceled, false_alarms.left_triage),
    ];
    let rare = rare.into_iter().filter(|(.., whole)| *whole > 0);
    let bars: Vec<Bar> = shares.into_iter().chain(rare).map(share).collect();
    let rows = bars.iter().map(|bar| vec![bar.name.clone(), bar.value.clone()]).collect();
    let deadlines = [&all.updates, &all.escalations, &all.notices].into_iter().flat_map(|kind| &kind.deadlines);
    let missed = deadlines.filter(|deadline| !deadline.is_kept());
    let missed = missed.map(|missed| {
        let done = missed.done.map_or_else(|| teller.word("report_never"), |done| teller.moment(done));
        vec![missed.record.to_string(), teller.word(deadline(missed.duty)), teller.moment(missed.due), done]
    });
    let columns = ["inside_record", "report_what", "inside_due", "progress_done"];
    Section {
        title: teller.word("report_response"),
        note: teller.word("report_response_note"),
        chart: Some(chart_of(teller, "share", "report_shares_list", bars)),
        tables: vec![
            Table { is_drawn: true, ..teller.table("report_shares", &["report_share", "report_count#"], rows) },
            teller.table("report_missed", &columns, missed.collect()),
        ],
    }
}

fn causes(teller: &Teller<'_>) -> Section {
    let mut causes: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for record in records(teller) {
        let category = record.incident().and_then(|incident| incident.cause.category.as_ref());
        *causes.entry(category.map(|category| category.value.as_str())).or_default() += 1;
    }
    let mut rows: Vec<(Option<&str>, usize)> = causes.into_iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let row = |(cause, count): (Option<&str>, usize)| {
        let name = cause.map(|cause| teller.language.term("cause_", cause));
        vec![name.unwrap_or_else(|| teller.word("inside_not_recorded")), count.to_string()]
    };
    let again = records(teller).filter_map(|record| {
        let earlier = &record.incident()?.related.recurrence_of;
        let ids: Vec<&str> = earlier.iter().map(|id| id.value.as_str()).collect();
        (!ids.is_empty()).then(|| vec![record.id.to_string(), ids.join(", ")])
    });
    let again = again.collect();
    Section {
        title: teller.word("report_causes"),
        note: teller.word("report_causes_note"),
        chart: None,
        tables: vec![
            teller.table("report_causes", &["inside_cause", "inside_incidents#"], rows.into_iter().map(row).collect()),
            teller.table("report_recurrences", &["inside_record", "report_recurrence_of"], again),
        ],
    }
}

fn how_to_read(teller: &Teller<'_>) -> Section {
    let gaps = teller.metrics.numbers.statistics.iter().flat_map(|statistic| {
        let gaps = statistic.left_out.iter().filter(|(_, reason)| reason.is_a_gap());
        gaps.map(|(record, reason)| (record.to_string(), statistic.measure, *reason))
    });
    let mut by_record: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (record, of, reason) in gaps {
        by_record.entry((record, teller.word(why(reason)))).or_default().push(teller.word(measure(of)[0]));
    }
    let rows = by_record.into_iter().map(|((record, why), measures)| vec![record, why, measures.join(", ")]);
    let columns = ["inside_record", "report_why~", "report_missing_in~"];
    Section {
        title: teller.word("report_gaps"),
        note: teller.word("report_gaps_note"),
        chart: None,
        tables: vec![teller.table("report_gaps", &columns, rows.collect())],
    }
}
