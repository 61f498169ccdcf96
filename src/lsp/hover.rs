//! What an editor shows beside the pointer: what a field means, where the record stands, who somebody is, what a rule asks.

use gen_lsp_types::{Hover, MarkupContent, MarkupKind};

use super::diagnostics::in_document;
use super::locate::{Named, named};
use super::spot::{Pointed, Spot, pointed};
use super::states;
use super::view::View;
use crate::check::{Rule, rules};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::timeline::Entry;
use crate::text::span::Span;
use crate::text::yaml;

/// Keys of an entry that move the record.
const MOVING: [&str; 6] = ["at", "status", "severity", "impact", "roles", "event"];

pub fn hover(view: &View<'_>, offset: usize) -> Option<Hover> {
    let text = &view.document.text;
    let front = match view.record() {
        Some(record) => record.front,
        None if view.is_config() => Span::new(0, text.len()),
        None => return None,
    };
    let root = yaml::parse(text, front, &mut Vec::new());
    let pointed = root.as_ref().and_then(|root| pointed(root, offset));
    let mut parts: Vec<String> = found_here(view, offset).collect();
    parts.extend(named(view, offset).map(|named| described(view.archive, &named)));
    if let Some(pointed) = &pointed {
        parts.extend(rules::find(pointed.text).map(rule));
        parts.extend(field(view, pointed));
        parts.extend(view.record().and_then(|record| state(view, record, pointed)));
    }
    if parts.is_empty() {
        return None;
    }
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: parts.join("\n\n---\n\n") };
    let range = pointed.map(|pointed| view.range(pointed.span));
    Some(Hover { contents: contents.into(), range })
}

/// The rules whose findings stand here. What is wrong the editor shows itself.
fn found_here<'a>(view: &View<'a>, offset: usize) -> impl Iterator<Item = String> + use<'a> {
    let here = in_document(view).filter(move |found| found.span.start <= offset && offset <= found.span.end);
    let mut names: Vec<&str> = here.map(|found| found.rule).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter_map(rules::find).map(rule)
}

/// A rule in short.
fn rule(rule: &Rule) -> String {
    let why = rule.explain.split("## Why it matters").nth(1).and_then(|rest| rest.trim().split("\n\n").next());
    format!(
        "**{}**: {}\n\n{}\n\n`git incident explain {0}` says more.",
        rule.name,
        rule.summary,
        why.unwrap_or_default()
    )
}

fn field(view: &View<'_>, pointed: &Pointed<'_>) -> Option<String> {
    let field = Spot::at(view, &pointed.path)?.field?;
    let required = if field.required { " (required)" } else { "" };
    Some(format!("`{}`{required}: {}", field.key, field.doc))
}

fn state(view: &View<'_>, record: &Record, pointed: &Pointed<'_>) -> Option<String> {
    let holds = |entry: &Entry| entry.span.start <= pointed.span.start && pointed.span.end <= entry.span.end;
    let entry = record.timeline().iter().position(holds)?;
    let key = Spot::at(view, &pointed.path)?.field?.key;
    MOVING.contains(&key).then(|| states::after(view.archive, record, entry))
}

/// Who or what a name stands for.
fn described(archive: &Archive, named: &Named<'_>) -> String {
    let config = &archive.config;
    match named {
        Named::Service(service) => {
            let mut lines =
                vec![format!("**{}** (service `{}`)", service.name_in(config.default_language()), service.id.value)];
            let language = config.default_language();
            lines.extend(service.description_in(language, language).map(str::to_owned));
            let team =
                |id: &str| config.teams.iter().find(|team| team.id.value == id).and_then(|team| team.name.as_ref());
            lines.extend(service.owner.as_ref().map(|owner| {
                let name = team(&owner.value).map(|name| format!(" ({})", name.value)).unwrap_or_default();
                format!("owner: `{}`{name}", owner.value)
            }));
            lines.extend(service.retired.as_ref().map(|day| format!("retired on {}", day.value)));
            lines.join("\n\n")
        }
        Named::Person(person) => {
            let name = person.name.as_ref().map_or(&person.id.value, |name| &name.value);
            let team = person.team.as_ref().map(|team| format!(", team `{}`", team.value)).unwrap_or_default();
            format!("**{name}** (person `{}`{team})", person.id.value)
        }
        Named::Team(team) => {
            let name = team.name.as_ref().map_or(&team.id.value, |name| &name.value);
            format!("**{name}** (team `{}`)", team.id.value)
        }
        Named::Event(record) => {
            let title = record.title().map_or("(no title)", |title| &title.value);
            let state = states::line(archive, record).map(|line| format!("\n\n{line}")).unwrap_or_default();
            format!("**{title}** ({} `{}`){state}", record.kind.name(), record.id)
        }
    }
}
