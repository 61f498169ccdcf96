//! `unknown-value`: a word that is not on its list.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "unknown-value",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a word that is not on its list",
    explain: r#"
## What it finds

A status, severity, role, type, service state or other word that is not among the words its key takes. The nearest one is suggested.

## Why it matters

Records can only be counted, compared and shown together if they use the same words.

## How to fix it

Write one of the listed words. Severities, roles and types of your own are added in `incident.yaml`.

## Example

```markdown
---
title: Checkout fails
type: [hardware]
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Reading,
};
