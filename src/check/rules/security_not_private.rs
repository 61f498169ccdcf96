//! `security-not-private`: a security incident that is public while it is live.

use super::prelude::*;
use crate::record::incident::Visibility;

pub static RULE: Rule = Rule {
    name: "security-not-private",
    family: Family::Security,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a security incident that is public while it is live",
    explain: r#"
## What it finds

A security incident (its `type`, or `assessment.security: true`) with `visibility: public` that is still live, in whose timeline nobody decided anything. A `decision` entry is the approval: it says who decided to tell the public, and why. Incidents that are over are not judged.

## Why it matters

The intruder reads the status page too, and learns what we know. What was published cannot be called back.

## How to fix it

Set `visibility: restricted` until it is over. If customers have to know now, record who approved it: `git incident update --decision TEXT`.

## Example

```markdown
---
title: Somebody reads the mail of others
type: [security/unauthorized_access]
visibility: public
timeline:
  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating}
---
```
"#,
    check: Check::Record(check),
};

fn check(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let Some(incident) = record.incident().filter(|incident| incident.is_security()) else { return };
    let Some(visibility) = incident.visibility.filter(|said| said.value == Visibility::Public) else { return };
    let live = record.replay.status().is_none_or(|status| context.archive.lifecycle.incident.is_live(status));
    let approved = record.timeline().iter().any(|entry| entry.decision.is_some());
    if live && !approved && record.timeline_complete() {
        out.report(
            &record.path,
            visibility.span,
            "a security incident is public while it is live, so the intruder reads along",
        )
        .help("set `visibility: restricted`, or record who approved it with `git incident update --decision TEXT`");
    }
}
