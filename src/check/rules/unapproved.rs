//! `unapproved`: a postmortem published without the approvals that it needs.

use super::prelude::*;
use crate::check::review::Review;
use crate::record::lifecycle::Approvals;
use crate::record::shape::canonical_role;
use crate::text::suggest::either;

pub static RULE: Rule = Rule {
    name: "unapproved",
    family: Family::Postmortem,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "approved or published without the approvals that it needs",
    explain: r#"
## What it finds

A postmortem that is `approved` or `published` and that nobody has approved. Where `schemas/lifecycle.yaml` names roles for the state (`approvals: [service_owner, legal_counsel]`), each of them must have approved it.

## Why it matters

The approval says that somebody who answers for the service has read it and stands by its actions. Without it the actions are one person's wishes.

## How to fix it

Let them approve it: `git incident postmortem ID --approve service_owner`. Until then it is `in_review`.

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
status: published
owner: mara
parties: [mara]
actions: [{id: gate, title: Add a load gate, type: prevent, status: open}]
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

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(review) = Review::of(record) else {
        return;
    };
    let given = &review.postmortem.approvals;
    let has = |wanted: &str| {
        let roles = given.iter().filter_map(|approval| approval.role.as_ref());
        roles.into_iter().any(|role| canonical_role(&role.value) == canonical_role(wanted))
    };
    let mut missing = Vec::new();
    let mut by_nobody = false;
    for required in review.requirements(&context.index) {
        match &required.approvals {
            Some(Approvals::Any(_)) => by_nobody |= given.is_empty(),
            Some(Approvals::Roles(roles)) => missing.extend(roles.iter().map(String::as_str).filter(|role| !has(role))),
            None => {}
        }
    }
    let (without, role) = match missing.first() {
        Some(role) => (format!("the approval of {}", either(missing.iter().copied()).replace(" or ", " and ")), *role),
        None if by_nobody => ("anybody's approval".into(), "ROLE"),
        None => return,
    };
    let status = review.status;
    out.report(
        &record.path,
        status.span,
        format!("`{}` without {without}, so nobody who answers for the service stands by it", status.value),
    )
    .help(format!("approve it: `git incident postmortem {} --approve {role}`", record.id));
}
