//! `ambiguous-yaml`: a text that other YAML readers take for something else.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "ambiguous-yaml",
    family: Family::Format,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "a text that other YAML readers take for something else",
    explain: r#"
## What it finds

Unquoted texts such as `no`, `on`, `1:30`, `012` or `4.10`, which readers of YAML 1.1 take for a boolean or a number.

## Why it matters

Records are read by other programs too. One that reads release `4.10` as the number 4.1 sends people to the wrong release.

## How to fix it

Quote the text.

## Example

```markdown
---
title: Checkout fails
cause:
  reference: 4.10
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Reading,
};
