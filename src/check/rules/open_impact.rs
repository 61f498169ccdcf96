//! `open-impact`: resolved while a service is still down.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::check::steps;
use crate::record::replay::{Impact, Interval};
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "open-impact",
    family: Family::Lifecycle,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "resolved while a service is still down",
    explain: r#"
## What it finds

A status `resolved`, `closed` or `completed` at a time when the timeline still has a service in a state other than `operational`, and a service that is said to fail afterwards and not to recover.

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
    // An entry that cannot be read, or has a wrong time, may tell of the end.
    if !steps::is_sound(record) {
        return;
    }
    ended_too_early(context, record, out);
    failed_afterwards(context, record, out);
}

/// The impacts of services that are known. A misspelt one never recovers; `unknown-reference` says what is wrong there.
fn impacts<'a>(context: &Context<'a>, record: &'a Record) -> impl Iterator<Item = &'a Impact> {
    record.replay.impacts.iter().filter(|impact| context.index.service(&impact.service).is_some())
}

fn ended_too_early(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let mut told = BTreeSet::new();
    let steps = steps::of(&context.archive.lifecycle, record);
    for taken in steps.into_iter().filter(|taken| is_over(&taken.to.value)) {
        let now = taken.entry.at.value;
        let is_open = |impact: &&Impact| impact.from <= now && impact.to.is_none_or(|end| end > now);
        for impact in impacts(context, record).filter(is_open) {
            if !told.insert((&impact.service, impact.entry)) {
                continue;
            }
            let (service, state) = (&impact.service, impact.state.name());
            let finding = out.report(
                &record.path,
                taken.to.span,
                format!(
                    "`{}` while `{service}` is still in `{state}`, so it goes on counting as impaired",
                    taken.to.value
                ),
            );
            if let Some(place) = place(record, impact) {
                finding.label(place, "since here");
            }
            finding.help(format!("add `impact: {{{service}: operational}}` to the entry in which it recovered"));
        }
    }
}

fn failed_afterwards(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(Interval { value: status, from: over, .. }) = record.replay.statuses.last() else { return };
    // What a state means that the lifecycle lacks, nobody knows.
    let machine = context.archive.lifecycle.machine(record.kind);
    if !is_over(status) || machine.is_none_or(|machine| machine.state(status).is_none()) {
        return;
    }
    let is_new = |impact: &&Impact| impact.from > *over && impact.to.is_none();
    for impact in impacts(context, record).filter(is_new) {
        if let Some(place) = place(record, impact) {
            let (service, state) = (&impact.service, impact.state.name());
            let text = format!("`{service}` is in `{state}` after `{status}`, so it counts as impaired from then on");
            out.report(&record.path, place, text)
                .help("open it again with a `status` and a `reason` in this entry, or say when the service recovered");
        }
    }
}

fn is_over(status: &str) -> bool {
    matches!(status, "resolved" | "closed" | "completed")
}

/// Where the state of the service is said.
fn place(record: &Record, impact: &Impact) -> Option<Span> {
    let began = record.timeline().get(impact.entry)?;
    let (name, state) = began.impact.iter().find(|(name, _)| name.value == impact.service)?;
    Some(name.span.join(state.span))
}
