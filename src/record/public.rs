//! The texts of a record that are written for the public.
//!
//! Also those that are not shown yet: what is said to customers under an internal record may be shown tomorrow.

use std::ops::Range;

use super::Record;
use super::incident::Visibility;
use super::name::Name;
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

/// The title of a public record in every language, every message to customers, and the public summary of a postmortem.
pub fn texts(record: &Record) -> Vec<PublicText<'_>> {
    let name = record.name().filter(|_| record.visibility() == Visibility::Public);
    let shown = record.timeline().iter().filter(|entry| entry.redacted.is_none());
    let values = name
        .into_iter()
        .flat_map(Name::texts)
        .chain(shown.flat_map(Entry::said))
        .map(|text: &Text| PublicText { text: &text.value, span: text.span, file: &record.text });
    values.chain(summary(record)).collect()
}

fn summary(record: &Record) -> Option<PublicText<'_>> {
    record.postmortem()?;
    let section = sections::public_summary(record.sections())?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::{Archive, Memory};

    /// The public texts of the records of one folder, each with the part of the file that a word of it stands for.
    fn found(files: &[(&str, &str)], word: &str) -> Vec<(String, Option<String>)> {
        let path = |name: &str| format!("incidents/2024/05/2024-05-01-checkout-errors/{name}.md");
        let files = files.iter().map(|(name, text)| (path(name), (*text).to_owned())).collect();
        let archive = Archive::load(&Memory(files)).unwrap();
        let of = |record: &Record| {
            let place = |public: &PublicText<'_>| {
                let at = public.text.find(word)?;
                Some(record.text[public.place(at..at + word.len()).range()].to_owned())
            };
            texts(record).iter().map(|public| (public.text.to_owned(), place(public))).collect::<Vec<_>>()
        };
        archive.all().flat_map(of).collect()
    }

    fn incident(visibility: &str, public: &str) -> String {
        format!(
            "---\ntitle: Mara pays\nvisibility: {visibility}\ntimeline:\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    \
             note: Mara\n    public: {public}\n---\n\nMara in the body.\n"
        )
    }

    fn of_message(public: &str) -> (String, Option<String>) {
        found(&[("incident", &incident("internal", public))], "Mara").remove(0)
    }

    #[test]
    fn the_title_belongs_to_the_public_where_the_record_does() {
        let texts = |visibility: &str| {
            let found = found(&[("incident", &incident(visibility, "Hello."))], "x");
            found.into_iter().map(|(text, _)| text).collect::<Vec<_>>()
        };
        assert_eq!(texts("public"), ["Mara pays", "Hello."]);
        assert_eq!(texts("internal"), ["Hello."]);
    }

    #[test]
    fn a_title_counts_in_every_language() {
        let record =
            incident("public", "Hello.").replace("title: Mara pays", "title: {en: Mara pays, ko: 마라가 낸다}");
        let found = found(&[("incident", &record)], "x").into_iter().map(|(text, _)| text);
        assert_eq!(found.collect::<Vec<_>>(), ["Mara pays", "마라가 낸다", "Hello."]);
    }

    #[test]
    fn a_message_counts_in_every_language_until_it_is_redacted() {
        let record = incident("internal", "{en: One., ko: 둘.}");
        let texts = |record: &str| found(&[("incident", record)], "x").into_iter().map(|(text, _)| text);
        assert_eq!(texts(&record).collect::<Vec<_>>(), ["One.", "둘."]);
        let redacted = "redacted: {at: 2024-05-01T10:00:00Z, by: mara, reason: x}\n    public";
        assert_eq!(texts(&record.replace("public:", &format!("{redacted}:"))).count(), 0);
    }

    #[test]
    fn of_a_postmortem_it_is_the_public_summary() {
        let postmortem =
            "---\nstatus: draft\n---\n\n## Summary\n\nMara.\n\n## Public summary\n\nWe, Mara.\n\n## Impact\n\nMara.\n";
        let found = found(&[("incident", &incident("internal", "Hello.")), ("postmortem", postmortem)], "Mara");
        let (text, place) = found.last().unwrap();
        assert_eq!((text.trim(), place.as_deref()), ("We, Mara.", Some("Mara")));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_part_is_shown_at_its_very_place_where_the_file_has_it_so() {
        assert_eq!(of_message("Dear Mara.").1.as_deref(), Some("Mara"));
        assert_eq!(of_message("\"Dear\\nMara.\"").1.as_deref(), Some("Mara"));
    }

    #[test]
    fn where_the_file_writes_it_otherwise_the_whole_text_is_shown() {
        let (text, place) = of_message("\"\\u004Dara and Mara\"");
        assert_eq!((text.as_str(), place.as_deref()), ("Mara and Mara", Some("\"\\u004Dara and Mara\"")));
        let (_, place) =
            found(&[("incident", &incident("internal", "|\n      Mara\n      Ito"))], "Mara\nIto").remove(0);
        assert_eq!(place.as_deref().map(str::trim_end), Some("Mara\n      Ito"));
    }
}
