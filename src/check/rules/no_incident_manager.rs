//! `no-incident-manager`: an incident that nobody commands, or that nobody commanded for a while.

use super::prelude::*;
use crate::check::stage::{self, Stage};
use crate::response::command::Command;

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

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(command) = Command::of(context.archive, record) else { return };
    for gap in &command.gaps {
        out.report(
            &record.path,
            gap.released,
            match gap.minutes() {
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
                "record who did, with `backfill: true` and its time".to_owned(),
            )
        } else {
            (
                "nobody commands this incident, so nobody decides",
                format!("`git incident assign {} incident_manager=PERSON`", record.id),
            )
        };
        let level = if stage::is_newest(record, entry) { Level::Warning } else { Level::Error };
        out.report_at(level, &record.path, status, message).help(help);
    }
}
