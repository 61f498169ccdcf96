//! `customer-noticed-first`: customers saw it first, and nothing is done so that the team does next time.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "customer-noticed-first",
    family: Family::Severity,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "customers saw it first and no action of type detect follows",
    explain: r#"
## What it finds

An incident that customers noticed before the team did (`customers_noticed_first: true`, or not answered and the `method` is `customer_report`, `support_ticket` or `social_media`), whose postmortem is in review or later and has no action of type `detect`. An action that was decided against (`wont_do`) counts: it says why not.

## Why it matters

The next time, customers will tell you again, and until they do the clock runs without anybody knowing.

## How to fix it

Add one with `git incident action add --type detect`, or decide against it in the open.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
detection: {method: support_ticket, customers_noticed_first: true}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: in_review
owner: mara
actions:
  - {id: load-gate, title: Add a load gate, type: prevent, priority: low, owner: wei, status: open}
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let answer = record.incident().and_then(|incident| incident.detection.customers_first());
    let Some(noticed) = answer.filter(|answer| answer.value).map(|answer| answer.span) else {
        return;
    };
    let Some(beside) = context.index.postmortem(record) else { return };
    let Some(postmortem) = beside.postmortem() else { return };
    let Some(status) = postmortem.status.as_ref().filter(|status| status.value != "draft") else {
        return;
    };
    let detects =
        postmortem.actions.iter().filter_map(|action| action.kind.as_ref()).any(|kind| kind.value == "detect");
    if detects {
        return;
    }
    out.report(
        &record.path,
        noticed,
        "customers noticed this first, and no action of type `detect` sees to it that they will not next time",
    )
    .label_in(&beside.path, status.span, "the postmortem has no such action")
    .help("add one with `git incident action add --type detect`, or decide against one: `status: wont_do` with a `reason`");
}
