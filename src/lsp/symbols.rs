//! The outline of a document: entries of a timeline, actions and findings of a postmortem, what `incident.yaml` names.

use gen_lsp_types::{DocumentSymbol, SymbolKind};

use super::view::View;
use crate::record::timeline::{Entry, Text};
use crate::record::words;
use crate::text::span::Span;

pub fn symbols(view: &View<'_>) -> Vec<DocumentSymbol> {
    if view.is_config() {
        return in_config(view);
    }
    let Some(record) = view.record() else { return Vec::new() };
    let language = view.archive.config.default_language();
    let entry = |entry: &Entry| {
        let says = format!("{} {}", entry.at.value, words::entry(entry, language));
        let by = entry.by.as_ref().map(|by| by.value.clone());
        symbol(view, says.trim_end().to_owned(), by, SymbolKind::Event, entry.span, entry.at.span)
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
    let services =
        config.services.iter().map(|x| named(&x.id, x.name.as_ref().map(|name| &name.text), SymbolKind::Module));
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
