//! Pages for a wiki: one for each record, with its postmortem below it.

use std::fmt::Write;

use super::{Export, facts::Facts, moments, utc};
use crate::record::Record;
use crate::record::time::span;
use crate::record::words::{self, plain};

pub fn text(export: &Export<'_>) -> String {
    let pages: Vec<String> = export.records.iter().map(|record| page(export, record)).collect();
    pages.join("\n---\n\n")
}

fn page(export: &Export<'_>, record: &Record) -> String {
    let title = record.title().map_or(&*record.id, |title| &title.value);
    // Writing to a string cannot fail.
    let mut out = format!("# {}\n\n", cell(title));
    table(&mut out, ["", ""], &facts(export, record));
    section(&mut out, "What the responders know", record.body(), 2);
    out += "\n## Timeline\n\n";
    let entries = record.timeline();
    let language = export.archive.config.default_language();
    let rows = record.replay.order.iter().filter_map(|i| entries.get(*i)).map(|entry| {
        let by = entry.by.as_ref().map_or_else(String::new, |by| by.value.clone());
        [utc(entry.at.value), by, words::whole_entry(entry, language)]
    });
    table(&mut out, ["When", "Who", "What"], &rows.collect::<Vec<_>>());
    if let Some(postmortem) = export.index.postmortem(record) {
        let status = postmortem.postmortem().and_then(|postmortem| postmortem.status.as_ref());
        let status = status.map_or("of unknown state", |status| &status.value);
        _ = write!(out, "\n## Postmortem\n\nIt is {}.\n", plain(status));
        out += &actions(postmortem);
        section(&mut out, "", postmortem.body(), 1);
    }
    out
}

/// What stands above the timeline.
fn facts(export: &Export<'_>, record: &Record) -> Vec<[String; 2]> {
    let facts = Facts::of(export, record);
    let mut rows: Vec<[String; 2]> = Vec::new();
    let mut row = |name: &str, value: String| rows.push([name.to_owned(), value]);
    row(record.kind.name(), record.id.to_string());
    row("visibility", record.visibility().name().to_owned());
    row("status", facts.status.map_or_else(|| "unknown".to_owned(), plain));
    if let (Some(severity), Some(worst)) = (facts.severity, facts.worst_severity) {
        row(
            "severity",
            if severity == worst { severity.to_owned() } else { format!("{severity}, at its worst {worst}") },
        );
    }
    for (name, time) in moments(&record.replay.moments) {
        if let Some(time) = time {
            row(&plain(name), utc(time));
        }
    }
    let window = record.maintenance().and_then(|maintenance| maintenance.window.as_ref());
    if let Some(window) = window {
        row("window", format!("{} to {}", utc(window.start.value), utc(window.end.value)));
    }
    for impact in &record.replay.impacts {
        let lasted = impact.to.map_or_else(|| "still".to_owned(), |to| format!("for {}", span(to.since(impact.from))));
        row(&impact.service, format!("{} {lasted}", plain(impact.state.name())));
    }
    for held in &record.replay.roles {
        row(&plain(&held.role), words::person(&export.archive.config, &held.person));
    }
    rows
}

fn actions(postmortem: &Record) -> String {
    let actions = postmortem.postmortem().map_or(&[][..], |postmortem| &postmortem.actions);
    let text = |text: &Option<crate::record::timeline::Text>| {
        text.as_ref().map_or_else(String::new, |text| text.value.clone())
    };
    let rows: Vec<[String; 5]> = actions
        .iter()
        .map(|action| {
            let due = action.due.map_or_else(String::new, |due| due.value.to_string());
            [text(&action.title), text(&action.priority), text(&action.owner), due, plain(&text(&action.status))]
        })
        .collect();
    let mut out = String::new();
    if !rows.is_empty() {
        out.push('\n');
        table(&mut out, ["Action", "Priority", "Owner", "Due", "Status"], &rows);
    }
    out
}

fn table<const N: usize>(out: &mut String, head: [&str; N], rows: &[[String; N]]) {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    *out += &line(head.iter().map(|cell| (*cell).to_owned()).collect());
    *out += &line(vec!["---".to_owned(); N]);
    for row in rows {
        *out += &line(row.iter().map(|text| cell(text)).collect());
    }
}

/// A text that stays in its cell, and in its line.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

/// A text of a record, with each of its headings so many levels deeper than it is there.
fn section(out: &mut String, title: &str, text: &str, deeper: usize) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    if !title.is_empty() {
        _ = write!(out, "\n## {title}\n");
    }
    let mut in_code = false;
    out.push('\n');
    for line in text.lines() {
        in_code ^= line.trim_start().starts_with("```");
        if line.starts_with('#') && !in_code {
            *out += &"#".repeat(deeper);
        }
        _ = writeln!(out, "{line}");
    }
}
