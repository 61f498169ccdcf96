//! `response-not-reviewed`: a major or security incident whose response nobody judged.

use super::prelude::*;
use crate::check::review::Review;

pub static RULE: Rule = Rule {
    name: "response-not-reviewed",
    family: Family::Postmortem,
    level: Level::Error,
    nature: Nature::Gate,
    summary: "a major or security incident whose response nobody judged",
    explain: r#"
## What it finds

A published postmortem of a major or security incident without `response_review.sufficiency` or `response_review.completeness`.

## Why it matters

The causes say why it broke. Only this says whether we were good enough at mending it, and it is what a regulator asks for after a security incident.

## How to fix it

Answer both: `response_review: {sufficiency: sufficient, completeness: partly, obstacles: [No runbook]}`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev1
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: published
owner: mara
parties: [mara]
approvals: [{by: wei, as: service_owner, at: 2024-05-06T09:00:00Z}]
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
    if !review.is_full(&context.index) {
        return;
    }
    let missing = match (&review.postmortem.sufficiency, &review.postmortem.completeness) {
        (Some(_), Some(_)) => return,
        (None, Some(_)) => "sufficient",
        (Some(_), None) => "complete",
        (None, None) => "sufficient and complete",
    };
    out.report(
        &record.path,
        review.status.span,
        format!("published without saying whether the response to a major or security incident was {missing}, so nothing is learned about it"),
    )
    .help("answer `response_review: {sufficiency: sufficient | partly | insufficient, completeness: complete | partly | incomplete}`");
}
