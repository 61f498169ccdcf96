//! `late-reopen`: an incident reopened after the window for it.

use super::prelude::*;
use crate::check::steps;
use crate::record::timeline::Entry;

pub static RULE: Rule = Rule {
    name: "late-reopen",
    family: Family::Lifecycle,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "an incident reopened after the window for it",
    explain: r#"
## What it finds

A step from `resolved` or `closed` back to a live state, later after the resolution than the lifecycle's `reopen_window` (7 days where nothing else is said).

## Why it matters

Weeks later it is another incident: other people, another cause as often as not, and a duration of weeks in every number if it is counted as one.

## How to fix it

Open a new incident with `related: {recurrence_of: [ID]}`, and leave this one resolved.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
assessment: {scope: none}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: resolved
  - at: 2024-06-10T10:20:00Z
    by: mara
    status: investigating
    reason: The same error came back.
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(machine) = context.archive.lifecycle.machine(record.kind) else {
        return;
    };
    let Some(window) = machine.reopen_window().and_then(|minutes| i64::try_from(minutes).ok()) else {
        return;
    };
    let mut resolved: Option<&Entry> = None;
    for taken in steps::of(&context.archive.lifecycle, record) {
        if taken.to.value == "resolved" {
            resolved = Some(taken.entry);
        }
        let reopened = taken.from.is_some_and(|(_, from)| matches!(from, "resolved" | "closed"))
            && machine.is_live(&taken.to.value);
        let Some(before) = resolved.filter(|_| reopened && !steps::is_imported(taken.entry)) else {
            continue;
        };
        let minutes = taken.entry.at.value.since(before.at.value).as_mins();
        if minutes <= window {
            continue;
        }
        out.report(
            &record.path,
            taken.to.span,
            format!("reopened {} days after it was resolved; by then it is another incident", minutes / (24 * 60)),
        )
        .label(before.at.span, "resolved here")
        .help(format!("open a new incident with `related: {{recurrence_of: [{}]}}`", record.id));
    }
}
