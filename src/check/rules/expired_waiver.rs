//! `expired-waiver`: a waiver whose last day is over.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "expired-waiver",
    family: Family::Catalogue,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a waiver whose last day is over",
    explain: r#"
## What it finds

An item under `waivers` in `incident.yaml` whose day `until` is over, as the site's time zone counts days.

## Why it matters

Somebody accepted a finding for a while, and promised to come back to it by that day.

## How to fix it

Mend what it was for and remove it. If it has to stay, give it a new day and a new reason.

## Example

```yaml incident.yaml
people: [{id: mara, name: Mara Ito}]
waivers:
  - rule: postmortem-required
    record: 2024-05-01-checkout-errors
    reason: The team is on leave until June.
    by: mara
    until: 2024-05-31
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - {at: 2024-05-01T09:50:00Z, by: mara, status: triage}
---
```
"#,
    check: Check::Archive(check),
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let path = &context.archive.config.path;
    for waiver in &context.waivers.expired {
        let (Some(rule), Some(until)) = (&waiver.rule, &waiver.until) else { continue };
        out.report(
            path,
            until.span,
            format!("this waiver ended on {}, so `{}` is reported again from then on", until.value, rule.value),
        )
        .help("mend what it was for and remove it, or give it a new day and a new reason");
    }
}
