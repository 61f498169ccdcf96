//! `overrun`: planned work that ended after its window.

use super::prelude::*;
use crate::check::communication;
use crate::check::stage::{self, Stage};
use crate::check::steps;
use crate::record::time::span;

pub static RULE: Rule = Rule {
    name: "overrun",
    family: Family::Maintenance,
    level: Level::Error,
    nature: Nature::Breach,
    summary: "a maintenance that ended after its window",
    explain: r#"
## What it finds

A finished maintenance whose services came back (or which was completed, where it names no impact) a minute or more after the end of its window. An extension moves `window.end` before it is reached; readers are told of it with a message.

## Why it matters

After the announced end it is downtime like any other, and readers had planned with that end.

## How to fix it

Correct the times if they are wrong. If the extension was announced in time, move `window.end`. Else acknowledge it: `git incident update --acknowledge overrun --reason TEXT`.

## Example

```markdown incidents/2024/05/2024-05-05-database-upgrade/maintenance.md
---
title: Database upgrade
window: {start: 2024-05-05T22:00:00Z, end: 2024-05-05T23:00:00Z}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: scheduled
  - at: 2024-05-05T22:00:00Z
    by: mara
    status: in_progress
  - at: 2024-05-05T23:40:00Z
    by: mara
    status: completed
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(window) = record.maintenance().and_then(|maintenance| maintenance.window.as_ref()) else {
        return;
    };
    if !window.is_possible() || stage::of(context.archive, record) != Some(Stage::Over) {
        return;
    }
    let completed = record.replay.statuses.last().map(|status| status.from);
    let ended = if record.replay.impacts.is_empty() { completed } else { record.replay.moments.impact_ended };
    let Some(ended) = ended else { return };
    let late = ended.since(window.end.value);
    let Some(entry) = steps::in_order(record).find(|entry| entry.at.value == ended).filter(|_| late.as_mins() >= 1)
    else {
        return;
    };
    out.report(
        &record.path,
        entry.at.span,
        format!("this ended {} after the announced window, and that time counts as downtime", span(late)),
    )
    .label(window.end.span, "it was to end here")
    .help(format!(
        "if an extension was announced in time, move `window.end`; else acknowledge it once, {}",
        communication::acknowledging("overrun", record)
    ));
}
