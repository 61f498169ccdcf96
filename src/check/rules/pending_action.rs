//! `pending-action`: an action that is still pending although the work is over.

use super::prelude::*;
use crate::check::stage::{self, Stage};
use crate::check::steps;
use crate::record::timeline::{Entry, Text};

pub static RULE: Rule = Rule {
    name: "pending-action",
    family: Family::Timeline,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "an action still pending in a record whose work is over",
    explain: r#"
## What it finds

An `action` with `result: pending` in a resolved or closed incident (or finished maintenance), where no later entry names the same `action` with its result.

## Why it matters

Nobody knows whether it helped, or whether it is still running.

## How to fix it

Add an entry with the same `action` and `result: worked` or `result: failed`.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    event: impact_started
  - at: 2024-05-01T10:05:00Z
    by: wei
    action: Restarted the pool.
    result: pending
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: monitoring
    event: impact_ended
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if stage::of(context.archive, record) != Some(Stage::Over) {
        return;
    }
    let entries: Vec<&Entry> = steps::in_order(record).collect();
    for (i, entry) in entries.iter().enumerate() {
        let (Some(action), Some(result)) = (&entry.action, &entry.result) else {
            continue;
        };
        let is_settled = || entries.iter().skip(i + 1).any(|later| settles(later, action));
        if result.value != "pending" || is_settled() {
            continue;
        }
        out.report(
            &record.path,
            result.span,
            "this action is still pending although the work is over, so nobody knows whether it helped",
        )
        .label(action.span, "the action")
        .help("add an entry with the same `action` and `result: worked` or `result: failed`");
    }
}

fn settles(later: &Entry, action: &Text) -> bool {
    let same = later.action.as_ref().is_some_and(|other| other.value.trim() == action.value.trim());
    same && later.result.as_ref().is_some_and(|result| result.value != "pending")
}
