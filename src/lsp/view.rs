//! What a request sees: one open document, and the archive that it belongs to.

use std::path::Path;
use std::sync::Arc;

use gen_lsp_types::{Location, Position, Range, TextEdit};
use jiff::Timestamp;

use super::document::Document;
use super::position::{Encoding, Lines};
use super::uri;
use crate::diagnostic::Report;
use crate::record::Record;
use crate::record::archive::{Archive, CONFIG_PATH};
use crate::text::span::Span;

#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub archive: &'a Archive,
    /// What was found in the open documents.
    pub report: &'a Report,
    /// The folder of the archive.
    pub root: &'a Path,
    /// The document's file, relative to the root.
    pub path: &'a Arc<str>,
    pub document: &'a Document,
    pub encoding: Encoding,
    pub now: Timestamp,
}

impl<'a> View<'a> {
    pub fn record(&self) -> Option<&'a Record> {
        self.archive.at(self.path)
    }

    pub fn is_config(&self) -> bool {
        **self.path == *CONFIG_PATH
    }

    pub fn offset(&self, position: Position) -> usize {
        self.document.lines.offset(&self.document.text, position, self.encoding)
    }

    pub fn span(&self, range: Range) -> Span {
        self.document.lines.span(&self.document.text, range, self.encoding)
    }

    pub fn range(&self, span: Span) -> Range {
        self.document.lines.range(&self.document.text, span, self.encoding)
    }

    /// A place in any file of the archive.
    pub fn location(&self, path: &str, span: Span) -> Location {
        if *path == **self.path {
            return Location { uri: self.document.uri.clone(), range: self.range(span) };
        }
        let config = (*path == *CONFIG_PATH).then_some(&self.archive.config.text);
        let text = config.or_else(|| self.archive.at(path).map(|record| &record.text));
        let range = text.map(|text| Lines::new(text).range(text, span, self.encoding));
        Location { uri: uri::of(&self.root.join(path)), range: range.unwrap_or_default() }
    }

    /// The edits that make another text of the document: only the lines that differ, so that cursors and folds stay.
    pub fn rewrite(&self, new: &str) -> Vec<TextEdit> {
        let old = self.document.text.as_str();
        if old == new {
            return Vec::new();
        }
        let head = same(lines(old), lines(new));
        let tail = same(lines(&old[head..]).rev(), lines(&new[head..]).rev());
        let range = self.range(Span::new(head, old.len() - tail));
        vec![TextEdit { range, new_text: new[head..new.len() - tail].to_owned() }]
    }
}

fn lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split_inclusive('\n')
}

/// How many bytes two texts have in common before their lines begin to differ.
fn same<'a>(a: impl Iterator<Item = &'a str>, b: impl Iterator<Item = &'a str>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
}
