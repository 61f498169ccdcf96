//! The numbers as tables for people, at most 80 columns wide.

use std::io::{self, Write};

use anstyle::Style;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::commands::english::English;
use crate::commands::words;
use crate::metrics::availability::Availability;
use crate::metrics::clock::Clock;
use crate::metrics::compliance::Compliance;
use crate::metrics::measure::Measure;
use crate::metrics::numbers::{Numbers, Total};
use crate::metrics::statistic::{ENOUGH_FOR_MEDIAN, Statistic};
use crate::metrics::{Metrics, Question};
use crate::record::time::{Time, span};
use crate::text::count::counted;

mod health;

pub fn print(
    metrics: &Metrics,
    question: &Question,
    zone: &TimeZone,
    english: &English,
    out: &mut impl Write,
) -> io::Result<()> {
    heading(metrics, question, zone, out)?;
    incidents(metrics, out)?;
    let all = &metrics.numbers;
    if all.incidents() > 0 {
        title("Times", "the middle one, the one that 90 of 100 do not exceed, the longest", out)?;
        times(all, &Measure::ALL, (&question.clock, english), out)?;
        title("Shares", "", out)?;
        shares(metrics, out)?;
    }
    if let Some(by) = question.by.filter(|_| all.incidents() > 0) {
        for group in &metrics.groups {
            let name = group.key.as_deref().map_or_else(|| format!("without a {}", by.name()), str::to_owned);
            title(&name, &counted(group.numbers.incidents(), "incident"), out)?;
            if group.numbers.incidents() > 0 {
                times(&group.numbers, &Measure::HEADLINES, (&question.clock, english), out)?;
                shares_in_short(&group.numbers, out)?;
            }
        }
    }
    uptime(&metrics.services, out)?;
    health::actions(&metrics.actions, out)?;
    health::findings(&metrics.findings, out)?;
    health::readiness(&metrics.readiness, out)
}

fn heading(metrics: &Metrics, question: &Question, zone: &TimeZone, out: &mut impl Write) -> io::Result<()> {
    let bold = Style::new().bold();
    let zone_name = zone.iana_name().unwrap_or("UTC");
    writeln!(out, "{bold}{}{bold:#}  {zone_name}, as of {}", metrics.period.name, Time::utc(metrics.as_of))?;
    let mut limits = Vec::new();
    if !question.services.is_empty() {
        limits.push(format!("only {}", question.services.join(", ")));
    }
    if !question.severities.is_empty() {
        limits.push(format!("only {}", question.severities.join(", ")));
    }
    if matches!(question.clock, Clock::Business(..)) {
        limits.push("times in business hours".to_owned());
    }
    if question.exact {
        limits.push("without what rests on estimated times".to_owned());
    }
    if limits.is_empty() { Ok(()) } else { writeln!(out, "{}", limits.join("; ")) }
}

fn incidents(metrics: &Metrics, out: &mut impl Write) -> io::Result<()> {
    let all = &metrics.numbers;
    let of_severity = |(id, count): &(String, usize)| match id.as_str() {
        "" => format!("{count} without a severity"),
        id => format!("{count} {id}"),
    };
    let severities: Vec<String> = all.severities.iter().map(of_severity).collect();
    let list = if severities.is_empty() { String::new() } else { format!(": {}", severities.join(", ")) };
    writeln!(out, "\n{}{list}", counted(all.incidents(), "incident"))?;
    let some = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let among = [
        some(all.live.len(), "still open"),
        some(all.reopened.len(), "reopened"),
        some(all.near_misses.len(), "without any impact"),
        some(all.backfilled, "recorded afterwards"),
        some(all.merged, "merged into them"),
    ];
    let beside = [some(metrics.triage, "in triage"), some(metrics.canceled, "canceled")];
    for (name, parts) in [("among them", among.to_vec()), ("not counted", beside.to_vec())] {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if !parts.is_empty() {
            writeln!(out, "{name}: {}", parts.join(", "))?;
        }
    }
    Ok(())
}

fn title(text: &str, remark: &str, out: &mut impl Write) -> io::Result<()> {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    match remark {
        "" => writeln!(out, "\n{bold}{text}{bold:#}"),
        remark => writeln!(out, "\n{bold}{text}{bold:#}  {dim}{remark}{dim:#}"),
    }
}

/// A table. The first column stands on the left, the others on the right.
fn table(rows: &[Vec<String>], out: &mut impl Write) -> io::Result<()> {
    for row in words::columns_to_the_right(rows) {
        writeln!(out, "  {}", row.join("  ").trim_end())?;
    }
    Ok(())
}

/// A duration of a clock. A business day is shorter than a day, so that business time is not put into days.
fn duration(seconds: i64, clock: &Clock) -> String {
    match clock {
        Clock::Business(..) if seconds >= 86_400 => format!("{}h", seconds / 3_600),
        _ => span(SignedDuration::from_secs(seconds)),
    }
}

fn times(
    numbers: &Numbers,
    measures: &[Measure],
    (clock, english): (&Clock, &English),
    out: &mut impl Write,
) -> io::Result<()> {
    let mut rows = vec![["", "known", "median", "p90", "longest", "1m ··· 1w"].map(str::to_owned).to_vec()];
    let shown = |statistic: &&Statistic| {
        measures.contains(&statistic.measure)
            && (statistic.eligible() > 0 || Measure::HEADLINES.contains(&statistic.measure))
    };
    rows.extend(numbers.statistics.iter().filter(shown).map(|statistic| row(statistic, clock, english)));
    table(&rows, out)?;
    let estimates = numbers.statistics.iter().filter(shown).filter(|statistic| statistic.estimated() > 0);
    let estimates: Vec<String> =
        estimates.map(|statistic| format!("{} {}", english.title(statistic.measure), statistic.estimated())).collect();
    match estimates.as_slice() {
        [] => Ok(()),
        some => writeln!(out, "  on estimated times rest: {}", some.join(", ")),
    }
}

fn row(statistic: &Statistic, clock: &Clock, english: &English) -> Vec<String> {
    let value = |interval: Option<&crate::metrics::interval::Interval>| {
        interval.map_or_else(|| "-".to_owned(), |interval| duration(interval.seconds, clock))
    };
    vec![
        english.title(statistic.measure).to_owned(),
        format!("{} of {}", statistic.n(), statistic.eligible()),
        value(statistic.median()),
        value(statistic.p90()),
        value(statistic.longest()),
        if statistic.n() < ENOUGH_FOR_MEDIAN { few(statistic, clock) } else { bars(&statistic.histogram()) },
    ]
}

/// Where there are too few for a median, all of them say more.
fn few(statistic: &Statistic, clock: &Clock) -> String {
    let values: Vec<String> = statistic.intervals.iter().map(|i| duration(i.seconds, clock)).collect();
    values.join(", ")
}

/// One bar for each bin, by its share of the fullest.
fn bars(counts: &[usize]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = |count: &usize| match count {
        0 => '·',
        count => BARS[(count * BARS.len()).div_ceil(most) - 1],
    };
    counts.iter().map(bar).collect()
}

fn shares(metrics: &Metrics, out: &mut impl Write) -> io::Result<()> {
    let numbers = &metrics.numbers;
    let noticed = &numbers.noticed;
    let known = noticed.by_us.len() + noticed.by_customers.len();
    let mut rows = vec![
        share("messages to customers in time", numbers.updates.kept(), numbers.updates.total()),
        share("senior management told in time", numbers.escalations.kept(), numbers.escalations.total()),
        with_unknown(share("noticed by us before customers", noticed.by_us.len(), known), noticed.unknown.len()),
        share("recurrences of an earlier incident", numbers.recurrences.len(), numbers.incidents()),
        share("reopened", numbers.reopened.len(), numbers.ever_over()),
    ];
    // What most teams never have is only said of those that do.
    let rare = [
        ("notices by law or contract in time", numbers.notices.kept(), numbers.notices.total()),
        ("false alarms, of what left triage", metrics.false_alarms.canceled, metrics.false_alarms.left_triage),
    ];
    rows.extend(rare.iter().filter(|(.., whole)| *whole > 0).map(|(name, part, whole)| share(name, *part, *whole)));
    rows.extend(total("customer-minutes", numbers.customer_minutes));
    rows.extend(total("support cases", numbers.support_cases));
    table(&rows, out)
}

fn share(name: &str, part: usize, whole: usize) -> Vec<String> {
    let percent = (part * 100).checked_div(whole).map_or_else(|| "-".to_owned(), |percent| format!("{percent}%"));
    vec![name.to_owned(), percent, format!("{part} of {whole}")]
}

/// How many incidents do not say.
fn with_unknown(mut row: Vec<String>, unknown: usize) -> Vec<String> {
    if let Some(count) = row.last_mut().filter(|_| unknown > 0) {
        *count += &format!(", unknown for {unknown}");
    }
    row
}

fn total(name: &str, total: Total) -> Option<Vec<String>> {
    let known = format!("known for {} of {}", total.known, total.eligible);
    (total.known > 0).then(|| vec![name.to_owned(), total.sum.to_string(), known])
}

fn shares_in_short(numbers: &Numbers, out: &mut impl Write) -> io::Result<()> {
    let of = |what: &str, compliance: &Compliance| {
        (compliance.total() > 0).then(|| format!("{what} in time {} of {}", compliance.kept(), compliance.total()))
    };
    let noticed = numbers.noticed.by_us.len();
    let known = noticed + numbers.noticed.by_customers.len();
    let parts = [
        of("messages", &numbers.updates),
        of("escalations", &numbers.escalations),
        (known > 0).then(|| format!("noticed by us {noticed} of {known}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { Ok(()) } else { writeln!(out, "  {}", parts.join("; ")) }
}

fn uptime(services: &[Availability], out: &mut impl Write) -> io::Result<()> {
    if services.is_empty() {
        return Ok(());
    }
    title("Uptime", "major outages in full, partial ones 30%, announced maintenance not", out)?;
    let mut rows = vec![["", "uptime", "downtime", "objective", "budget left"].map(str::to_owned).to_vec()];
    rows.extend(services.iter().map(|service| {
        let left = service.budget.and_then(|budget| budget.left_percent());
        vec![
            service.service.clone(),
            words::percent(service.uptime),
            match service.uptime.down {
                0 => "none".to_owned(),
                down => span(SignedDuration::from_secs(down / 10)),
            },
            service.budget.map_or_else(|| "-".to_owned(), |budget| budget.objective.to_string()),
            left.map_or_else(|| "-".to_owned(), |left| format!("{left}%")),
        ]
    }));
    table(&rows, out)
}
