//! `duplicate-id`: one id for two records.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::record::Kind;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "duplicate-id",
    family: Family::Identity,
    level: Level::Error,
    summary: "one id for two records",
    explain: r#"
## What it finds

Two folders of the same name on different shelves, two of `incident.md`, `maintenance.md` and `drill.md` in one folder, and an old id under `aliases` that is also a record's id or stands in two records.

## Why it matters

A link to the id leads to one of the two, and nobody can say to which. The other one is missing from the site.

## How to fix it

Rename the younger folder with `git mv`. Of two records in one folder, move one to a folder of its own. Remove an alias that is still in use as an id.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
---
```

```markdown incidents/2024/2024-05-01-checkout-errors/incident.md
---
title: Checkout fails again
timeline:
  - at: 2024-05-01T15:10:00Z
    by: mara
    status: investigating
---
```
"#,
    check: Check::Archive(check),
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let records = &context.archive.records;
    let mut ids: BTreeMap<(&str, bool), &Record> = BTreeMap::new();
    for record in records {
        let postmortem = record.kind == Kind::Postmortem;
        if let Some(first) = ids.get(&(&*record.id, postmortem)) {
            out.report(&record.path, Span::at(0), format!("`{}` is already the id of another record", record.id))
                .label_in(&first.path, Span::at(0), "the other one")
                .help("rename the younger folder with `git mv`; a folder holds one incident, maintenance or drill");
        } else {
            ids.insert((&record.id, postmortem), record);
        }
    }
    let mut aliases: BTreeMap<&str, (&Record, Span)> = BTreeMap::new();
    for (record, alias) in records.iter().flat_map(|record| record.aliases().iter().map(move |alias| (record, alias))) {
        let message = |what: &str| format!("`{}` is {what}, so a link to it cannot lead here", alias.value);
        if let Some(owner) = context.archive.event(&alias.value) {
            out.report(&record.path, alias.span, message("the id of a record"))
                .label_in(&owner.path, Span::at(0), "this record has the id")
                .help("remove the alias");
        } else if let Some((first, span)) = aliases.get(alias.value.as_str()) {
            out.report(&record.path, alias.span, message("an alias of another record too"))
                .label_in(&first.path, *span, "the other one")
                .help("keep it in the record that had this id");
        } else {
            aliases.insert(&alias.value, (record, alias.span));
        }
    }
}
