//! The outline of a document: entries of a timeline, actions and findings of a postmortem, what `incident.yaml` names.

use gen_lsp_types::{DocumentSymbol, SymbolKind};

use super::view::View;
use crate::record::timeline::{Entry, Message, Text};
use crate::text::span::Span;

pub fn symbols(view: &View<'_>) -> Vec<DocumentSymbol> {
    if view.is_config() {
        return in_config(view);
    }
    let Some(record) = view.record() else { return Vec::new() };
    let entry = |entry: &Entry| {
        let by = entry.by.as_ref().map(|by| by.value.clone());
        symbol(view, says(entry), by, SymbolKind::Event, entry.span, entry.at.span)
    };
    let mut symbols: Vec<DocumentSymbol> = record.timeline().iter().map(entry).collect();
    if let Some(postmortem) = record.postmortem() {
        let findings = postmortem.findings.iter().map(|x| (x.span, &x.id, &x.statement, SymbolKind::Object));
        let actions = postmortem.actions.iter().map(|x| (x.span, &x.id, &x.title, SymbolKind::Event));
        symbols.extend(findings.chain(actions).filter_map(|(span, id, says, kind)| {
            let id = id.as_ref()?;
            Some(symbol(view, id.value.clone(), says.as_ref().map(|text| text.value.clone()), kind, span, id.span))
        }));
    }
    symbols
}

fn in_config(view: &View<'_>) -> Vec<DocumentSymbol> {
    let config = &view.archive.config;
    let named = |id: &Text, name: Option<&Text>, kind| {
        symbol(view, id.value.clone(), name.map(|name| name.value.clone()), kind, id.span, id.span)
    };
    let services = config.services.iter().map(|x| named(&x.id, x.name.as_ref(), SymbolKind::Module));
    let teams = config.teams.iter().map(|x| named(&x.id, x.name.as_ref(), SymbolKind::Namespace));
    let people = config.people.iter().map(|x| named(&x.id, x.name.as_ref(), SymbolKind::Variable));
    services.chain(teams).chain(people).collect()
}

#[allow(deprecated)] // The type has a field that only tags replace.
fn symbol(
    view: &View<'_>,
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    span: Span,
    selection: Span,
) -> DocumentSymbol {
    let (range, selection_range) = (view.range(span.join(selection)), view.range(selection));
    DocumentSymbol { name, detail, kind, tags: None, deprecated: None, range, selection_range, children: None }
}

/// Its time, and what it changed; where it changed nothing, what it says.
fn says(entry: &Entry) -> String {
    let changes = [&entry.status, &entry.severity].into_iter().flatten().chain(&entry.events);
    let changes: Vec<&str> = changes.map(|text| text.value.as_str()).collect();
    let public = entry.public.as_ref().and_then(|message| match message {
        Message::Plain(text) => Some(text),
        Message::Translated(texts) => texts.first().map(|(_, text)| text),
    });
    let texts = [public, entry.note.as_ref(), entry.decision.as_ref(), entry.action.as_ref(), entry.todo.as_ref()];
    let said = texts.into_iter().flatten().next().and_then(|text| text.value.lines().next()).unwrap_or_default();
    let said = if changes.is_empty() { said.to_owned() } else { changes.join(" · ") };
    format!("{} {said}", entry.at.value).trim_end().to_owned()
}
