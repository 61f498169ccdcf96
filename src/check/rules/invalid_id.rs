//! `invalid-id`: a folder name that is not an id, or disagrees with the record.

use jiff::ToSpan;
use jiff::civil::Date;

use super::prelude::*;
use crate::record::{Kind, id};
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "invalid-id",
    family: Family::Identity,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a folder name that is not an id, or disagrees with the record",
    explain: r#"
## What it finds

A record whose folder is not named `YYYY-MM-DD-words-of-it` in lower case letters, digits and hyphens (at most 80 characters), and a day in that name which the record contradicts: more than a day before its first entry or after it was declared. Planned work may be moved, so a maintenance or a drill has a month either way.

## Why it matters

The folder's name is the record's only name: in links, in messages, on the site. A wrong day there is quoted for years.

## How to fix it

Rename the folder with `git mv`, and put the old id under `aliases:` if anybody may have linked to it.

## Example

```markdown incidents/2023/05/2023-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    // A folder has one name, however many records are in it.
    let beside_another = record.kind == Kind::Postmortem && context.archive.event(&record.id).is_some();
    if beside_another {
        return;
    }
    if let Some(fault) = id::fault(&record.id) {
        out.report(
            &record.path,
            Span::at(0),
            format!("the folder's name `{}` is not an id, because {fault}", record.id),
        )
        .help("rename the folder with `git mv`; an id is like `2024-05-01-checkout-errors`");
        return;
    }
    let Some(day) = id::day(&record.id) else { return };
    let slack = if record.kind == Kind::Incident { 1.day() } else { 31.days() };
    let days = days(record);
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return;
    };
    let early = day < first.0.saturating_sub(slack);
    let late = day > last.0.saturating_add(slack);
    let Some((stated, span)) = early.then_some(first).or(late.then_some(last)) else {
        return;
    };
    out.report(&record.path, *span, format!("the id says {day}, but this was on {stated}, so one of the two is wrong"))
        .help(format!(
            "correct the time, or rename the folder to `{stated}{}` and add `aliases: [{}]`",
            &record.id[10..],
            record.id
        ));
}

/// The days that an id may be named after: when it began, when it was declared, when it was planned for.
fn days(record: &Record) -> Vec<(Date, Span)> {
    let timeline = record.timeline();
    let first = timeline.iter().map(|entry| entry.at).min_by_key(|at| at.value);
    let declared = timeline.iter().find(|entry| entry.status.is_some()).map(|entry| entry.at);
    let mut times: Vec<_> = first.into_iter().chain(declared).collect();
    if let Some(window) = record.maintenance().and_then(|maintenance| maintenance.window.as_ref()) {
        times.extend([window.start, window.end]);
    }
    times.extend(record.drill().and_then(|drill| drill.held));
    if !record.timeline_complete() {
        times.clear();
    }
    times.into_iter().map(|time| (time.value.local_day(), time.span)).collect()
}
