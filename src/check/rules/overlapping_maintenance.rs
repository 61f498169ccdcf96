//! `overlapping-maintenance`: planned work that meets other work, or trouble, on the same service.

use std::collections::{BTreeMap, BTreeSet};

use super::prelude::*;
use crate::check::adoption;
use crate::check::related::are_linked;
use crate::check::stage::{self, Stage};
use crate::record::Kind;
use crate::record::time::Time;
use crate::record::timeline::ServiceState;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "overlapping-maintenance",
    family: Family::Maintenance,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "two windows on one service, or an unlinked incident inside one",
    explain: r#"
## What it finds

Two maintenance windows on one service that overlap, as long as one of them is still to come or under way. An incident on the service of a maintenance that began inside its window and does not name the maintenance: neither under `related` nor anywhere else in its text.

## Why it matters

Two teams change one thing at once and cannot tell whose change broke it. And an incident that begins during planned work usually comes from it.

## How to fix it

Move one of the windows. Link the incident with `related: {caused_by: [ID]}`, or say in a note that it has nothing to do with the maintenance, and name its id there.

## Example

```markdown incidents/2024/05/2024-05-05-database-upgrade/maintenance.md
---
title: Database upgrade
window: {start: 2024-05-05T22:00:00Z, end: 2024-05-05T23:00:00Z}
services: {checkout: under_maintenance}
timeline:
  - {at: 2024-05-01T09:50:00Z, by: mara, status: scheduled}
---
```

```markdown incidents/2024/05/2024-05-05-new-certificates/maintenance.md
---
title: New certificates
window: {start: 2024-05-05T22:30:00Z, end: 2024-05-05T23:30:00Z}
services: {checkout: degraded_performance}
timeline:
  - {at: 2024-05-01T09:50:00Z, by: wei, status: scheduled}
---
```
"#,
    check: Check::Archive(check),
};

/// Planned work on a service, which was not called off.
struct Planned<'a> {
    record: &'a Record,
    from: Time,
    to: Time,
    window: Span,
    is_over: bool,
}

fn check(context: &Context<'_>, out: &mut Findings) {
    let mut by_service: BTreeMap<&str, Vec<Planned<'_>>> = BTreeMap::new();
    let answers = |record: &&Record| adoption::answers(context, record);
    for record in context.archive.of_kind(Kind::Maintenance).filter(answers) {
        for service in services(record) {
            by_service.entry(service).or_default().extend(planned(context, record));
        }
    }
    let mut told = BTreeSet::new();
    for (service, windows) in &mut by_service {
        windows.sort_by_key(|planned| (planned.from, &planned.record.path));
        for (i, first) in windows.iter().enumerate() {
            let during = windows.iter().skip(i + 1).take_while(|second| second.from < first.to);
            for second in during.filter(|second| !(first.is_over && second.is_over)) {
                if told.insert((&first.record.path, &second.record.path)) {
                    report_windows(service, first, second, out);
                }
            }
        }
    }
    for incident in context.archive.of_kind(Kind::Incident).filter(answers) {
        if let Some((began, place)) = began(incident).filter(|_| stage::has_responders(context.archive, incident)) {
            let services: BTreeSet<&str> =
                incident.replay.impacts.iter().map(|impact| impact.service.as_str()).collect();
            let windows = services.iter().filter_map(|service| by_service.get(service)).flatten();
            let meets = windows.filter(|planned| planned.from <= began && began < planned.to);
            for planned in meets.filter(|planned| !knows(incident, planned.record)) {
                // Work on two of its services is found twice, and a report holds the same finding once.
                report_incident(incident, place, planned, out);
            }
        }
    }
}

/// The services that the work was announced for, or that it touched.
fn services(record: &Record) -> BTreeSet<&str> {
    let announced = record.maintenance().map_or(&[][..], |maintenance| &maintenance.services);
    let announced = announced.iter().filter(|(_, state)| state.value != ServiceState::Operational);
    let announced = announced.map(|(service, _)| service.value.as_str());
    announced.chain(record.replay.impacts.iter().map(|impact| impact.service.as_str())).collect()
}

/// Work that is done ends when it was done, not when it was to end.
fn planned<'a>(context: &Context<'_>, record: &'a Record) -> Option<Planned<'a>> {
    let window = record.maintenance()?.window.as_ref().filter(|window| window.is_possible())?;
    let is_over = match stage::of(context.archive, record)? {
        Stage::Dropped => return None,
        stage => stage == Stage::Over,
    };
    let completed = record.replay.statuses.last().filter(|_| is_over).map(|status| status.from);
    let to = completed.unwrap_or(window.end.value);
    Some(Planned { record, from: window.start.value, to, window: window.start.span, is_over })
}

/// When the trouble began, and the entry that says so.
fn began(incident: &Record) -> Option<(Time, Span)> {
    let moments = &incident.replay.moments;
    let began = moments.impact_started.or(moments.declared)?;
    let entry = incident.timeline().iter().find(|entry| entry.at.value == began)?;
    Some((began, entry.at.span))
}

fn knows(incident: &Record, maintenance: &Record) -> bool {
    are_linked(incident, maintenance) || incident.text.contains(&*maintenance.id)
}

fn report_windows(service: &str, first: &Planned<'_>, second: &Planned<'_>, out: &mut Findings) {
    let other = &first.record.id;
    out.report(
        &second.record.path,
        second.window,
        format!("`{other}` is planned on `{service}` at the same time, so nobody can tell whose change broke it"),
    )
    .label_in(&first.record.path, first.window, "the other window")
    .help("move one of them");
}

fn report_incident(incident: &Record, began: Span, planned: &Planned<'_>, out: &mut Findings) {
    let id = &planned.record.id;
    out.report(
        &incident.path,
        began,
        format!("this began while `{id}` was under way on the same service, and the record does not say whether it comes from that"),
    )
    .label_in(&planned.record.path, planned.window, "the maintenance")
    .help(format!("add `related: {{caused_by: [{id}]}}`, or say in a note that `{id}` has nothing to do with it"));
}
