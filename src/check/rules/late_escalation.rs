//! `late-escalation`: senior management was told late or never of what was not resolved in time.

use super::prelude::*;
use crate::check::{communication, steps};
use crate::record::clocks;
use crate::record::time::{Time, span};
use crate::response::escalation;

pub static RULE: Rule = Rule {
    name: "late-escalation",
    family: Family::Communication,
    level: Level::Error,
    nature: Nature::Breach,
    summary: "senior management was told too late, or never",
    explain: r#"
## What it finds

An incident that was still unresolved after the limit of its severity without senior management having been told: 60 minutes for `sev1`, 4 hours for `sev2`, 3 days for `sev3`, where `incident.yaml` says nothing else. They are told by an escalation to the role `executive_sponsor` or to the person who holds it, by giving somebody that role, or by `notify: {who: [executives]}`. A live incident of which they have not been told yet is not judged here.

## Why it matters

After that time money, other teams and promises to customers have to be decided about, and responders must not be the ones who decide it alone.

## How to fix it

It cannot be mended. Acknowledge it once, with the reason: `git incident update --acknowledge late-escalation --reason TEXT` writes it under `breaches`. If they were told in time, add that entry with its true time and `backfill: true`. Next time: `git incident escalate executive_sponsor:time_limit`.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev1
  - at: 2024-05-01T11:25:00Z
    by: mara
    escalate: {to: executive_sponsor, reason: time_limit, acknowledged: 2024-05-01T11:30:00Z}
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if record.incident().is_none() || !steps::is_sound(record) {
        return;
    }
    let clocks = communication::clocks(context.archive, record, |clocks| clocks.escalation);
    let Some((clock, due)) = clocks::first_due(&clocks, None) else {
        return;
    };
    let told = escalation::told(record);
    let limit = communication::limit(clock);
    let (place, what) = match told {
        Some((at, place)) if at > due => (place, format!("was told {} later than", span(at.since(due)))),
        Some(_) => return,
        None => match end(context, record, due).and_then(|end| Some((end, communication::ended(record, end)?))) {
            Some((end, place)) => (place, format!("was never told, and it went on for {} after", span(end.since(due)))),
            None => return,
        },
    };
    let message = format!(
        "senior management {what} the {limit} that `{}` allows without them; responders had to decide alone",
        clock.severity.id
    );
    let finding = out.report(&record.path, place, message);
    if let Some(start) = communication::begun(record, clock.runs.from) {
        finding.label(start, format!("the {limit} begin here"));
    }
    finding.help(communication::acknowledge("late-escalation", record));
}

/// The end of the live stretch in which something was due.
fn end(context: &Context<'_>, record: &Record, due: Time) -> Option<Time> {
    let stretch = communication::live(context.archive, record).into_iter().rfind(|stretch| stretch.from <= due)?;
    stretch.to
}
