//! The texts of a record that are written for the public.
//!
//! Also those that are not shown yet: what is said to customers under an internal record may be shown tomorrow.

use std::ops::Range;

use super::Record;
use super::incident::Visibility;
use super::sections;
use super::timeline::{Entry, Text};
use crate::text::span::Span;

/// A text for the public, and where its file has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicText<'a> {
    /// As readers get it.
    pub text: &'a str,
    /// The whole text in the file, with its quotes and indentation.
    pub span: Span,
    file: &'a str,
}

/// The title of a public record, every message to customers, and the public summary of a postmortem.
pub fn texts(record: &Record) -> Vec<PublicText<'_>> {
    let title = record.title().filter(|_| record.visibility() == Visibility::Public);
    let shown = record.timeline().iter().filter(|entry| entry.redacted.is_none());
    let values = title.into_iter().chain(shown.flat_map(Entry::said)).map(|text: &Text| PublicText {
        text: &text.value,
        span: text.span,
        file: &record.text,
    });
    values.chain(summary(record)).collect()
}

fn summary(record: &Record) -> Option<PublicText<'_>> {
    record.postmortem()?;
    let section = record.sections().iter().find(|section| sections::is(section, sections::PUBLIC_SUMMARY))?;
    let text = record.text.get(section.content.range())?;
    Some(PublicText { text, span: section.content, file: &record.text })
}

impl PublicText<'_> {
    /// Where a part of the text stands in the file: the very place if it can be told, else the whole text. Quotes, escapes
    /// and folded lines make the file differ from what is read.
    pub fn place(&self, part: Range<usize>) -> Span {
        let exact = || {
            let words = self.text.get(part.clone())?;
            let before = self.text.get(..part.start)?.matches(words).count();
            let written = self.file.get(self.span.range())?;
            let mut places = written.match_indices(words).map(|(at, _)| self.span.start + at);
            let same = self.text.matches(words).count() == written.matches(words).count();
            let start = places.nth(before).filter(|_| same)?;
            Some(Span::new(start, start + words.len()))
        };
        exact().unwrap_or(self.span)
    }
}
