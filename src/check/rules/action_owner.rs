//! `action-owner`: an unfinished action that nobody owns.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "action-owner",
    family: Family::Action,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "an unfinished action that nobody owns",
    explain: r#"
## What it finds

An action of a postmortem that is `open` or `in_progress` and has no `owner`. An owner is one person: a list or a team is refused while reading (`wrong-type`, `unknown-reference`).

## Why it matters

What belongs to a team belongs to nobody in it. Actions without a name are the ones that are still open a year later.

## How to fix it

Add `owner:` with one person of `incident.yaml`; `git incident action add` takes it as `--owner`. The team is told by that person.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
owner: mara
actions:
  - {id: load-gate, title: Add a load gate for pool settings, type: prevent, status: open}
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let actions = record.postmortem().map_or(&[][..], |postmortem| &postmortem.actions);
    for action in actions.iter().filter(|action| action.is_unfinished() && action.owner.is_none()) {
        out.report(&record.path, action.place(), "nobody owns this action, so nobody will do it")
            .help("add `owner:` with one person");
    }
}
