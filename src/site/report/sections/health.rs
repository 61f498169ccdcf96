//! What is left to do after incidents, and before the next one.

use crate::metrics::Metrics;
use crate::metrics::actions::OpenAction;
use crate::metrics::findings::{FindingHealth, OpenFinding};
use crate::metrics::readiness::OpenDocument;
use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::words::plain;
use crate::site::report::{Section, Table, of};
use crate::text::count::counted;

/// What a restricted record says stays in it.
fn unless_restricted(archive: &Archive, record: &str, text: &str) -> String {
    let is_restricted = archive.event(record).is_some_and(|event| event.visibility() == Visibility::Restricted);
    if is_restricted { "(restricted)".to_owned() } else { text.to_owned() }
}

pub fn actions(archive: &Archive, metrics: &Metrics) -> Section {
    let actions = &metrics.actions;
    let row = |action: &OpenAction| {
        vec![
            format!("{}/{}", action.record, action.id),
            unless_restricted(archive, &action.record, &action.title),
            action.owner.clone().unwrap_or_else(|| "nobody".to_owned()),
            if action.high { "high" } else { "-" }.to_owned(),
            action.due.map_or_else(|| "-".to_owned(), |due| due.to_string()),
            action.overdue.map_or_else(|| "-".to_owned(), |days| format!("{days} days")),
        ]
    };
    let in_time = match actions.done_with_due {
        0 => String::new(),
        due => format!(", {} of {due} by their due date", actions.done_in_time),
    };
    let age =
        actions.median_age().map_or_else(String::new, |days| format!("; half of them are older than {days} days"));
    Section {
        title: "Actions",
        note: format!(
            "{} open{age}. {} done in the period{in_time}. Of all there ever were, {} declined and {} extended.",
            actions.open.len(),
            actions.done,
            actions.declined,
            actions.extended
        ),
        chart: None,
        tables: vec![Table::new(
            "Open actions",
            &["Action", "Title~", "Owner", "Priority", "Due", "Overdue#"],
            actions.open.iter().map(row).collect(),
        )],
    }
}

pub fn findings(archive: &Archive, metrics: &Metrics) -> Section {
    let findings = &metrics.findings;
    let row = |finding: &OpenFinding| {
        vec![
            format!("{}/{}", finding.record, finding.id),
            unless_restricted(archive, &finding.record, &finding.statement),
            finding.owner.clone().unwrap_or_else(|| "nobody".to_owned()),
            finding.age.map_or_else(|| "-".to_owned(), |days| format!("{days} days")),
        ]
    };
    let classes = findings.by_class.iter().map(|(class, count)| {
        let class = if class.is_empty() { "no class".to_owned() } else { plain(class) };
        vec![class, count.total.to_string(), count.open.to_string()]
    });
    let age =
        findings.median_age().map_or_else(String::new, |days| format!("; half of them are older than {days} days"));
    let FindingHealth { total, accepted, declined, deferred, .. } = findings;
    Section {
        title: "Findings",
        note: format!(
            "Process failures that reviews have found. {} of {total} open{age}. {accepted} accepted, {declined} declined, {deferred} deferred.",
            findings.open.len(),
        ),
        chart: None,
        tables: vec![
            Table::new(
                "Open findings",
                &["Finding", "Statement~", "Owner", "Age#"],
                findings.open.iter().map(row).collect(),
            ),
            Table::new("Findings by class", &["Class", "Found#", "Open#"], classes.collect()),
        ],
    }
}

pub fn readiness(archive: &Archive, metrics: &Metrics) -> Section {
    let readiness = &metrics.readiness;
    let held = counted(readiness.held.len(), "drill");
    let last = match &readiness.last {
        Some((record, days)) => format!("The last one was {days} days ago ({record})."),
        None => "There was never one.".to_owned(),
    };
    let documents = &readiness.documents;
    let row = |document: &OpenDocument| {
        vec![
            document.record.to_string(),
            unless_restricted(archive, &document.record, &document.path),
            document.owner.clone().unwrap_or_else(|| "nobody".to_owned()),
            document.due.map_or_else(|| "-".to_owned(), |due| due.to_string()),
            document.overdue.map_or_else(|| "-".to_owned(), |days| format!("{days} days")),
        ]
    };
    let practised = readiness.practised.len();
    let objectives = readiness.objectives;
    let says_something = readiness.last.is_some() || documents.total > 0;
    let shares = [
        ("objectives of drills met", objectives.met, objectives.total()),
        ("people in a drill within a year", practised, practised + readiness.not_practised.len()),
        ("documents changed as reviews ask", documents.total - documents.open.len(), documents.total),
    ];
    let shares = shares.iter().filter(|_| says_something);
    Section {
        title: "Readiness",
        note: format!("{held} held in the period. {last}"),
        chart: None,
        tables: vec![
            Table::new(
                "Practice",
                &["Share", "Count#"],
                shares.map(|(name, part, whole)| vec![(*name).to_owned(), of(*part, *whole)]).collect(),
            ),
            Table::new(
                "Documents to change",
                &["Record", "Document~", "Owner", "Due", "Overdue#"],
                documents.open.iter().map(row).collect(),
            ),
        ],
    }
}
