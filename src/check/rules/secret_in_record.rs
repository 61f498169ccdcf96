//! `secret-in-record`: a password, a token or a private key.

use super::prelude::*;
use crate::text::secrets;

pub static RULE: Rule = Rule {
    name: "secret-in-record",
    family: Family::Visibility,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a password, a token or a private key",
    explain: r#"
## What it finds

A credential anywhere in a record: keys of AWS, Google, Azure, GitHub, GitLab, Slack, Stripe, npm, PyPI and others by their form and checksum, private key blocks, JSON web tokens, passwords in addresses, and settings such as `password=…` or `Authorization: Bearer …` with a value that looks random. Values of manuals and placeholders such as `<token>` or `$TOKEN` are left alone. The report never shows the credential.

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

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    for secret in secrets::find(&record.text) {
        out.report(
            &record.path,
            secret.span,
            format!("this looks like a credential ({}), and everybody who has the repository can use it", secret.kind),
        )
        .help("revoke it now, then replace it by a word; deleting the line is not enough, the history keeps it");
    }
}
