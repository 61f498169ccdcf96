//! The numbers for spreadsheets. The columns are listed in docs/stats.md and do not change.

use std::io::{self, Write};

use super::explain::is_asked;
use crate::commands::english::English;
use crate::metrics::Metrics;
use crate::metrics::interval::Interval;
use crate::metrics::numbers::Numbers;
use crate::record::time::Time;
use crate::text::csv::line;

/// One line for each number of each group. The group of all incidents has no name.
pub fn numbers(metrics: &Metrics, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{}", line(["group", "number", "n", "of", "shortest", "median", "p90", "longest"]))?;
    of_group("", &metrics.numbers, out)?;
    for group in &metrics.groups {
        of_group(group.key.as_deref().unwrap_or("none"), &group.numbers, out)?;
    }
    for service in &metrics.services {
        let observed = service.uptime.observed;
        let up = observed - (service.uptime.down + 9) / 10;
        share(&service.service, "uptime_seconds", up, observed, out)?;
    }
    let (actions, findings, readiness) = (&metrics.actions, &metrics.findings, &metrics.readiness);
    let practised = readiness.practised.len();
    let documents = &readiness.documents;
    for (name, part, whole) in [
        ("false_alarms", metrics.false_alarms.canceled, metrics.false_alarms.left_triage),
        ("actions_open", actions.open.len(), actions.total),
        ("actions_overdue", actions.overdue().count(), actions.open.len()),
        ("actions_done_in_time", actions.done_in_time, actions.done_with_due),
        ("findings_open", findings.open.len(), findings.total),
        ("objectives_met", readiness.objectives.met, readiness.objectives.total()),
        ("people_practised", practised, practised + readiness.not_practised.len()),
        ("documents_open", documents.open.len(), documents.total),
    ] {
        share("", name, part, whole, out)?;
    }
    Ok(())
}

fn of_group(group: &str, numbers: &Numbers, out: &mut impl Write) -> io::Result<()> {
    let all = numbers.incidents();
    share(group, "incidents", all, all, out)?;
    for statistic in &numbers.statistics {
        let seconds = |interval: Option<&Interval>| interval.map_or_else(String::new, |i| i.seconds.to_string());
        let cells = [
            group.to_owned(),
            statistic.measure.name().to_owned(),
            statistic.n().to_string(),
            statistic.eligible().to_string(),
            seconds(statistic.shortest()),
            seconds(statistic.median()),
            seconds(statistic.p90()),
            seconds(statistic.longest()),
        ];
        write!(out, "{}", line(cells))?;
    }
    let noticed = &numbers.noticed;
    let known = noticed.by_us.len() + noticed.by_customers.len();
    for (name, part, whole) in [
        ("updates_in_time", numbers.updates.kept(), numbers.updates.total()),
        ("escalations_in_time", numbers.escalations.kept(), numbers.escalations.total()),
        ("notices_in_time", numbers.notices.kept(), numbers.notices.total()),
        ("noticed_by_us", noticed.by_us.len(), known),
        ("recurrences", numbers.recurrences.len(), all),
        ("reopened", numbers.reopened.len(), numbers.ever_over()),
    ] {
        share(group, name, part, whole, out)?;
    }
    Ok(())
}

fn share<N: ToString>(group: &str, name: &str, part: N, whole: N, out: &mut impl Write) -> io::Result<()> {
    let (part, whole) = (part.to_string(), whole.to_string());
    write!(out, "{}", line([group, name, &part, &whole, "", "", "", ""]))
}

/// One line for each interval, and for each record that was left out.
pub fn intervals(metrics: &Metrics, name: &str, english: &English, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{}", line(["number", "record", "from", "to", "seconds", "left_out"]))?;
    for statistic in metrics.numbers.statistics.iter().filter(|s| is_asked(name, s.measure.name())) {
        let measure = statistic.measure.name();
        for Interval { record, from, to, seconds, .. } in &statistic.intervals {
            let (from, to) = (Time::utc(*from).to_string(), Time::utc(*to).to_string());
            write!(out, "{}", line([measure, record, &from, &to, &seconds.to_string(), ""]))?;
        }
        for (record, why) in &statistic.left_out {
            write!(out, "{}", line([measure, record, "", "", "", english.why(*why)]))?;
        }
    }
    for service in metrics.services.iter().filter(|_| is_asked(name, "uptime")) {
        for piece in &service.counted {
            let (from, to) = (Time::utc(piece.window.from).to_string(), Time::utc(piece.window.to).to_string());
            let seconds = piece.window.seconds().to_string();
            write!(
                out,
                "{}",
                line([&format!("uptime:{}", service.service), &*piece.record, &from, &to, &seconds, ""])
            )?;
        }
    }
    Ok(())
}
