//! `mixed-offsets`: several offsets in one file.

use jiff::tz::TimeZone;

use super::prelude::*;
use crate::check::times;
use crate::record::time::{self, Time};
use crate::text::problem::{Edit, Fix, Safety};
use crate::text::span::{Span, Spanned};

pub static RULE: Rule = Rule {
    name: "mixed-offsets",
    family: Family::Time,
    level: Level::Info,
    nature: Nature::Fault,
    summary: "several offsets in one file",
    explain: r#"
## What it finds

A record whose times are written in several offsets, such as `Z` and `+02:00`. The two offsets that the site's zone has in summer and winter are fine.

## Why it matters

The times are right, but people compare them by eye: 11:20 after 09:50 looks like an hour and a half.

## How to fix it

Apply the fix, which writes every time in the zone of the site (`site.timezone`, UTC where nothing is said). The instants stay the same.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T12:20:00+02:00
    by: wei
    status: identified
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let mut all: Vec<Spanned<Time>> = times::of(record).into_iter().map(|stated| stated.time).collect();
    all.sort_by_key(|time| time.span);
    let Some(first) = all.first() else { return };
    if all.iter().all(|time| time.value.offset() == first.value.offset()) {
        return;
    }
    let name = context.archive.config.site.timezone.as_ref().map_or("UTC", |name| &name.value);
    let zone = time::zone(name).unwrap_or(TimeZone::UTC);
    let odd: Vec<_> = all.iter().filter(|time| time.value.in_zone(&zone).offset() != time.value.offset()).collect();
    let Some(place) = odd.first() else { return };
    let edits = odd.iter().map(|time| Edit {
        span: inside_quotes(&record.text, time.span),
        replacement: time.value.in_zone(&zone).to_string(),
    });
    let finding = out.report(
        &record.path,
        place.span,
        format!("the times of this file are in several offsets; this one is not in the site's zone, {name}"),
    );
    if let Some(other) = all.iter().find(|time| time.value.offset() != place.value.offset()) {
        finding.label(other.span, "another offset");
    }
    finding.fix(Fix { title: format!("write every time in {name}"), edits: edits.collect(), safety: Safety::Safe });
}

fn inside_quotes(text: &str, span: Span) -> Span {
    let quoted = text.get(span.range()).is_some_and(|value| value.starts_with(['"', '\'']));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}
