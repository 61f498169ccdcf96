//! `secret-in-record`: a password, a token or a private key.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::prelude::*;
use crate::text::secrets;
use crate::text::span::{LineIndex, Span};

pub static RULE: Rule = Rule {
    name: "secret-in-record",
    family: Family::Visibility,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a password, a token or a private key",
    explain: r#"
## What it finds

A credential anywhere in a record: keys of AWS, Google, Azure, GitHub, GitLab, Slack, Stripe, npm, PyPI and others by their form and checksum, private key blocks, JSON web tokens, passwords in addresses, and settings such as `password=…` or `Authorization: Bearer …` with a value that looks random. Values of manuals and placeholders such as `<token>` or `$TOKEN` are left alone. Where the history is read, lines that a later commit removed count, too. The report never shows the credential.

## Why it matters

Whoever can read the repository, or a copy of it on an old laptop, can use it. Deleting the line does not help: it stays in the history.

## How to fix it

Revoke it now, then replace it in the record by a word. After that, remove it from the history together with those who run the repository.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    note: "Reproduced with password=q7Rt2vX9bK4m on the copy."
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    for secret in secrets::find(&record.text) {
        out.report(
            &record.path,
            secret.span,
            format!("this looks like a credential ({}), and everybody who has the repository can use it", secret.kind),
        )
        .help("revoke it now, then replace it by a word; deleting the line is not enough, the history keeps it");
    }
    removed(context, record, out);
}

/// What stood in the record once. A commit that was looked at says so once, whatever the number of those that kept it.
fn removed(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    let versions = context.past(record).flat_map(|past| &past.steps).filter_map(|step| step.after.as_ref());
    for version in versions.filter(|version| !Arc::ptr_eq(&version.text, &record.text)) {
        for secret in secrets::find(&version.text) {
            let text = version.text.get(secret.span.range()).unwrap_or_default();
            if record.text.contains(text) || !reported.insert(text) {
                continue;
            }
            let line = LineIndex::new(&version.text).position(&version.text, secret.span.start).line;
            out.report(
                &record.path,
                Span::at(record.front.start),
                format!(
                    "line {line} of this record looked like a credential ({}) in {}, and everybody who has the repository still has it",
                    secret.kind, version.commit
                ),
            )
            .help("revoke it now, then remove it from the history; until then a waiver says that it is known");
        }
    }
}
