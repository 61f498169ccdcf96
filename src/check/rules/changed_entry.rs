//! `changed-entry`: a merged entry that says something else now.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::check::kept::{self, Fate, Loss};

pub static RULE: Rule = Rule {
    name: "changed-entry",
    family: Family::History,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a merged entry that says something else without `edited`",
    explain: r#"
## What it finds

An entry of a timeline that was merged and has another value now, without `edited` or `redacted`. Values are compared, so order of keys, quotes, comments and the offset of a time do not matter. Some answers come later than their entry and are no change: `acknowledged` of an escalation, `result` of an action, `promoted` or `dismissed` of a todo, a missing `reason` or `sha256`, `backfill: true`, more links, more languages of a message. An entry that was wrong as it stood (a name that nobody has, a value that does not exist) may be mended.

## Why it matters

Others read the entry and acted on it; customers may have, too. A record that changes behind their backs is no record.

## How to fix it

Put the old words back, and say what is known today in an entry of its own. Or correct it in the open: `git incident update --edit N --reason TEXT` (with the new text) writes `edited`, and readers see that it was. What must not be read any more goes with `--redact N`.

## Example

```markdown 1/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    public: All payments fail.
---
```

```markdown 2/incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    public: Some payments fail.
---
```
"#,
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    let mut reported = BTreeSet::new();
    for Loss { version, fate, .. } in kept::losses(context, history, record) {
        let Fate::Changed { now, key, place } = fate else { continue };
        if !reported.insert(now.span) {
            continue;
        }
        let commit = &version.commit;
        let number = record.timeline().iter().take_while(|entry| entry.span != now.span).count() + 1;
        out.report(
            &record.path,
            place,
            format!("`{key}` of this entry is not what was merged with {commit}, and no reader can see that it changed"),
        )
        .help(format!(
            "put back what `git show {}:./{}` has, or correct it in the open: `git incident update {} --edit {number} --reason TEXT` with the new text",
            commit.id, version.path, record.id
        ));
    }
}
