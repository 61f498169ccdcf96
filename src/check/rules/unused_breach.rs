//! `unused-breach`: a breach that acknowledges nothing.

use super::prelude::*;
use crate::check::adoption;
use crate::text::problem::Fix;
use crate::text::suggest::nearest;

pub static RULE: Rule = Rule {
    name: "unused-breach",
    family: Family::Catalogue,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "an entry under `breaches` that acknowledges nothing",
    explain: r#"
## What it finds

An entry under `breaches` whose `rule` does not exist, is no rule about a missed deadline, or finds nothing in this record and its postmortem.

## Why it matters

The deadline that was meant is still an error, or the numbers count a breach that never was.

## How to fix it

Name the rule that `git incident check` shows, or take the entry out. A finding that is no missed deadline is accepted for a while under `waivers` in `incident.yaml`.

## Example

```markdown
---
title: Checkout fails
breaches:
  - {rule: late-first-updat, reason: Nobody had the password of the page., by: mara, at: 2024-05-02T08:00:00Z}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    for name in record.breaches().iter().filter_map(|breach| breach.rule.as_ref()) {
        let rule = super::find(&name.value);
        let deadline = rule.filter(|rule| rule.nature == Nature::Breach);
        match (rule, deadline) {
            (_, Some(rule)) if adoption::has_missed(context, record, rule) => {}
            (_, Some(rule)) => {
                let message = format!("`{}` finds nothing here, so this counts a breach that never was", rule.name);
                out.report(&record.path, name.span, message).help("take the entry out");
            }
            (Some(rule), None) => {
                let message = format!("`{}` is no missed deadline, so this acknowledges nothing", rule.name);
                let help = "mend what it finds, or accept it for a while under `waivers` in `incident.yaml`";
                out.report(&record.path, name.span, message).help(help);
            }
            (None, None) => {
                let message = format!("there is no rule `{}`, so this acknowledges nothing", name.value);
                let deadlines = super::RULES.iter().filter(|rule| rule.nature == Nature::Breach).map(|rule| rule.name);
                let finding = out.report(&record.path, name.span, message);
                if let Some(meant) = nearest(&name.value, deadlines) {
                    finding
                        .help(format!("did you mean `{meant}`?"))
                        .fix(Fix::safe(format!("write `{meant}`"), name.span, meant).uncertain());
                }
            }
        }
    }
}
