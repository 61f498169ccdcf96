//! `assessment-incomplete`: a major incident with questions that nobody answered.

use super::prelude::*;
use crate::check::stage::{self, Stage};
use crate::check::{assessment, gates, severity};

pub static RULE: Rule = Rule {
    name: "assessment-incomplete",
    family: Family::Severity,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a major incident with unanswered questions; an error once resolved",
    explain: r#"
## What it finds

A major incident whose `assessment` leaves out one of its questions: `audience`, `experience`, `scope`, `customers`, `support_cases`, `social_media`, `security`, `data_loss`. Asked as soon as anything happened after it became major; a warning while it lasts, an error once it is resolved. `unknown` is an answer. Where nobody was affected (`audience: none` or `scope: none`), only `security` and `data_loss` are asked. That the whole `assessment` is missing in a resolved incident is the matter of `missing-field`.

## Why it matters

The answers decide how loudly customers are told and whom else to call. After a week nobody can give them.

## How to fix it

Answer what is left, with `unknown` where it was asked and is not known: `git incident update --set assessment.scope=some --set assessment.customers=unknown`.

## Example

```markdown
---
title: Checkout fails
assessment: {audience: external, scope: some, security: false}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev1
  - at: 2024-05-01T10:00:00Z
    by: wei
    note: The pool is exhausted.
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if !stage::has_responders(context.archive, record) || !context.archive.is_major(record) {
        return;
    }
    let is_over = stage::of(context.archive, record) == Some(Stage::Over);
    let has_just_become_major =
        severity::peak(context.archive, record).is_some_and(|peak| stage::is_newest(record, peak.entry));
    if has_just_become_major && !is_over {
        return;
    }
    let reached = gates::reached(context, record);
    let Some(current) = reached.last() else { return };
    let is_asked_by_gate = reached.iter().any(|reached| reached.fields().any(|field| field == "assessment"));
    if is_asked_by_gate && !record.has_key("assessment") {
        return;
    }
    let open = assessment::open(record);
    if open.is_empty() {
        return;
    }
    let level = if is_over { Level::Error } else { Level::Warning };
    let named: Vec<String> = open.iter().map(|key| format!("`{key}`")).collect();
    out.report_at(
        level,
        &record.path,
        current.status.span,
        format!("the assessment of this major incident does not answer {}", named.join(", ")),
    )
    .help(format!(
        "answer what you know now, later nobody can: `git incident update {} {}`",
        record.id,
        assessment::flags(&open)
    ));
}
