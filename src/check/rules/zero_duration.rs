//! `zero-duration`: an impact that starts and ends in the same minute.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::record::Kind;
use crate::record::replay::{Impact, Replay};
use crate::record::time::Time;

pub static RULE: Rule = Rule {
    name: "zero-duration",
    family: Family::Time,
    level: Level::Warning,
    nature: Nature::Fault,
    summary: "an impact that starts and ends in the same minute",
    explain: r#"
## What it finds

A service that goes down and comes back within one minute, and the milestones `impact_started` and `impact_ended` in one minute. Changes between two states of being down do not count, nor do incidents that were canceled or merged.

## Why it matters

It counts as no downtime at all. Usually the end was recorded together with the start, when the incident was already over.

## How to fix it

Correct the start or the end. If it was no outage, cancel the incident with a `reason`.

## Example

```markdown
---
title: Checkout fails
detection: {method: alert}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    impact: {checkout: partial_outage}
  - at: 2024-05-01T09:50:30Z
    by: mara
    status: monitoring
    impact: {checkout: operational}
---
```
"#,
    check: Check::Record(check),
};

fn check(_: &Context<'_>, record: &Record, out: &mut Findings) {
    let dropped = matches!(record.replay.status(), Some("canceled" | "merged"));
    if dropped || record.kind != Kind::Incident || !record.timeline_complete() {
        return;
    }
    // An end before the start is reported by `time-order`; how long it took is then unknown, not nothing.
    let moments = &record.replay.moments;
    if moments.impact_started > moments.impact_ended && moments.impact_ended.is_some() {
        return;
    }
    // By the entry that began them and the time they ended, so that five services make one finding.
    let mut short: BTreeMap<(usize, Time), Vec<&str>> = BTreeMap::new();
    for outage in outages(&record.replay) {
        if let Some(end) = outage.to.filter(|end| same_minute(outage.from, *end)) {
            short.entry((outage.entry, end)).or_default().push(outage.service);
        }
    }
    for ((entry, end), services) in &short {
        let Some(entry) = record.timeline().get(*entry) else {
            continue;
        };
        let names: Vec<_> = services.iter().map(|service| format!("`{service}`")).collect();
        let names = names.join(", ");
        let finding = out.report(
            &record.path,
            entry.at.span,
            format!("the impact on {names} starts and ends in the same minute, so it counts as none"),
        );
        let ending = record.timeline().iter().find(|other| {
            let recovers = other.impact.iter().any(|(name, _)| services.contains(&name.value.as_str()));
            recovers && other.at.value == *end && other.span != entry.span
        });
        if let Some(ending) = ending {
            finding.label(ending.at.span, "it ends here");
        }
        finding.help("correct the start or the end");
    }
    if short.is_empty() {
        milestones(record, out);
    }
}

/// A time in which a service was not operational, whatever its states were in between.
struct Outage<'a> {
    service: &'a str,
    from: Time,
    to: Option<Time>,
    entry: usize,
}

fn outages(replay: &Replay) -> Vec<Outage<'_>> {
    let mut outages: Vec<Outage<'_>> = Vec::new();
    let mut latest: BTreeMap<&str, usize> = BTreeMap::new();
    for impact in &replay.impacts {
        let before = latest.get(impact.service.as_str()).and_then(|i| outages.get_mut(*i));
        match before {
            Some(outage) if outage.to == Some(impact.from) => outage.to = impact.to,
            _ => {
                latest.insert(&impact.service, outages.len());
                let Impact { service, from, to, entry, .. } = impact;
                outages.push(Outage { service, from: *from, to: *to, entry: *entry });
            }
        }
    }
    outages
}

fn milestones(record: &Record, out: &mut Findings) {
    let find = |name| {
        let entries = record.timeline().iter();
        let events = entries.flat_map(|entry| entry.events.iter().map(move |event| (entry.at.value, event)));
        let mut named = events.filter(move |(_, event)| event.value == name);
        named.next().filter(|_| named.next().is_none())
    };
    if let (Some((start, _)), Some((end, ended))) = (find("impact_started"), find("impact_ended"))
        && same_minute(start, end)
    {
        out.report(&record.path, ended.span, "the impact starts and ends in the same minute, so it counts as none")
            .help("correct the start or the end");
    }
}

fn same_minute(a: Time, b: Time) -> bool {
    a.instant().as_second().div_euclid(60) == b.instant().as_second().div_euclid(60)
}
