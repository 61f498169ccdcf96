//! `unknown-reference`: a name that stands for nothing.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Bound;
use std::sync::Arc;

use super::prelude::*;
use crate::record::config::{Config, Service};
use crate::record::name::Name;
use crate::record::shape::{ROLE_ALIASES, ROLES, STAKEHOLDERS};
use crate::record::timeline::Text;
use crate::record::{Kind, Reference, Target};
use crate::text::problem::{Edit, Fix, Safety};
use crate::text::span::Span;
use crate::text::suggest::nearest;

pub static RULE: Rule = Rule {
    name: "unknown-reference",
    family: Family::Identity,
    level: Level::Error,
    nature: Nature::Fault,
    summary: "a name that stands for nothing",
    explain: r#"
## What it finds

A service, person, team, role or record that does not exist; a rule under `waivers` that is none; an old name of a service, for which the fix writes the present one; a postmortem that stands beside neither an incident nor a drill.

## Why it matters

An incident on a service that nobody knows is missing from that service's page and from its uptime. A person who cannot be found cannot be asked.

## How to fix it

Correct the name, or add it to `incident.yaml`. A service that is gone stays there with `retired:`; old records go on naming it.

## Example

```markdown
---
title: Checkout fails
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    impact: {chekout: partial_outage}
---
```
"#,
    check: Check::Archive(check),
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.archive.config;
    let mut empty: BTreeMap<Target, BTreeSet<&str>> = BTreeMap::new();
    let records = context.archive.records.iter().map(|record| (&record.path, &record.references));
    for (path, references) in records.chain([(&config.path, &config.references)]) {
        for ((list, name), places) in unknown(context, references) {
            if lists_none(config, list) {
                empty.entry(list).or_default().insert(name);
            } else {
                report(context, path, &places, out);
            }
        }
    }
    // Of a list that could not be read nothing is known, and that was said.
    if config.problems.is_empty() {
        for (list, names) in empty {
            report_empty(config, list, &names, out);
        }
    }
    for record in context.archive.of_kind(Kind::Postmortem) {
        orphan(context, record, out);
    }
}

/// The list of `incident.yaml` that a name would have to be added to.
const fn list_of(target: Target) -> Target {
    match target {
        Target::Actor | Target::Responder | Target::Stakeholder => Target::Person,
        other => other,
    }
}

/// Unknown names with all their places in one file.
fn unknown<'a>(context: &Context<'_>, references: &'a [Reference]) -> BTreeMap<(Target, &'a str), Vec<&'a Reference>> {
    let mut unknown: BTreeMap<(Target, &str), Vec<&Reference>> = BTreeMap::new();
    for reference in references.iter().filter(|reference| !is_known(context, reference)) {
        unknown.entry((list_of(reference.target), &reference.name.value)).or_default().push(reference);
    }
    unknown
}

fn lists_none(config: &Config, list: Target) -> bool {
    match list {
        Target::Service => config.services.is_empty(),
        Target::Person => config.people.is_empty(),
        Target::Team => config.teams.is_empty(),
        _ => false,
    }
}

/// One finding for the whole archive: what is wrong is that the list is empty.
fn report_empty(config: &Config, list: Target, names: &BTreeSet<&str>, out: &mut Findings) {
    let key = match list {
        Target::Service => "services",
        Target::Person => "people",
        _ => "teams",
    };
    let shown: Vec<String> = names.iter().take(5).map(|name| format!("`{name}`")).collect();
    let more = names.len() - shown.len();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    out.report(
        &config.path,
        Span::at(0),
        format!("`incident.yaml` lists no {key}, so nobody knows what the records mean by {}{more}", shown.join(", ")),
    )
    .help(format!("add them under `{key}`, each as `- {{id: ID, name: NAME}}`"));
}

/// One finding a name, at its first place; the fix mends every place.
fn report(context: &Context<'_>, path: &Arc<str>, places: &[&Reference], out: &mut Findings) {
    let Some(first) = places.first() else { return };
    let (target, name) = (first.target, first.name.value.as_str());
    let mut message = format!("`{name}` is not {}", what(target));
    match places.len() {
        1 => {}
        2 => message.push_str(" (and in another place)"),
        all => message.push_str(&format!(" (and in {} other places)", all - 1)),
    }
    let finding = out.report(path, first.name.span, message);
    match meant(context, target, name) {
        Some(Meant { name, certain, help }) => {
            let edits = places.iter().map(|place| Edit { span: place.name.span, replacement: name.to_owned() });
            finding.help(help).fix(Fix {
                title: format!("write `{name}`"),
                edits: edits.collect(),
                safety: if certain { Safety::Safe } else { Safety::Unsafe },
            });
        }
        None => {
            finding.help(how_to_add(target));
        }
    }
}

/// Whether a name stands for something in this archive.
pub fn is_known(context: &Context<'_>, reference: &Reference) -> bool {
    let name = reference.name.value.as_str();
    let index = &context.index;
    let person_or_team = index.people.contains(name) || index.teams.contains(name);
    match reference.target {
        Target::Service => index.service(name).is_some(),
        Target::Person => index.people.contains(name),
        Target::Team => index.teams.contains(name),
        Target::Actor => index.people.contains(name) || name.strip_prefix("bot:").is_some_and(|bot| !bot.is_empty()),
        Target::Responder => person_or_team || roles(context).any(|role| role == name),
        Target::Stakeholder => person_or_team || STAKEHOLDERS.contains(&name),
        Target::Incident => index.event(name).is_some(),
        Target::Rule => super::find(name).is_some(),
    }
}

fn roles<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let own = context.archive.config.roles.iter().map(|role| role.value.as_str());
    let built_in = ROLES.iter().copied().chain(ROLE_ALIASES.iter().map(|(alias, _)| *alias));
    built_in.chain(own)
}

const fn what(target: Target) -> &'static str {
    match target {
        Target::Service => "a service of `incident.yaml`, so no page and no uptime will show this",
        Target::Person => "a person of `incident.yaml`, so nobody knows who this is",
        Target::Team => "a team of `incident.yaml`, so nobody knows who this is",
        Target::Actor => "a person of `incident.yaml` or `bot:NAME`, so nobody knows who this is",
        Target::Responder => "a person, a team or a role, so nobody knows who was called in",
        Target::Stakeholder => "a person, a team or a kind of stakeholder, so nobody knows who this is",
        Target::Incident => "the id of a record, so the link leads nowhere",
        Target::Rule => "a rule of `check`, so nothing is accepted here",
    }
}

const fn how_to_add(target: Target) -> &'static str {
    match target {
        Target::Service => "add it to `services` in incident.yaml (with `retired:` if it is gone), or correct the name",
        Target::Person => "add them to `people` in incident.yaml, or correct the name",
        Target::Team => "add it to `teams` in incident.yaml, or correct the name",
        Target::Actor => "add them to `people` in incident.yaml, or write `bot:NAME` for a program",
        Target::Responder => "name a person, a team or a role such as `executive_sponsor`",
        Target::Stakeholder => {
            "name a person, a team, or `executives`, `legal`, `regulator`, `law_enforcement`, `vendor`"
        }
        Target::Incident => "correct the name",
        Target::Rule => "correct the name; `git incident rules` lists them",
    }
}

struct Meant<'a> {
    name: &'a str,
    /// There is no other reading.
    certain: bool,
    help: String,
}

fn meant<'a>(context: &Context<'a>, target: Target, written: &str) -> Option<Meant<'a>> {
    let config = &context.archive.config;
    if target == Target::Service
        && let Some(service) = context.index.service_alias(written)
    {
        let name = service.id.value.as_str();
        return Some(Meant { name, certain: true, help: format!("it is an old name of `{name}`") });
    }
    if let Some(name) = with_display_name(context, target, written) {
        return Some(Meant { name, certain: true, help: format!("records use the id, which is `{name}`") });
    }
    let in_order = |names: &HashSet<&'a str>| names.iter().copied().collect::<BTreeSet<_>>().into_iter();
    let people = || in_order(&context.index.people);
    let teams = || in_order(&context.index.teams);
    let name = match target {
        Target::Service => nearest(written, config.services.iter().map(|service| service.id.value.as_str())),
        Target::Person | Target::Actor => nearest(written, people()),
        Target::Team => nearest(written, teams()),
        Target::Responder => nearest(written, people().chain(teams()).chain(roles(context))),
        Target::Stakeholder => nearest(written, people().chain(teams()).chain(STAKEHOLDERS.iter().copied())),
        Target::Incident => nearest(written, same_month(context, written)),
        Target::Rule => nearest(written, super::names()),
    }?;
    Some(Meant { name, certain: false, help: format!("did you mean `{name}`?") })
}

/// The id of the one whose name for readers was written.
fn with_display_name<'a>(context: &Context<'a>, target: Target, written: &str) -> Option<&'a str> {
    let config = &context.archive.config;
    let same = |name: &Option<Text>| name.as_ref().is_some_and(|name| name.value == written);
    let mut ids: Vec<&str> = Vec::new();
    if target == Target::Service {
        let called = |s: &&Service| s.name.iter().flat_map(Name::texts).any(|name| name.value == written);
        ids.extend(config.services.iter().filter(called).map(|s| s.id.value.as_str()));
    } else {
        let people = config.people.iter().filter(|p| target != Target::Team && same(&p.name));
        let teams = config.teams.iter().filter(|t| !matches!(target, Target::Person | Target::Actor) && same(&t.name));
        ids.extend(people.map(|p| p.id.value.as_str()).chain(teams.map(|t| t.id.value.as_str())));
    }
    match ids.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// The ids that begin with the same year and month: enough to find a slip, few enough for a large archive.
fn same_month<'a>(context: &Context<'a>, written: &str) -> impl Iterator<Item = &'a str> {
    let month = written.get(..7).unwrap_or(written).to_owned();
    let folders = context.archive.folders.range::<str, _>((Bound::Included(month.as_str()), Bound::Unbounded));
    folders.map(|(id, _)| &**id).take_while(move |id| id.starts_with(&month))
}

fn orphan(context: &Context<'_>, record: &Record, out: &mut Findings) {
    let event = context.archive.event(&record.id);
    if event.is_some_and(|event| matches!(event.kind, Kind::Incident | Kind::Drill)) {
        return;
    }
    out.report(
        &record.path,
        Span::at(0),
        "this postmortem stands beside neither an `incident.md` nor a `drill.md`, so nobody knows what it is about",
    )
    .help("move it into the folder of its incident");
}
