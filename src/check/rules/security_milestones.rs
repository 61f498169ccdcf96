//! `security-milestones`: milestones of a security incident that are missing or out of order.

use super::prelude::*;
use crate::check::steps;
use crate::record::timeline::{Entry, Text};

pub static RULE: Rule = Rule {
    name: "security-milestones",
    family: Family::Security,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "milestones of a security incident that are missing or out of order",
    explain: r#"
## What it finds

In a security incident (its `type`, or `assessment.security: true`): a state from `monitoring` on that was reached without `event: contained`; an `event: restored` with no `validated` before it since the last `restored`; an `eradicated` whose entry shows nothing: no note, action, decision, evidence or link. The sequence may repeat, as attackers come back. Incidents that affected nobody, vulnerabilities that were only reported, and floods of traffic need not be contained.

## Why it matters

A system that goes back into service before somebody proved it clean is how the second breach begins. And a threat of which nobody says how it was removed may still be there.

## How to fix it

Add the milestone with its true time and `backfill: true`: `git incident update --event contained --at TIME`. Say in the same entry how it is known.

## Example

```markdown
---
title: Somebody reads the mail of others
type: [security/unauthorized_access]
visibility: restricted
detection: {method: alert}
timeline:
  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating}
  - {at: 2024-05-01T10:10:00Z, by: mara, event: contained, note: All sessions ended.}
  - {at: 2024-05-01T10:20:00Z, by: mara, event: restored, note: Mail is open again.}
---
```
"#,
    check: Check::Record(check),
};

/// What has no intruder to shut out.
const NOTHING_TO_CONTAIN: [&str; 2] = ["security/vulnerability", "security/denial_of_service"];

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(incident) = record.incident() else { return };
    let dropped = matches!(record.replay.status(), Some("canceled" | "merged"));
    if !incident.is_security() || dropped || !record.timeline_complete() {
        return;
    }
    let nothing = incident.types.iter().any(|kind| NOTHING_TO_CONTAIN.contains(&kind.value.as_str()));
    if !nothing && !incident.assessment.says_nobody() {
        uncontained(record, out);
    }
    unvalidated(record, out);
    unexplained(record, out);
}

fn event<'a>(entry: &'a Entry, name: &str) -> Option<&'a Text> {
    entry.events.iter().find(|event| event.value == name)
}

fn uncontained(record: &Record, out: &mut Findings) {
    for entry in steps::in_order(record) {
        if event(entry, "contained").is_some() {
            return;
        }
        let over = |status: &&Text| matches!(status.value.as_str(), "monitoring" | "resolved" | "closed");
        if let Some(status) = entry.status.as_deref().filter(over) {
            out.report(
                &record.path,
                status.span,
                format!("`{}` without `contained` before it: nobody says that the intruder is shut out", status.value),
            )
            .help("add an entry with `event: contained` and its true time: `git incident update --event contained --at TIME`");
            return;
        }
    }
}

fn unvalidated(record: &Record, out: &mut Findings) {
    let mut validated = false;
    for entry in steps::in_order(record) {
        validated |= event(entry, "validated").is_some();
        let Some(restored) = event(entry, "restored") else { continue };
        if !validated {
            out.report(
                &record.path,
                restored.span,
                "restored before anybody validated that the system is clean: this is how a second breach begins",
            )
            .help("add an entry with `event: validated` that says how it was proved");
        }
        validated = false;
    }
}

fn unexplained(record: &Record, out: &mut Findings) {
    for entry in record.timeline() {
        let texts = [&entry.note, &entry.action, &entry.decision, &entry.reason];
        let explained = texts.into_iter().any(Option::is_some) || entry.evidence.is_some() || !entry.links.is_empty();
        if let Some(eradicated) = event(entry, "eradicated").filter(|_| !explained && entry.redacted.is_none()) {
            out.report(&record.path, eradicated.span, "eradicated, and nobody says how: the threat may still be there")
                .help("say in a `note` what was removed and how it is known, or link the proof");
        }
    }
}
