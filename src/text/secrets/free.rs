//! Credentials without a form of their own: what stands where a credential belongs.
//!
//! Each looks at a limited stretch of text, so that no text takes long.

use super::formats::is_placeholder;
use crate::text::span::Span;

/// The text from a place on, at most so many bytes.
fn from(text: &str, start: usize, most: usize) -> &str {
    text.get(start..text.floor_char_boundary(start.saturating_add(most))).unwrap_or_default()
}

/// A key block with its material, to its end. `start` is `PRIVATE KEY`.
pub(super) fn private_key(text: &str, start: Span) -> Option<Span> {
    /// `-----BEGIN ENCRYPTED ` is the longest.
    const BEFORE: usize = 24;
    /// Headers may stand before the material.
    const HEADERS: usize = 400;
    /// An RSA key of 8192 bits has 6,500 letters.
    const LONGEST: usize = 10_000;
    const MATERIAL: usize = 40;
    let before = text.get(text.floor_char_boundary(start.start.saturating_sub(BEFORE))..start.start)?;
    let begin = start.start - before.len() + before.rfind("-----BEGIN ")?;
    let rest = from(text, start.end, LONGEST);
    let block = rest.strip_prefix(" BLOCK").unwrap_or(rest).strip_prefix("-----")?;
    let inside = block.split("-----END").next()?;
    // In JSON and in quoted YAML the ends of lines are written as `\n`.
    let words = from(inside, 0, HEADERS).split(['\n', '\r', ' ', '\\']);
    let mut words = words.map(|word| word.strip_prefix('n').unwrap_or(word));
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let is_material = |word: &str| word.len() >= MATERIAL && word.bytes().all(is_base64) && !is_placeholder(word);
    words.any(is_material).then(|| Span::new(begin, start.end + rest.len() - block.len() + inside.len()))
}

/// `://user:password@host`. `start` is `://`.
pub(super) fn password_in_address(text: &str, start: Span) -> Option<Span> {
    const LONGEST: usize = 300;
    let rest = from(text, start.end, LONGEST);
    let authority = rest.split(|c: char| c.is_whitespace() || "/?#\"'`<>".contains(c)).next()?;
    let (login, host) = authority.rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let stands_for_one = ["password", "passwd", "pass", "secret", "token", user].contains(&password);
    let made_up = stands_for_one || password.len() < 4 || is_made_up(password);
    let begin = start.end + user.len() + 1;
    (!made_up && !host.is_empty()).then(|| Span::new(begin, begin + password.len()))
}

/// What stands before a token that opens nothing: a place in a list of pages, the short name of a public key in .NET.
const OF_PLACES: [&str; 5] = ["next", "page", "cursor", "continuation", "PublicKey"];

/// What a setting is given, if it looks random: `password=…`, `"api_key": "…"`, `Authorization: Bearer …`. `start` is the
/// word that names it.
pub(super) fn assigned(text: &str, start: Span) -> Option<Span> {
    /// How much of the name, the marks and the value is looked at.
    const LONGEST: usize = 600;
    let before = text.get(..start.start)?.trim_end_matches(['_', '-', ' ']);
    let ends_in = |name: &str| {
        before.get(before.len().saturating_sub(name.len())..).is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    if OF_PLACES.iter().any(|name| ends_in(name)) {
        return None;
    }
    let all = from(text, start.end, LONGEST);
    // The name may go on, as in `AWS_SECRET_ACCESS_KEY`.
    let rest = all.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let rest = rest.trim_start_matches(['"', '\'', '`']).trim_start_matches(' ');
    // `The password is: …`
    let rest = rest.strip_prefix("is").filter(|rest| rest.starts_with([':', ' '])).unwrap_or(rest);
    let rest = rest.strip_prefix([':', '=', '：', ' '])?;
    let rest = rest.trim_start_matches([' ', '"', '\'', '`']);
    let scheme = ["Bearer ", "bearer ", "Basic ", "token "].into_iter().find_map(|scheme| rest.strip_prefix(scheme));
    let rest = scheme.unwrap_or(rest);
    let value = rest.split(|c: char| c.is_whitespace() || "\"'`,;)]}<>&|".contains(c)).next()?;
    let value = value.trim_end_matches(['.', ':']);
    let begin = start.end + all.len() - rest.len();
    (looks_random(value) && !is_made_up(value)).then(|| Span::new(begin, begin + value.len()))
}

/// A variable, a template, one of the usual stand-ins, or the name of a credential.
fn is_made_up(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_of_a_test = lower.starts_with("test") || lower.starts_with("fake") || lower.starts_with("sample");
    let is_name = lower.contains("token");
    value.contains(['$', '{', '<', '*', '%', '…'])
        || value.contains("...")
        || is_of_a_test
        || is_name
        || is_placeholder(value)
}

/// Words, versions, dates and paths change between letters and digits seldom; what a generator made does so all the time.
fn looks_random(value: &str) -> bool {
    const SHORTEST: usize = 10;
    // `PWD=/srv/releases/4f2a9c1e` is a folder.
    if value.starts_with('/')
        || value.len() < SHORTEST
        || !value.bytes().all(|byte| byte.is_ascii_graphic())
        || value.contains("://")
    {
        return false;
    }
    let pairs = || value.bytes().zip(value.bytes().skip(1));
    let is_change =
        |a: u8, b: u8| a.is_ascii_alphabetic() && b.is_ascii_digit() || a.is_ascii_digit() && b.is_ascii_alphabetic();
    let changes = pairs().filter(|(a, b)| is_change(*a, *b)).count();
    let cases = pairs().filter(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase()).count();
    changes >= 2 && changes + cases >= 4
}
