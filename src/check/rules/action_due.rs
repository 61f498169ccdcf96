//! `action-due`: a high-priority action without a due date, or with one beyond the limit.

use super::prelude::*;
use crate::response::actions;

pub static RULE: Rule = Rule {
    name: "action-due",
    family: Family::Action,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "high priority without a due date, or with one beyond the limit",
    explain: r#"
## What it finds

An unfinished action of high priority without a `due` date, or with one later than the `action` clock of the incident's severity allows (4 weeks where nothing else is set). The clock starts on the day of the postmortem: its meeting or its last approval, whichever came later; while neither is recorded, only a missing date is reported. A date that was moved with a reason (`extended`) stands.

## Why it matters

High priority means that the next incident may be the same one. Without a date it waits behind everything that has one.

## How to fix it

Add `due:`. If it needs longer than the limit, say so in the open: `git incident action extend ID --to DAY --reason TEXT`. What can wait has `priority: low`.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
owner: mara
actions:
  - {id: load-gate, title: Add a load gate for pool settings, type: prevent, priority: high, owner: mara, ticket: PAY-812, status: open}
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(postmortem) = record.postmortem() else { return };
    let latest = actions::latest_day(context.archive, record, postmortem);
    for action in postmortem.actions.iter().filter(|action| action.is_high() && action.is_unfinished()) {
        let Some(due) = &action.due else {
            out.report(
                &record.path,
                action.place(),
                "a high-priority action without a due date waits for everything that has one",
            )
            .help("add `due:`, or give it `priority: low`");
            continue;
        };
        if let Some((limit, latest)) = latest
            && due.value > latest
            && action.extended.is_empty()
        {
            out.report(
                &record.path,
                due.span,
                format!("a high-priority action may take {limit} days, so until {latest}, and nobody says why this one takes longer"),
            )
            .help("set an earlier day, or move it in the open with `git incident action extend`, which asks for a reason");
        }
    }
}
