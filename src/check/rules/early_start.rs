//! `early-start`: planned work that began before its window.

use super::prelude::*;
use crate::check::communication;
use crate::record::maintenance::early_start;
use crate::record::time::span;

pub static RULE: Rule = Rule {
    name: "early-start",
    family: Family::Maintenance,
    level: Level::Warning,
    nature: Nature::Breach,
    summary: "a maintenance that began before its window",
    explain: r#"
## What it finds

A maintenance that is in progress, or completed, a minute or more before its window starts, unless it says `emergency: true`.

## Why it matters

Readers were told of another time. What fails before the window counts as downtime, and the page goes on to announce work that is over.

## How to fix it

Correct `at` if the time is wrong. Where the work was moved, move the window too, and tell readers: `git incident update ID --set window.start=TIME --public TEXT`. If it simply began early, acknowledge it: `git incident update --acknowledge early-start --reason TEXT`.

## Example

```markdown incidents/2024/05/2024-05-05-database-upgrade/maintenance.md
---
title: Database upgrade
window: {start: 2024-05-05T22:00:00Z, end: 2024-05-05T23:00:00Z}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: scheduled
  - at: 2024-05-05T21:30:00Z
    by: mara
    status: in_progress
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    // Nobody could plan around an emergency.
    if record.maintenance().is_some_and(|maintenance| maintenance.emergency) {
        return;
    }
    let Some((entry, window)) = early_start(record) else { return };
    let early = span(window.start.value.since(entry.at.value));
    out.report(
        &record.path,
        entry.at.span,
        format!("this was {early} before the announced window, and readers had planned with that"),
    )
    .label(window.start.span, "it was to begin here")
    .help(format!(
        "where the work was moved, move the window too, `git incident update {} --set window.start=TIME`; if it simply \
         began early, acknowledge it once, {}",
        record.id,
        communication::acknowledging(RULE.name, record)
    ));
}
