//! `illegal-step`: a postmortem or an action that skipped a state between two commits.

use std::sync::Arc;

use super::prelude::*;
use crate::record::history::{Commit, Past, Version};
use crate::record::lifecycle::{Machine, Step};
use crate::record::timeline::Text;
use crate::text::suggest::either;

pub static RULE: Rule = Rule {
    name: "illegal-step",
    family: Family::History,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a postmortem or an action that skipped a state between commits",
    explain: r#"
## What it finds

A postmortem, or one of its actions, whose `status` went in one commit to a state that does not follow the one before. Only the step to the present state is judged, and one that was taken back is none. A postmortem that got its `approvals` on the way is fine: a squash merge makes one step of many, and the approvals tell that the review took place.

## Why it matters

A postmortem has no timeline: that it was reviewed before it was published can be seen only in its history. One that skips the review was read by nobody.

## How to fix it

Set the old `status` again, and take the steps one at a time: `git incident postmortem` knows them. An action that is done is opened again before it can become anything else.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
---
```

```markdown 2/incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: published
---
```
"#,
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    let Some(postmortem) = record.postmortem() else { return };
    let lifecycle = &context.archive.lifecycle;
    for past in context.past(history, record) {
        let changes = changes(context, past, record);
        if let Some(now) = &postmortem.status
            && let Some((change, from)) = skipped(&changes, &lifecycle.postmortem, now, &|record| status(record))
            && !was_approved(change)
        {
            report(record, "the postmortem", (from, now), change, &lifecycle.postmortem, out);
        }
        for action in &postmortem.actions {
            let (Some(id), Some(now)) = (&action.id, &action.status) else { continue };
            let status = |record| action_status(record, &id.value);
            if let Some((change, from)) = skipped(&changes, &lifecycle.action, now, &status) {
                report(record, &format!("`{}`", id.value), (from, now), change, &lifecycle.action, out);
            }
        }
    }
}

/// What one commit, or nobody's commit yet, made of the postmortem.
struct Change<'a> {
    before: Vec<&'a Record>,
    after: &'a Record,
    commit: Option<&'a Commit>,
}

fn changes<'a>(context: &'a Context<'_>, past: &'a Past, now: &'a Record) -> Vec<Change<'a>> {
    let read = |version: &'a Arc<Version>| version.record(context.archive);
    let steps = past.steps.iter().filter_map(|step| {
        let before = step.before.iter().filter_map(read).collect();
        Some(Change { before, after: read(step.after.as_ref()?)?, commit: Some(&step.commit) })
    });
    let last = past.steps.last().map_or(past.merged.last(), |step| step.after.as_ref());
    let last = last.and_then(read).map(|before| Change { before: vec![before], after: now, commit: None });
    steps.chain(last).collect()
}

/// The last change to the present state, and the state before it, where that one does not lead there.
fn skipped<'c, 'a>(
    changes: &'c [Change<'a>],
    machine: &Machine,
    now: &str,
    status: &dyn Fn(&'a Record) -> Option<&'a str>,
) -> Option<(&'c Change<'a>, &'a str)> {
    let moved = |change: &&Change<'a>| {
        let after = status(change.after);
        !change.before.is_empty() && change.before.iter().all(|before| status(before) != after)
    };
    let mut moves = changes.iter().rev().filter(moved);
    let change = moves.find(|change| status(change.after) == Some(now))?;
    let is_taken_back = moves.next().is_some_and(|last| last.before.iter().any(|before| status(before) == Some(now)));
    let from: Vec<&str> = change.before.iter().filter_map(|before| status(before)).collect();
    let leads_there = |from: &&str| machine.state(from).is_none() || machine.step(Some(from), now) != Step::Illegal;
    let is_fine = is_taken_back || from.iter().any(leads_there);
    if is_fine { None } else { Some((change, from.first()?)) }
}

fn report(
    record: &Record,
    what: &str,
    (from, now): (&str, &Text),
    change: &Change<'_>,
    machine: &Machine,
    out: &mut Findings,
) {
    let when = change.commit.map_or_else(String::new, |commit| format!(" with {commit}"));
    out.report(
        &record.path,
        now.span,
        format!("{what} went from `{from}` to `{}`{when}, and what lies between them was skipped", now.value),
    )
    .help(format!("set it to `{from}` again; from there it can become {}", either(machine.next(Some(from)))));
}

fn was_approved(change: &Change<'_>) -> bool {
    let approvals = |record: &Record| record.postmortem().map(|postmortem| postmortem.approvals.len());
    change.before.iter().all(|before| approvals(before) < approvals(change.after))
}

fn status(record: &Record) -> Option<&str> {
    record.postmortem()?.status.as_ref().map(|status| status.value.as_str())
}

fn action_status<'a>(record: &'a Record, id: &str) -> Option<&'a str> {
    let action =
        record.postmortem()?.actions.iter().find(|action| action.id.as_ref().is_some_and(|own| own.value == id))?;
    action.status.as_ref().map(|status| status.value.as_str())
}
