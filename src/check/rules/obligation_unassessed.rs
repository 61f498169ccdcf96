//! `obligation-unassessed`: personal data and nobody who decided on notices, or a notice that was not sent.

use super::prelude::*;
use crate::check::steps;
use crate::record::incident::{Incident, Obligation};
use crate::response::obligations;

pub static RULE: Rule = Rule {
    name: "obligation-unassessed",
    family: Family::Security,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "personal data and no decision on notices, or a notice not sent",
    explain: r#"
## What it finds

An incident that is over and touched personal data (`assessment.personal_data: true`, or the type `security/data_breach`), with nothing under `obligations`, no `decision` and no `notify` of `legal` or `regulator`. And under `obligations`: one that is still `applies: unknown` when the incident is over, one that does not apply without a `basis`, a notice that was sent after it was due without a `reason`, and one that was due before the last entry of the timeline and has no `sent`.

## Why it matters

Authorities count hours from the moment in which we knew. A decision not to tell them has to be documented too; “nobody asked” is the answer that costs most.

## How to fix it

Ask legal counsel, and write down what was decided: `obligations: [{regime: GDPR Article 33, applies: true, basis: …, due: …, sent: …}]`. In the timeline: `git incident update --decision TEXT --notify legal`.

## Example

```markdown
---
title: Somebody reads the mail of others
type: [security/data_breach]
visibility: restricted
obligations:
  - {regime: GDPR Article 33, applies: true, due: 2024-05-04T09:50:00Z}
timeline:
  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating}
  - {at: 2024-05-05T09:00:00Z, by: mara, note: Still searching the log.}
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(incident) = record.incident() else { return };
    let status = record.replay.status();
    if matches!(status, Some("canceled" | "merged")) || !record.timeline_complete() {
        return;
    }
    let over = status.is_some_and(|status| !context.archive.lifecycle.incident.is_live(status));
    if over {
        unassessed(record, incident, out);
    }
    for obligation in &incident.obligations {
        match obligation.applies.as_ref().map(|applies| (applies.value, applies.span)) {
            Some((None, span)) if over => {
                out.report(&record.path, span, "the incident is over, and nobody has decided whether this applies")
                    .help("set `applies` to true or false, with its `basis`");
            }
            Some((Some(false), span)) if obligation.basis.is_none() => {
                out.report(
                    &record.path,
                    span,
                    "this does not apply, and nobody says why: a decision not to tell has to be documented",
                )
                .help("add `basis:` with the reason and who decided");
            }
            Some((Some(true), _)) => notice(record, obligation, out),
            _ => {}
        }
    }
}

fn unassessed(record: &Record, incident: &Incident, out: &mut Findings) {
    if let Some(span) = obligations::unassessed(record, incident) {
        out.report(
            &record.path,
            span,
            "personal data, and nobody decided whether authorities and people have to be told",
        )
        .help("ask legal counsel, and write it down under `obligations` or as a `decision`");
    }
}

fn notice(record: &Record, obligation: &Obligation, out: &mut Findings) {
    let Some(due) = &obligation.due else { return };
    match &obligation.sent {
        Some(sent) if sent.value > due.value && obligation.reason.is_none() => {
            out.report(
                &record.path,
                sent.span,
                "sent after it was due, and nobody says why: authorities ask for the reason",
            )
            .label(due.span, "it was due here")
            .help("add `reason:`");
        }
        Some(_) => {}
        None => {
            let later = steps::in_order(record).find(|entry| entry.at.value > due.value);
            if let Some(later) = later {
                out.report(&record.path, due.span, "this notice was due here, and nobody says that it was sent")
                    .label(later.at.span, "the record goes on after it")
                    .help("send it, and add `sent:` with the time");
            }
        }
    }
}
