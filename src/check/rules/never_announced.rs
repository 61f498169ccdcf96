//! `never-announced`: customers were affected and never told.

use super::prelude::*;
use crate::check::{communication, gates, steps};
use crate::record::incident::{Incident, Visibility};
use crate::record::replay::Impact;
use crate::record::timeline::ServiceState;

pub static RULE: Rule = Rule {
    name: "never-announced",
    family: Family::Communication,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "customers were affected, and never told",
    explain: r#"
## What it finds

A resolved incident that customers felt, without a single public message. They felt it where a public service was down or slow in a record with `visibility: public`, or where the assessment says `audience: external` or `both`. A restricted record is left alone: those concerned are told in other ways. So is one whose assessment says that the audience was internal, or that the scope was `none`.

## Why it matters

Customers saw that something was wrong and the status page said that nothing was. That costs more trust than the outage.

## How to fix it

Tell them now, late: `git incident update ID --public "…"`, and `visibility: public` where the record is internal. If nobody outside noticed, answer the assessment: `audience: internal`.

## Example

```markdown
---
title: Checkout fails
visibility: public
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
    impact: {checkout: partial_outage}
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
    event: impact_ended
    impact: {checkout: operational}
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(incident) = record.incident().filter(|_| steps::is_sound(record)) else {
        return;
    };
    if communication::messages(record).next().is_some() || record.visibility() == Visibility::Restricted {
        return;
    }
    let resolved = gates::reached(context, record).into_iter().find(|reached| reached.asks_for_last_word());
    let Some(resolved) = resolved else { return };
    let Some(why) = felt(context, record, incident) else { return };
    out.report(
        &record.path,
        resolved.status.span,
        format!("resolved, and customers were never told although {why}; they saw it, and the page said nothing"),
    )
    .help(format!(
        "tell them now: `git incident update {} --public \"…\"`; if nobody outside noticed, set `assessment.audience: internal`",
        record.id
    ));
}

/// How it is known that customers felt it; nothing where it is not.
fn felt(context: &Context<'_>, record: &Record, incident: &Incident) -> Option<String> {
    let says = |answer: &Option<crate::record::timeline::Text>, words: &[&str]| {
        answer.as_ref().is_some_and(|answer| words.contains(&answer.value.as_str()))
    };
    let assessment = &incident.assessment;
    if says(&assessment.scope, &["none"]) || says(&assessment.audience, &["internal", "none"]) {
        return None;
    }
    if says(&assessment.audience, &["external", "both"]) {
        return Some("the assessment says that they were affected".into());
    }
    let public = |impact: &&Impact| {
        impact.state > ServiceState::UnderMaintenance
            && context.index.service(&impact.service).is_some_and(|service| service.public)
    };
    let impact = record.replay.impacts.iter().find(public).filter(|_| record.visibility() == Visibility::Public)?;
    Some(format!("`{}` is a public service", impact.service))
}
