//! `missing-section`: a postmortem without a section that it must have.

use super::prelude::*;
use crate::check::review::Review;
use crate::record::sections;

pub static RULE: Rule = Rule {
    name: "missing-section",
    family: Family::Postmortem,
    level: Level::Error,
    nature: Nature::Gate,
    summary: "a postmortem without a section that it must have",
    explain: r#"
## What it finds

A postmortem in review, approved or published that lacks a section. A short one needs Summary, Impact and Root causes; that of a major or security incident also needs What went well, What went wrong, Where we got lucky and Lessons learned. The titles may be Korean, Japanese or Italian, and some have other names ("Root cause", "Causes"). Which sections a state asks for is set in `schemas/lifecycle.yaml`, under `postmortem`.

## Why it matters

The sections are the questions that a review has to answer. What nobody asked is not learned.

## How to fix it

Add the heading and write what belongs under it, or take the section out of the lifecycle.

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

4,100 customers could not pay.
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(review) = Review::of(record) else {
        return;
    };
    let there = record.sections();
    let required = review.requirements(&context.index).into_iter().flat_map(|required| &required.sections);
    let missing: Vec<&String> =
        required.filter(|title| !there.iter().any(|section| sections::is(section, title))).collect();
    let Some((last, others)) = missing.split_last() else {
        return;
    };
    let list = match others {
        [] => format!("“{last}”"),
        others => {
            format!("{} and “{last}”", others.iter().map(|title| format!("“{title}”")).collect::<Vec<_>>().join(", "))
        }
    };
    let status = review.status;
    let message = format!("`{}` without {list}; a question that nobody asked teaches nothing", status.value);
    let heading = missing.iter().map(|title| format!("`## {title}`")).collect::<Vec<_>>().join(", ");
    out.report(&record.path, status.span, message).help(format!("add {heading}, in any language, and answer it"));
}
