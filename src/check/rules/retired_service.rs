//! `retired-service`: an incident on a service that was retired before.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::record::time::Time;
use crate::record::timeline::{ServiceState, Text};

pub static RULE: Rule = Rule {
    name: "retired-service",
    family: Family::Identity,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "an incident on a service that was retired before",
    explain: r#"
## What it finds

An `impact` on a service at a time after the day it was retired, and a maintenance planned for such a service.

## Why it matters

The service's page has ended by then, so readers will not find this. Usually its successor is meant.

## How to fix it

Name the successor. If the service was still running, correct `retired:` in `incident.yaml`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    impact: {legacy-cart: partial_outage}
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let mut told = BTreeSet::new();
    for (name, time) in uses(record) {
        let Some(service) = context.index.service(&name.value) else {
            continue;
        };
        let Some(retired) = service.retired.filter(|day| time.local_day() > day.value) else {
            continue;
        };
        if !told.insert(name.value.as_str()) {
            continue;
        }
        let finding = out.report(
            &record.path,
            name.span,
            format!("`{}` was retired on {}, so its page does not show this", name.value, retired.value),
        );
        finding.label_in(&context.archive.config.path, retired.span, "retired here");
        match &service.replaced_by {
            Some(successor) => finding.help(format!("its successor is `{}`", successor.value)),
            None => finding.help("name the service that is affected, or correct `retired:` in incident.yaml"),
        };
    }
}

/// The services that a record says are not operational, and when. Recovering a retired service is no use of it.
fn uses(record: &Record) -> Vec<(&Text, Time)> {
    let entries = record.timeline().iter();
    let mut uses: Vec<_> = entries
        .flat_map(|entry| entry.impact.iter().map(|(name, state)| (name, state.value, entry.at.value)))
        .filter(|(_, state, _)| *state != ServiceState::Operational)
        .map(|(name, _, at)| (name, at))
        .collect();
    if let Some(maintenance) = record.maintenance()
        && let Some(window) = &maintenance.window
    {
        uses.extend(maintenance.services.iter().map(|(name, _)| (name, window.start.value)));
    }
    uses
}
