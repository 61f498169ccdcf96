//! `late-record`: an entry that was recorded long after it happened.

use jiff::SignedDuration;

use super::prelude::*;
use crate::check::kept;
use crate::record::history::Step;
use crate::record::timeline::Entry;

/// An incident written down the next morning is written from memory.
const LIMIT: SignedDuration = SignedDuration::from_hours(24);

pub static RULE: Rule = Rule {
    name: "late-record",
    family: Family::History,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "an entry recorded more than a day after it happened",
    explain: r#"
## What it finds

A commit that adds entries to a timeline of which even the newest happened more than a day before the commit was made, and that do not say `backfill: true`. The time of a commit is the one at which its author made it, so a later rebase or merge does not count. An update that tells of a longer time at once is not late, and a record that was declared with `backfill: true` is not judged.

## Why it matters

Readers take an entry for what was known at the time. What was written a day later was written from memory, with the end of the story in mind.

## How to fix it

Add `backfill: true` to the entry: that is not a change of what it says. `git incident update --at TIME` writes it by itself.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```

```markdown 2@2024-05-04/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T10:20:00Z
    by: mara
    note: The pool was exhausted.
---
```
"#,
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    if !record.timeline_complete() {
        return;
    }
    for step in context.past(history, record).flat_map(|past| &past.steps) {
        let added = added(context, record, step);
        let Some(newest) = added.iter().map(|entry| entry.at.value).max() else { continue };
        let recorded = step.commit.time;
        if recorded.duration_since(newest.instant()) <= LIMIT {
            continue;
        }
        if let Some(entry) = added.into_iter().find(|entry| !entry.backfill) {
            let days = recorded.duration_since(entry.at.value.instant()).as_hours() / 24;
            let days = if days == 1 { "a day".to_owned() } else { format!("{days} days") };
            out.report(
                &record.path,
                entry.at.span,
                format!(
                    "recorded {days} after it happened, with {}; readers take it for what was known at the time",
                    step.commit
                ),
            )
            .help("add `backfill: true` to this entry");
        }
    }
}

/// The entries of a record that a commit brought. One that its parents had, or that has since changed its time, is none.
fn added<'a>(context: &Context<'_>, record: &'a Record, step: &Step) -> Vec<&'a Entry> {
    let Some(after) = &step.after else { return Vec::new() };
    let before: Vec<Vec<bool>> =
        step.before.iter().map(|version| kept::known_before(context, version, record)).collect();
    let known = |i: usize| before.iter().any(|known| known.get(i) == Some(&true));
    let after = kept::known_before(context, after, record);
    let entries = record.timeline().iter().zip(after).enumerate();
    entries.filter(|(i, (_, is_there))| *is_there && !known(*i)).map(|(_, (entry, _))| entry).collect()
}
