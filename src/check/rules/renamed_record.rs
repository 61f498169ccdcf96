//! `renamed-record`: a new id without the old one among `aliases`.

use super::prelude::*;
use crate::check::missing::{self, Missing};
use crate::text::problem::Fix;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "renamed-record",
    family: Family::History,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a new id without the old one among `aliases`",
    explain: r#"
## What it finds

A merged record that is gone, while another one tells the whole of its timeline: its folder was renamed, and `aliases` does not name the old id.

## Why it matters

The old id stands in chats, tickets and mails. The site leads from it to the new one only if the record names it.

## How to fix it

Add the old id to `aliases` of the record. The fix does that.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
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
    check: Check::ArchivePast(check),
};

fn check(context: &Context<'_>, history: &History, out: &mut Findings) {
    for Missing { id, last, renamed } in missing::records(context, history) {
        let Some(record) = renamed else { continue };
        let title = record.title().map_or(Span::at(record.front.start), |title| title.span);
        out.report(
            &record.path,
            title,
            format!("this record was `{id}` when {} was merged, and links to that id lead nowhere now", last.commit),
        )
        .help(format!("add `aliases: [{id}]`"))
        .fix(with_alias(record, id));
    }
}

/// A list that is there already is left to a person.
fn with_alias(record: &Record, id: &str) -> Option<Fix> {
    if record.has_key("aliases") {
        return None;
    }
    let below = record.text.find("\ntimeline:")? + 1;
    Some(Fix::safe(format!("add `aliases: [{id}]`"), Span::at(below), format!("aliases: [{id}]\n")))
}
