//! What is left to do after incidents, and before the next one.

use std::io::{self, Write};

use super::{share, table, title};
use crate::metrics::actions::ActionHealth;
use crate::metrics::findings::FindingHealth;
use crate::metrics::readiness::Readiness;
use crate::record::words::plain;
use crate::text::count::counted;

pub fn actions(actions: &ActionHealth, out: &mut impl Write) -> io::Result<()> {
    if actions.total == 0 {
        return Ok(());
    }
    title("Actions", "of all postmortems, as of now", out)?;
    let overdue = actions.overdue().count();
    let high = actions.overdue().filter(|action| action.high).count();
    let age = actions.median_age().map_or_else(String::new, |days| format!("; half of them older than {days} days"));
    writeln!(out, "  {} open, {overdue} overdue ({high} of high priority){age}", actions.open.len())?;
    let in_time = match actions.done_with_due {
        0 => String::new(),
        due => format!(" ({} of {due} by their due date)", actions.done_in_time),
    };
    writeln!(out, "  {} done in the period{in_time}; {} ever declined", actions.done, actions.declined)?;
    if actions.by_team.len() > 1 {
        let mut rows = vec![["", "open", "overdue"].map(str::to_owned).to_vec()];
        rows.extend(actions.by_team.iter().map(|(team, count)| {
            let team = if team.is_empty() { "no team" } else { team };
            vec![team.to_owned(), count.open.to_string(), count.overdue.to_string()]
        }));
        table(&rows, out)?;
    }
    Ok(())
}

pub fn findings(findings: &FindingHealth, out: &mut impl Write) -> io::Result<()> {
    if findings.total == 0 {
        return Ok(());
    }
    title("Findings", "process failures that reviews have found, as of now", out)?;
    let age = findings.median_age().zip(findings.oldest());
    let age = age.map_or_else(String::new, |(median, oldest)| {
        format!("; half of them older than {median} days, the oldest {oldest}")
    });
    writeln!(out, "  {} of {} open{age}", findings.open.len(), findings.total)?;
    let FindingHealth { accepted, declined, deferred, .. } = findings;
    writeln!(out, "  {accepted} accepted, {declined} declined, {deferred} deferred")?;
    let mut rows = vec![["", "found", "open"].map(str::to_owned).to_vec()];
    rows.extend(findings.by_class.iter().map(|(class, count)| {
        let class = if class.is_empty() { "no class".to_owned() } else { plain(class) };
        vec![class, count.total.to_string(), count.open.to_string()]
    }));
    table(&rows, out)
}

pub fn readiness(readiness: &Readiness, out: &mut impl Write) -> io::Result<()> {
    let documents = &readiness.documents;
    if readiness.last.is_none() && documents.total == 0 {
        return Ok(());
    }
    title("Readiness", "", out)?;
    match &readiness.last {
        None => writeln!(out, "  no drill was ever held")?,
        Some((record, days)) => {
            let held = counted(readiness.held.len(), "drill");
            writeln!(out, "  {held} held in the period; the last one {days} days ago ({record})")?;
        }
    }
    let practised = readiness.practised.len();
    let objectives = readiness.objectives;
    let mut rows = vec![
        share("objectives of drills met", objectives.met, objectives.total()),
        share("people in a drill within a year", practised, practised + readiness.not_practised.len()),
    ];
    if documents.total > 0 {
        rows.push(share("documents changed as reviews ask", documents.total - documents.open.len(), documents.total));
    }
    table(&rows, out)?;
    match documents.overdue() {
        0 => Ok(()),
        overdue => writeln!(out, "  {} overdue", counted(overdue, "document")),
    }
}
