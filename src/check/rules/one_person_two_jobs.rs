//! `one-person-two-jobs`: somebody who cannot do both at once.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::check::adoption;
use crate::check::related::are_linked;
use crate::check::stage;
use crate::record::Kind;
use crate::record::time::Time;
use crate::text::span::Span;

pub static RULE: Rule = Rule {
    name: "one-person-two-jobs",
    family: Family::People,
    level: Level::Warning,
    nature: Nature::Debt,
    summary: "one person is incident manager and tech lead, or commands two majors",
    explain: r#"
## What it finds

Somebody who is incident manager and tech lead of one incident of the worst severity, or incident manager of two major incidents at once, while the work goes on. What was over within 15 minutes is the usual start and is not reported, nor are two incidents that name each other under `related`.

## Why it matters

Who repairs looks down into one thing; who commands has to look up. Of two incidents, one is commanded by nobody.

## How to fix it

Hand one of the two over: `git incident assign tech_lead=PERSON`.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev1
    roles: {incident_manager: mara, tech_lead: mara, communications_manager: jonas}
---
```
"#,
    check: Check::Archive(check),
};

/// Minutes for which one person may do both.
const START: i64 = 15;

fn check(context: &Context<'_>, out: &mut Findings) {
    let live = |record: &&Record| stage::has_responders(context.archive, record) && adoption::answers(context, record);
    let records: Vec<&Record> = context.archive.of_kind(Kind::Incident).filter(live).collect();
    for record in &records {
        repairs_and_commands(context, record, out);
    }
    command_twice(context, &records, out);
}

/// A stretch of time, without an end while it lasts.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: Time,
    to: Option<Time>,
}

impl Stretch {
    fn and(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = [self.to, other.to].into_iter().flatten().min();
        to.is_none_or(|to| from < to).then_some(Self { from, to })
    }
}

/// Whether stretches last too long together, or last still.
fn is_long(stretches: &[Stretch]) -> bool {
    let minutes = |stretch: &Stretch| Some(stretch.to?.since(stretch.from).as_mins());
    let total: Option<i64> = stretches.iter().map(minutes).sum();
    total.is_none_or(|total| total > START)
}

/// When somebody had a role at one of some severities while the work went on.
fn held<'a>(
    context: &Context<'_>,
    record: &'a Record,
    role: &str,
    counts: impl Fn(&str) -> bool,
) -> Vec<(&'a str, Stretch)> {
    let machine = context.archive.lifecycle.machine(record.kind);
    let is_live = |status: &str| machine.is_some_and(|machine| machine.is_live(status));
    let replay = &record.replay;
    let statuses = || replay.statuses.iter().filter(|status| is_live(&status.value));
    let severities = || replay.severities.iter().filter(|severity| counts(&severity.value));
    let mut stretches = Vec::new();
    for held in replay.roles.iter().filter(|held| held.role == role) {
        let held_for = Stretch { from: held.from, to: held.to };
        for (status, severity) in statuses().flat_map(|status| severities().map(move |severity| (status, severity))) {
            let lived = Stretch { from: status.from, to: status.to };
            let counted = Stretch { from: severity.from, to: severity.to };
            let both = lived.and(counted).and_then(|both| both.and(held_for));
            stretches.extend(both.map(|both| (held.person.as_str(), both)));
        }
    }
    stretches
}

/// Where a record first gives a role to somebody.
fn given(record: &Record, role: &str, person: &str) -> Span {
    let mut roles = record.timeline().iter().flat_map(|entry| &entry.roles);
    let given = roles.find_map(|(name, to)| to.as_ref().filter(|to| name.value == role && to.value == person));
    given.map_or(Span::at(0), |to| to.span)
}

fn repairs_and_commands(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let worst = context.archive.config.severities.first();
    let is_worst = |id: &str| worst.is_some_and(|worst| worst.id == id);
    let commands = held(context, record, "incident_manager", is_worst);
    let mut both: BTreeMap<&str, Vec<Stretch>> = BTreeMap::new();
    for (person, leads) in held(context, record, "tech_lead", is_worst) {
        let commands = commands.iter().filter(|(commander, _)| *commander == person);
        both.entry(person).or_default().extend(commands.filter_map(|(_, commands)| commands.and(leads)));
    }
    for (person, _) in both.iter().filter(|(_, stretches)| is_long(stretches)) {
        out.report(
            &record.path,
            given(record, "tech_lead", person),
            format!("`{person}` is tech lead and commands at the same time, so one of the two is not done"),
        )
        .label(given(record, "incident_manager", person), "incident manager")
        .help(format!("hand one of the roles to somebody else: `git incident assign {} tech_lead=PERSON`", record.id));
    }
}

fn command_twice(context: &Context<'_>, records: &[&Record], out: &mut Findings) {
    let is_major = |id: &str| context.archive.config.severity(id).is_some_and(|severity| severity.major);
    let mut commands: BTreeMap<&str, Vec<(Stretch, &Record)>> = BTreeMap::new();
    for record in records {
        for (person, stretch) in held(context, record, "incident_manager", is_major) {
            commands.entry(person).or_default().push((stretch, record));
        }
    }
    for (person, mut commands) in commands {
        commands.sort_by_key(|(stretch, record)| (stretch.from, &record.path));
        let mut twice: BTreeMap<(&str, &str), (Vec<Stretch>, &Record, &Record)> = BTreeMap::new();
        for (i, (stretch, first)) in commands.iter().enumerate() {
            let during =
                commands.iter().skip(i + 1).take_while(|(later, _)| stretch.to.is_none_or(|to| later.from < to));
            for (later, second) in during.filter(|(_, second)| second.path != first.path) {
                let (earlier, younger) = if first.id < second.id { (first, second) } else { (second, first) };
                let pair = twice.entry((&earlier.path, &younger.path)).or_insert((Vec::new(), earlier, younger));
                pair.0.extend(stretch.and(*later));
            }
        }
        for (stretches, earlier, younger) in twice.values() {
            if is_long(stretches) && !are_linked(earlier, younger) {
                report_twice(person, earlier, younger, out);
            }
        }
    }
}

fn report_twice(person: &str, earlier: &Record, younger: &Record, out: &mut Findings) {
    out.report(
        &younger.path,
        given(younger, "incident_manager", person),
        format!(
            "`{person}` commands `{}` at the same time, another major incident, so one of them is not led",
            earlier.id
        ),
    )
    .label_in(&earlier.path, given(earlier, "incident_manager", person), "the other one")
    .help("hand one of them over with `git incident assign`, or link them under `related` if they are one response");
}
