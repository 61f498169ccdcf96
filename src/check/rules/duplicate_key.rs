//! `duplicate-key`: a key twice in one mapping.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "duplicate-key",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a key twice in one mapping",
    explain: r#"
## What it finds

A key that stands twice in the same mapping. Both places are shown.

## Why it matters

YAML readers keep one of the two values without a word, and not all of them the same one. It is what a merge of two branches often leaves behind.

## How to fix it

Keep the value that is right. Two facts about the same time are two entries of the timeline.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
    severity: sev3
---
```
"#,
    check: Check::Reading,
};
