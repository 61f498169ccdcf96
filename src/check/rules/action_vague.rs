//! `action-vague`: an action whose title names no outcome.

use super::prelude::*;

pub static RULE: Rule = Rule {
    name: "action-vague",
    family: Family::Action,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a title that names no outcome",
    explain: r#"
## What it finds

An unfinished action whose title is a single word (“Monitoring”), or no more than three words that begin with one of “improve”, “investigate”, “consider”, “discuss”, “explore”, “enhance”, “optimise”, “revisit”, “rethink”, “better”, “more”, and nothing that could be counted. Titles in scripts without spaces are not judged, nor are those in other languages that only look alike.

## Why it matters

Nobody can say when it is done. Such an action is closed when everybody has forgotten what it was about.

## How to fix it

Begin with a verb and say what will be different: not “Improve monitoring” but “Alert when the pool waits longer than a second”.

## Example

```markdown incidents/2024/05/2024-05-01-checkout-errors/postmortem.md
---
status: draft
owner: mara
actions:
  - {id: monitoring, title: Improve monitoring, type: detect, owner: mara, status: open}
---
```
"#,
    check: Check::Record(check),
};

/// Beginnings that promise work but no result.
const VAGUE: [&str; 13] = [
    "improve",
    "investigate",
    "consider",
    "discuss",
    "explore",
    "enhance",
    "optimise",
    "optimize",
    "revisit",
    "rethink",
    "better",
    "more",
    "stronger",
];

/// So few words leave no room for an outcome.
const FEW: usize = 3;

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let actions = record.postmortem().map_or(&[][..], |postmortem| &postmortem.actions);
    for title in actions.iter().filter(|action| action.is_unfinished()).filter_map(|action| action.title.as_ref()) {
        if is_vague(&title.value) {
            out.report(&record.path, title.span, "this title names no outcome, so nobody can say when it is done")
                .help("begin with a verb and say what will be different, as in “Alert when the pool waits longer than a second”");
        }
    }
}

fn is_vague(title: &str) -> bool {
    // Other languages have other verbs, and some of them no spaces.
    if !title.is_ascii() || title.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = title.split_whitespace().collect();
    match words.as_slice() {
        [] => false,
        [_] => true,
        [first, ..] => words.len() <= FEW && VAGUE.contains(&first.to_ascii_lowercase().as_str()),
    }
}
