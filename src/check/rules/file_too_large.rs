//! `file-too-large`: a file beyond the limits of size or depth.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "file-too-large",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a file beyond the limits of size or depth",
    explain: r#"
## What it finds

A file over 1 MiB, YAML nested deeper than 32 levels, a list of more entries than are read.

## Why it matters

Records are written and read by people. Something this large is a log that was pasted in, or a file made to bring a reader down, so it is refused unread.

## How to fix it

Put logs and exports beside the record as attachments and link to them.

## Example

```markdown
---
title: Checkout fails
timeline: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
---
```
"#,
    check: Check::Reading,
};
