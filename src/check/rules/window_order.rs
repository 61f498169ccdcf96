//! `window-order`: a maintenance window that ends before it starts.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "window-order",
    family: Family::Maintenance,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a maintenance window that ends before it starts",
    explain: r#"
## What it finds

A `window` whose `end` is not after its `start`.

## Why it matters

The window is what customers are promised, and what is not counted as downtime.

## How to fix it

Correct the day or the offset. A window over midnight ends on the next day.

## Example

```markdown incidents/2024/05/2024-05-02-database-upgrade/maintenance.md
---
title: Database upgrade
window: {start: 2024-05-02T22:00:00Z, end: 2024-05-02T02:00:00Z}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: scheduled
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(window) = record.maintenance().and_then(|maintenance| maintenance.window.as_ref()) else {
        return;
    };
    if window.is_possible() {
        return;
    }
    let when = if window.end.value == window.start.value { "when" } else { "before" };
    out.report(
        &record.path,
        window.end.span,
        format!("the window ends {when} it starts, so readers are told nonsense and nothing counts as planned"),
    )
    .label(window.start.span, "it starts here")
    .help("correct the day or the offset; a window over midnight ends on the next day");
}
