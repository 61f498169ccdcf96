//! `removed-entry`: a merged entry that is gone.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::check::kept::{self, Loss};

pub static RULE: Rule = Rule {
    name: "removed-entry",
    family: Family::History,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a merged entry that is gone without a tombstone",
    explain: r#"
## What it finds

An entry of a timeline that was merged and is not there any more. Of an entry that stood there twice one is enough, and one that said nothing is not missed. When two branches are merged, the entries of both must be there.

## Why it matters

Status, durations and uptime follow from the timeline: what is removed never happened. Merges lose entries without anybody noticing.

## How to fix it

Put the entry back as it was. If it must not be read any more (a password, a customer's name), put it back and then `git incident update --redact N --reason TEXT`: its time and its name stay.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T09:55:00Z
    by: mara
    note: We restarted the wrong cluster.
---
```

```markdown 2/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    let mut reported = BTreeSet::new();
    for Loss { version, entry, fate, above } in kept::losses(context, history, record) {
        let by = entry.by.as_ref().map_or("nobody", |by| by.value.as_str());
        if fate.now().is_some() || !reported.insert((entry.at.value, by)) {
            continue;
        }
        let commit = &version.commit;
        let (place, stood) = match above {
            Some(above) => (above.at.span, "stood below this one"),
            None => (record.timeline().first().map_or(record.front, |first| first.at.span), "stood first"),
        };
        out.report(
            &record.path,
            place,
            format!("the entry of {} by {by} {stood} when {commit} was merged, and is gone", entry.at.value),
        )
        .help(format!(
            "put it back (`git show {}:./{}` has it); if it must not be read, redact it there: `git incident update {} --redact N --reason TEXT`",
            commit.id, version.path, record.id
        ));
    }
}
