//! `skipped-monitoring`: a major incident resolved without monitoring.

use super::prelude::*;
use crate::check::steps;
use crate::record::lifecycle::Step;
use crate::record::time::Time;
use crate::record::timeline::Text;

pub static RULE: Rule = Rule {
    name: "skipped-monitoring",
    family: Family::Lifecycle,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "a major incident resolved without monitoring",
    explain: r#"
## What it finds

A major incident that went to `resolved` straight from `investigating` or `identified`, without a `reason` in that entry.

## Why it matters

A fix that nobody watched is a guess. Major incidents that are resolved at once are reopened more often than others.

## How to fix it

Add the `monitoring` entry with its true time and `backfill: true`, or say in `reason` why there was nothing to watch.

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
    severity: sev1
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: resolved
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    for taken in steps::of(&context.archive.lifecycle, record) {
        if taken.step != Step::FreeUnlessMajor || taken.entry.backfill || taken.entry.reason.is_some() {
            continue;
        }
        let Some((entry, severity)) = major_before(context, record, taken.entry.at.value) else {
            continue;
        };
        let before = taken.from.map_or("nothing", |(_, state)| state);
        out.report(
            &record.path,
            taken.to.span,
            format!(
                "a major incident went from `{before}` to `{}` without `monitoring`, so nobody watched whether it held",
                taken.to.value
            ),
        )
        .label(entry.span, format!("`{severity}` since here"))
        .help("add the `monitoring` entry with `backfill: true`, or a `reason` why there was nothing to watch");
    }
}

/// Where the record became a major incident, if that was before `time`.
fn major_before<'a>(context: &Context<'_>, record: &'a Record, time: Time) -> Option<(&'a Text, &'a str)> {
    let entries = steps::in_order(record).take_while(|entry| entry.at.value <= time);
    entries.filter_map(|entry| entry.severity.as_deref()).find_map(|severity| {
        let known = context.archive.config.severity(&severity.value)?;
        known.major.then_some((severity, severity.value.as_str()))
    })
}
