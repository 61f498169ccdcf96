//! `missing-field`: a key that the record must have by now.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::check::{assessment, gates};

pub static RULE: Rule = Rule {
    name: "missing-field",
    family: Family::Format,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a key that the record must have by now",
    explain: r#"
## What it finds

A key that every record of this kind has (`title`, `timeline`, `at` and `by` of an entry), and one that the lifecycle asks for in the state that the record is in, such as `detection.method` once it is `resolved`. A record that was made afterwards (declared by an entry with `backfill: true`) is not asked for the states that it had by then.

## Why it matters

These are the answers that reviews and numbers need, and they are asked for at the moment when somebody still knows them.

## How to fix it

Add the key. `unknown` is an answer to most questions; an absent key means that nobody was asked.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: monitoring
    event: [impact_started, impact_ended]
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
---
```
"#,
    check: Check::Record(check),
};

/// What every record of a kind must have is found while reading; this is what its state asks for.
fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let mut told = BTreeSet::new();
    for reached in gates::reached(context, record) {
        for field in reached.fields() {
            if record.has_key(field) || !told.insert(field) {
                continue;
            }
            let state = &reached.status.value;
            out.report(&record.path, reached.status.span, format!("`{state}` asks for `{field}`, which is not there"))
                .help(how_to_give(field));
        }
    }
}

/// In words that fit whoever edits the file and whoever was refused a command.
fn how_to_give(field: &str) -> String {
    match field {
        "detection.method" => "give it, as in `--set detection.method=alert`; `unknown` is an answer".into(),
        "cause.category" => "give it, as in `--set cause.category=change`; `unknown` is an answer".into(),
        "related.duplicate_of" => "name the other incident: `--set related.duplicate_of=ID`".into(),
        "assessment" => format!("answer what you know: `{}`", assessment::flags(assessment::QUESTIONS)),
        _ => format!("add `{field}` to the front matter, or give it with `--set {field}=VALUE`"),
    }
}
