//! `invalid-yaml`: front matter that is not YAML.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "invalid-yaml",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "front matter that is not YAML",
    explain: r#"
## What it finds

Front matter that cannot be read as YAML: an unquoted `: ` inside a value, a tab in the indentation, a quote or bracket that is never closed, a line whose indentation fits nothing.

## Why it matters

Nothing else in the file can be read. The incident disappears from the site and from every number until this is mended.

## How to fix it

Quote texts that contain `: `, ` #` or begin with a special character. Indent with two spaces a level, never with tabs. The place of the finding is where the mistake was made as far as that can be told; sometimes it is the line above.

## Example

```markdown
---
title: Outage: checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Reading,
};
