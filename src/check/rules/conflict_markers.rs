//! `conflict-markers`: a merge conflict that was committed.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "conflict-markers",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a merge conflict that was committed",
    explain: r#"
## What it finds

Lines that begin with `<<<<<<<` and `>>>>>>>`. Nothing else in such a file is judged.

## Why it matters

The file holds two versions of the record at once, and none of them can be read.

## How to fix it

Keep the entries of both sides in the order of `at`, and delete the marker lines.

## Example

```markdown
---
title: Checkout fails
timeline:
<<<<<<< HEAD
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
=======
  - at: 2024-05-01T09:52:00Z
    by: wei
    status: identified
>>>>>>> fix
---
```
"#,
    check: Check::Reading,
};
