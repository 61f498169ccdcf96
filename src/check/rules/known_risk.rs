//! `known-risk`: an incident on a service whose preventive action was overdue.

use super::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::check::adoption;
use crate::record::Kind;
use crate::record::postmortem::Action;
use crate::text::span::{Span, Spanned};

pub static RULE: Rule = Rule {
    name: "known-risk",
    family: Family::Action,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "a new incident where a preventive action was overdue",
    explain: r#"
## What it finds

An incident that began after the due date of a preventive action (`type: prevent`) that was not done then. The action belongs to the postmortem of an earlier incident that affected the same service. An incident that names the earlier one under `related` is not reported, nor is one whose link to the action cannot be known: an action that was declined, or done on an unknown day.

## Why it matters

The risk was known, somebody had promised to remove it, and it hit customers. That is the first thing that the postmortem has to talk about.

## How to fix it

Look at the earlier incident. If it is the same again, name it under `related: {recurrence_of: [ID]}`; if the two have nothing in common, waive the rule for this record, until a day. Then finish the action, move it with `git incident action extend`, or decline it.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    impact: {checkout: partial_outage}
---
```

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
owner: mara
actions:
  - {id: load-gate, title: Add a load gate for pool settings, type: prevent, owner: mara, due: 2024-06-03, status: open}
---
```

```markdown incidents/2024/06/2024-06-10-checkout-fails-again/incident.md
---
title: Checkout fails again
detection: {method: alert}
timeline:
  - at: 2024-06-10T09:50:00Z
    by: mara
    status: investigating
    impact: {checkout: partial_outage}
---
```
"#,
    check: Check::Archive(check),
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let promises = promises(context);
    for record in context.archive.of_kind(Kind::Incident) {
        let moments = &record.replay.moments;
        let Some(began) = moments.impact_started.or(moments.declared).filter(|_| is_asked(context, record)) else {
            continue;
        };
        let hit: BTreeSet<&str> = record.replay.impacts.iter().map(|impact| impact.service.as_str()).collect();
        let day = began.local_day();
        let overdue = hit.iter().filter_map(|service| {
            let mut due = promises.get(service)?.iter().take_while(|promise| promise.due.value < day);
            due.find(|promise| promise.was_overdue(day, record))
        });
        // One finding, about the promise that was overdue for the longest.
        if let Some(promise) = overdue.min_by_key(|promise| (promise.due.value, &promise.postmortem.path)) {
            let Promise { postmortem, action, due, .. } = promise;
            let at = record.title().map_or(Span::at(0), |title| title.span);
            let id = action.id.as_ref().map_or("an action", |id| &id.value);
            out.report(
                &record.path,
                at,
                format!("a preventive action for the same service was overdue when this began: `{}/{id}`, so the risk was known", postmortem.id),
            )
            .label_in(&postmortem.path, due.span, "the day by which it was promised")
            .help(format!("name the earlier incident under `related: {{recurrence_of: [{}]}}`, and finish the action", postmortem.id));
        }
    }
}

/// Records that were made afterwards, or dropped, promise and owe nothing.
fn is_asked(context: &Context<'_>, record: &Record) -> bool {
    let dropped = matches!(record.replay.status(), Some("canceled" | "merged"));
    !dropped && adoption::answers(context, record)
}

/// A preventive action, and the incident that it is to prevent.
struct Promise<'a> {
    postmortem: &'a Record,
    incident: &'a Record,
    action: &'a Action,
    due: Spanned<Date>,
}

impl Promise<'_> {
    /// Whether it had not been kept on a day, and an incident of that day does not say that it knows.
    fn was_overdue(&self, day: Date, record: &Record) -> bool {
        let undone = match self.action.status.as_ref().map(|status| status.value.as_str()) {
            Some("open" | "in_progress") => true,
            Some("done") => self.action.done.is_some_and(|done| done.value > day),
            _ => false,
        };
        let before = self.incident.replay.moments.declared < record.replay.moments.declared;
        undone && before && !is_linked(record, self.incident)
    }
}

/// That it could never be overdue. `was_overdue` denies the same of each; asking once spares asking for every incident.
fn was_done_by(action: &Action, day: Date) -> bool {
    action.status.as_ref().is_some_and(|status| status.value == "done")
        && action.done.is_none_or(|done| done.value <= day)
}

fn is_linked(record: &Record, earlier: &Record) -> bool {
    let Some(incident) = record.incident() else { return false };
    let related = &incident.related;
    let mut named = related.recurrence_of.iter().chain(&related.caused_by).chain(&related.duplicate_of);
    named.any(|id| *id.value == *earlier.id || earlier.aliases().iter().any(|alias| alias.value == id.value))
}

/// The preventive actions that were overdue one day, by the services that their incidents affected, the first due first.
/// Most are done in time; without them an archive of many years takes no longer than a new one.
fn promises<'a>(context: &Context<'a>) -> BTreeMap<&'a str, Vec<Promise<'a>>> {
    let mut promises: BTreeMap<&str, Vec<Promise<'_>>> = BTreeMap::new();
    for postmortem in context.archive.of_kind(Kind::Postmortem) {
        let Some(incident) = context.archive.event(&postmortem.id).filter(|event| event.kind == Kind::Incident) else {
            continue;
        };
        let services: BTreeSet<&str> = incident.replay.impacts.iter().map(|impact| impact.service.as_str()).collect();
        let actions = postmortem.postmortem().map_or(&[][..], |postmortem| &postmortem.actions);
        let preventive =
            actions.iter().filter(|action| action.kind.as_ref().is_some_and(|kind| kind.value == "prevent"));
        let due = preventive.filter_map(|action| Some((action, action.due?)));
        for (action, due) in due.filter(|(action, due)| !was_done_by(action, due.value)) {
            for service in &services {
                promises.entry(service).or_default().push(Promise { postmortem, incident, action, due });
            }
        }
    }
    for promises in promises.values_mut() {
        promises.sort_by_key(|promise| (promise.due.value, &promise.postmortem.path));
    }
    promises
}
