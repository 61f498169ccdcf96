//! `wrong-type`: a value of the wrong kind.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "wrong-type",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a value of the wrong kind",
    explain: r#"
## What it finds

Text where a number is meant, a list where a mapping is meant, `yes` where `true` is meant, a web address without `https://`, a key without any value, a line that is too long.

## Why it matters

A value that cannot be understood is left out of every page and number.

## How to fix it

The message names what the key takes. `unknown` is an answer where a number or a yes or no is asked for; where nobody has answered yet, leave the key out.

## Example

```markdown
---
title: Checkout fails
assessment:
  customers: many
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Reading,
};
