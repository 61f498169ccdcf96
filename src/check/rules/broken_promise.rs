//! `broken-promise`: a promised update that did not come in time.

use super::prelude::*;
use crate::check::communication;
use crate::record::time::span;

pub static RULE: Rule = Rule {
    name: "broken-promise",
    family: Family::Communication,
    level: Level::Warning,
    nature: Nature::Breach,
    summary: "`next_update` passed without a message",
    explain: r#"
## What it finds

A `next_update` after which the next public message came later than promised, or which passed while the incident went on and no message came before it ended. An entry that moves the promise before it has passed, or a resolution before it, keeps it. A promise that nothing has followed yet is not judged.

## Why it matters

Readers plan by that time. A promise that was broken once is not believed again, in this incident or the next.

## How to fix it

It cannot be mended. Acknowledge it once, with the reason: `git incident update --acknowledge broken-promise --reason TEXT` writes it under `breaches`. Next time move the promise before it passes (`git incident update --public "…" --next-update 1h`).

## Example

```markdown
---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
    public: Card payments fail. We are looking into it.
    next_update: 2024-05-01T10:25:00Z
  - at: 2024-05-01T10:58:00Z
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
    for silence in communication::silences(context.archive, record) {
        let (Some(promise), Some(to)) = (silence.promise, silence.lasted.to) else { continue };
        if to <= promise.value {
            continue;
        }
        let what = match silence.ended_by {
            Some(_) => format!("came {} later", span(to.since(promise.value))),
            None => format!("never came, while the incident went on for {}", span(to.since(promise.value))),
        };
        let message = format!("the update promised for this time {what}; readers had planned by it");
        let finding = out.report(&record.path, promise.span, message);
        if let Some((place, what)) = communication::broken_by(record, &silence) {
            finding.label(place, what);
        }
        finding.help(communication::acknowledge("broken-promise", record));
    }
}
