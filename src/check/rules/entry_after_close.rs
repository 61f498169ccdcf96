//! `entry-after-close`: an entry after the record was closed or canceled.

use super::prelude::*;
use crate::check::steps;
use crate::record::timeline::{Entry, Text};

pub static RULE: Rule = Rule {
    name: "entry-after-close",
    family: Family::Lifecycle,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "an entry after the record was closed or canceled",
    explain: r#"
## What it finds

An entry that comes after `closed` or `canceled` and is neither a reopening nor the correction of an entry (`edited`, `redacted`).

## Why it matters

Closed means that nobody looks any more. What is written behind the end is overlooked.

## How to fix it

Give it the time at which it happened, with `backfill: true` if it was recorded late. If the incident goes on, reopen it with a `status` and a `reason`. What was learned later belongs in the postmortem.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: canceled
    reason: A test of the alert.
  - at: 2024-05-03T10:20:00Z
    by: mara
    note: The alert was tested again.
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    if !record.timeline_complete() {
        return;
    }
    let mut closed: Option<(&Entry, &Text)> = None;
    for entry in steps::in_order(record) {
        if let Some(status) = &entry.status {
            let closes = matches!(status.value.as_str(), "closed" | "canceled");
            closed = closes.then_some((entry, status));
            continue;
        }
        let Some((end, status)) = closed else { continue };
        let corrects = entry.edited.is_some() || entry.redacted.is_some();
        if corrects || entry.at.value <= end.at.value {
            continue;
        }
        out.report(
            &record.path,
            entry.at.span,
            format!("this entry comes after `{}`, where nobody looks for it", status.value),
        )
        .label(status.span, format!("`{}` since here", status.value))
        .help("give it the time at which it happened and `backfill: true`, or reopen the record with a `status` and a `reason`");
    }
}
