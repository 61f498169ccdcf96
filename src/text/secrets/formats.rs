//! What credentials look like.

use super::free;
use crate::text::span::Span;

/// One kind of credential.
#[derive(Debug)]
pub(super) struct Format {
    pub kind: &'static str,
    /// What it begins with.
    pub start: &'static str,
    pub shape: Shape,
}

/// What follows the beginning.
#[derive(Debug)]
pub(super) enum Shape {
    /// A run of letters that the issuer has fixed.
    Token {
        alphabet: fn(u8) -> bool,
        /// The least and the most letters.
        length: (usize, usize),
        /// What else must hold.
        confirm: fn(&str) -> bool,
    },
    /// Anything; the function finds it.
    Free(fn(&str, Span) -> Option<Span>),
}

const fn token(kind: &'static str, start: &'static str, alphabet: fn(u8) -> bool, length: (usize, usize)) -> Format {
    confirmed(kind, start, alphabet, length, |_| true)
}

const fn confirmed(
    kind: &'static str,
    start: &'static str,
    alphabet: fn(u8) -> bool,
    length: (usize, usize),
    confirm: fn(&str) -> bool,
) -> Format {
    Format { kind, start, shape: Shape::Token { alphabet, length, confirm } }
}

const fn free(kind: &'static str, start: &'static str, read: fn(&str, Span) -> Option<Span>) -> Format {
    Format { kind, start, shape: Shape::Free(read) }
}

const fn exactly(length: usize) -> (usize, usize) {
    (length, length)
}

const fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

pub(super) const fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

const fn dotted(byte: u8) -> bool {
    word(byte) || byte == b'.'
}

const fn path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'/'
}

const fn base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

const ASSIGNED: &str = "password or token";

pub(super) static FORMATS: &[Format] = &[
    confirmed("AWS access key", "AKIA", alphanumeric, exactly(16), is_base32),
    confirmed("AWS access key", "ASIA", alphanumeric, exactly(16), is_base32),
    token("Google API key", "AIza", word, exactly(35)),
    token("Google client secret", "GOCSPX-", word, exactly(28)),
    token("Google access token", "ya29.", word, (40, 1024)),
    confirmed("GitHub token", "ghp_", alphanumeric, exactly(36), has_checksum),
    confirmed("GitHub token", "gho_", alphanumeric, exactly(36), has_checksum),
    confirmed("GitHub token", "ghu_", alphanumeric, exactly(36), has_checksum),
    confirmed("GitHub token", "ghs_", alphanumeric, exactly(36), has_checksum),
    confirmed("GitHub token", "ghr_", alphanumeric, (36, 76), has_checksum),
    token("GitHub token", "github_pat_", word, exactly(82)),
    token("GitLab token", "glpat-", dotted, (20, 60)),
    token("GitLab token", "gldt-", dotted, (20, 60)),
    token("GitLab token", "glrt-", dotted, (20, 60)),
    token("GitLab token", "glptt-", alphanumeric, exactly(40)),
    token("Slack token", "xoxb-", word, (30, 255)),
    token("Slack token", "xoxp-", word, (30, 255)),
    token("Slack token", "xoxa-", word, (30, 255)),
    token("Slack token", "xoxr-", word, (30, 255)),
    token("Slack token", "xoxs-", word, (30, 255)),
    token("Slack token", "xapp-", word, (30, 255)),
    token("Slack webhook", "hooks.slack.com/services/", path, (40, 60)),
    token("Stripe key", "sk_live_", alphanumeric, (24, 255)),
    token("Stripe key", "rk_live_", alphanumeric, (24, 255)),
    token("npm token", "npm_", alphanumeric, exactly(36)),
    token("PyPI token", "pypi-AgEIcHlwaS5vcmc", word, (50, 500)),
    token("PyPI token", "pypi-AgENdGVzdC5weXBpLm9yZw", word, (50, 500)),
    token("SendGrid key", "SG.", dotted, exactly(66)),
    token("OpenAI key", "sk-proj-", word, (40, 255)),
    token("Anthropic key", "sk-ant-", word, (40, 255)),
    token("Hugging Face token", "hf_", alphanumeric, exactly(34)),
    token("DigitalOcean token", "dop_v1_", alphanumeric, exactly(64)),
    token("Docker Hub token", "dckr_pat_", word, exactly(27)),
    token("Vault token", "hvs.", word, (24, 255)),
    token("age key", "AGE-SECRET-KEY-1", alphanumeric, exactly(58)),
    token("Azure storage key", "AccountKey=", base64, exactly(88)),
    confirmed("JSON web token", "eyJ", dotted, (60, 4096), is_web_token),
    free("private key", "PRIVATE KEY", free::private_key),
    free("password in an address", "://", free::password_in_address),
    // Each in its usual spellings: a search that ignores case takes four times as long.
    free(ASSIGNED, "authorization", free::assigned),
    free(ASSIGNED, "Authorization", free::assigned),
    free(ASSIGNED, "AUTHORIZATION", free::assigned),
    free(ASSIGNED, "password", free::assigned),
    free(ASSIGNED, "Password", free::assigned),
    free(ASSIGNED, "PASSWORD", free::assigned),
    free(ASSIGNED, "passwd", free::assigned),
    free(ASSIGNED, "pwd", free::assigned),
    free(ASSIGNED, "PWD", free::assigned),
    free(ASSIGNED, "비밀번호", free::assigned),
    free(ASSIGNED, "パスワード", free::assigned),
    free(ASSIGNED, "secret", free::assigned),
    free(ASSIGNED, "Secret", free::assigned),
    free(ASSIGNED, "SECRET", free::assigned),
    free(ASSIGNED, "token", free::assigned),
    free(ASSIGNED, "Token", free::assigned),
    free(ASSIGNED, "TOKEN", free::assigned),
    free(ASSIGNED, "api_key", free::assigned),
    free(ASSIGNED, "API_KEY", free::assigned),
    free(ASSIGNED, "api-key", free::assigned),
    free(ASSIGNED, "Api-Key", free::assigned),
    free(ASSIGNED, "apikey", free::assigned),
    free(ASSIGNED, "apiKey", free::assigned),
];

/// What manuals and people who made something unreadable write in the place of a credential.
pub(super) fn is_placeholder(value: &str) -> bool {
    const WORDS: [&str; 10] = [
        "example",
        "placeholder",
        "redacted",
        "changeme",
        "your",
        "dummy",
        "xxxx",
        "12345678",
        "abcdefgh",
        // The payload that every manual of web tokens has: `{"sub":"1234567890`.
        "eyjzdwiioiixmjm0nty3odkwi",
    ];
    let lower = value.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word)) || distinct(value) < 6
}

fn distinct(value: &str) -> usize {
    let mut seen = [false; 256];
    value.bytes().for_each(|byte| seen[usize::from(byte)] = true);
    seen.iter().filter(|seen| **seen).count()
}

fn is_base32(body: &str) -> bool {
    body.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'))
}

/// The last six letters of a token of GitHub are the checksum of those before them, so that none is found by chance.
fn has_checksum(body: &str) -> bool {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let Some((entropy, checksum)) = body.split_at_checked(body.len().saturating_sub(6)) else { return false };
    let mut rest = crc32(entropy.as_bytes());
    checksum.bytes().rev().all(|letter| {
        let digit = DIGITS[(rest % 62) as usize];
        rest /= 62;
        digit == letter
    })
}

fn crc32(bytes: &[u8]) -> u32 {
    let shift = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), shift))
}

/// Header, payload and signature; a payload that is not JSON is none.
fn is_web_token(body: &str) -> bool {
    let mut parts = body.trim_end_matches('.').split('.');
    let (header, payload, signature) = (parts.next(), parts.next(), parts.next());
    header.is_some_and(|header| header.len() >= 10)
        && payload.is_some_and(|payload| payload.starts_with("eyJ"))
        && signature.is_some_and(|signature| signature.len() >= 20)
}
