//! `deleted-record`: a merged record that is gone.

use std::sync::Arc;

use super::prelude::*;
use super::secret_in_record::{Removed, removed_from};
use crate::check::missing::{self, Missing};
use crate::record::Kind;
use crate::record::history::Version;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "deleted-record",
    family: Family::History,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a merged record that is gone",
    explain: r#"
## What it finds

A record that was merged and is in the archive neither under its id nor under the `aliases` of another record. A move to another shelf keeps the id and is fine. A credential that stood in it is reported, too: who has the repository has it still.

## Why it matters

Links to it from chats, tickets and mails lead nowhere, and its downtime disappears from every figure.

## How to fix it

Put it back: `git checkout COMMIT -- FOLDER`. An incident that was none is canceled (`git incident update --status canceled --reason TEXT`), one that another covers is merged into it, and what must not be read is redacted.

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

```yaml 2/incident.yaml
people: [{id: mara}]
```
"#,
    check: Check::ArchivePast(check),
};

fn check(context: &Context<'_>, history: &History, out: &mut Findings) {
    for Missing { id, last, renamed } in missing::records(context, history) {
        if renamed.is_some() {
            continue;
        }
        let folder = last.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        out.report(
            &Arc::clone(&last.path),
            Span::at(0),
            format!("the record of `{id}` was merged with {} and is gone, and every link to it is dead", last.commit),
        )
        .help(format!(
            "put it back with `git checkout {} -- {folder}`; a record is canceled, merged or redacted, never deleted",
            last.commit.id
        ));
        credentials(history, id, last, out);
    }
}

/// With a folder its postmortem is gone, too.
fn credentials(history: &History, id: &str, last: &Version, out: &mut Findings) {
    let postmortem = history.of(Kind::Postmortem, id);
    let is_postmortem = last.path.ends_with(Kind::Postmortem.file_name());
    let event = history.of(Kind::Incident, id).filter(|_| !is_postmortem);
    for Removed { path, kind, line, commit } in removed_from(event.into_iter().chain(postmortem), "") {
        out.report(
            path,
            Span::at(0),
            format!("line {line} of this record, which is gone, looked like a credential ({kind}) in {commit}, and the history still has it"),
        )
        .help("revoke it now, then remove it from the history");
    }
}
