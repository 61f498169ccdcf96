//! Credentials in a text: tokens, passwords, private keys.
//!
//! One pass looks for the beginnings of all kinds at once; what follows a beginning decides. Whatever cannot be told from
//! a placeholder is left alone.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::span::Span;

mod formats;
mod free;

use formats::{FORMATS, Format, Shape};

/// A credential, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secret {
    pub span: Span,
    /// What it opens, such as `GitHub token`.
    pub kind: &'static str,
}

/// The credentials of a text, in order, none inside another.
pub fn find(text: &str) -> Vec<Secret> {
    let mut found: Vec<(Secret, &Format)> = Vec::new();
    let Some(search) = &*BEGINNINGS else { return Vec::new() };
    for beginning in search.find_iter(text) {
        let Some(format) = FORMATS.get(beginning.pattern().as_usize()) else { continue };
        let Some(span) = format.span(text, beginning.span().into()) else { continue };
        let secret = Secret { span, kind: format.kind };
        match found.last_mut() {
            // `token: ghp_…` is found twice; the format that has a name of its own says more.
            Some((last, of)) if span.start < last.span.end => {
                if of.is_free() && !format.is_free() {
                    (*last, *of) = (secret, format);
                }
            }
            _ => found.push((secret, format)),
        }
    }
    found.into_iter().map(|(secret, _)| secret).collect()
}

/// A star for each byte, so that whatever follows keeps its place. The ends of lines stay.
pub fn masked(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let hidden = spans.iter().any(|span| span.range().contains(&at)) && !matches!(c, '\n' | '\r');
        if hidden {
            out.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

/// Finds the beginnings of all formats; by the index of the format.
static BEGINNINGS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostFirst)
        .build(FORMATS.iter().map(|format| format.start))
        .ok()
});

impl From<aho_corasick::Span> for Span {
    fn from(span: aho_corasick::Span) -> Self {
        Self::new(span.start, span.end)
    }
}

impl Format {
    /// Where the credential is that begins at a place, if it is one.
    fn span(&self, text: &str, start: Span) -> Option<Span> {
        match self.shape {
            Shape::Token { alphabet, length: (least, most), confirm } => {
                let before = start.start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
                let begins = before.is_none_or(|byte| !formats::word(*byte));
                if !begins {
                    return None;
                }
                let rest = text.get(start.end..)?;
                let body = &rest[..rest.bytes().take(most + 1).take_while(|byte| alphabet(*byte)).count()];
                let body = body.trim_end_matches('.');
                let fits = (least..=most).contains(&body.len()) && !formats::is_placeholder(body) && confirm(body);
                fits.then(|| Span::new(start.start, start.end + body.len()))
            }
            Shape::Free(read) => read(text, start),
        }
    }

    const fn is_free(&self) -> bool {
        matches!(self.shape, Shape::Free(_))
    }
}

#[cfg(test)]
mod tests;
