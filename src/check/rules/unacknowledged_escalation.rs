//! `unacknowledged-escalation`: an escalation that nobody answered.

use super::prelude::*;
use crate::check::{communication, steps};
use crate::response::escalation;

pub static RULE: Rule = Rule {
    name: "unacknowledged-escalation",
    family: Family::Communication,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "an escalation that nobody answered",
    explain: r#"
## What it finds

An `escalate` without `acknowledged` in an incident that is over, where nothing else shows an answer either: whoever was called neither wrote an entry nor took a role after it (for a team: one of its people), and no later escalation has the reason `no_acknowledgement`. A live incident is not judged; the answer may be on its way.

## Why it matters

Either somebody was called and did not come, which the review has to look into, or they came and the record does not say when.

## How to fix it

Add the time of the answer: `escalate: {…, acknowledged: TIME}`. If nobody answered and somebody else was called instead, give that escalation the reason `no_acknowledgement`.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
  - at: 2024-05-01T10:05:00Z
    by: mara
    escalate: {to: jonas, reason: expertise}
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
    event: impact_ended
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let is_live = communication::live(context.archive, record).last().is_none_or(|stretch| stretch.to.is_none());
    if record.incident().is_none() || !steps::is_sound(record) || is_live {
        return;
    }
    for (_, call) in escalation::unanswered(context.archive, record) {
        out.report(
            &record.path,
            call.to.span,
            format!("nobody answered this escalation to `{}`, or the record does not say when", call.to.value),
        )
        .help(
            "add when: `escalate: {…, acknowledged: TIME}`; or escalate onwards with the reason `no_acknowledgement`",
        );
    }
}
