//! `invalid-time`: a time or day that does not exist or has no offset.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "invalid-time",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a time or day that does not exist or has no offset",
    explain: r#"
## What it finds

A time without an offset, a month, day or hour that does not exist, one-digit parts such as `T9:15`, a blank instead of the `T`.

## Why it matters

`10:02` is another moment for every reader, and one hour is the difference between a deadline met and missed.

## How to fix it

Write RFC 3339 with `Z` or an offset: `2024-05-01T09:05:00Z`, `2024-05-01T11:05:00+02:00`. Where only one reading is possible, the fix writes it.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00
    by: mara
    status: investigating
---
```
"#,
    check: Check::Reading,
};
