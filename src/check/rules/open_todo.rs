//! `open-todo`: a todo that is neither promoted nor dismissed.

use super::prelude::*;
use crate::check::gates;
use crate::check::review::{self, Review};
use crate::check::stage::{self, Stage};

pub static RULE: Rule = Rule {
    name: "open-todo",
    family: Family::Timeline,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a todo that was neither promoted nor dismissed; a warning until closed",
    explain: r#"
## What it finds

A `todo` of a record whose work is over that neither became an action (`promoted`) nor was dropped (`dismissed`). A warning once the record is resolved (or, where a postmortem is required or begun, once that is in review: todos are promoted while it is written), an error in a state that asks for none (`todos: none_open` in `schemas/lifecycle.yaml`, which is `closed`). While people work on it, a todo is what it should be.

## Why it matters

A todo was written down because somebody thought it mattered. Closed means that nothing is left to do.

## How to fix it

Make an action of it with `git incident promote`, or write `dismissed:` with the reason into its entry.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    event: impact_started
    todo: Find out why nobody was paged.
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
    if !matches!(stage::of(context.archive, record), Some(Stage::Over | Stage::Dropped)) {
        return;
    }
    let reached = gates::reached(context, record);
    let asked = reached.iter().find(|reached| reached.asks_for_settled_todos());
    if asked.is_none() && is_to_be_reviewed(context, record) {
        return;
    }
    for entry in record.timeline().iter().filter(|entry| entry.promoted.is_none() && entry.dismissed.is_none()) {
        let Some(todo) = &entry.todo else { continue };
        let finding = match asked {
            Some(reached) => out.report(
                &record.path,
                todo.span,
                format!("this todo is open, but `{}` says that nothing is left to do", reached.status.value),
            ),
            None => out.report_at(
                Level::Warning,
                &record.path,
                todo.span,
                "this todo is neither an action nor dismissed, and the people who know why it matters move on",
            ),
        };
        finding.help("make an action of it with `git incident promote`, or add `dismissed: REASON` to its entry");
        if let Some(reached) = asked {
            finding.label(reached.status.span, "it is left to do here");
        }
    }
}

/// Whether a postmortem is being written or has to be: that is where todos become actions.
fn is_to_be_reviewed(context: &Context<'_>, record: &Record) -> bool {
    match context.index.postmortem(record).map(Review::of) {
        Some(review) => review.is_none_or(|review| !review.is_shown()),
        None => review::is_required_by(context.archive, record).is_some(),
    }
}
