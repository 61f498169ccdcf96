//! `outside-repository`: a link that leaves the repository.

use super::prelude::*;
use crate::check::links::{self, Target};

pub static RULE: Rule = Rule {
    name: "outside-repository",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a link that leaves the repository",
    explain: r#"
## What it finds

A symbolic link whose target is outside the repository, and a link in a text that climbs out of it with `../`.

## Why it matters

It means something else on every machine, and a published site could carry files that were never meant to be read.

## How to fix it

Put the file into the repository, or link to it by its web address.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---

The log is in [my home](../../../../../../home/mara/checkout.log).
```
"#,
    check: Check::Record(check),
};

/// Symbolic links are found while reading.
fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    for link in links::of(record) {
        if link.target == Target::Outside {
            let message = format!("`{}` leaves the repository, so it leads nowhere for other readers", link.to);
            out.report(&record.path, link.span, message)
                .help("put the file beside the record, or link to its web address");
        }
    }
}
