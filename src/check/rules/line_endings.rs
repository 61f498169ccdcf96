//! `line-endings`: mixed line endings or a byte-order mark.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "line-endings",
    family: Family::Format,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "mixed line endings or a byte-order mark",
    explain: concat!(
        r#"
## What it finds

A file whose lines end partly in LF and partly in CRLF, or that begins with an invisible byte-order mark. A file that uses CRLF throughout is fine.

## Why it matters

Editors repair this without being asked, and then every line of the file shows up in the next diff.

## How to fix it

Apply the fix, or save the file as UTF-8 without a byte-order mark and with one kind of line ending.

## Example

The file below begins with a byte-order mark.

```markdown
"#,
        "\u{feff}---",
        r#"
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#
    ),
    check: Check::Reading,
};
