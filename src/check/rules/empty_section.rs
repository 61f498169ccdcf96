//! `empty-section`: a heading of a postmortem with nothing under it.

use super::prelude::*;
use crate::check::review::Review;
use crate::record::sections;
use crate::text::markdown;

pub static RULE: Rule = Rule {
    name: "empty-section",
    family: Family::Postmortem,
    level: Level::Error,
    nature: Nature::Gate,
    summary: "a heading of a postmortem with nothing or a placeholder under it",
    explain: r#"
## What it finds

A heading in a postmortem that is more than a draft, with nothing under it, with a placeholder (TODO, TBD, 미정, 未定, da scrivere), or with the question that `git incident postmortem` wrote there for the author. A heading that only leads to deeper headings is not empty.

## Why it matters

It looks as if the question had been answered, in a list of sections that are all there.

## How to fix it

Write the section. If there is nothing to say, say that: "None." is an answer.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: in_review
owner: mara
parties: [mara]
actions: [{id: gate, title: Add a load gate, type: prevent, status: open}]
---

### Summary

Card payments failed for an hour.

### Impact

TODO

### Root causes

The pool was too small.
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(review) = Review::of(record).filter(Review::is_shown) else {
        return;
    };
    for section in record.sections() {
        let content = record.text.get(section.content.range()).unwrap_or_default();
        if !sections::has_plain_words(content) && sections::says_nothing(&markdown::plain_text(content)) {
            let message = format!(
                "`{}`, and nobody has written “{}” yet; the heading looks as if it were answered",
                review.status.value,
                section.title.trim()
            );
            out.report(&record.path, section.heading, message).help("write it; “None.” is an answer too");
        }
    }
}
