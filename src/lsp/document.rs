//! A file as it stands in the editor.

use gen_lsp_types::{PublishDiagnosticsParams, TextDocumentContentChangeEvent, Uri};

use super::position::{Encoding, Lines};

#[derive(Debug)]
pub struct Document {
    /// As the editor writes it.
    pub uri: Uri,
    pub version: i32,
    pub text: String,
    pub lines: Lines,
    /// What the editor was told last.
    pub published: Option<PublishDiagnosticsParams>,
}

impl Document {
    pub fn new(uri: Uri, version: i32, text: String) -> Self {
        let lines = Lines::new(&text);
        Self { uri, version, text, lines, published: None }
    }

    /// Makes the changes of one notification, in their order: each is meant for the text that the one before left.
    pub fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let span = self.lines.span(&self.text, part.range, encoding);
                    self.text.replace_range(span.range(), &part.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
            }
            self.lines = Lines::new(&self.text);
        }
        self.version = version;
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument};
    use proptest::prelude::*;

    use super::*;
    use crate::text::span::Span;

    fn document(text: &str) -> Document {
        Document::new("file:///incident.md".into(), 1, text.to_owned())
    }

    #[allow(deprecated)] // The length of a range is what old editors send; nobody reads it.
    fn part(document: &Document, span: Span, text: &str) -> TextDocumentContentChangeEvent {
        let range = document.lines.range(&document.text, span, Encoding::Utf16);
        TextDocumentContentChangePartial { range, range_length: None, text: text.to_owned() }.into()
    }

    #[test]
    fn each_change_is_meant_for_the_text_that_the_one_before_left() {
        let mut document = document("결제\r\nb");
        let first = part(&document, Span::new(0, 3), "🎉🎉");
        let second = part(&super::tests::document("🎉🎉제\r\nb"), Span::new(8, 11), "x");
        document.change(2, vec![first, second], Encoding::Utf16);
        assert_eq!((document.text.as_str(), document.version), ("🎉🎉x\r\nb", 2));
        let whole = TextDocumentContentChangeWholeDocument { text: "new".to_owned() };
        document.change(3, vec![whole.into()], Encoding::Utf16);
        assert_eq!(document.text, "new");
    }

    proptest! {
        #[test]
        fn an_edit_of_a_range_is_an_edit_of_its_bytes(text in "[a결🎉\n]{0,30}", new in "[b値\n]{0,5}", a in 0_usize..60, b in 0_usize..60) {
            let [a, b] = [a, b].map(|at| text.floor_char_boundary(at.min(text.len())));
            let span = Span::new(a.min(b), a.max(b));
            let mut document = document(&text);
            document.change(2, vec![part(&document, span, &new)], Encoding::Utf16);
            let mut expected = text;
            expected.replace_range(span.range(), &new);
            prop_assert_eq!(document.text, expected);
        }
    }
}
