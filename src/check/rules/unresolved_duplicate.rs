//! `unresolved-duplicate`: two open incidents that look like one.

use std::collections::{BTreeMap, BTreeSet};

use super::prelude::*;
use crate::check::related::are_linked;
use crate::record::Kind;
use crate::record::time::Time;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "unresolved-duplicate",
    family: Family::Lifecycle,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "two open incidents that look like one",
    explain: r#"
## What it finds

Two open incidents on the same service that began within 15 minutes of each other and do not name each other under `related`.

## Why it matters

Two teams work on one problem without knowing of each other, and customers read two stories.

## How to fix it

Merge the younger one: `status: merged` with a `reason`, and `related: {duplicate_of: ID}`. If they are two, link them: `caused_by` or `recurrence_of`.

## Example

Two records of one morning:

```markdown incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    impact: {checkout: partial_outage}
---
```

```markdown incidents/2024/05/2024-05-01-checkout-down/incident.md
---
title: Checkout is down
timeline:
  - at: 2024-05-01T09:55:00Z
    by: wei
    status: investigating
    impact: {checkout: major_outage}
---
```
"#,
    check: Check::Archive(check),
};

/// Minutes between the beginnings of two incidents that may be one.
const NEAR: i64 = 15;

fn check(context: &Context<'_>, out: &mut Findings) {
    let Some(machine) = context.archive.lifecycle.machine(Kind::Incident) else {
        return;
    };
    let mut by_service: BTreeMap<&str, Vec<(Time, &Record)>> = BTreeMap::new();
    for record in context.archive.of_kind(Kind::Incident) {
        let open = record.replay.status().is_some_and(|status| machine.is_live(status));
        let Some(began) = began(record).filter(|_| open) else {
            continue;
        };
        let services: BTreeSet<_> = record.replay.impacts.iter().map(|impact| impact.service.as_str()).collect();
        for service in services {
            by_service.entry(service).or_default().push((began, record));
        }
    }
    let mut told = BTreeSet::new();
    for (service, mut open) in by_service {
        open.sort_by_key(|(began, record)| (*began, &record.path));
        for pair in open.windows(2) {
            let [(first, older), (second, younger)] = pair else { continue };
            let near = second.since(*first).as_mins() <= NEAR;
            if near && !are_linked(older, younger) && told.insert((&older.path, &younger.path)) {
                report(out, service, older, younger);
            }
        }
    }
}

fn began(record: &Record) -> Option<Time> {
    let moments = &record.replay.moments;
    moments.impact_started.or(moments.declared)
}

fn report(out: &mut Findings, service: &str, older: &Record, younger: &Record) {
    let title = |record: &Record| record.title().map_or(Span::at(0), |title| title.span);
    out.report(
        &younger.path,
        title(younger),
        format!(
            "`{}` began within {NEAR} minutes on the same service, `{service}`, and is open too: this may be the same incident",
            older.id
        ),
    )
    .label_in(&older.path, title(older), "the other one")
    .help(format!(
        "merge one into the other (`status: merged`, `related: {{duplicate_of: {}}}`), or link them under `related`",
        older.id
    ));
}
