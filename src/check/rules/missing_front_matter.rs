//! `missing-front-matter`: a record without front matter between `---` lines.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "missing-front-matter",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a record without front matter between `---` lines",
    explain: r#"
## What it finds

A record that does not begin with a line `---`: text or empty lines before it, a fence of other dashes such as `—` or `----`, TOML's `+++`, or a fence that never closes.

## Why it matters

Everything that is known about an incident is in its front matter. Without it there is only prose.

## How to fix it

Make `---` the first line of the file and put another `---` after the last key. Editors that turn `---` into a dash do so through "smart punctuation"; switch it off for these files.

## Example

```markdown
—
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Reading,
};
