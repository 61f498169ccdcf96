//! From bytes to what an editor counts, and back.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::span::Span;

/// The unit of columns, which the editor and the server agree on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// What every editor understands.
    #[default]
    Utf16,
    Utf32,
}

impl Encoding {
    /// The first of an editor's units that we know.
    pub fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        let known = |kind: &PositionEncodingKind| match kind {
            PositionEncodingKind::UTF8 => Some(Self::Utf8),
            PositionEncodingKind::UTF16 => Some(Self::Utf16),
            PositionEncodingKind::UTF32 => Some(Self::Utf32),
            _ => None,
        };
        offered.unwrap_or_default().iter().find_map(known).unwrap_or_default()
    }

    pub const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    const fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin, as the protocol counts them: a line ends with LF, CRLF or a CR alone.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |i: usize, byte: u8| byte == b'\n' || byte == b'\r' && bytes.get(i + 1) != Some(&b'\n');
        let ends = bytes.iter().enumerate().filter(|(i, byte)| ends_line(*i, **byte));
        Self { starts: std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect() }
    }

    /// A place inside a character is that of the character.
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &text[self.starts[line]..offset];
        let column: usize = before.chars().map(|c| encoding.width(c)).sum();
        Position { line: saturated(line), character: saturated(column) }
    }

    pub fn range(&self, text: &str, span: Span, encoding: Encoding) -> Range {
        Range { start: self.position(text, span.start, encoding), end: self.position(text, span.end, encoding) }
    }

    /// A column behind the end of its line is the end; a line behind the last one is the end of the text.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else { return text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text[start..end].trim_end_matches(['\r', '\n']);
        let mut left = usize::try_from(position.character).unwrap_or(usize::MAX);
        for (i, c) in content.char_indices() {
            let width = encoding.width(c);
            if left < width {
                return start + i;
            }
            left -= width;
        }
        start + content.len()
    }

    pub fn span(&self, text: &str, range: Range, encoding: Encoding) -> Span {
        let start = self.offset(text, range.start, encoding);
        Span::new(start, self.offset(text, range.end, encoding).max(start))
    }
}

fn saturated(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn columns_are_counted_in_the_agreed_unit() {
        let text = "a\r\n결제 🎉 x\n";
        let lines = Lines::new(text);
        let x = text.find('x').unwrap();
        let column = |encoding| lines.position(text, x, encoding).character;
        assert_eq!(ALL.map(column), [12, 6, 5]);
        let past_the_end = Position { line: 0, character: 99 };
        assert_eq!(lines.offset(text, past_the_end, Encoding::Utf16), 1);
        assert_eq!(lines.offset(text, Position { line: 9, character: 0 }, Encoding::Utf16), text.len());
    }

    #[test]
    fn half_a_surrogate_pair_is_the_whole_character() {
        let text = "🎉x";
        assert_eq!(Lines::new(text).offset(text, Position { line: 0, character: 1 }, Encoding::Utf16), 0);
    }

    #[test]
    fn the_first_known_unit_of_the_editor_counts() {
        let offered = [PositionEncodingKind::from("utf-7"), PositionEncodingKind::UTF32, PositionEncodingKind::UTF16];
        assert_eq!(Encoding::negotiate(Some(&offered)), Encoding::Utf32);
        assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
    }

    proptest! {
        #[test]
        fn every_place_comes_back(text in "[a é결値🎉👩‍🚒\u{feff}\r\n]{0,40}") {
            let lines = Lines::new(&text);
            for encoding in ALL {
                for (offset, _) in text.char_indices() {
                    // Between CR and LF there is no place: both are the end of the line.
                    if text[..offset].ends_with('\r') && text[offset..].starts_with('\n') {
                        continue;
                    }
                    let position = lines.position(&text, offset, encoding);
                    prop_assert_eq!(lines.offset(&text, position, encoding), offset);
                }
            }
        }

        #[test]
        fn utf_16_agrees_with_the_standard_library(line in "[a결🎉]{0,20}") {
            let position = Lines::new(&line).position(&line, line.len(), Encoding::Utf16);
            prop_assert_eq!(position.character as usize, line.encode_utf16().count());
        }
    }
}
