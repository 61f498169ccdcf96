//! Characters that nobody sees and that change what is read.

use memchr::memchr2;

use super::span::Span;

const OVERRIDES: [char; 2] = ['\u{202d}', '\u{202e}'];
const EMBEDDINGS: [char; 2] = ['\u{202a}', '\u{202b}'];
const END_OF_EMBEDDING: char = '\u{202c}';
const ISOLATES: [char; 3] = ['\u{2066}', '\u{2067}', '\u{2068}'];
const END_OF_ISOLATE: char = '\u{2069}';
/// The zero-width space, and the mark of byte order, which editors leave behind inside words.
const PARTING: [char; 2] = ['\u{200b}', '\u{feff}'];

/// The bytes that these begin with in UTF-8, the mark of byte order with the second one. Few texts have them.
const FIRST_BYTES: (u8, u8) = (0xe2, 0xef);

/// What a hidden character does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// Turns the order of letters that have one of their own.
    Override,
    /// Begins or ends a stretch of another direction, whose other end is missing.
    Unbalanced,
    /// Parts a word.
    Parting,
}

/// The hidden characters of a text that no language needs there. Direction marks, joiners, and stretches of another direction
/// that end where they should are left alone: right-to-left and Indic scripts are written with them; so are zero-width
/// spaces between letters of scripts that have no blanks. Line by line; what is never ended comes last in its line.
pub fn find(text: &str) -> Vec<(Hidden, Span)> {
    let mut found: Vec<(Hidden, Span)> = Vec::new();
    if memchr2(FIRST_BYTES.0, FIRST_BYTES.1, text.as_bytes()).is_none() {
        return found;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        of_line(line, start, &mut found);
        start += line.len();
    }
    found
}

/// A direction ends with its paragraph at the latest.
fn of_line(line: &str, start: usize, found: &mut Vec<(Hidden, Span)>) {
    let (mut embeddings, mut isolates): (Vec<Span>, Vec<Span>) = Default::default();
    let mut before = None;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let span = Span::new(start + at, start + at + c.len_utf8());
        match c {
            c if OVERRIDES.contains(&c) => {
                found.push((Hidden::Override, span));
                embeddings.push(span);
            }
            c if EMBEDDINGS.contains(&c) => embeddings.push(span),
            c if ISOLATES.contains(&c) => isolates.push(span),
            END_OF_EMBEDDING if embeddings.pop().is_none() => found.push((Hidden::Unbalanced, span)),
            END_OF_ISOLATE if isolates.pop().is_none() => found.push((Hidden::Unbalanced, span)),
            c if PARTING.contains(&c) => {
                let is_latin = |c: Option<char>| c.is_some_and(|c: char| c.is_ascii_alphanumeric());
                if is_latin(before) && is_latin(chars.peek().map(|(_, c)| *c)) {
                    found.push((Hidden::Parting, span));
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    let open = embeddings.into_iter().chain(isolates);
    let new: Vec<_> = open.filter(|span| found.iter().all(|(_, known)| known != span)).collect();
    found.extend(new.into_iter().map(|span| (Hidden::Unbalanced, span)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_parts_words_is_found() {
        let found = |text: &str| find(text).into_iter().map(|(hidden, span)| (hidden, span.start)).collect::<Vec<_>>();
        assert_eq!(found("pay \u{202e}gpj.exe\u{202c}"), [(Hidden::Override, 4)]);
        assert_eq!(found("\u{202d}1"), [(Hidden::Override, 0)]);
        assert_eq!(found("one\n\u{2067}two\n\u{2069}"), [(Hidden::Unbalanced, 4), (Hidden::Unbalanced, 11)]);
        assert_eq!(found("\u{2066}EU \u{2068}one\u{2069}"), [(Hidden::Unbalanced, 0)]);
        assert_eq!(found("a\u{202b}b \u{202c}\u{202c}"), [(Hidden::Unbalanced, 9)]);
        assert_eq!(found("pass\u{200b}word"), [(Hidden::Parting, 4)]);
        assert_eq!(found("\u{feff}W\u{feff}e pay"), [(Hidden::Parting, 4)]);
        assert_eq!(found("sev\u{200b}1, 80\u{200b}80"), [(Hidden::Parting, 3), (Hidden::Parting, 11)]);
    }

    #[test]
    fn what_languages_are_written_with_is_not() {
        for text in [
            "עברית \u{2066}checkout (EU)\u{2069} חזר",
            "\u{2068}מערכת\u{2069} down",
            "عطل في \u{202a}checkout\u{202c}\u{200f}.",
            "می\u{200c}شود",
            "👩\u{200d}💻",
            "ภาษา\u{200b}ไทย",
            "ระบบ\u{200b}checkout\u{200b}ขัดข้อง",
            "結果\u{200b}です",
            "a\u{200b} b",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
