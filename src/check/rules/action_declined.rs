//! `action-declined`: an action that is declined without a reason or an approver.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "action-declined",
    family: Family::Action,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "an action that is declined without a reason or approver",
    explain: r#"
## What it finds

An action with `status: wont_do` that lacks `reason`, `approved_by` or both.

## Why it matters

Not doing it is a decision to live with the risk. After the next incident somebody asks who took it, and why.

## How to fix it

Add what is missing, or decline it with `git incident action decline ID --reason TEXT --approved-by PERSON`, which writes all three.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
owner: mara
actions:
  - {id: load-gate, title: Add a load gate for pool settings, type: prevent, owner: mara, status: wont_do, reason: The pool is gone.}
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let actions = record.postmortem().map_or(&[][..], |postmortem| &postmortem.actions);
    for action in actions.iter().filter(|action| action.has_status("wont_do")) {
        let missing = match (&action.reason, &action.approved_by) {
            (Some(_), Some(_)) => continue,
            (None, Some(_)) => "`reason`",
            (Some(_), None) => "`approved_by`",
            (None, None) => "`reason` and `approved_by`",
        };
        let span = action.status.as_ref().map_or(action.span, |status| status.span);
        out.report(
            &record.path,
            span,
            format!("declined without {missing}, so nobody knows who took the risk, and why"),
        )
        .help(format!("add {missing}; `git incident action decline` writes both"));
    }
}
