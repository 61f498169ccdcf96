//! `shallow-clone`: commits that were asked for and are not there.

use super::prelude::*;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "shallow-clone",
    family: Family::History,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "history that was asked for and is not in this clone",
    explain: r#"
## What it finds

`check` was asked to compare records with what was merged (`--since`, `--full-history`), and this clone holds only the newest commits. What can be compared was; the rest is unknown.

## Why it matters

A changed or removed entry stays unseen, while the check looks as if it had passed.

## How to fix it

Fetch the history: `git fetch --unshallow`. In GitHub Actions set `fetch-depth: 0` for `actions/checkout`, in GitLab CI `GIT_DEPTH: 0`.

## Example

With `git clone --depth 1`, `git incident check --full-history` reports it. An archive shows nothing of it: here the clone begins with commit 2.

```yaml 2-shallow/incident.yaml
people: [{id: mara}]
```
"#,
    check: Check::ArchivePast(check),
};

fn check(context: &Context<'_>, history: &History, out: &mut Findings) {
    if let Some(gap) = &history.gap {
        out.report(&context.archive.config.path, Span::at(0), gap.as_str())
            .help("fetch the history with `git fetch --unshallow`; in GitHub Actions set `fetch-depth: 0`, in GitLab CI `GIT_DEPTH: 0`");
    }
}
