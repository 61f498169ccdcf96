//! `duplicate-id`: one id for two records, services, people or teams, or for two actions or findings of a postmortem.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::record::Kind;
use crate::record::postmortem::Postmortem;
use crate::record::timeline::Text;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "duplicate-id",
    family: Family::Identity,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "one id for two records, services, people, teams, actions or findings",
    explain: r#"
## What it finds

Two folders of the same name on different shelves, two of `incident.md`, `maintenance.md` and `drill.md` in one folder, and an old id under `aliases` that is also a record's id or stands in two records. In `incident.yaml`: two services, people or teams with one id, and a service's old name that is also another one's. In a postmortem: two actions or two findings with one id.

## Why it matters

A link to the id leads to one of the two, and nobody can say to which. The other one is missing from the site.

## How to fix it

Rename the younger folder with `git mv`. Of two records in one folder, move one to a folder of its own. Remove an alias that is still in use as an id. In `incident.yaml` and in a postmortem, give the younger one another id; `git incident action add` and `finding add` never take one that is in use.

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
    records(context, out);
    old_ids(context, out);
    for record in context.archive.of_kind(Kind::Postmortem) {
        if let Some(postmortem) = record.postmortem() {
            items(record, postmortem, out);
        }
    }
    let config = &context.archive.config;
    names(context, "service", config.services.iter().map(|service| (&service.id, service.aliases.as_slice())), out);
    names(context, "person", config.people.iter().map(|person| (&person.id, &[][..])), out);
    names(context, "team", config.teams.iter().map(|team| (&team.id, &[][..])), out);
}

/// The actions and the findings of a postmortem: commands and other records name them by these ids.
fn items(record: &Record, postmortem: &Postmortem, out: &mut Findings) {
    let actions = postmortem.actions.iter().filter_map(|action| action.id.as_ref()).map(|id| ("action", id));
    let findings = postmortem.findings.iter().filter_map(|finding| finding.id.as_ref()).map(|id| ("finding", id));
    let mut seen: BTreeMap<(&str, &str), Span> = BTreeMap::new();
    for (kind, id) in actions.chain(findings) {
        match seen.get(&(kind, id.value.as_str())) {
            Some(first) => {
                let message =
                    format!("`{}` is already the id of another {kind}, so nobody can say which is meant", id.value);
                out.report(&record.path, id.span, message)
                    .label(*first, "the other one")
                    .help("give the younger one another id");
            }
            None => drop(seen.insert((kind, &id.value), id.span)),
        }
    }
}

fn records(context: &Context<'_>, out: &mut Findings) {
    let mut ids: BTreeMap<(&str, bool), &Record> = BTreeMap::new();
    for record in &context.archive.records {
        let postmortem = record.kind == Kind::Postmortem;
        if let Some(first) = ids.get(&(&*record.id, postmortem)) {
            out.report(&record.path, Span::at(0), format!("`{}` is already the id of another record", record.id))
                .label_in(&first.path, Span::at(0), "the other one")
                .help("rename the younger folder with `git mv`; a folder holds one incident, maintenance or drill");
        } else {
            ids.insert((&record.id, postmortem), record);
        }
    }
}

fn old_ids(context: &Context<'_>, out: &mut Findings) {
    let records = &context.archive.records;
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

/// The ids of one kind in `incident.yaml`, each with the old names of its owner.
fn names<'a>(
    context: &Context<'_>,
    kind: &str,
    all: impl Iterator<Item = (&'a Text, &'a [Text])> + Clone,
    out: &mut Findings,
) {
    let path = &context.archive.config.path;
    // Ids first, so that an alias gives way to an id wherever the two stand.
    let ids = all.clone().enumerate().map(|(owner, (id, _))| (owner, id));
    let aliases = all.enumerate().flat_map(|(owner, (_, aliases))| aliases.iter().map(move |alias| (owner, alias)));
    let mut seen: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    for (owner, name) in ids.chain(aliases) {
        let (first, place) = *seen.entry(&name.value).or_insert((owner, name.span));
        if first == owner {
            continue;
        }
        out.report(
            path,
            name.span,
            format!("`{}` already names another {kind}, so records cannot tell which", name.value),
        )
        .label(place, "the other one")
        .help("let one of the two have another name");
    }
}
