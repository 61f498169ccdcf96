//! `action-ticket`: a high-priority action without a ticket.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "action-ticket",
    family: Family::Action,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "high priority without a ticket",
    explain: r#"
## What it finds

An unfinished action of high priority without a `ticket`.

## Why it matters

Work is planned where the tickets are. What is only in a postmortem is read once, on the day of the meeting.

## How to fix it

File it and add `ticket:` with its address or key; `git incident action add` takes it as `--ticket`.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
owner: mara
actions:
  - {id: load-gate, title: Add a load gate for pool settings, type: prevent, priority: high, owner: mara, due: 2024-05-20, status: open}
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let actions = record.postmortem().map_or(&[][..], |postmortem| &postmortem.actions);
    let untracked =
        actions.iter().filter(|action| action.is_high() && action.is_unfinished() && action.ticket.is_none());
    for action in untracked {
        out.report(&record.path, action.place(), "a high-priority action without a ticket is planned by nobody")
            .help("file it, and add `ticket:` with its address or key");
    }
}
