//! `secret-in-record`: a password, a token or a private key.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::prelude::*;
use crate::record::history::{Commit, Past};
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
    check: Check::RecordPast(check),
};

fn check(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    for secret in secrets::find(&record.text) {
        out.report(
            &record.path,
            secret.span,
            format!("this looks like a credential ({}), and everybody who has the repository can use it", secret.kind),
        )
        .help("revoke it now, then replace it by a word; deleting the line is not enough, the history keeps it");
    }
    removed(context, history, record, out);
}

/// A credential that stood in a record once.
pub(super) struct Removed<'a> {
    pub path: &'a Arc<str>,
    pub kind: &'static str,
    pub line: usize,
    /// The first commit that is known to have it.
    pub commit: &'a Commit,
}

/// What the texts of a past had and `now` has not, each once, whatever the number of commits that kept it.
pub(super) fn removed_from<'a>(pasts: impl Iterator<Item = &'a Past>, now: &str) -> Vec<Removed<'a>> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let versions = pasts.flat_map(|past| &past.steps).filter_map(|step| step.after.as_ref());
    let mut removed = Vec::new();
    for version in versions.filter(|version| *version.text != *now) {
        for secret in secrets::find(&version.text) {
            let text = version.text.get(secret.span.range()).unwrap_or_default();
            if !now.contains(text) && known.insert(text) {
                let line = LineIndex::new(&version.text).position(&version.text, secret.span.start).line;
                removed.push(Removed { path: &version.path, kind: secret.kind, line, commit: &version.commit });
            }
        }
    }
    removed
}

fn removed(context: &Context<'_>, history: &History, record: &Record, out: &mut Findings) {
    for Removed { kind, line, commit, .. } in removed_from(context.past(history, record), &record.text) {
        out.report(
            &record.path,
            Span::at(record.front.start),
            format!(
                "line {line} of this record looked like a credential ({kind}) in {commit}, and everybody who has the repository still has it"
            ),
        )
        .help("revoke it now, then remove it from the history; until then a waiver says that it is known");
    }
}
