//! `custody-gap`: evidence that changed hands without a transfer, or that has no hash.

use super::prelude::*;
use std::collections::BTreeMap;

use crate::check::steps;
use crate::record::timeline::{Evidence, Text};

pub static RULE: Rule = Rule {
    name: "custody-gap",
    family: Family::Security,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "evidence that changed hands without a transfer, or has no hash",
    explain: r#"
## What it finds

Among the `evidence` entries of one item: somebody hands it over who did not hold it last, somebody collects it while another holds it, it is handed over to nobody, its hash is another one than before, or no entry gives a `sha256`. For a thing that has no content to hash, say `sha256: none`. A holder that the record does not name is not judged.

## Why it matters

A chain of custody with a gap proves nothing: nobody can show that what is in court is what was on the disk.

## How to fix it

Add the missing transfer with its true time and `backfill: true`. Add the `sha256` to the entry in which it was collected.

## Example

```markdown
---
title: Somebody reads the mail of others
type: [security/unauthorized_access]
visibility: restricted
timeline:
  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating}
  - {at: 2024-05-01T10:00:00Z, by: wei, evidence: {item: Sign-in log, custody: collected, to: wei, sha256: none}}
  - {at: 2024-05-01T11:00:00Z, by: mara, evidence: {item: Sign-in log, custody: transferred, from: jonas, to: mara}}
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    if !record.timeline_complete() {
        return;
    }
    let mut items: BTreeMap<&str, Vec<&Evidence>> = BTreeMap::new();
    for evidence in steps::in_order(record).filter_map(|entry| entry.evidence.as_deref()) {
        items.entry(evidence.item.value.trim()).or_default().push(evidence);
    }
    for chain in items.values() {
        holders(record, chain, out);
        hashes(record, chain, out);
    }
}

/// Follows an item from hand to hand.
fn holders(record: &Record, chain: &[&Evidence], out: &mut Findings) {
    let mut holder: Option<&Text> = None;
    for step in chain {
        let custody = step.custody.as_ref().map_or("", |custody| &custody.value);
        let gives = if custody == "collected" { &step.to } else { &step.from };
        if let (Some(last), Some(gives)) = (holder, gives)
            && last.value != gives.value
        {
            let verb = if custody == "collected" { "collected" } else { "handed over" };
            let message = format!(
                "{verb} by `{}` while `{}` held it, so the chain of custody has a gap",
                gives.value, last.value
            );
            out.report(&record.path, gives.span, message)
                .label(last.span, "the last who had it")
                .help("add the missing transfer with its true time and `backfill: true`");
        }
        let given = matches!(custody, "transferred" | "returned");
        if custody == "transferred" && step.to.is_none() {
            out.report(&record.path, step.item.span, "handed over to nobody, so the chain of custody ends here")
                .help("say in `to` who has it now");
        }
        // Given to somebody whom the record does not name, it is in unknown hands.
        holder = step.to.as_ref().or(holder.filter(|_| !given && custody != "destroyed"));
    }
}

fn hashes(record: &Record, chain: &[&Evidence], out: &mut Findings) {
    let mut known = chain.iter().filter_map(|step| step.sha256.as_ref());
    let Some(first) = known.next() else {
        if let Some(step) = chain.first() {
            out.report(
                &record.path,
                step.item.span,
                "no `sha256` of this evidence, so nobody can show that it is unchanged",
            )
            .help("add its `sha256`; for a thing that has no content to hash, `sha256: none`");
        }
        return;
    };
    if let Some(other) = known.find(|hash| !hash.value.eq_ignore_ascii_case(&first.value)) {
        out.report(&record.path, other.span, "another hash than before, so this is not the same content")
            .label(first.span, "the first one")
            .help("correct the hash, or give what was changed a name of its own");
    }
}
