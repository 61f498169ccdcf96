//! `assessment-incomplete`: a major incident with questions that nobody answered.

use super::prelude::*;
use crate::check::gates;
use crate::check::stage::{self, Stage};
use crate::record::timeline::Text;

pub static RULE: Rule = Rule {
    name: "assessment-incomplete",
    family: Family::Severity,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a major incident with unanswered questions; an error once resolved",
    explain: r#"
## What it finds

A major incident whose `assessment` leaves out one of its questions: `audience`, `experience`, `scope`, `customers`, `support_cases`, `social_media`, `security`, `data_loss`. A warning while it lasts, an error once it is resolved. `unknown` is an answer. Where nobody was affected (`audience: none` or `scope: none`), only `security` and `data_loss` are asked. That the whole `assessment` is missing in a resolved incident is the matter of `missing-field`.

## Why it matters

The answers decide how loudly customers are told and whom else to call. After a week nobody can give them.

## How to fix it

Answer what is left, with `unknown` where it was asked and is not known.

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
---
```
"#,
    check: Check::Record(check),
};

/// Asked of everybody.
const ALWAYS: [&str; 4] = ["audience", "scope", "security", "data_loss"];
/// Asked where somebody was affected.
const OF_AFFECTED: [&str; 4] = ["experience", "customers", "support_cases", "social_media"];

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    if !stage::has_responders(context, record) || !context.archive.is_major(record) {
        return;
    }
    let reached = gates::reached(context, record);
    let Some(current) = reached.last() else { return };
    let is_asked_by_gate = reached.iter().any(|reached| reached.fields().any(|field| field == "assessment"));
    if is_asked_by_gate && !record.has_key("assessment") {
        return;
    }
    let open: Vec<&str> = questions(record).filter(|key| !record.has_key(&format!("assessment.{key}"))).collect();
    if open.is_empty() {
        return;
    }
    let level = if stage::of(context, record) == Some(Stage::Over) { Level::Error } else { Level::Warning };
    let open: Vec<String> = open.iter().map(|key| format!("`{key}`")).collect();
    out.report_at(
        level,
        &record.path,
        current.status.span,
        format!("the assessment of this major incident does not answer {}", open.join(", ")),
    )
    .help("answer under `assessment`; `unknown` is an answer, and later nobody can give a better one");
}

/// Nobody who was not affected saw anything.
fn questions(record: &Record) -> impl Iterator<Item = &'static str> {
    let none = |answer: &Option<Text>| answer.as_ref().is_some_and(|answer| answer.value == "none");
    let assessment = record.incident().map(|incident| &incident.assessment);
    let nobody = assessment.is_some_and(|assessment| none(&assessment.audience) || none(&assessment.scope));
    let (always, of_affected) = if nobody { (&ALWAYS[2..], &[][..]) } else { (&ALWAYS[..], &OF_AFFECTED[..]) };
    always.iter().chain(of_affected).copied()
}
