//! `missing-parties`: somebody who took part in the response is not among the parties of the postmortem.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::check::review::Review;
use crate::text::suggest::either;

pub static RULE: Rule = Rule {
    name: "missing-parties",
    family: Family::Postmortem,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "somebody who took part is not among the parties of the postmortem",
    explain: r#"
## What it finds

A postmortem that is more than a draft, whose `parties` lack somebody who held a role in one of its incidents or was escalated to. A person counts as there if their team is among the parties, and a team if one of its people is.

## Why it matters

Whoever was not asked knows the part of the story that is missing from it, and has not agreed to the actions.

## How to fix it

Add them to `parties`, and ask them.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
    roles: {incident_manager: mara, tech_lead: wei}
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: in_review
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
    let Some(review) = Review::of(record).filter(Review::is_shown) else {
        return;
    };
    let parties: BTreeSet<&str> = review.postmortem.parties.iter().map(|party| party.value.as_str()).collect();
    let covered = review.covered(&context.index);
    let took_part = covered.iter().flat_map(|record| took_part(context, record));
    let missing: BTreeSet<&str> = took_part.filter(|name| !is_represented(context, &parties, name)).collect();
    if missing.is_empty() {
        return;
    }
    let names = either(missing.iter().copied()).replace(" or ", " and ");
    let are = if missing.len() == 1 { "is" } else { "are" };
    let place = review.postmortem.parties.last().map_or(review.status.span, |party| party.span);
    out.report(
        &record.path,
        place,
        format!(
            "{names} took part in the response and {are} not among the parties, so their part of the story is missing"
        ),
    )
    .help(format!("add {names} to `parties`, and ask them"));
}

/// Everybody who held a role or was called in. A role that was called stands for who held it.
fn took_part<'a>(context: &Context<'_>, record: &'a Record) -> Vec<&'a str> {
    let held = record.replay.roles.iter().map(|held| held.person.as_str());
    let called =
        record.timeline().iter().filter_map(|entry| entry.escalate.as_ref()).map(|call| call.to.value.as_str());
    let known = |name: &&str| context.index.people.contains(name) || context.index.teams.contains(name);
    held.chain(called).filter(known).collect()
}

fn is_represented(context: &Context<'_>, parties: &BTreeSet<&str>, name: &str) -> bool {
    let by_team = context.archive.config.people.iter().any(|person| {
        let team = person.team.as_ref().map(|team| team.value.as_str());
        let person = person.id.value.as_str();
        team.is_some_and(|team| person == name && parties.contains(team) || team == name && parties.contains(person))
    });
    parties.contains(name) || by_team
}
