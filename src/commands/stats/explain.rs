//! What is behind a number: every interval with its record, and what was left out and why.

use std::io::{self, Write};

use anstyle::Style;

use crate::commands::english::English;
use crate::error::Error;
use crate::metrics::Metrics;
use crate::metrics::availability::Availability;
use crate::metrics::compliance::Compliance;
use crate::metrics::interval::{Interval, Why};
use crate::metrics::measure::Measure;
use crate::metrics::readiness::Readiness;
use crate::metrics::statistic::Statistic;
use crate::record::time::Time;
use crate::text::suggest::nearest;

/// Stands for every number.
pub const ALL: &str = "all";

const UPDATES: &str = "updates";
const ESCALATIONS: &str = "escalations";
const NOTICES: &str = "notices";
const NOTICED: &str = "noticed";
const UPTIME: &str = "uptime";
const ACTIONS: &str = "actions";
const FINDINGS: &str = "findings";
const READINESS: &str = "readiness";

fn names() -> impl Iterator<Item = &'static str> + Clone {
    let others = [UPDATES, ESCALATIONS, NOTICES, NOTICED, UPTIME, ACTIONS, FINDINGS, READINESS, ALL];
    Measure::ALL.into_iter().map(Measure::name).chain(others)
}

/// Whether there is such a number.
pub fn is_known(name: &str) -> Result<(), Error> {
    if names().any(|known| known == name) {
        return Ok(());
    }
    let error = Error::new(format!("there is no number `{name}`"));
    Err(match nearest(name, names()) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None => error.hint(format!("there are {}", names().collect::<Vec<_>>().join(", "))),
    })
}

/// Whether a number is asked for.
pub fn is_asked(asked: &str, name: &str) -> bool {
    asked == ALL || asked == name
}

pub fn print(metrics: &Metrics, name: &str, english: &English, out: &mut impl Write) -> io::Result<()> {
    let numbers = &metrics.numbers;
    for statistic in &numbers.statistics {
        let says_something = !statistic.intervals.is_empty() || statistic.eligible() > 0;
        if is_asked(name, statistic.measure.name()) && (says_something || name != ALL) {
            durations(statistic, english, out)?;
        }
    }
    for (known, what, compliance) in [
        (UPDATES, "messages to customers, each by when it was due", &numbers.updates),
        (ESCALATIONS, "telling senior management, each by when it was due", &numbers.escalations),
        (NOTICES, "what laws and contracts ask for, each by when it was due", &numbers.notices),
    ] {
        if is_asked(name, known) && (compliance.total() > 0 || name != ALL) {
            deadlines(known, what, compliance, out)?;
        }
    }
    if is_asked(name, NOTICED) {
        heading(NOTICED, "who knew first", out)?;
        let noticed = &numbers.noticed;
        for (who, records) in
            [("us", &noticed.by_us), ("customers", &noticed.by_customers), ("unknown", &noticed.unknown)]
        {
            records.iter().try_for_each(|record| writeln!(out, "  {who:>9}  {record}"))?;
        }
    }
    if is_asked(name, UPTIME) {
        metrics.services.iter().try_for_each(|service| uptime(service, out))?;
    }
    if is_asked(name, ACTIONS) && !metrics.actions.open.is_empty() {
        heading(ACTIONS, "open ones, with the days since they were due", out)?;
        for action in &metrics.actions.open {
            let overdue = action.overdue.map_or_else(|| "-".to_owned(), |days| days.to_string());
            writeln!(out, "  {overdue:>9}  {}/{}  {}", action.record, action.id, action.title)?;
        }
    }
    if is_asked(name, FINDINGS) && !metrics.findings.open.is_empty() {
        heading(FINDINGS, "open ones, with the days since their incidents were resolved", out)?;
        for finding in &metrics.findings.open {
            let age = finding.age.map_or_else(|| "-".to_owned(), |days| days.to_string());
            writeln!(out, "  {age:>9}  {}/{}  {}", finding.record, finding.id, finding.statement)?;
        }
    }
    if is_asked(name, READINESS) {
        readiness(&metrics.readiness, out)?;
    }
    Ok(())
}

fn readiness(readiness: &Readiness, out: &mut impl Write) -> io::Result<()> {
    heading(READINESS, "drills of the period, who took part in none for a year, and what is to be changed", out)?;
    readiness.held.iter().try_for_each(|record| writeln!(out, "  {:>9}  {record}", "drill"))?;
    readiness.not_practised.iter().try_for_each(|person| writeln!(out, "  {:>9}  {person}", "without"))?;
    for document in &readiness.documents.open {
        let overdue = document.overdue.map_or_else(|| "-".to_owned(), |days| days.to_string());
        writeln!(out, "  {overdue:>9}  {}  {}", document.record, document.path)?;
    }
    Ok(())
}

fn heading(name: &str, meaning: &str, out: &mut impl Write) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "\n{bold}{name}{bold:#}: {meaning}")
}

fn durations(statistic: &Statistic, english: &English, out: &mut impl Write) -> io::Result<()> {
    let measure = statistic.measure;
    heading(measure.name(), english.counted(measure), out)?;
    statistic.intervals.iter().try_for_each(|found| interval(found, out))?;
    for (record, why) in statistic.left_out.iter().filter(|(_, why)| *why != Why::DoesNotApply) {
        writeln!(out, "  {:>9}  {record}  {}", "left out", english.why(*why))?;
    }
    Ok(())
}

fn interval(interval: &Interval, out: &mut impl Write) -> io::Result<()> {
    let (from, to) = (Time::utc(interval.from), Time::utc(interval.to));
    let ahead = if interval.ahead { "  (ahead of it: counts as 0)" } else { "" };
    let about = if interval.estimated { "  (an estimate)" } else { "" };
    writeln!(out, "  {:>8}s  {}  {from} {to}{ahead}{about}", interval.seconds, interval.record)?;
    for piece in &interval.pieces {
        writeln!(out, "  {:>8}s    {} {}", piece.seconds(), Time::utc(piece.from), Time::utc(piece.to))?;
    }
    Ok(())
}

fn deadlines(name: &str, meaning: &str, compliance: &Compliance, out: &mut impl Write) -> io::Result<()> {
    heading(name, meaning, out)?;
    for deadline in &compliance.deadlines {
        let kept = if deadline.is_kept() { "kept" } else { "missed" };
        let done = deadline.done.map_or_else(|| "never".to_owned(), |done| Time::utc(done).to_string());
        let due = Time::utc(deadline.due);
        writeln!(out, "  {kept:>9}  {}  {}  due {due} done {done}", deadline.record, deadline.duty.name())?;
    }
    Ok(())
}

fn uptime(service: &Availability, out: &mut impl Write) -> io::Result<()> {
    let (from, to) = (Time::utc(service.watched.from), Time::utc(service.watched.to));
    heading(&format!("{UPTIME} of {}", service.service), &format!("watched {from} to {to}"), out)?;
    if service.counted.is_empty() {
        writeln!(out, "  nothing counts as downtime")?;
    }
    for piece in &service.counted {
        let (from, to) = (Time::utc(piece.window.from), Time::utc(piece.window.to));
        let seconds = piece.window.seconds();
        let share = u32::from(piece.weight) * 10;
        writeln!(out, "  {seconds:>8}s  {}  {from} {to}  {} {share}%", piece.record, piece.state.name())?;
    }
    Ok(())
}
