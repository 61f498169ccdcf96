//! `severity-criteria`: a severity lower than what happened asks for.

use super::prelude::*;
use crate::check::severity::{self, Peak};
use crate::check::stage;
use crate::record::config::Severity;
use crate::record::incident::Incident;
use crate::record::timeline::ServiceState;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "severity-criteria",
    family: Family::Severity,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "a severity lower than what happened asks for, without a reason",
    explain: r#"
## What it finds

An incident that never reached `sev1` although by the built-in criteria it is one: data was lost (`data_loss: true`), or a service of tier 1 was in `major_outage` and the assessment does not say that only `some` or none were affected. A `reason` or a `decision` on an entry that sets the severity answers it. Where `incident.yaml` words the criteria of `sev1` itself, only people can apply them, and this rule is silent.

## Why it matters

The severity decides who is called, how soon customers hear and whether anybody reviews what happened. When in doubt, the worse one is right; it can be lowered with a reason.

## How to fix it

Raise it with `git incident update --severity sev1`, or say with `reason:` why it is less than it looks.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
    impact: {checkout: major_outage}
---
```
"#,
    check: Check::Record(check),
};

/// The built-in severity whose criteria are applied.
const CRITICAL: &str = "sev1";

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(incident) = record.incident().filter(|_| stage::has_responders(context.archive, record)) else {
        return;
    };
    let Some(Peak { severity, said, .. }) = severity::peak(context.archive, record) else {
        return;
    };
    // They rank by their ids.
    if severity.id.as_str() <= CRITICAL || is_explained(incident) {
        return;
    }
    let (what, span) = match (data_loss(incident), main_service_down(context, incident)) {
        (Some(span), _) => ("data was lost".to_owned(), span),
        (None, Some((service, span))) => (format!("`{service}`, a service of tier 1, was down"), span),
        (None, None) => return,
    };
    if has_own_criteria(context) {
        return;
    }
    out.report(
        &record.path,
        said.span,
        format!(
            "{what}, which asks for `{CRITICAL}`; with `{}` fewer people are called and customers hear later",
            severity.id
        ),
    )
    .label(span, "as it says here")
    .help(format!("raise it with `git incident update --severity {CRITICAL}`, or add a `reason` to this entry"));
}

fn has_own_criteria(context: &Context<'_>) -> bool {
    let criteria = |severities: &[Severity]| {
        severities.iter().find(|severity| severity.id == CRITICAL).map(|severity| severity.criteria.clone())
    };
    criteria(&context.archive.config.severities) != criteria(&Severity::built_in())
}

fn is_explained(incident: &Incident) -> bool {
    let mut setting = incident.timeline.iter().filter(|entry| entry.severity.is_some());
    setting.any(|entry| entry.reason.is_some() || entry.decision.is_some())
}

fn data_loss(incident: &Incident) -> Option<Span> {
    let answer = incident.assessment.data_loss.as_ref()?;
    (answer.value == Some(true)).then_some(answer.span)
}

/// A service of tier 1 that was down, unless it is known that others could use it all the same.
fn main_service_down<'a>(context: &Context<'_>, incident: &'a Incident) -> Option<(&'a str, Span)> {
    let scope = incident.assessment.scope.as_ref();
    if scope.is_some_and(|scope| matches!(scope.value.as_str(), "some" | "none")) {
        return None;
    }
    let is_main = |id: &str| {
        let tier = context.index.service(id).and_then(|service| service.tier.as_ref());
        tier.is_some_and(|tier| tier.value <= 1)
    };
    let mut impacts = incident.timeline.iter().flat_map(|entry| &entry.impact);
    impacts
        .find(|(service, state)| state.value == ServiceState::MajorOutage && is_main(&service.value))
        .map(|(service, state)| (service.value.as_str(), state.span))
}
