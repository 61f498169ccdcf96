//! What may stand at the cursor, in a document that is being written.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTag, CompletionList, Documentation, MarkupContent, MarkupKind,
    TextEdit,
};

use super::spot::Spot;
use super::view::View;
use crate::record::shape::{Field, Shape, Value};
use crate::text::cursor::{self, Cursor, Place};
use crate::text::span::Span;

mod words;

/// More ids than this are not sent; the editor asks again when more of one is written.
const MOST: usize = 200;

/// One proposal.
#[derive(Clone, Debug)]
struct Candidate {
    label: String,
    /// A few words beside it.
    detail: Option<String>,
    documentation: Option<String>,
    kind: CompletionItemKind,
    /// It may be written, and should not be any more.
    deprecated: bool,
}

impl Candidate {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self { label: label.into(), detail: None, documentation: None, kind, deprecated: false }
    }

    fn detail(mut self, detail: impl Into<Option<String>>) -> Self {
        self.detail = detail.into();
        self
    }

    fn documentation(mut self, text: impl Into<Option<String>>) -> Self {
        self.documentation = text.into();
        self
    }
}

pub fn completion(view: &View<'_>, offset: usize) -> Option<CompletionList> {
    let text = &view.document.text;
    let span = if view.is_config() { Span::new(0, text.len()) } else { front(text)? };
    let cursor = cursor::at(text, span, offset)?;
    let spot = Spot::at(view, &cursor.path)?;
    let proposals = match (cursor.place, spot.map(), spot.names()) {
        (Place::Start, Some(shape), _) => keys(shape, &cursor),
        (Place::Start, None, Some((names, values))) => {
            let colon = colon(values, &cursor);
            let names = words::of(view, &cursor, spot, names).into_iter();
            let fresh = names.filter(|name| !cursor.siblings.contains(&name.label));
            fresh.map(|name| (format!("{}{colon}", name.label), name)).collect()
        }
        _ => {
            let words = spot.scalar().map(|value| words::of(view, &cursor, spot, value)).unwrap_or_default();
            words.into_iter().map(|word| (word.label.clone(), word)).collect()
        }
    };
    let is_incomplete = proposals.len() > MOST;
    let proposals = proposals.into_iter().take(MOST).enumerate();
    let items = proposals.map(|(rank, (text, candidate))| item(view, &cursor, rank, text, candidate)).collect();
    Some(CompletionList { is_incomplete, items, ..CompletionList::default() })
}

/// The front matter of a record that may not be finished: without a closing fence it goes on to the end.
fn front(text: &str) -> Option<Span> {
    let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((Span::new(start, *end), line.trim_start_matches('\u{feff}').trim_end() == "---"))
    });
    let (first, _) = lines.next().filter(|(_, is_fence)| *is_fence)?;
    let end = lines.find(|(_, is_fence)| *is_fence).map_or(text.len(), |(line, _)| line.start);
    Some(Span::new(first.end, end))
}

/// The keys that are not there yet, required ones first.
fn keys(shape: &'static Shape, cursor: &Cursor) -> Vec<(String, Candidate)> {
    let is_new = |field: &&Field| !cursor.siblings.iter().any(|key| key == field.key);
    let fields = || shape.fields.iter().filter(is_new);
    let ordered = fields().filter(|field| field.required).chain(fields().filter(|field| !field.required));
    let key = |field: &'static Field| {
        let candidate = Candidate::new(field.key, CompletionItemKind::Property)
            .detail(field.required.then(|| "required".to_owned()))
            .documentation(field.doc.to_owned());
        (format!("{}{}", field.key, colon(&field.value, cursor)), candidate)
    };
    ordered.map(key).collect()
}

/// What follows a key. The value of a collection comes on the next lines.
const fn colon(value: &Value, cursor: &Cursor) -> &'static str {
    match value {
        _ if cursor.has_colon => "",
        Value::Map(_) | Value::List(_) | Value::Dict { .. } => ":",
        _ => ": ",
    }
}

fn item(view: &View<'_>, cursor: &Cursor, rank: usize, text: String, candidate: Candidate) -> CompletionItem {
    let edit = TextEdit { range: view.range(cursor.word), new_text: text };
    let markdown = |value| Documentation::from(MarkupContent { kind: MarkupKind::Markdown, value });
    CompletionItem {
        label: candidate.label,
        kind: Some(candidate.kind),
        detail: candidate.detail,
        documentation: candidate.documentation.map(markdown),
        tags: candidate.deprecated.then(|| vec![CompletionItemTag::Deprecated]),
        sort_text: Some(format!("{rank:04}")),
        text_edit: Some(edit.into()),
        ..CompletionItem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_without_an_end_goes_on() {
        assert_eq!(front("---\ntitle: x\n---\nBody"), Some(Span::new(4, 13)));
        assert_eq!(front("\u{feff}---\r\ntitle: x\r\n"), Some(Span::new(8, 18)));
        assert_eq!(front("title: x\n---\n"), None);
        assert_eq!(front(""), None);
    }
}
