//! `unmet-gate`: a state whose requirements are not met.

use super::prelude::*;
use crate::check::gates;

pub static RULE: Rule = Rule {
    name: "unmet-gate",
    family: Family::Lifecycle,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a state whose requirements are not met",
    explain: r#"
## What it finds

A state of the lifecycle that asks for more than the record has: the end of the impact before `resolved`; a postmortem that is published (where there is one) before `closed`. Everything that is missing is listed at once. Keys of the front matter are the matter of `missing-field`, the last word to customers that of `no-final-update`, a postmortem that is not there that of `postmortem-required`, and open todos that of `open-todo`. A record that was made afterwards (declared by an entry with `backfill: true`) is not asked for the states that it had by then.

## Why it matters

A state is a promise: resolved means that it is over, closed means that nothing is left to do.

## How to fix it

Add what is missing, or stay in the state before. What a state asks for is set in `schemas/lifecycle.yaml`. Where a postmortem is not worth finishing, waive `postmortem-required` for the record under `waivers` in `incident.yaml`, until a day.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    public: We are looking into failed payments.
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: monitoring
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    for reached in gates::reached(context, record) {
        let missing = reached.missing(context, record);
        let Some((first, others)) = missing.split_first() else {
            continue;
        };
        let state = &reached.status.value;
        let list: String = others.iter().map(|gap| format!("; {}", gap.message)).collect();
        let finding = out.report(
            &record.path,
            reached.status.span,
            format!("`{state}` asks for more than this record has: {}{list}", first.message),
        );
        for (path, span, text) in missing.iter().flat_map(|gap| &gap.places) {
            finding.label_in(path, *span, *text);
        }
        finding.help(format!("add it, or stay in the state before `{state}`"));
    }
}
