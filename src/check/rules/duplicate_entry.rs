//! `duplicate-entry`: the same entry twice.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::record::timeline::Entry;
use crate::text::data::Data;
use crate::text::yaml;

pub static RULE: Rule = Rule {
    name: "duplicate-entry",
    family: Family::Timeline,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "the same entry twice",
    explain: r#"
## What it finds

Two entries of one timeline that say the same at the same time by the same person. Quotes, layout and the order of keys make no difference.

## Why it matters

It is what a merge leaves behind when both sides kept the entry. Readers of the public page get the same message twice, and reviews count it twice.

## How to fix it

Remove one of the two.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
  - at: 2024-05-01T10:05:00Z
    by: wei
    note: Restarted the pool.
  - {at: 2024-05-01T10:05:00Z, by: wei, note: "Restarted the pool."}
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let mut alike: BTreeMap<_, Vec<&Entry>> = BTreeMap::new();
    for entry in record.timeline() {
        let by = entry.by.as_ref().map(|by| by.value.as_str());
        alike.entry((entry.at.value, by)).or_default().push(entry);
    }
    alike.retain(|_, entries| entries.len() > 1);
    if alike.is_empty() {
        return;
    }
    let written = written(record);
    for entries in alike.values() {
        for (i, entry) in entries.iter().enumerate() {
            let same = |earlier: &&&Entry| match (written.get(&earlier.span.start), written.get(&entry.span.start)) {
                (Some(a), Some(b)) => says_the_same(a, b),
                _ => false,
            };
            if let Some(first) = entries.iter().take(i).find(same) {
                out.report(
                    &record.path,
                    entry.at.span,
                    "this entry stands here twice, so readers are told the same thing twice",
                )
                .label(first.at.span, "the first time")
                .help("remove one of the two");
            }
        }
    }
}

/// The entries as they are written, by the places where they begin. Read again only where two might be one.
fn written(record: &Record) -> BTreeMap<usize, Data> {
    let root = yaml::parse(&record.text, record.front, &mut Vec::new());
    let items = root.as_ref().and_then(|root| root.get("timeline")).and_then(|list| list.items()).unwrap_or(&[]);
    items.iter().filter_map(|item| Some((item.span.start, Data::of(item)?))).collect()
}

fn says_the_same(a: &Data, b: &Data) -> bool {
    match (a, b) {
        (Data::Map(a), Data::Map(pairs)) => {
            a.len() == pairs.len() && a.iter().all(|(key, value)| b.get(key) == Some(value))
        }
        _ => a == b,
    }
}
