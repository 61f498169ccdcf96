//! `service-removed`: a service that vanished instead of being retired.

use std::collections::{BTreeMap, BTreeSet};

use super::prelude::*;
use crate::record::config::Config;
use crate::record::history::Version;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "service-removed",
    family: Family::Catalogue,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a service that was removed instead of retired",
    explain: r#"
## What it finds

A service that a merged `incident.yaml` listed, and that is now neither a service nor the old name (`aliases`) of one.

## Why it matters

Old records name it, and the site shows their history by service: without its entry that history has no page, and its uptime is gone.

## How to fix it

Put it back with `retired: YYYY-MM-DD`, and `replaced_by` if there is a successor. If it only has another name now, list the old id under `aliases` of the service.

## Example

```yaml 1/incident.yaml
services:
  - {id: checkout, name: Checkout}
  - {id: search, name: Search}
```

```yaml 2/incident.yaml
services:
  - {id: checkout, name: Checkout}
```
"#,
    check: Check::ArchivePast(check),
};

fn check(context: &Context<'_>, history: &History, out: &mut Findings) {
    let archive = context.archive;
    let config = &archive.config;
    let known: BTreeSet<&str> = names(config).collect();
    let mut gone: BTreeMap<String, &Version> = BTreeMap::new();
    for version in &history.config.merged {
        let before = archive.read_as_config(&version.text);
        for id in before.services.iter().map(|service| service.id.value.as_str()).filter(|id| !known.contains(id)) {
            gone.insert(id.to_owned(), version);
        }
    }
    let key = config.text.find("\nservices:").map_or(0, |at| at + 1);
    let place = Span::new(key, key + "services".len().min(config.text.len()));
    for (id, version) in gone {
        out.report(
            &config.path,
            place,
            format!("the service `{id}` was listed here with {} and is gone, and with it the history that the site shows of it", version.commit),
        )
        .help(format!("put it back with `retired: YYYY-MM-DD`; if it was renamed, add `{id}` to `aliases` of the service"));
    }
}

fn names(config: &Config) -> impl Iterator<Item = &str> {
    let aliases = config.services.iter().flat_map(|service| &service.aliases);
    config.services.iter().map(|service| &service.id).chain(aliases).map(|name| name.value.as_str())
}
