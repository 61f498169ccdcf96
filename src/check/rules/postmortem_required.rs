//! `postmortem-required`: closed without the postmortem that it requires.

use super::prelude::*;
use crate::check::{gates, review};
use crate::record::time::minutes;
use crate::response::Reason;

pub static RULE: Rule = Rule {
    name: "postmortem-required",
    family: Family::Postmortem,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "closed without the postmortem that it requires",
    explain: r#"
## What it finds

A closed incident that has no postmortem and needs one: because its severity ever was one that requires it (`sev1` and `sev2`, where `incident.yaml` says nothing else), because data was lost or breached (`type: security/data_breach`), because customers noticed it first, or because it stayed unresolved for longer than senior management may go without being told. A postmortem of another incident that names this one under `incidents` counts. One that is there and not published is the matter of `unmet-gate`.

## Why it matters

Closed means that nothing is left to do. An incident that nobody looked back on happens again.

## How to fix it

Write it: `git incident postmortem ID` begins a draft with what the record knows. Where it is not worth it, waive the rule for the record under `waivers` in `incident.yaml`, with a reason and a last day.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
assessment: {scope: none}
cause: {category: change}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: monitoring
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
  - at: 2024-05-02T10:00:00Z
    by: mara
    status: closed
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if context.index.postmortem(record).is_some() {
        return;
    }
    let closed = gates::reached(context, record).into_iter().find(|reached| reached.asks_for_postmortem());
    let Some((closed, why)) = closed.zip(review::is_required_by(context.archive, record)) else {
        return;
    };
    out.report(
        &record.path,
        closed.status.span,
        format!(
            "`{}` without a postmortem although {}; what nobody looked back on happens again",
            closed.status.value,
            words(&why)
        ),
    )
    .help(format!("begin one: `git incident postmortem {}`; or waive `postmortem-required` for it", record.id));
}

fn words(why: &Reason) -> String {
    match why {
        Reason::Severity(severity) => format!("`{severity}` requires one"),
        Reason::DataLost => "data was lost".to_owned(),
        Reason::DataBreached => "data was breached".to_owned(),
        Reason::NoticedByCustomers => "customers noticed it first".to_owned(),
        Reason::LongerThan(limit) => format!("it went on for more than {}", minutes(*limit)),
    }
}
