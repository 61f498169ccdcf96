//! `drill-is-public`: a drill with a message to customers.

use super::prelude::*;
use crate::record::timeline::Message;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "drill-is-public",
    family: Family::Drill,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a drill with a public message",
    explain: r#"
## What it finds

An entry of a drill that has a `public` message.

## Why it matters

Nothing of a drill ever reaches the public site, so whoever wrote this believes that readers see what they do not. If they did, they would take an exercise for an outage.

## How to fix it

Make it a `note`. If customers really have to be told, announce a maintenance.

## Example

```markdown incidents/2024/05/2024-05-02-region-failover/drill.md
---
title: Region failover
scenario: The first region is gone.
timeline:
  - at: 2024-05-02T13:00:00Z
    by: mara
    status: planned
    public: We are investigating an outage.
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    if record.drill().is_none() {
        return;
    }
    for message in record.timeline().iter().filter_map(|entry| entry.public.as_ref()) {
        out.report(
            &record.path,
            place(message),
            "a drill is never public, so no reader sees this message; one who did would take it for an outage",
        )
        .help("make it a `note`, or announce a maintenance: `git incident new maintenance`");
    }
}

fn place(message: &Message) -> Span {
    match message {
        Message::Plain(text) => text.span,
        Message::Translated(texts) => texts.first().map_or(Span::at(0), |(language, _)| language.span),
    }
}
