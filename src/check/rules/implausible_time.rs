//! `implausible-time`: a time that is possible and hardly true.

use super::prelude::*;
use crate::check::{steps, times};
use crate::record::incident::Incident;
use crate::record::time::Time;
use crate::record::timeline::Entry;

pub static RULE: Rule = Rule {
    name: "implausible-time",
    family: Family::Time,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "a time that is possible and hardly true",
    explain: r#"
## What it finds

Two entries of a live incident almost a year apart or more; an impact of days whose whole response took less than a minute; a time in the future. Security incidents may be found after a year.

## Why it matters

The wrong year in January and the wrong month after midnight are the commonest slips, and one of them outweighs a year of good numbers.

## How to fix it

Correct the time. If everything was recorded at once afterwards, give each entry the time at which it happened, with `backfill: true`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2025-05-01T10:20:00Z
    by: mara
    status: identified
---
```
"#,
    check: Check::Record(check),
};

/// Minutes by which clocks may differ.
const SKEW: i64 = 5;
/// Days: a wrong year is rarely off by the day as well.
const YEAR: i64 = 350;

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    future(context, record, out);
    if record.timeline_complete() {
        a_year_apart(context, record, out);
        at_one_go(record, out);
    }
}

fn future(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let now = Time::utc(context.as_of);
    for stated in times::of(record) {
        if !stated.planned && stated.time.value.since(now).as_mins() >= SKEW {
            out.report(&record.path, stated.time.span, format!("this is in the future: it is {now} now"))
                .help("check the day and the offset; `Z` is UTC, not local time");
        }
    }
}

fn a_year_apart(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if record.incident().is_none_or(Incident::is_security) {
        return;
    }
    let machine = &context.archive.lifecycle.incident;
    let is_live = |entry: &Entry| entry.status.as_ref().map(|status| machine.is_live(&status.value));
    let mut live = true;
    let entries: Vec<&Entry> = steps::in_order(record).collect();
    for pair in entries.windows(2) {
        let [before, entry] = pair else { continue };
        live = is_live(before).unwrap_or(live);
        let days = entry.at.value.since(before.at.value).as_hours() / 24;
        // What was forgotten may be resolved years later, though hardly to the day.
        let forgotten = is_live(entry) == Some(false) && days > YEAR + 40;
        if !live || days < YEAR || forgotten {
            continue;
        }
        out.report(
            &record.path,
            entry.at.span,
            format!("{days} days passed since the entry before, while the incident was open: is it another year?"),
        )
        .label(before.at.span, "the entry before")
        .help("correct the year");
    }
}

/// The response from declaration to resolution within a minute, while the impact lasted for more than a day.
fn at_one_go(record: &Record, out: &mut Findings) {
    let moments = &record.replay.moments;
    let (Some(start), Some(end)) = (moments.impact_started, moments.impact_ended) else {
        return;
    };
    let statuses: Vec<&Entry> = steps::in_order(record).filter(|entry| entry.status.is_some()).collect();
    let ([first, _, .., last], false) = (statuses.as_slice(), statuses.iter().any(|entry| entry.backfill)) else {
        return;
    };
    let days = end.since(start).as_hours() / 24;
    if days < 1 || last.at.value.since(first.at.value).as_secs() >= 60 {
        return;
    }
    let lasted = if days == 1 { "a day".to_owned() } else { format!("{days} days") };
    out.report(
        &record.path,
        last.at.span,
        format!(
            "the impact lasted {lasted}, and the whole response less than a minute: were these times typed in at once?"
        ),
    )
    .label(first.at.span, "it begins here")
    .help("give each entry the time at which it happened, with `backfill: true`");
}
