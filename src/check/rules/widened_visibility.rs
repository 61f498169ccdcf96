//! `widened-visibility`: a record that more people may read than when it was merged.

use super::prelude::*;
use crate::check::same;
use crate::record::Content;
use crate::record::history::Version;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "widened-visibility",
    family: Family::Visibility,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a record that was opened to more readers without an approval",
    explain: r#"
## What it finds

A merged record that was `restricted` or `internal` and may be read by more people now, while no entry made since carries a `decision`. A maintenance is approved by `approved_by`, too.

## Why it matters

What was written for colleagues is read by customers, and what customers have read cannot be taken back. Somebody should have decided that.

## How to fix it

Record who decided it, and why: `git incident update --decision TEXT`. Or put the old `visibility` back.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
visibility: internal
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```

```markdown 2/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    let (said, approved) = match &record.content {
        Content::Incident(incident) => (incident.visibility, false),
        Content::Maintenance(maintenance) => (maintenance.visibility, !maintenance.approved_by.is_empty()),
        _ => return,
    };
    let Some(now) = said.filter(|_| !approved) else { return };
    // Most records say the same in the same line, and need not be read again to know that.
    let line = line_of(&record.text, now.span);
    let differs = |version: &&&Version| line.is_none_or(|line| !version.text.contains(line));
    let merged: Vec<&Version> =
        context.past(history, record).flat_map(|past| &past.merged).map(|version| &**version).collect();
    for version in merged.iter().filter(differs) {
        let Some(before) = version.record(context.archive).filter(|before| !before.keys.is_empty()) else { continue };
        if before.visibility() >= now.value || is_decided(before, record) {
            continue;
        }
        let (was, now_name) = (before.visibility().name(), now.value.name());
        out.report(
            &record.path,
            now.span,
            format!(
                "this record was {was} when {} was merged and is {now_name} now, and nobody decided that",
                version.commit
            ),
        )
        .help(format!("say who decided it and why: `git incident update {} --decision TEXT`", record.id));
        return;
    }
}

/// Whether a decision was recorded since.
fn is_decided(before: &Record, now: &Record) -> bool {
    let known = |text: &str| before.timeline().iter().any(|entry| same::text(&entry.decision) == Some(text));
    now.timeline().iter().filter_map(|entry| same::text(&entry.decision)).any(|decision| !known(decision))
}

/// The whole line around a place, with the line breaks on both its sides.
fn line_of(text: &str, place: Span) -> Option<&str> {
    let start = text.get(..place.start)?.rfind('\n')?;
    let end = place.end + text.get(place.end..)?.find('\n')? + 1;
    text.get(start..end)
}
