//! `illegal-transition`: a status that the last one cannot go to.

use super::prelude::*;
use crate::check::steps;
use crate::record::lifecycle::Step;
use crate::text::suggest::either;

pub static RULE: Rule = Rule {
    name: "illegal-transition",
    family: Family::Lifecycle,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a status that the last one cannot go to",
    explain: r#"
## What it finds

A status that the lifecycle does not allow after the one before it, and a first status that a record cannot begin with. An entry with `backfill: true` counts at its time.

## Why it matters

Times to detection, mitigation and resolution are read from these steps. A step that cannot have happened means that one is missing or that a time is wrong.

## How to fix it

Add the missing entry, or correct the status or the time. The steps are those of the lifecycle; a repository that works differently has its own `schemas/lifecycle.yaml`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: triage
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: closed
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(machine) = context.archive.lifecycle.machine(record.kind) else {
        return;
    };
    for taken in steps::of(&context.archive.lifecycle, record) {
        if taken.step != Step::Illegal || steps::is_imported(taken.entry) {
            continue;
        }
        let to = &taken.to.value;
        let possible = machine.next(taken.from.map(|(_, state)| state));
        match taken.from {
            None => {
                out.report(&record.path, taken.to.span, format!("a record cannot begin as `{to}`"))
                    .help(format!("begin with {}", either(possible)));
            }
            Some((before, from)) => {
                let finding = out.report(
                    &record.path,
                    taken.to.span,
                    format!("`{from}` cannot go to `{to}`, so a step is missing or one of the two is wrong"),
                );
                if let Some(status) = &before.status {
                    finding.label(status.span, format!("`{from}` since here"));
                }
                finding.help(match possible.as_slice() {
                    [] => format!("nothing follows `{from}`"),
                    states => format!("`{from}` can go to {}", either(states.iter().copied())),
                });
            }
        }
    }
}
