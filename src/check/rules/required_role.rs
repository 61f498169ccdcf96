//! `required-role`: a role that the severity requires and that nobody has.

use super::prelude::*;
use crate::check::severity::{self, Peak};
use crate::check::stage;

pub static RULE: Rule = Rule {
    name: "required-role",
    family: Family::People,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a role that the severity requires and that nobody has",
    explain: r#"
## What it finds

A role that the worst severity of an incident requires (`roles` of the severity in `incident.yaml`; for `sev1` and `sev2` an incident manager, a communications manager and a tech lead) and that nobody ever had. Who commands is the matter of `no-incident-manager`.

## Why it matters

What is nobody's job is done by everybody or by nobody: two people write to customers, or none does.

## How to fix it

Give it to somebody with `git incident assign`. If somebody did the job, record it with `backfill: true`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
    roles: {incident_manager: mara, tech_lead: wei}
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if !stage::has_responders(context.archive, record) {
        return;
    }
    let Some(Peak { severity, said, .. }) = severity::peak(context.archive, record) else {
        return;
    };
    let missing = severity::missing_roles(severity, record);
    if missing.is_empty() {
        return;
    }
    let list: Vec<String> = missing.iter().map(|role| format!("`{role}`")).collect();
    let given: Vec<String> = missing.iter().map(|role| format!("{role}=PERSON")).collect();
    out.report(
        &record.path,
        said.span,
        format!("`{}` asks for {}, and nobody has taken that on", severity.id, list.join(" and ")),
    )
    .help(format!("give it to somebody: `git incident assign {} {}`", record.id, given.join(" ")));
}
