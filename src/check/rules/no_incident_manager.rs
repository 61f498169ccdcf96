//! `no-incident-manager`: an incident that nobody commands, or that nobody commanded for a while.

use super::prelude::*;
use crate::check::stage::{self, Stage};
use crate::check::steps;
use crate::record::lifecycle::Machine;
use crate::record::time::Time;
use crate::record::timeline::Entry;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "no-incident-manager",
    family: Family::People,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "an incident that nobody commands, or a gap between two who do",
    explain: r#"
## What it finds

An incident in which nobody has or had the role `incident_manager` from `investigating` on, and one whose manager was released while it went on, without a successor within five minutes. The first minutes until somebody takes over are no gap, and while the entry that asks for one is the newest it is a warning, because opening an incident and naming who commands it are two commands; `triage` needs nobody. Severities whose `roles` in `incident.yaml` leave the incident manager out are not judged.

## Why it matters

Somebody has to decide, and to know that it is their turn. Without that everybody waits, or three people roll back three things at once.

## How to fix it

`git incident assign incident_manager=PERSON`; naming the next one hands the role over without a gap. If somebody did command, record it with `backfill: true` at its time.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
---
```
"#,
    check: Check::Record(check),
};

const ROLE: &str = "incident_manager";

/// Minutes that a handover in two steps may take.
const HANDOVER: i64 = 5;

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(machine) = context.archive.lifecycle.machine(record.kind) else { return };
    if !stage::has_responders(context.archive, record) || !is_required(context, record) {
        return;
    }
    let command = Command::of(machine, record);
    for gap in &command.gaps {
        out.report(
            &record.path,
            gap.released,
            match gap.minutes {
                Some(minutes) => format!("nobody commanded for {minutes} minutes from here, while the incident went on"),
                None => "nobody commands from here on, although the incident goes on".to_owned(),
            },
        )
        .help("name the successor here, which hands over without a gap; if somebody did command, record it with `backfill: true`");
    }
    if let Some((entry, status)) = command.uncommanded {
        let is_over = stage::of(context.archive, record) == Some(Stage::Over);
        let (message, help) = if is_over {
            (
                "nobody is named who commanded the incident from here on",
                "record who did, with `backfill: true` and its time",
            )
        } else {
            ("nobody commands this incident, so nobody decides", "`git incident assign incident_manager=PERSON`")
        };
        let level = if stage::is_newest(record, entry) { Level::Warning } else { Level::Error };
        out.report_at(level, &record.path, status, message).help(help);
    }
}

/// Unless the severity says that it does without.
fn is_required(context: &Context<'_>, record: &Record) -> bool {
    let peak = context.archive.peak_severity(record);
    peak.is_none_or(|severity| severity.roles.iter().any(|role| role == ROLE))
}

/// Who commanded when, as far as it went wrong.
#[derive(Debug, Default)]
struct Command<'a> {
    gaps: Vec<Gap>,
    /// The entry with a state that began without anybody in command and never got one.
    uncommanded: Option<(&'a Entry, Span)>,
}

#[derive(Debug)]
struct Gap {
    /// Where the role was given up.
    released: Span,
    /// Until somebody took over or the work was over; nothing while it goes on.
    minutes: Option<i64>,
}

impl<'a> Command<'a> {
    fn of(machine: &Machine, record: &'a Record) -> Self {
        let mut command = Self::default();
        let (mut is_live, mut commanded) = (false, false);
        let mut released: Option<(Span, Time)> = None;
        for entry in steps::in_order(record) {
            if let Some(status) = &entry.status {
                is_live = machine.is_live(&status.value) && status.value != "triage";
                if is_live && !commanded && released.is_none() {
                    command.uncommanded.get_or_insert((entry, status.span));
                }
            }
            let named = entry.roles.iter().find(|(role, _)| role.value == ROLE);
            let takes_over = named.is_some_and(|(_, person)| person.is_some());
            if takes_over || !is_live {
                command.gaps.extend(released.take().and_then(|released| Gap::until(entry.at.value, released)));
            }
            let Some((role, _)) = named else { continue };
            if takes_over {
                command.uncommanded = None;
            } else if commanded && is_live {
                released = Some((role.span, entry.at.value));
            }
            commanded = takes_over;
        }
        command.gaps.extend(released.map(|(released, _)| Gap { released, minutes: None }));
        command
    }
}

impl Gap {
    /// Nothing where it was over in the time of a handover.
    fn until(end: Time, (released, at): (Span, Time)) -> Option<Self> {
        let minutes = end.since(at).as_mins();
        (minutes > HANDOVER).then_some(Self { released, minutes: Some(minutes) })
    }
}
