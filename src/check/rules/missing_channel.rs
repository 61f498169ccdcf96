//! `missing-channel`: a major incident whose responders have nowhere to talk.

use super::prelude::*;
use crate::check::severity::{self, Peak};
use crate::check::stage;

pub static RULE: Rule = Rule {
    name: "missing-channel",
    family: Family::People,
    level: Level::Error,
    nature: Nature::Debt,
    summary: "an incident without the channels that its severity requires",
    explain: r##"
## What it finds

A channel that the worst severity of an incident requires (`channels` of the severity in `incident.yaml`; for `sev1` and `sev2` chat and video) and that `channels` does not name. Without `chat` it is an error as soon as the incident goes on; another one that is missing is a warning. A `room` is as good as `video`.

## Why it matters

Somebody who is called in at night reads here where the others are. What was said in five private chats is lost to the review.

## How to fix it

Open one and add it: `git incident update --set channels.chat=#inc-checkout`, or `--channel` of `git incident new`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev1
---
```
"##,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(incident) = record.incident().filter(|_| stage::has_responders(context.archive, record)) else {
        return;
    };
    let Some(Peak { severity, entry, said }) = severity::peak(context.archive, record) else {
        return;
    };
    let missing = severity::missing_channels(severity, incident);
    if missing.is_empty() {
        return;
    }
    let needs_chat = missing.contains(&"chat");
    let level = if needs_chat && !stage::is_newest(record, entry) { Level::Error } else { Level::Warning };
    let flags: Vec<String> = missing.iter().map(|channel| format!("--set channels.{channel}=PLACE")).collect();
    let list: Vec<String> = missing.iter().map(|channel| format!("`{channel}`")).collect();
    out.report_at(
        level,
        &record.path,
        said.span,
        format!(
            "`{}` asks for {} under `channels`, so that whoever is called in finds the others",
            severity.id,
            list.join(" and ")
        ),
    )
    .help(format!("add it: `git incident update {} {}`", record.id, flags.join(" ")));
}
