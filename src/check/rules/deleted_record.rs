//! `deleted-record`: a merged record that is gone.

use std::sync::Arc;

use super::prelude::*;
use crate::check::missing::{self, Missing};
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "deleted-record",
    family: Family::History,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a merged record that is gone",
    explain: r#"
## What it finds

A record that was merged and is in the archive neither under its id nor under the `aliases` of another record. A move to another shelf keeps the id and is fine.

## Why it matters

Links to it from chats, tickets and mails lead nowhere, and its downtime disappears from every figure.

## How to fix it

Put it back: `git checkout COMMIT -- FOLDER`. An incident that was none is canceled (`git incident update --status canceled --reason TEXT`), one that another covers is merged into it, and what must not be read is redacted.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```

```yaml 2/incident.yaml
people: [{id: mara}]
```
"#,
    check: Check::Archive(check),
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for Missing { id, last, renamed } in missing::records(context) {
        if renamed.is_some() {
            continue;
        }
        let folder = last.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        out.report(
            &Arc::clone(&last.path),
            Span::at(0),
            format!("the record of `{id}` was merged with {} and is gone, and every link to it is dead", last.commit),
        )
        .help(format!(
            "put it back with `git checkout {} -- {folder}`; a record is canceled, merged or redacted, never deleted",
            last.commit.id
        ));
    }
}
