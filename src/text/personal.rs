//! What belongs to a person and not into a text for strangers: mail addresses, telephone numbers, postal addresses.
//!
//! Only what has a form of its own is found; a number that could be an order or a version is left alone.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memchr3_iter;

use super::span::Span;
use super::word;

/// What was found, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Personal {
    pub span: Span,
    /// With its article, such as `an e-mail address`.
    pub kind: &'static str,
}

/// In the order of the kinds.
pub fn find(text: &str) -> Vec<Personal> {
    let with = |kind| move |span| Personal { span, kind };
    let mails = mail_addresses(text).map(with("an e-mail address"));
    let phones = telephone_numbers(text).map(with("a telephone number"));
    let places = postal_addresses(text).into_iter().map(with("a postal address"));
    mails.chain(phones).chain(places).collect()
}

/// Mailboxes that belong to a job and not to a person.
const OF_A_JOB: [&str; 21] = [
    "abuse",
    "billing",
    "care",
    "contact",
    "feedback",
    "git",
    "hello",
    "help",
    "info",
    "legal",
    "no-reply",
    "noreply",
    "office",
    "postmaster",
    "press",
    "privacy",
    "sales",
    "security",
    "service",
    "status",
    "support",
];

/// Domains that are kept for examples.
const OF_EXAMPLES: [&str; 3] = ["example.com", "example.org", "example.net"];

/// Those of people; not mailboxes of a job, and not examples.
pub fn mail_addresses(text: &str) -> impl Iterator<Item = Span> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let is_domain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    text.match_indices('@').filter_map(move |(at, _)| {
        let before = &text[..at];
        let local = &before[before.trim_end_matches(is_local).len()..];
        let after = &text[at + 1..];
        let domain = &after[..after.len() - after.trim_start_matches(is_domain).len()];
        let domain = domain.trim_end_matches(['.', '-']);
        let (_, top) = domain.rsplit_once('.')?;
        let is_name = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        let harmless = OF_A_JOB.contains(&local.to_ascii_lowercase().as_str()) || is_of_examples(domain);
        (is_name && !local.is_empty() && !harmless).then(|| Span::new(at - local.len(), at + 1 + domain.len()))
    })
}

fn is_of_examples(domain: &str) -> bool {
    let is_under =
        |example: &str| domain.strip_suffix(example).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    OF_EXAMPLES.iter().any(|example| is_under(example))
}

/// International ones, `(555) 123-4567`, and three groups that begin with a zero, as in Korea and Japan.
fn telephone_numbers(text: &str) -> impl Iterator<Item = Span> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '/' | '.' | '\u{a0}');
    let starts = memchr3_iter(b'+', b'(', b'0', text.as_bytes());
    let mut end = 0;
    starts.filter_map(move |at| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| word::joins(c) || matches!(c, '-' | '.' | '+' | '(' | '/' | ':' | ',' | '=')) {
            return None;
        }
        let rest = &text[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let tail = &rest[..rest.len() - rest.trim_start_matches(is_part).len()];
        let tail = tail.trim_end_matches(|c: char| !c.is_ascii_digit());
        let mut following = rest[tail.len()..].chars();
        let follows = following.next();
        // A version such as `020-1000-2000-rc1`.
        let goes_on = follows == Some('-') && following.next().is_some_and(char::is_alphanumeric);
        let digits = tail.bytes().filter(u8::is_ascii_digit).count();
        let fits = match text.as_bytes()[at] {
            b'+' => (9..=15).contains(&digits) && !tail.starts_with('0'),
            b'(' => has_groups(&tail.replacen(") ", "-", 1), &[3..=3, 3..=3, 4..=4]),
            // After the zero comes an area, and none begins with another zero.
            _ => digits >= 8 && !tail.starts_with('0') && has_groups(&format!("0{tail}"), &[2..=4, 3..=4, 3..=4]),
        };
        let ends = follows.is_none_or(|c| !word::joins(c) && c != ':') && !goes_on;
        let inside_another = at < end;
        let span = (fits && ends && !inside_another).then(|| Span::new(at, at + 1 + tail.len()))?;
        end = span.end;
        Some(span)
    })
}

/// Whether a number consists of groups of so many digits with hyphens between them.
fn has_groups(number: &str, sizes: &[std::ops::RangeInclusive<usize>]) -> bool {
    let groups: Vec<&str> = number.split('-').collect();
    let fits = |(group, size): (&&str, &std::ops::RangeInclusive<usize>)| {
        size.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    groups.len() == sizes.len() && groups.iter().zip(sizes).all(fits)
}

/// `12 Elm Street`, `Via Roma 12, 40121`, `〒100-0001`.
fn postal_addresses(text: &str) -> Vec<Span> {
    const STREETS: [&str; 6] = ["Street", "Road", "Avenue", "Lane", "Drive", "Boulevard"];
    const VIE: [&str; 4] = ["Via", "Viale", "Piazza", "Corso"];
    static SIGNS: LazyLock<Option<AhoCorasick>> =
        // Only a search for the leftmost looks at many bytes at once.
        LazyLock::new(|| {
            let signs = STREETS.iter().chain(&VIE).chain(&["〒"]);
            AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(signs).ok()
        });
    if SIGNS.as_ref().is_some_and(|signs| !signs.is_match(text)) {
        return Vec::new();
    }
    /// A street has few words.
    const WORDS: usize = 5;
    let words = words(text);
    let bare = |word: &str| word.trim_end_matches([',', '.', ';', ')']).to_owned();
    let is_number = |word: &str| (1..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    let mut found: Vec<Span> = text
        .match_indices('〒')
        .map(|(at, sign)| (at, &text[at + sign.len()..]))
        .filter(|(_, rest)| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        .map(|(at, rest)| {
            Span::new(
                at,
                text.len() - rest.trim_start_matches(|c: char| c == ' ' || c == '-' || c.is_ascii_digit()).len(),
            )
        })
        .collect();
    for (index, (at, word)) in words.iter().enumerate() {
        let following = words.iter().skip(index + 1).take(WORDS);
        if is_number(word) {
            let names: Vec<_> = following.take_while(|(_, word)| is_name(word)).collect();
            let street = names.iter().skip(1).find(|(_, word)| STREETS.contains(&bare(word).as_str()));
            // `500 Google Drive files` is none: behind an address comes a mark, a place, or nothing.
            let ends = |start: usize, word: &str| {
                let rest = text[start + word.len()..].split_whitespace().next();
                bare(word) != word || rest.is_none_or(|next| next == "in")
            };
            let street = street.filter(|(start, word)| ends(*start, word));
            found.extend(street.map(|(end, word)| Span::new(*at, end + bare(word).len())));
        } else if VIE.contains(word) {
            let mut rest = following.skip_while(|(_, word)| is_name(word));
            let number = rest.next().filter(|(_, word)| word.ends_with(',') && is_number(&bare(word)));
            let code = rest.next().filter(|(_, word)| word.len() == 5 && is_number(word));
            found.extend(number.and(code).map(|(end, word)| Span::new(*at, end + word.len())));
        }
    }
    found
}

/// The words of a text, each with its place.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut end = 0;
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let start = end + text[end..].find(word).unwrap_or_default();
        end = start + word.len();
        words.push((start, word));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::find;

    fn found(text: &str) -> Vec<&str> {
        find(text).iter().map(|personal| &text[personal.span.range()]).collect()
    }

    #[test]
    fn what_belongs_to_a_person_is_found() {
        assert_eq!(found("Write to mara.ito@shop.example, she knows."), ["mara.ito@shop.example"]);
        assert_eq!(found("Call +39 051 123 4567 or +1 (555) 123-4567."), ["+39 051 123 4567", "+1 (555) 123-4567"]);
        assert_eq!(
            found("Call (555) 123-4567, 010-1234-5678 or 0120-444-444"),
            ["(555) 123-4567", "010-1234-5678", "0120-444-444"]
        );
        assert_eq!(found("담당자 010-1234-5678로, 担当は090-1234-5678です"), ["010-1234-5678", "090-1234-5678"]);
        assert_eq!(found("She lives at 12 Old Elm Street, Springfield."), ["12 Old Elm Street"]);
        assert_eq!(found("From 12 Elm Road in Springfield to 7 Oak Lane"), ["12 Elm Road", "7 Oak Lane"]);
        assert_eq!(found("Abita in Via Lame 12, 40121 Bologna."), ["Via Lame 12, 40121"]);
        assert_eq!(found("住所は〒100-0001 東京都です"), ["〒100-0001 "]);
    }

    #[test]
    fn what_only_looks_like_it_is_left_alone() {
        for text in [
            "payments-api@4.18.2 and @scope/pkg@1.x, see support@shop.example or user@example.com, 2rv8@status.example.com",
            "From 09:41+02:00 to 2024-05-01T10:20:00+09:00, 01-02-2024, 2024-05-01",
            "Order 0012-3456-78, request 010-1234-56789, build 1.0-020-3000-4000, +1,234,567,890 requests, +12345678",
            "Sign in via Chrome 120, or 500 Errors on Elm, 24 Street, Via Lame in Bologna",
            "010-12a4-5678 and (5555) 123-4567",
            "Orders 0012-3456-789 and 001-002-0003, version 020-1000-2000-rc1",
            "About 500 Google Drive files; 12 Errors Street View shows; 500 Internal Server Error Road maps",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
