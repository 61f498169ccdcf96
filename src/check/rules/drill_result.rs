//! `drill-result`: a drill that was held and taught nothing.

use super::prelude::*;
use crate::record::drill::Drill;

pub static RULE: Rule = Rule {
    name: "drill-result",
    family: Family::Drill,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "a drill held without results, or a miss that nothing follows from",
    explain: r#"
## What it finds

A drill with the status `held` that has no objectives or an objective without a `result`. One with an objective that was `missed` while no postmortem was begun, or while the postmortem, past its draft, has neither a finding nor an action.

## Why it matters

A drill is held to find what does not work. What was found and written down nowhere will be found again by an incident.

## How to fix it

Write `met`, `partly` or `missed` to each objective. Begin a postmortem with `git incident postmortem ID` and record there what has to change: `git incident finding add`.

## Example

```markdown incidents/2024/05/2024-05-02-region-failover/drill.md
---
title: Region failover
scenario: The first region is gone.
objectives:
  - {text: Orders go through within 15 minutes}
timeline:
  - at: 2024-05-02T13:00:00Z
    by: mara
    status: held
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(drill) = record.drill() else { return };
    let held = record.replay.statuses.last().filter(|status| status.value == "held" && record.timeline_complete());
    let held = held.and_then(|status| record.timeline().get(status.entry)).and_then(|entry| entry.status.as_ref());
    let Some(held) = held else { return };
    if drill.objectives.is_empty() {
        out.report(
            &record.path,
            held.span,
            "this drill was held without objectives, so nobody knows what it has shown",
        )
        .help("add `objectives: [{text: WHAT IT WAS TO SHOW, result: met}]`");
    }
    without_results(drill, record, out);
    if !is_followed_up(context, record) {
        missed(drill, record, out);
    }
}

fn without_results(drill: &Drill, record: &Record, out: &mut Findings) {
    let numbered = drill.objectives.iter().zip(1..);
    for (objective, number) in numbered.filter(|(objective, _)| objective.result.is_none()) {
        if let Some(text) = &objective.text {
            out.report(&record.path, text.span, "the drill was held, and this objective has no result").help(format!(
                "`git incident update {} --set objectives.{number}.result=met`, or partly, or missed",
                record.id
            ));
        }
    }
}

fn missed(drill: &Drill, record: &Record, out: &mut Findings) {
    let results = drill.objectives.iter().filter_map(|objective| objective.result.as_ref());
    for missed in results.filter(|result| result.value == "missed") {
        out.report(
            &record.path,
            missed.span,
            "this objective was missed and nothing follows from it, so the next incident will miss it too",
        )
        .help(format!("`git incident postmortem {}`, then `git incident finding add`", record.id));
    }
}

/// Whether somebody records what has to change, or has begun to.
fn is_followed_up(context: &Context<'_>, record: &Record) -> bool {
    let Some(beside) = context.index.postmortem(record) else { return false };
    // One that cannot be read is a finding of its own.
    let Some(postmortem) = beside.postmortem() else { return true };
    let is_draft = postmortem.status.as_ref().is_none_or(|status| status.value == "draft");
    is_draft || !postmortem.findings.is_empty() || !postmortem.actions.is_empty()
}
