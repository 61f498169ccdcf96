//! `missed-cadence`: silence longer than the severity's cadence.

use super::prelude::*;
use crate::check::communication;
use crate::record::clocks;
use crate::record::time::span;

pub static RULE: Rule = Rule {
    name: "missed-cadence",
    family: Family::Communication,
    level: Level::Warning,
    nature: Nature::Breach,
    summary: "customers heard nothing for longer than the cadence",
    explain: r#"
## What it finds

Two public messages of a live incident, or the last one and its end, that lie further apart than the cadence of its severity: 30 minutes for `sev1`, 60 for `sev2`, a day for `sev3`, where `incident.yaml` says nothing else. A promised `next_update` replaces the cadence; whether it was kept is the matter of `broken-promise`. Silence that still lasts is not judged.

## Why it matters

Whoever hears nothing believes that nobody works on it. "Nothing new, still at it" is a message too.

## How to fix it

It cannot be mended. Acknowledge it once, with the reason: `git incident update --acknowledge missed-cadence --reason TEXT` writes it under `breaches`. Next time say when the next message comes (`--next-update 2h`), which may well be later than the cadence. A team that promises another one says so in `incident.yaml`: `severities: {sev1: {clocks: {cadence: 45m}}}`.

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
    public: Card payments fail. We are looking into it.
  - at: 2024-05-01T11:25:00Z
    by: jonas
    public: We found the cause.
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if !communication::is_judged(record) {
        return;
    }
    let clocks = communication::clocks(context.archive, record, |clocks| clocks.cadence);
    for silence in communication::silences(context.archive, record) {
        let (from, Some(to)) = (silence.lasted.from, silence.lasted.to) else { continue };
        let due = clocks::first_due(&clocks, Some(from)).filter(|(_, due)| *due < to && silence.promise.is_none());
        let Some((clock, due)) = due else { continue };
        let began = silence.after.map(|message| message.at.span).or_else(|| communication::begun(record, from));
        let Some(began) = began else { continue };
        let (severity, limit, longer) = (&clock.severity.id, communication::limit(clock), span(to.since(due)));
        let message = format!(
            "after this customers heard nothing, {longer} longer than the {limit} that `{severity}` allows; silence reads as if nobody worked on it"
        );
        let finding = out.report(&record.path, began, message);
        if let Some((place, what)) = communication::broken_by(record, &silence) {
            finding.label(place, what);
        }
        finding.help(communication::acknowledge("missed-cadence", record));
    }
}
