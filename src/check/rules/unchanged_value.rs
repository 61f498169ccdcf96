//! `unchanged-value`: a status, severity or impact that was already so.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::check::steps;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "unchanged-value",
    family: Family::Timeline,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "a status, severity or impact that was already so",
    explain: r#"
## What it finds

An entry that sets the status, the severity or the state of a service to what it already was. That a service which was never impaired is operational is worth saying and is not reported, nor are entries that came from another tool.

## Why it matters

It reads as a change, and nothing changed. Often the entry that changed it in between was forgotten, or two people recorded the same step.

## How to fix it

Remove the key from the later entry and keep what else it says. If there was a change in between, record it with `backfill: true`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T10:05:00Z
    by: wei
    status: investigating
    note: The pool is exhausted.
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let in_order = || steps::in_order(record);
    // What was so before is in doubt where an entry is missing or in the wrong place.
    if !record.timeline_complete() || !in_order().map(|entry| entry.at.value).is_sorted() {
        return;
    }
    let mut now: BTreeMap<(What, &str), (&str, Span)> = BTreeMap::new();
    for entry in in_order() {
        let status = entry.status.iter().map(|text| ((What::Status, ""), text.value.as_str(), text.span));
        let severity = entry.severity.iter().map(|text| ((What::Severity, ""), text.value.as_str(), text.span));
        let impact = entry.impact.iter();
        let impact = impact.map(|(name, state)| ((What::Impact, name.value.as_str()), state.value.name(), state.span));
        for (what, value, span) in status.chain(severity).chain(impact) {
            let before = now.insert(what, (value, span));
            if let Some((_, since)) = before.filter(|(before, _)| *before == value && !steps::is_imported(entry)) {
                let subject = match what {
                    (What::Status, _) => "the status was".to_owned(),
                    (What::Severity, _) => "the severity was".to_owned(),
                    (What::Impact, service) => format!("`{service}` was"),
                };
                out.report(
                    &record.path,
                    span,
                    format!("{subject} `{value}` before, so this reads as a change and is none"),
                )
                .label(since, "it was set here")
                .help("remove it from this entry, or record what changed in between");
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Status,
    Severity,
    Impact,
}
