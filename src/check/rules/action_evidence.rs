//! `action-evidence`: an action that is done with nothing to show for it.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "action-evidence",
    family: Family::Action,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "an action that is done with nothing to show for it",
    explain: r#"
## What it finds

An action with `status: done` and no `evidence`, or with a single word as evidence that is no address, number or key of anything, such as `yes`.

## Why it matters

The next incident asks whether the fix was really in. A link to the change answers in a minute; a memory does not.

## How to fix it

Add `evidence:` with the address of the change, the test or the document. `git incident action done ID --evidence URL` writes the status, the day and the link together.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
owner: mara
actions:
  - {id: load-gate, title: Add a load gate for pool settings, type: prevent, owner: mara, status: done, done: 2024-05-20}
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let actions = record.postmortem().map_or(&[][..], |postmortem| &postmortem.actions);
    for action in actions.iter().filter(|action| action.has_status("done") && action.evidence.is_empty()) {
        let span = action.status.as_ref().map_or(action.span, |status| status.span);
        out.report(&record.path, span, "done without `evidence`, so nobody can see what was changed")
            .help("add `evidence:` with a link to the change; `git incident action done` writes both");
    }
    let done = actions.iter().filter(|action| action.has_status("done"));
    for word in done.flat_map(|action| &action.evidence).filter(|evidence| leads_nowhere(&evidence.value)) {
        let message = format!("`{}` leads nowhere, so nobody can see what was changed", word.value);
        out.report(&record.path, word.span, message)
            .help("give the address of the change, its commit, or the key of its ticket");
    }
}

/// Whether a text is one word that cannot be looked up. A title of a document may be, and scripts without capitals may
/// write one without a blank; so may everything with a digit or a sign in it; seven letters from a to f may be a commit.
fn leads_nowhere(evidence: &str) -> bool {
    let may_be_commit = evidence.len() >= 7 && evidence.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_word = evidence.chars().all(|letter| letter.is_lowercase() || letter.is_uppercase());
    is_word && !may_be_commit
}
