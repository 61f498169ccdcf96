//! `time-order`: times that cannot have happened in this order.

use super::prelude::*;
use crate::check::steps;
use crate::record::timeline::Entry;
use crate::text::problem::{Edit, Fix, Safety};
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "time-order",
    family: Family::Time,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "times that cannot have happened in this order",
    explain: r#"
## What it finds

An entry that is earlier than the one above it without `backfill: true`, and a timeline with the newest entry first; impact that ends before it starts; a detection before the start of the impact that nobody explains; an escalation answered before it was made; a `next_update` promised for a time before its entry. A detection may come first where something was foreseen: say so in a `reason` or `note` of that entry.

## Why it matters

Every duration is a difference of these times. One slip turns the time to detect into a negative number, or hides an hour of downtime.

## How to fix it

Correct the time. If the entry was recorded late, add `backfill: true` to it; otherwise move it to its place, which the fix does.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T09:20:00Z
    by: wei
    note: The pool is empty.
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    entries(record, out);
    for entry in record.timeline() {
        answers(record, entry, out);
    }
    if record.timeline_complete() {
        impact(record, out);
    }
}

/// Each entry against the one above it. Entries that were recorded late may stand anywhere.
fn entries(record: &Record, out: &mut Findings) {
    let timeline: Vec<&Entry> = record.timeline().iter().filter(|entry| !entry.backfill).collect();
    if let [newest, _, .., oldest] = timeline.as_slice()
        && timeline.is_sorted_by(|above, below| above.at.value > below.at.value)
    {
        out.report(
            &record.path,
            newest.at.span,
            "the newest entry stands first, and the last one counts as the present",
        )
        .label(oldest.at.span, "the oldest one")
        .help("put the oldest entry first")
        .fix(turned(&record.text, &timeline));
        return;
    }
    for (i, entry) in timeline.iter().enumerate().skip(1) {
        let before = timeline[i - 1];
        if entry.at.value >= before.at.value {
            continue;
        }
        // The place it belongs to: before the first entry that is later.
        let later = timeline.iter().find(|other| other.at.value > entry.at.value);
        out.report(
            &record.path,
            entry.at.span,
            "this entry is earlier than the one above it, so the story is told out of order",
        )
        .label(before.at.span, "the one above it")
        .help("correct the time; or add `backfill: true` if it was recorded late")
        .fix(later.and_then(|later| moved(&record.text, entry, later)));
    }
}

/// Turns the order of all entries round, where each is written in lines of its own.
fn turned(text: &str, timeline: &[&Entry]) -> Option<Fix> {
    let lines: Vec<Span> = timeline.iter().map(|entry| lines_of(text, entry.span)).collect::<Option<_>>()?;
    let edits = lines.iter().zip(lines.iter().rev()).map(|(to, from)| {
        let replacement = text.get(from.range())?.to_owned();
        Some(Edit { span: *to, replacement })
    });
    let title = "put the oldest entry first".into();
    Some(Fix { title, edits: edits.collect::<Option<_>>()?, safety: Safety::Safe })
}

/// Moves the lines of an entry before those of another, where both are written in lines of their own.
fn moved(text: &str, entry: &Entry, before: &Entry) -> Option<Fix> {
    let (from, to) = (lines_of(text, entry.span)?, lines_of(text, before.span)?);
    let lines = text.get(from.range())?.to_owned();
    let edits =
        vec![Edit { span: Span::at(to.start), replacement: lines }, Edit { span: from, replacement: String::new() }];
    let title = "move the entry to its place".into();
    Some(Fix { title, edits, safety: Safety::Unsafe })
}

/// The whole lines of an item of a list, from its dash to the end of its last line, with the comment there.
fn lines_of(text: &str, item: Span) -> Option<Span> {
    let start = text.get(..item.start)?.rfind('\n')? + 1;
    let dash = text.get(start..item.start)?.trim();
    let last = item.start + text.get(item.range())?.trim_end().len();
    let end = last + text.get(last..)?.find('\n')? + 1;
    let rest = text.get(last..end)?.trim();
    let alone = dash == "-" && (rest.is_empty() || rest.starts_with('#'));
    alone.then_some(Span::new(start, end))
}

/// What an entry says about times after it.
fn answers(record: &Record, entry: &Entry, out: &mut Findings) {
    let answered = entry.escalate.as_ref().and_then(|escalation| escalation.acknowledged);
    if let Some(answered) = answered.filter(|answered| answered.value < entry.at.value) {
        out.report(&record.path, answered.span, "this was answered before the escalation was made")
            .label(entry.at.span, "the escalation")
            .help("correct one of the two times");
    }
    if let Some(promise) = entry.next_update.filter(|promise| promise.value < entry.at.value) {
        out.report(&record.path, promise.span, "the next update is promised for a time before this entry")
            .label(entry.at.span, "this entry")
            .help("correct one of the two times");
    }
}

/// The milestones of the impact, as far as entries name them; what only follows from other entries proves nothing.
fn impact(record: &Record, out: &mut Findings) {
    let milestone = |name: &'static str| {
        steps::in_order(record)
            .filter_map(move |entry| Some((entry, entry.events.iter().find(|event| event.value == name)?)))
    };
    let Some((start, started)) = milestone("impact_started").next() else {
        return;
    };
    let began = start.at.value;
    if let Some((end, ended)) = milestone("impact_ended").last().filter(|(end, _)| end.at.value < began) {
        out.report(&record.path, ended.span, format!("the impact ended at {}, before it started", end.at.value))
            .label(started.span, format!("it started at {began}"))
            .help("correct one of the two times");
    }
    if let Some((entry, detected)) = milestone("detected").next()
        && entry.at.value < began
        && !steps::is_imported(entry)
        && entry.reason.is_none()
        && entry.note.is_none()
    {
        out.report(
            &record.path,
            detected.span,
            format!("detected at {}, before the impact started, and nothing says that it was foreseen", entry.at.value),
        )
        .label(started.span, format!("the impact started at {began}"))
        .help("correct one of the two times, or say in a `reason` of this entry what was foreseen");
    }
}
