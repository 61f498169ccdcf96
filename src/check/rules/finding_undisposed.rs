//! `finding-undisposed`: a published postmortem with a finding that nobody decided on, or one that was accepted for nothing.

use super::prelude::*;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "finding-undisposed",
    family: Family::Action,
    level: Level::Error,
    nature: Nature::Gate,
    summary: "published with an open finding, or one accepted for nothing",
    explain: r#"
## What it finds

In a published postmortem: a finding whose `disposition` is `open` or absent, and a finding that was accepted while the postmortem lists neither an action nor a document that has to change.

## Why it matters

A process failure that was found and not decided on is found again. To accept one means that something changes; where nothing does, the word is empty.

## How to fix it

Decide with those concerned: `git incident finding accept`, `decline` or `defer`, each with `--consulted`. For one that is accepted, add what follows from it with `git incident action add` or under `documents`.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: published
owner: mara
findings:
  - {id: no-load-gate, class: process_flaw, statement: The release checklist has no load gate., owner: mara, disposition: open}
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(postmortem) = record.postmortem() else { return };
    if postmortem.status.as_ref().is_none_or(|status| status.value != "published") {
        return;
    }
    let nothing_follows = postmortem.actions.is_empty() && postmortem.documents.is_empty();
    for finding in &postmortem.findings {
        let id = finding.id.as_ref().map_or("ID", |id| &id.value);
        let named = finding.id.as_ref().map_or(finding.span, |id| id.span);
        match finding.disposition.as_ref().map(|said| (said.value.as_str(), said.span)) {
            None => undecided(record, id, named, out),
            Some(("open", span)) => undecided(record, id, span, out),
            Some(("accepted", span)) if nothing_follows => {
                out.report(
                    &record.path,
                    span,
                    "accepted, but no action and no document follows from it, so nothing will change",
                )
                .help("add one with `git incident action add`, or list the document under `documents`");
            }
            Some(_) => {}
        }
    }
}

fn undecided(record: &Record, id: &str, span: Span, out: &mut Findings) {
    out.report(&record.path, span, "published before anybody decided on this finding, so it will be found again")
        .help(format!("decide with `git incident finding accept {id}`, `decline` or `defer`"));
}
