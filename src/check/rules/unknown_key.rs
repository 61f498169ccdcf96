//! `unknown-key`: a key that the format does not have.

use super::prelude::*;
use crate::text::problem::Fix;
use crate::text::suggest::nearest;

pub static RULE: Rule = Rule {
    name: "unknown-key",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a key that the format does not have",
    explain: r#"
## What it finds

A key that means nothing at its place, usually a slip of the pen, and a name under `rules` in `incident.yaml` that is neither a rule nor a family of rules. The nearest known key is suggested.

## Why it matters

An ignored key is a fact that somebody wrote down and nobody sees: a mistyped `severity` is an incident without one.

## How to fix it

Write the suggested key. What has no key of its own belongs in a `note` or in the text of the record.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severtiy: sev2
---
```
"#,
    check: Check::Archive(check),
};

/// The keys under `rules` are names of rules and families, which the reader of the configuration does not know.
fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.archive.config;
    for (name, _) in &config.rules {
        if super::settable().any(|known| known == name.value) {
            continue;
        }
        let finding =
            out.report(&config.path, name.span, format!("there is no rule `{}`, so this changes nothing", name.value));
        if let Some(meant) = nearest(&name.value, super::settable()) {
            finding
                .help(format!("did you mean `{meant}`?"))
                .fix(Fix::safe(format!("write `{meant}`"), name.span, meant).uncertain());
        }
    }
}
