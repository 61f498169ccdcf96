//! `no-preventive-action`: a postmortem after which the same thing can happen again.

use super::prelude::*;
use crate::check::review::Review;
use crate::record::postmortem::Postmortem;

pub static RULE: Rule = Rule {
    name: "no-preventive-action",
    family: Family::Postmortem,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a postmortem in which nothing prevents or detects the next time",
    explain: r#"
## What it finds

A postmortem in review or approved without any action of type `prevent` or `detect`, and without a decision not to: a finding that was `declined`, or such an action that will not be done. Once the postmortem is published this is an error.

## Why it matters

Repairing what broke leaves everything that let it break. The same incident comes back, and the second time it was known.

## How to fix it

Add one: `git incident action add "Alert when …" --type detect`. If it is not worth it, record that it was considered: `git incident action decline ID --reason TEXT --approved-by PERSON`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: in_review
owner: mara
parties: [mara]
actions: [{id: pool, title: Raise the pool limit, type: repair, status: done}]
---

### Summary

Card payments failed for an hour.

### Impact

4,100 customers could not pay.

### Root causes

The pool was too small.
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(review) = Review::of(record).filter(Review::is_shown) else {
        return;
    };
    if looks_ahead(review.postmortem) {
        return;
    }
    let status = review.status;
    let message =
        format!("`{}` with no action that prevents or detects it, so the same thing can happen again", status.value);
    let level = if review.is_published() { Level::Error } else { RULE.level };
    let help = format!("`git incident action add \"Alert when …\" --type detect {}`, or record why not", record.id);
    out.report_at(level, &record.path, status.span, message).help(help);
}

fn looks_ahead(postmortem: &Postmortem) -> bool {
    let kinds = postmortem.actions.iter().filter_map(|action| action.kind.as_ref());
    let declined = postmortem.findings.iter().filter_map(|finding| finding.disposition.as_ref());
    kinds.into_iter().any(|kind| matches!(kind.value.as_str(), "prevent" | "detect"))
        || declined.into_iter().any(|disposition| disposition.value == "declined")
}
