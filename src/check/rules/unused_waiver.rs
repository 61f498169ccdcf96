//! `unused-waiver`: a waiver that accepts nothing.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "unused-waiver",
    family: Family::Catalogue,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "a waiver that accepts nothing",
    explain: r#"
## What it finds

An item under `waivers` in `incident.yaml` whose rule finds nothing in its record. It is reported only when the whole archive is checked, the rule is not turned off, and the record can be read without a fault.

## Why it matters

It waits for the next finding of that kind and will hide it, although nobody has thought about that one.

## How to fix it

Remove it.

## Example

```yaml incident.yaml
people: [{id: mara, name: Mara Ito}]
waivers:
  - rule: skipped-monitoring
    record: 2024-05-01-checkout-errors
    reason: It was a false alarm of the monitoring itself.
    by: mara
    until: 2099-12-31
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - {at: 2024-05-01T09:50:00Z, by: mara, status: triage}
---
```
"#,
    check: Check::Afterwards(check),
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (waiver, records) in context.waivers.unused() {
        let (Some(name), Some(record)) = (&waiver.rule, &waiver.record) else { continue };
        // A rule that did not run, that could not read what it judges, or that would find more in a longer past, may find
        // something another time.
        let has_run = |rule: &Rule| !context.levels.is_off(rule) && !super::compares_with_the_past(rule);
        let has_run = super::find(&name.value).is_some_and(has_run);
        if !has_run || records.iter().any(|record| !record.problems.is_empty()) {
            continue;
        }
        out.report(
            &context.archive.config.path,
            name.span,
            format!(
                "`{}` finds nothing in `{}`, so this waiver accepts nothing and would hide the next finding unseen",
                name.value, record.value
            ),
        )
        .help("remove it");
    }
}
