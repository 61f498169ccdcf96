//! `open-impact`: resolved while a service is still down.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::check::steps;

pub static RULE: Rule = Rule {
    name: "open-impact",
    family: Family::Lifecycle,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "resolved while a service is still down",
    explain: r#"
## What it finds

A status `resolved`, `closed` or `completed` at a time when the timeline still has a service in a state other than `operational`.

## Why it matters

Uptime is computed from these states: a service that never comes back is counted as down until today, and the status page says so.

## How to fix it

Add the service with `operational` to the entry in which it recovered. If it is really still down, the incident is not resolved.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    impact: {checkout: partial_outage}
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
    let mut told = BTreeSet::new();
    for taken in steps::of(&context.archive.lifecycle, record) {
        if !matches!(taken.to.value.as_str(), "resolved" | "closed" | "completed") {
            continue;
        }
        let now = taken.entry.at.value;
        // A misspelt service never recovers; `unknown-reference` says what is wrong there.
        let known = |service: &str| context.index.service(service).is_some();
        let open = record
            .replay
            .impacts
            .iter()
            .filter(|impact| impact.from <= now && impact.to.is_none_or(|end| end > now) && known(&impact.service));
        for impact in open {
            if !told.insert((&impact.service, impact.entry)) {
                continue;
            }
            let (service, state) = (&impact.service, impact.state.name());
            let finding = out.report(
                &record.path,
                taken.to.span,
                format!(
                    "`{}` while `{service}` is still in `{state}`, so it counts as down from then on",
                    taken.to.value
                ),
            );
            if let Some(began) = record.timeline().get(impact.entry) {
                let place = began.impact.iter().find(|(name, _)| name.value == *service);
                finding.label(place.map_or(began.at.span, |(name, state)| name.span.join(state.span)), "since here");
            }
            finding.help(format!("add `impact: {{{service}: operational}}` to the entry in which it recovered"));
        }
    }
}
