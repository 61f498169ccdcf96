//! `late-postmortem`: a postmortem published after its deadline.

use super::prelude::*;
use crate::check::review::{Deadline, Review};
use crate::record::time::span;

pub static RULE: Rule = Rule {
    name: "late-postmortem",
    family: Family::Postmortem,
    level: Level::Warning,
    nature: Nature::Breach,
    summary: "a postmortem that was published after its deadline",
    explain: r#"
## What it finds

A published postmortem, of an incident that requires one, whose approval came later after the resolution than the severity allows: 14 days, where `incident.yaml` says nothing else. Without the approvals it could not have been published earlier; a second approval by the same role, after an amendment, does not count. Of several incidents the one that was resolved last counts.

## Why it matters

After two weeks nobody remembers what they believed at the time, and the next incident of the same cause is often there first.

## How to fix it

It cannot be mended. Acknowledge it once, with the reason: `git incident update --acknowledge late-postmortem --reason TEXT` writes it under `breaches`.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev1
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: monitoring
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: published
owner: mara
parties: [mara]
approvals: [{by: wei, as: service_owner, at: 2024-05-20T09:00:00Z}]
response_review: {sufficiency: sufficient, completeness: complete}
actions: [{id: gate, title: Add a load gate, type: prevent, status: open}]
---

### Summary

Card payments failed for an hour.
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(review) = Review::of(record).filter(Review::is_published) else {
        return;
    };
    let Some(approved) = review.approved(&context.index) else {
        return;
    };
    let Some(Deadline { due, resolved }) = review.deadline(&context.index).filter(|limit| approved.value > limit.due)
    else {
        return;
    };
    let (late, allowed) = (span(approved.value.since(due)), span(due.since(resolved)));
    out.report(
        &record.path,
        approved.span,
        format!(
            "approved, and so published, {late} later than the {allowed} there are for it; by then memory has faded"
        ),
    )
    .help(crate::check::communication::acknowledge("late-postmortem", record));
}
