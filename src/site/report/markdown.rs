//! A report as Markdown, with bars of characters for charts: for a wiki, a merge request, a message.

use std::fmt::Write;

use super::{Kind, Report, Section, Table, chart};

/// Tables as GitHub, GitLab and most wikis read them.
pub fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n\n{}\n\n", cell(&report.title), cell(&report.subtitle));
    out.push_str("| | | |\n| --- | ---: | --- |\n");
    for fact in &report.facts {
        // Writing to a string cannot fail.
        _ = writeln!(out, "| {} | **{}** | {} |", fact.label, cell(&fact.value), cell(&fact.note));
    }
    report.sections.iter().filter(|section| section.has_something()).for_each(|part| section(part, &mut out));
    out
}

fn section(section: &Section, out: &mut String) {
    _ = write!(out, "\n## {}\n\n{}\n", section.title, cell(&section.note));
    let bars = section.chart.as_ref().map(chart::text).unwrap_or_default();
    if !bars.is_empty() {
        out.push_str("\n| | | |\n| --- | --- | --- |\n");
        for [name, bar, value] in &bars {
            _ = writeln!(out, "| {} | {bar} | {} |", cell(name), cell(value));
        }
    }
    // What the bars have said already is not said again.
    let told = |table: &&Table| table.is_drawn && !bars.is_empty();
    for table in section.tables.iter().filter(|table| !table.rows.is_empty() && !told(table)) {
        out.push('\n');
        if section.tables.len() > 1 {
            _ = write!(out, "**{}**\n\n", table.caption);
        }
        let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
        let rules: Vec<&str> =
            table.columns.iter().map(|c| if c.kind == Some(Kind::Number) { "---:" } else { "---" }).collect();
        _ = writeln!(out, "| {} |\n| {} |", titles.join(" | "), rules.join(" | "));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
            _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
}

/// A text that stays what it is: no bar that ends a cell, no markup.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}
