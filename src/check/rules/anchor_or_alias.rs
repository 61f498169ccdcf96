//! `anchor-or-alias`: an anchor, alias, merge key or tag.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "anchor-or-alias",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "an anchor, alias, merge key or tag",
    explain: r#"
## What it finds

`&name`, `*name`, `<<:` and `!tag`. Often it is a text that only looks like one, such as `- *.example.com`.

## Why it matters

Records do not need them, and they make a file mean something that is not written where it is read. A few lines of nested aliases can also blow up to gigabytes.

## How to fix it

Quote the value if it is text. Otherwise write the value out.

## Example

```markdown
---
title: Checkout fails
aliases:
  - *.example.com
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Reading,
};
