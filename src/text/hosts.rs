//! Names and addresses of machines that only insiders can reach.

use std::net::Ipv6Addr;
use std::sync::LazyLock;

use memchr::memchr_iter;

use super::any_case::AnyCase;
use super::span::Span;

/// Endings that never lead anywhere on the internet.
const PRIVATE_ENDINGS: [&str; 8] =
    [".internal", ".intranet", ".local", ".localdomain", ".lan", ".corp", ".home.arpa", ".private"];

/// One of these stands in every host that is found without a domain of one's own.
pub const MARKS: [&str; 14] = [
    ".internal",
    ".intranet",
    ".local",
    ".lan",
    ".corp",
    ".home.arpa",
    ".private",
    "10.",
    "192.168.",
    "172.1",
    "172.2",
    "172.3",
    "fd",
    "fe80:",
];

/// Finds what stands in every host without a domain of one's own, but for addresses of version 6.
static NAMED: LazyLock<AnyCase> = LazyLock::new(|| AnyCase::new(MARKS.iter().filter(|mark| mark.contains('.'))));

/// Hosts under a private ending or under one of `domains`, and private addresses.
pub fn find<'a>(text: &'a str, domains: &'a [&'a str]) -> impl Iterator<Item = Span> + 'a {
    // Hardly any text has one, so most are not taken apart.
    let may_name = !domains.is_empty() || has_dotted_word(text) && NAMED.is_in(text);
    let may_number = memchr_iter(b':', text.as_bytes()).any(|colon| may_end_private_group(&text.as_bytes()[..colon]));
    let among = |text: &'a str, is_asked: bool| if is_asked { text } else { "" };
    let is_part_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    let named = words(among(text, may_name), is_part_of_name).filter_map(move |(start, word)| {
        let word = word.trim_end_matches(['.', '-']);
        let end = start + word.len();
        let is_private =
            is_private_name(word, domains) || is_private_address(word) && !is_version(&text[..start], &text[end..]);
        is_private.then(|| Span::new(start, end))
    });
    let is_part_of_number = |byte: u8| byte.is_ascii_alphanumeric() || byte == b':';
    let numbered = words(among(text, may_number), is_part_of_number).filter_map(|(start, word)| {
        // Of `fd00::1: no answer` the last colon is none of the address.
        let word = if word.ends_with("::") { word } else { word.trim_end_matches(':') };
        is_private_address_of_version_6(word).then(|| Span::new(start, start + word.len()))
    });
    named.chain(numbered)
}

/// Whether a dot is more than the end of a sentence.
fn has_dotted_word(text: &str) -> bool {
    memchr_iter(b'.', text.as_bytes()).any(|dot| text.as_bytes().get(dot + 1).is_some_and(u8::is_ascii_alphanumeric))
}

/// The longest runs of some letters, digits and signs of ASCII, each with the place where it begins.
fn words<'a>(text: &'a str, is_part: impl Fn(u8) -> bool + Copy + 'a) -> impl Iterator<Item = (usize, &'a str)> + 'a {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let find = |from: usize, wanted: bool| text.bytes().skip(from).position(|byte| is_part(byte) == wanted);
        let start = rest + find(rest, true)?;
        let end = find(start, false).map_or(text.len(), |length| start + length);
        rest = end;
        Some((start, &text[start..end]))
    })
}

fn is_private_name(word: &str, domains: &[&str]) -> bool {
    if domains.is_empty() && !word.contains('.') {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    let is_under = |domain: &str| lower.strip_suffix(domain).is_some_and(|host| !host.is_empty());
    let is_own = |domain: &&str| {
        let domain = domain.to_ascii_lowercase();
        lower == domain || is_under(&format!(".{}", domain.trim_start_matches('.')))
    };
    PRIVATE_ENDINGS.iter().any(|ending| is_under(ending)) || domains.iter().any(is_own)
}

fn is_private_address(word: &str) -> bool {
    word.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_private())
}

/// Whether the first group of a private address of version 6 may end here: it has four digits, the first of them an `f`.
fn may_end_private_group(text: &[u8]) -> bool {
    matches!(text, [.., b'f' | b'F', _, _, _])
}

/// Of a network of one's own (`fd…`), or of one cable (`fe80::…`).
fn is_private_address_of_version_6(word: &str) -> bool {
    let may_be_one = word.starts_with(['f', 'F']) && word.contains(':');
    may_be_one
        && word.parse::<Ipv6Addr>().is_ok_and(|address| address.is_unique_local() || address.is_unicast_link_local())
}

/// `version 10.0.1.2`, `releases 10.0.1.2 and 10.0.1.3`, `10.0.1.2 or later` are no addresses.
fn is_version(before: &str, after: &str) -> bool {
    const WORDS: [&str; 9] =
        ["version", "versione", "versioni", "release", "build", "update", "firmware", "버전", "バージョン"];
    /// How many words back the versions of a list have their name.
    const REACH: usize = 5;
    let names = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        WORDS.iter().any(|name| word == *name || word.strip_suffix('s') == Some(name))
    };
    let sentence = before.rsplit(['\n', ';']).next().unwrap_or_default();
    let is_named = sentence.split_whitespace().rev().take(REACH).any(names) || sentence.ends_with("バージョン");
    let is_bound = [" or later", " or newer", " and later", " and newer", " 버전", " 이상"];
    is_named || is_bound.iter().any(|bound| after.starts_with(bound))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::find;

    fn found<'a>(text: &'a str, domains: &[&str]) -> Vec<&'a str> {
        find(text, domains).map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn private_machines_are_found() {
        assert_eq!(
            found("db-7.prod.internal is down. Also 10.2.0.7, 192.168.1.1.", &[]),
            ["db-7.prod.internal", "10.2.0.7", "192.168.1.1"]
        );
        assert_eq!(
            found("See https://Graphs.corp.shop.example/x", &["corp.shop.example"]),
            ["Graphs.corp.shop.example"]
        );
        assert_eq!(found("corp.shop.example", &["corp.shop.example"]), ["corp.shop.example"]);
        assert_eq!(found("The new version runs; 10.2.0.7 is slow.", &[]), ["10.2.0.7"]);
        assert_eq!(
            found("FD12:3456:789a::1: no answer; http://[fe80::7]:8080/, fd00:: too.", &[]),
            ["FD12:3456:789a::1", "fe80::7", "fd00::"]
        );
    }

    proptest! {
        /// Where there are domains of one's own every text is taken apart.
        #[test]
        fn a_text_that_is_not_taken_apart_has_none(
            parts in proptest::collection::vec("[a-c]|10|192\\.168|172\\.1[67]|[.: -]|f[de]80:|::1|\\.[iI]nternal|\\.lan|\\.home\\.arpa|한", 0..8)
        ) {
            let text = parts.concat();
            prop_assert_eq!(found(&text, &[]), found(&text, &["nowhere.example"]));
            let is_number = |word: &&str| super::is_private_address_of_version_6(word);
            let mut numbers = text.split(|c: char| !c.is_ascii_alphanumeric() && c != ':').filter(is_number);
            prop_assert!(numbers.all(|number| found(&text, &[]).contains(&number)));
        }
    }

    #[test]
    fn what_everybody_can_reach_is_not() {
        for text in [
            "status.shop.example, 8.8.8.8, 10.2.3, 10.300.1.1",
            "Use version 10.0.1.2.",
            "Versions 10.2.0.1, 10.2.0.2 and 10.3.1.1 are concerned; use 10.3.1.2 or later.",
            "버전 10.0.1.2, 10.0.1.2 버전, バージョン10.0.1.2, la versione 10.0.1.2",
            "local and internal, at .internal",
            "mycorp.shop.example",
            "2001:db8::1, ::1, fd12, fd12:34, ff02::1, fade:in, xfd00::1",
        ] {
            assert_eq!(found(text, &["corp.shop.example"]), [""; 0], "{text}");
        }
    }
}
