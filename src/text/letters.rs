//! Finds a text again, however a file writes it: in upper case, folded, escaped for HTML or JSON, with markup in it.
//!
//! A file is read as a stream of letters; everything else only divides it or is skipped, digits too: a time or a number
//! stands beside everything. Over this stream slides a window, whose hash is renewed with each letter.

/// The bytes of a window: about four words of English, or seven letters of Korean. Fewer are said by chance.
pub const WINDOW: usize = 20;

/// So many letters in a row.
pub type Window = [u8; WINDOW];

/// How a file writes what is not a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// As it is.
    Plain,
    /// With tags and entities: HTML and XML.
    Markup,
    /// With backslashes, and perhaps markup between them: JSON and calendars.
    Escaped,
}

/// Tags that stand inside a sentence. All others end one.
const INLINE: [&[u8]; 7] = [b"a", b"code", b"del", b"em", b"i", b"b", b"strong"];

/// Shows every window of a text and its hash to `see`, in order.
pub fn windows(text: &[u8], writing: Writing, mut see: impl FnMut(u64, &dyn Fn() -> Window)) {
    let mut slide = Slide::default();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        let letter = FOLDED[usize::from(byte)];
        if letter != 0 {
            if slide.push(letter) {
                see(slide.hash, &|| slide.window());
            }
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        match (byte, writing) {
            (_, Writing::Plain) => {}
            (b'<', _) => {
                let name = name_of_tag(rest);
                at += name.len();
                let bare = name.strip_prefix(b"/").unwrap_or(name);
                if !INLINE.contains(&bare) {
                    slide.divide();
                }
            }
            (b'"', _) => slide.divide(),
            (b'&', _) => at += entity(rest),
            (b'\\', Writing::Escaped) => at += if rest.first() == Some(&b'u') { 5 } else { 1 },
            _ => {}
        }
    }
}

/// The hashes of the windows of a text that stand for it: side by side, so that a part of it is found too, and the last
/// one.
pub fn samples(text: &str, mut see: impl FnMut(u64)) {
    let mut last = None;
    let mut seen = 0;
    windows(text.as_bytes(), Writing::Plain, |hash, _| {
        last = (seen % WINDOW != 0).then_some(hash);
        if last.is_none() {
            see(hash);
        }
        seen += 1;
    });
    last.into_iter().for_each(see);
}

/// The letters of a text alone, as windows have them.
pub fn only(text: &str) -> Vec<u8> {
    text.bytes().map(|byte| FOLDED[usize::from(byte)]).filter(|letter| *letter != 0).collect()
}

#[derive(Debug, Default)]
struct Slide {
    /// The last letters, each at its number; nothing where there was none since the last division.
    last: [u8; ROOM],
    /// How many letters there were since the last division.
    length: usize,
    hash: u64,
}

/// For more letters than a window has, and a power of two, so that a place is found without a division.
const ROOM: usize = 32;

/// Odd and large, so that a letter reaches all bits.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// What the letter that leaves a window has become by then.
const LEAVING: u64 = BASE.wrapping_pow(WINDOW as u32);

impl Slide {
    /// Whether there is a whole window.
    fn push(&mut self, letter: u8) -> bool {
        let leaving = self.last[self.length.wrapping_sub(WINDOW) % ROOM];
        let change = u64::from(letter).wrapping_sub(u64::from(leaving).wrapping_mul(LEAVING));
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(change);
        self.last[self.length % ROOM] = letter;
        self.length += 1;
        self.length >= WINDOW
    }

    fn divide(&mut self) {
        *self = Self::default();
    }

    fn window(&self) -> Window {
        std::array::from_fn(|place| self.last[(self.length - WINDOW + place) % ROOM])
    }
}

/// Lower case for letters, what it is for a byte of another script, and zero for everything else.
static FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        if b.is_ascii_alphabetic() || !b.is_ascii() {
            table[byte] = b.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

fn name_of_tag(rest: &[u8]) -> &[u8] {
    let slash = usize::from(rest.first() == Some(&b'/'));
    let length = rest.iter().skip(slash).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    rest.get(..slash + length).unwrap_or_default()
}

/// The length of an entity after its `&`; zero where there is none.
fn entity(rest: &[u8]) -> usize {
    const LONGEST: usize = 9;
    let length = rest.iter().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    if rest.get(length) == Some(&b';') { length + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(file: &str, writing: Writing, text: &str) -> bool {
        let wanted = sampled(text);
        let mut found = false;
        windows(file.as_bytes(), writing, |hash, _| found |= wanted.contains(&hash));
        found
    }

    fn sampled(text: &str) -> Vec<u64> {
        let mut hashes = Vec::new();
        samples(text, |hash| hashes.push(hash));
        hashes
    }

    #[test]
    fn a_text_is_found_however_it_is_written() {
        let text = "The replica's disk is full & \"slow\": do not fail over";
        let html = "<p>The <b>replica</b>&#39;s <code>disk</code>\nis full &amp; &quot;slow&quot;: do not</p>";
        assert!(holds(html, Writing::Markup, text));
        let json = r#"{"a":"THE replica's disk\nis full \u0026 \"slow\": do not fail over"}"#;
        assert!(holds(json, Writing::Escaped, text));
        assert!(holds("X: disk is full\r\n  & slow: do not fail over", Writing::Escaped, text), "a part of it");
        assert!(holds("데이터베이스 복제본이 가득 찼습니다", Writing::Plain, "데이터베이스 복제본이"));
    }

    #[test]
    fn a_window_has_the_letters_up_to_where_it_is() {
        let text = "It is the twentieth letter that makes a window of them, and each after it the next one";
        let letters = only(text);
        let mut seen = Vec::new();
        windows(text.as_bytes(), Writing::Plain, |_, window| seen.push(window()));
        assert_eq!(seen, letters.windows(WINDOW).map(|w| w.try_into().unwrap()).collect::<Vec<Window>>());
    }

    #[test]
    fn what_stands_apart_is_no_text() {
        let text = "Card payments: major outage";
        assert!(holds("<p>Card payments: major outage</p>", Writing::Markup, text));
        assert!(!holds("<td>Card payments</td><td>major outage</td>", Writing::Markup, text));
        assert!(!holds(r#"{"Card payments":"major outage"}"#, Writing::Escaped, text));
    }

    #[test]
    fn what_is_short_or_only_numbers_tells_nothing() {
        assert_eq!(sampled("2024-05-01T09:40:00Z to 2024-05-01T09:40:00Z").len(), 0);
        assert_eq!(sampled("It restarted by itself 12").len(), 0, "19 letters");
        assert_eq!(sampled("It's restarted by itself").len(), 1, "20 letters");
        assert_eq!(sampled("It restarted all by itself").len(), 2, "the beginning and the end");
    }
}
