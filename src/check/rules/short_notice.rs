//! `short-notice`: planned work that readers heard of too late.

use super::prelude::*;
use crate::check::communication;
use crate::check::stage::{self, Stage};
use crate::check::steps;
use crate::record::time::span;

pub static RULE: Rule = Rule {
    name: "short-notice",
    family: Family::Maintenance,
    level: Level::Warning,
    nature: Nature::Breach,
    summary: "a maintenance announced later than promised, without `emergency`",
    explain: r#"
## What it finds

A maintenance whose first message, or first status, came later than is promised, unless it says `emergency: true` or was canceled. `incident.yaml` says what is promised: `maintenance: {notice: 5d}`. Where it says nothing, less than the customary 72 hours are information.

## Why it matters

Who was to plan around it could not.

## How to fix it

Move the window, or say `emergency: true` if it could not wait. If it was simply late, acknowledge it: `git incident update --acknowledge short-notice --reason TEXT`.

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

/// In minutes, where nothing is promised.
const CUSTOMARY: u64 = 72 * 60;

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let planned = record.maintenance().filter(|maintenance| !maintenance.emergency);
    let Some(window) = planned.and_then(|maintenance| maintenance.window.as_ref()) else {
        return;
    };
    if !window.is_possible() || !matches!(stage::of(context.archive, record), Some(Stage::Live | Stage::Over)) {
        return;
    }
    let mut entries = steps::in_order(record);
    let Some(announced) = entries.find(|entry| entry.public.is_some() || entry.status.is_some()) else {
        return;
    };
    let promised = context.archive.config.notice;
    let Some(deadline) = announced.at.value.plus_minutes(promised.unwrap_or(CUSTOMARY)) else {
        return;
    };
    if deadline <= window.start.value {
        return;
    }
    let late = span(deadline.since(window.start.value));
    let (level, than, help) = match promised {
        Some(_) => (
            RULE.level,
            "is promised, so nobody could plan around it",
            format!(
                "move the window, or say `emergency: true`; if it was simply late, acknowledge it once, {}",
                communication::acknowledging("short-notice", record)
            ),
        ),
        None => (
            Level::Info,
            "the customary 72 hours; nothing says what is promised here",
            "say what you promise in `incident.yaml`, such as `maintenance: {notice: 24h}`".to_owned(),
        ),
    };
    out.report_at(level, &record.path, announced.at.span, format!("this was announced {late} later than {than}"))
        .label(window.start.span, "it begins here")
        .help(help);
}
