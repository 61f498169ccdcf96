//! `short-notice`: planned work that readers heard of too late.

use super::prelude::*;
use crate::check::stage::{self, Stage};
use crate::check::steps;

pub static RULE: Rule = Rule {
    name: "short-notice",
    family: Family::Maintenance,
    level: Level::Warning,
    nature: Nature::Breach,
    summary: "a maintenance announced later than promised, without `emergency`",
    explain: r#"
## What it finds

A maintenance whose first message, or first status, came less than 72 hours before its window, unless it says `emergency: true` or was canceled. Another time is set in `incident.yaml`: `maintenance: {notice: 5d}`.

## Why it matters

Who was to plan around it could not.

## How to fix it

Move the window, or say `emergency: true` if it could not wait. If it was simply late, acknowledge it under `breaches`.

## Example

```markdown incidents/2024/05/2024-05-03-database-upgrade/maintenance.md
---
title: Database upgrade
window: {start: 2024-05-03T22:00:00Z, end: 2024-05-03T23:00:00Z}
timeline:
  - at: 2024-05-02T09:50:00Z
    by: mara
    status: scheduled
    public: On 3 May from 22:00 UTC we upgrade the database.
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let planned = record.maintenance().filter(|maintenance| !maintenance.emergency);
    let Some(window) = planned.and_then(|maintenance| maintenance.window.as_ref()) else {
        return;
    };
    if !window.is_possible() || !matches!(stage::of(context, record), Some(Stage::Live | Stage::Over)) {
        return;
    }
    let mut entries = steps::in_order(record);
    let Some(announced) = entries.find(|entry| entry.public.is_some() || entry.status.is_some()) else {
        return;
    };
    let promised = context.archive.config.notice;
    let given = u64::try_from(window.start.value.since(announced.at.value).as_mins());
    let told = match given {
        Ok(given) if given >= promised => return,
        Ok(given) => format!("{} before it begins", in_words(given)),
        Err(_) => "after it began".to_owned(),
    };
    let promised = in_words(promised);
    out.report(
        &record.path,
        announced.at.span,
        format!("this was announced {told} instead of {promised}, so nobody could plan around it"),
    )
    .label(window.start.span, "it begins here")
    .help("move the window, or say `emergency: true`; what was simply late is acknowledged under `breaches`");
}

fn in_words(minutes: u64) -> String {
    match minutes {
        1 => "1 minute".to_owned(),
        ..120 => format!("{minutes} minutes"),
        _ => format!("{} hours", minutes / 60),
    }
}
