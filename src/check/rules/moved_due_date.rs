//! `moved-due-date`: a due date that slipped silently.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::prelude::*;
use crate::record::postmortem::Action;

pub static RULE: Rule = Rule {
    name: "moved-due-date",
    family: Family::Action,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a due date that slipped without `extended`",
    explain: r#"
## What it finds

An action of a merged postmortem that is due later than it was, or has no due date any more, while no item under `extended` says so. An earlier date is fine.

## Why it matters

The date was a promise to whoever waits for the action. One that moves by itself is none, and nobody learns that the work does not get done.

## How to fix it

`git incident action extend ACTION --to DAY --reason TEXT` moves it in the open. By hand: add `{from, to, by, reason}` under `extended`.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
actions:
  - {id: load-gate, title: Add a load gate, type: prevent, due: 2024-06-03, status: open}
---
```

```markdown 2/incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
actions:
  - {id: load-gate, title: Add a load gate, type: prevent, due: 2024-09-02, status: open}
---
```
"#,
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    let Some(postmortem) = record.postmortem() else { return };
    let mut reported = BTreeSet::new();
    for version in context.past(history, record).flat_map(|past| &past.merged) {
        let before = version.record(context.archive).and_then(Record::postmortem);
        for action in before.map_or(&[][..], |before| &before.actions) {
            let (Some(id), Some(was)) = (&action.id, action.due) else { continue };
            let now = postmortem.actions.iter().find(|now| now.id.as_ref().is_some_and(|now| now.value == id.value));
            let Some(now) = now.filter(|now| slipped(was.value, now)) else { continue };
            if !reported.insert(&id.value) {
                continue;
            }
            let place = now.due.map_or(now.span, |due| due.span);
            let to =
                now.due.map_or_else(|| "has no due date any more".into(), |due| format!("is due on {}", due.value));
            out.report(
                &record.path,
                place,
                format!(
                    "`{}` was due on {} ({}) and {to}, and nobody said that it moved",
                    id.value, was.value, version.commit
                ),
            )
            .help(format!(
                "put the date back and move it in the open: `git incident action extend {}/{} --to DAY --reason TEXT`",
                record.id, id.value
            ));
        }
    }
}

fn slipped(was: Date, now: &Action) -> bool {
    let later = now.due.is_none_or(|due| due.value > was);
    let said = now.extended.iter().any(|moved| moved.from.is_some_and(|from| from.value == was));
    later && !said
}
