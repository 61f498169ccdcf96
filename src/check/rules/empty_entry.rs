//! `empty-entry`: an entry that says nothing.

use super::prelude::*;
use crate::record::timeline::{Entry, Message, Text};

pub static RULE: Rule = Rule {
    name: "empty-entry",
    family: Family::Timeline,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "an entry that says nothing",
    explain: r#"
## What it finds

An entry that has a time and a name and nothing else, or only texts of dots and dashes.

## Why it matters

Somebody meant to record something there. Weeks later nobody knows what it was.

## How to fix it

Write what happened, at least as a `note`, or remove the entry before it is merged.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T10:05:00Z
    by: wei
    note: "..."
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    for entry in record.timeline().iter().filter(|entry| !says_something(entry)) {
        // What could not be read was meant to say something, and that was reported.
        if record.problems.iter().any(|problem| entry.span.range().contains(&problem.span.start)) {
            continue;
        }
        out.report(
            &record.path,
            entry.at.span,
            "this entry says nothing, so nobody will know what happened at this moment",
        )
        .help("write it as `note: …`, or remove the entry");
    }
}

/// Names every key, so that a new one has to be thought of here.
fn says_something(entry: &Entry) -> bool {
    let Entry { span: _, at: _, by: _, backfill: _, estimated: _, edited: _, .. } = entry;
    let Entry { status, severity, impact, events, roles, public, next_update, escalate, notify, .. } = entry;
    let Entry { note, decision, action, hypothesis, todo, dismissed, reason, .. } = entry;
    let Entry { result, promoted, evidence, links, redacted, .. } = entry;
    let texts = [note, decision, action, hypothesis, todo, dismissed, reason];
    let words = [status, severity, result, promoted];
    texts.into_iter().flatten().any(|text| has_words(text))
        || words.into_iter().any(Option::is_some)
        || public.as_ref().is_some_and(message_has_words)
        || !(impact.is_empty() && events.is_empty() && roles.is_empty() && links.is_empty())
        || next_update.is_some()
        || escalate.is_some()
        || notify.is_some()
        || evidence.is_some()
        || redacted.is_some()
}

fn message_has_words(message: &Message) -> bool {
    match message {
        Message::Plain(text) => has_words(text),
        Message::Translated(texts) => texts.iter().any(|(_, text)| has_words(text)),
    }
}

fn has_words(text: &Text) -> bool {
    let is_filler = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '…' | '–' | '—');
    !text.value.chars().all(is_filler)
}
