//! `late-postmortem`: a postmortem published after its deadline.

use super::prelude::*;
use crate::check::review::{Deadline, Review};
use crate::record::lifecycle::Approvals;
use crate::record::shape::canonical_role;
use crate::record::time::{Time, span};
use crate::text::span::Spanned;

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
    let Some(approved) = approved(context, &review) else {
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

/// The earliest time at which a postmortem had the approvals that it needs for being published.
fn approved(context: &Context<'_>, review: &Review<'_>) -> Option<Spanned<Time>> {
    let first = |role: Option<&str>| {
        let of_role = review.postmortem.approvals.iter().filter(|approval| {
            role.is_none_or(|role| {
                approval.role.as_ref().is_some_and(|given| canonical_role(&given.value) == canonical_role(role))
            })
        });
        of_role.filter_map(|approval| approval.at).min_by_key(|at| at.value)
    };
    let needed = review.requirements(&context.index).into_iter().filter_map(|required| required.approvals.as_ref());
    let times = needed.flat_map(|approvals| match approvals {
        Approvals::Any(_) => vec![first(None)],
        Approvals::Roles(roles) => roles.iter().map(|role| first(Some(role))).collect(),
    });
    times.flatten().max_by_key(|at| at.value)
}
