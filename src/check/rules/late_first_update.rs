//! `late-first-update`: customers heard later than the severity allows.

use super::prelude::*;
use crate::check::communication;
use crate::record::clocks;
use crate::record::time::span;

pub static RULE: Rule = Rule {
    name: "late-first-update",
    family: Family::Communication,
    level: Level::Error,
    nature: Nature::Breach,
    summary: "customers heard of it later than the severity allows",
    explain: r#"
## What it finds

A public incident whose first public message came after the limit of its severity: 10 minutes for `sev1`, 30 for `sev2`, 4 hours for `sev3`, where `incident.yaml` says nothing else (`severities: {sev1: {clocks: {first_update: 10m}}}`). The clock starts at the later of declaration and the moment the severity was reached. Raising the severity starts the shorter clock then; lowering it starts none anew, and stops the shorter one if it had not run out. An incident that was over in time owed nothing.

## Why it matters

Before the first message every customer looks for the mistake on their own side, and asks. A page that stays green for an hour is believed less the next time.

## How to fix it

It cannot be mended. Acknowledge it once, with the reason: `git incident update --acknowledge late-first-update --reason TEXT` writes it under `breaches`; from then on it is information. A message that was sent in time and recorded nowhere is added with its true time and `backfill: true`.

## Example

```markdown
---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev1
  - at: 2024-05-01T10:31:00Z
    by: jonas
    public: Card payments fail. We are looking into it.
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if !communication::is_judged(record) {
        return;
    }
    let Some(first) = communication::messages(record).next() else {
        return;
    };
    let clocks = communication::clocks(context.archive, record, |clocks| clocks.first_update);
    let Some((clock, due)) = clocks::first_due(&clocks, None) else {
        return;
    };
    if first.at.value <= due {
        return;
    }
    let (severity, limit) = (&clock.severity.id, communication::limit(clock));
    let late = span(first.at.value.since(due));
    let message = format!(
        "customers first heard of it {late} later than the {limit} that `{severity}` allows; until then they searched on their own side"
    );
    let finding = out.report(&record.path, first.at.span, message);
    if let Some(start) = communication::begun(record, clock.runs.from) {
        finding.label(start, format!("the {limit} begin here"));
    }
    finding.help(communication::acknowledge("late-first-update", record));
}
