//! `missing-reason`: a step that needs a reason and has none.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::check::steps;
use crate::record::lifecycle::Step;
use crate::record::timeline::{Entry, Text};

pub static RULE: Rule = Rule {
    name: "missing-reason",
    family: Family::Lifecycle,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a step that needs a reason and has none",
    explain: r#"
## What it finds

A step backwards, a reopening, a cancellation, a merge into another incident, or a lower severity without `reason` in the same entry. A first status of `monitoring` or `resolved` needs one too, unless the entry says `backfill: true`.

## Why it matters

These are the moments that a review asks about, and the person who knew why may have forgotten by then.

## How to fix it

Add `reason:` to the entry: what was seen that made this step right.

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
    status: monitoring
  - at: 2024-05-01T10:40:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let mut asked = BTreeSet::new();
    for taken in steps::of(&context.archive.lifecycle, record) {
        let backfilled = taken.from.is_none() && taken.entry.backfill;
        if taken.step != Step::NeedsReason || backfilled || says_why(taken.entry) {
            continue;
        }
        asked.insert(taken.entry.span);
        let to = &taken.to.value;
        let what = match taken.from {
            Some((_, from)) => format!("going from `{from}` to `{to}`"),
            None => format!("beginning as `{to}`"),
        };
        out.report(&record.path, taken.to.span, format!("{what} needs a reason, because a review will ask for it"))
            .help("add `reason:` to this entry: what was seen that made this step right");
    }
    for (entry, severity, before) in lowered(context, record) {
        if says_why(entry) || asked.contains(&entry.span) {
            continue;
        }
        out.report(
            &record.path,
            severity.span,
            format!(
                "lowering the severity from `{before}` to `{}` needs a reason, because deadlines and duties depend on it",
                severity.value
            ),
        )
        .help("add `reason:` to this entry: which criterion no longer holds");
    }
}

/// Imported entries are not asked: the other tool did not.
fn says_why(entry: &Entry) -> bool {
    steps::is_imported(entry) || entry.reason.is_some()
}

/// The entries that lower the severity, with the severity before.
fn lowered<'a>(context: &Context<'_>, record: &'a Record) -> Vec<(&'a Entry, &'a Text, &'a str)> {
    if !record.timeline_complete() {
        return Vec::new();
    }
    let rank = |id: &str| {
        let severities = &context.archive.config.severities;
        severities.iter().position(|severity| severity.id == id)
    };
    let mut found = Vec::new();
    let mut before: Option<&str> = None;
    for entry in steps::in_order(record) {
        let Some(severity) = entry.severity.as_deref() else {
            continue;
        };
        // The worst severity comes first, so a higher rank is a lower severity.
        if let Some(last) = before
            && let (Some(old), Some(new)) = (rank(last), rank(&severity.value))
            && new > old
        {
            found.push((entry, severity, last));
        }
        before = Some(&severity.value);
    }
    found
}
