//! `unacknowledged-escalation`: an escalation that nobody answered.

use super::prelude::*;
use crate::check::{communication, steps};
use crate::record::shape::canonical_role;
use crate::record::timeline::{Entry, Escalation};

pub static RULE: Rule = Rule {
    name: "unacknowledged-escalation",
    family: Family::Communication,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "an escalation that nobody answered",
    explain: r#"
## What it finds

An `escalate` without `acknowledged` in an incident that is over, where nothing else shows an answer either: whoever was called neither wrote an entry nor took a role after it (for a team: one of its people), and no later escalation has the reason `no_acknowledgement`. A live incident is not judged; the answer may be on its way.

## Why it matters

Either somebody was called and did not come, which the review has to look into, or they came and the record does not say when.

## How to fix it

Add the time of the answer: `escalate: {…, acknowledged: TIME}`. If nobody answered and somebody else was called instead, give that escalation the reason `no_acknowledgement`.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev3
  - at: 2024-05-01T10:05:00Z
    by: mara
    escalate: {to: jonas, reason: expertise}
  - at: 2024-05-01T10:50:00Z
    by: mara
    status: resolved
    event: impact_ended
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let is_live = communication::live(context.archive, record).last().is_none_or(|stretch| stretch.to.is_none());
    if record.incident().is_none() || !steps::is_sound(record) || is_live {
        return;
    }
    let entries: Vec<&Entry> = steps::in_order(record).collect();
    for (at, entry) in entries.iter().enumerate() {
        let Some(call) = entry.escalate.as_ref().filter(|call| call.acknowledged.is_none()) else { continue };
        let later = entries.iter().skip(at + 1);
        let answered = later.clone().any(|later| shows_answer(context, record, call, later));
        if !answered {
            out.report(
                &record.path,
                call.to.span,
                format!("nobody answered this escalation to `{}`, or the record does not say when", call.to.value),
            )
            .help("add when: `escalate: {…, acknowledged: TIME}`; or escalate onwards with the reason `no_acknowledgement`");
        }
    }
}

/// Whether a later entry answers a call, or gives up waiting for it.
fn shows_answer(context: &Context<'_>, record: &Record, call: &Escalation, later: &Entry) -> bool {
    let onwards = later.escalate.as_ref().and_then(|next| next.reason.as_ref());
    let wrote = later.by.as_ref().is_some_and(|by| is_called(context, record, call, &by.value));
    let people = later.roles.iter().filter_map(|(_, person)| person.as_ref());
    let took_role = people.into_iter().any(|person| is_called(context, record, call, &person.value));
    wrote || took_role || onwards.is_some_and(|reason| reason.value == "no_acknowledgement")
}

/// Whether a person is the one who was called, one of the team, or holds the role.
fn is_called(context: &Context<'_>, record: &Record, call: &Escalation, person: &str) -> bool {
    let to = call.to.value.as_str();
    let of_team = context
        .archive
        .config
        .people
        .iter()
        .any(|known| known.id.value == person && known.team.as_ref().is_some_and(|team| team.value == to));
    let role = canonical_role(to);
    let holds = record.replay.roles.iter().any(|held| held.person == person && canonical_role(&held.role) == role);
    person == to || of_team || holds
}
