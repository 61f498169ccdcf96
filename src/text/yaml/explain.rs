//! What people really did when the parser gives up.

use granit_parser::{ErrorKind, ScanError};

use super::MAX_DEPTH;
use crate::text::problem::{Fix, Problem};
use crate::text::quote;
use crate::text::span::Span;

/// Turns the parser's error into the mistake that people really make, at the place where they made it.
pub(super) fn syntax_error(source: &str, base: usize, error: &ScanError) -> Problem {
    let offset = error.marker().byte_offset().unwrap_or(source.len()).min(source.len());
    let line = line_at(source, offset);
    let at = |span: Span| Span::new(span.start + base, span.end + base);
    let problem = |span: Span, message: String| Problem::new("invalid-yaml", at(span), message);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return Problem::new(
            "file-too-large",
            at(Span::at(offset)),
            format!("the YAML is nested deeper than {MAX_DEPTH} levels"),
        )
        .help("write it flat; the format needs five levels");
    }
    // Of a tab below a value the parser complains at that value, of others on their line or the next one. Further up a
    // tab may stand in a block of text, where it is allowed.
    let reach = match error.kind() {
        ErrorKind::TabInPlainScalar => Span::new(line.start, source.len()),
        _ => Span::new(line.start, line.end),
    };
    let tab = |reach: Span| {
        let tab = tab_in_indentation(source, reach)?;
        let problem = problem(Span::new(tab, tab + 1), "a tab indents this line; YAML allows only spaces".into())
            .help("replace the tab by two spaces")
            .fix(Fix::safe("replace the tab by two spaces", at(Span::new(tab, tab + 1)), "  ").uncertain());
        Some(problem)
    };
    if let Some(problem) = tab(reach) {
        return problem;
    }
    if let Some(value) = unquoted_value(source, line, offset) {
        let text = &source[value.range()];
        let colon = value.start + text.find(": ").unwrap_or(0);
        return problem(
            Span::new(colon, colon + 1),
            "the value has an unquoted `: `, which YAML takes for another key".into(),
        )
        .help(format!("quote the whole value: `{}`", quote::double(text)))
        .fix(Fix::safe("quote the value", at(value), quote::double(text)));
    }
    if let Some(comment) = comment_in_brackets(source, offset) {
        let text = &source[comment.range()];
        return problem(comment, "`#` begins a comment here, so the bracket before it is never closed".into())
            .help(format!("quote the value: `{}`", quote::double(text)))
            .fix(Fix::safe("quote the value", at(comment), quote::double(text)).uncertain());
    }
    if let Some((open, mark)) = unclosed(source, offset, error.kind()) {
        return problem(Span::new(open, open + 1), format!("a `{mark}` opens here and is never closed"))
            .help(advice(error.kind()));
    }
    if let Some(problem) = line_above(source, line).and_then(tab) {
        return problem;
    }
    let said = error.kind().to_string();
    let end = line.end.max(offset);
    problem(Span::new(offset, end.min(offset + 1).max(offset)), meaning(error.kind(), &said)).help(advice(error.kind()))
}

fn meaning(kind: &ErrorKind, said: &str) -> String {
    match kind {
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::MappingValueNotAllowed => {
            "this line does not fit: its indentation matches neither the lines above nor a new level, or `: ` is missing after a key".into()
        }
        ErrorKind::UnexpectedCharacter { character } => {
            format!("a value cannot begin with `{}`", character.escape_default())
        }
        _ => format!("this is not valid YAML: {said}"),
    }
}

fn advice(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => {
            "close it with the same quote; inside double quotes write `\\\"`, inside single quotes `''`"
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => "separate the items by commas and close the bracket",
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::UnknownQuotedScalarEscape => "quote the value",
        _ => "indent the keys of one mapping alike, two spaces a level, and quote a text with special characters",
    }
}

fn line_at(source: &str, offset: usize) -> Span {
    let start = source[..offset].rfind('\n').map_or(0, |i| i + 1);
    let end = source[start..].find('\n').map_or(source.len(), |i| start + i);
    let end = if source[..end].ends_with('\r') { end - 1 } else { end };
    Span::new(start, end.max(start))
}

fn line_above(source: &str, line: Span) -> Option<Span> {
    (line.start > 0).then(|| line_at(source, line.start - 1))
}

/// The first tab that indents a line of some lines.
fn tab_in_indentation(source: &str, lines: Span) -> Option<usize> {
    let mut start = lines.start;
    for line in source[lines.range()].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            // Blank lines may hold tabs; they mean nothing.
            if !line.trim().is_empty() {
                return Some(start + tab);
            }
        }
        start += line.len();
    }
    None
}

/// The quote or bracket that is open where the parser gave up, if that is what it complains of. The complaint itself
/// stands at the end of the file or at the first key that does not fit.
fn unclosed(source: &str, offset: usize, kind: &ErrorKind) -> Option<(usize, char)> {
    let wants_quote = match kind {
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => true,
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => false,
        _ => return None,
    };
    let mut quote: Option<(usize, char)> = None;
    let mut brackets: Vec<(usize, char)> = Vec::new();
    let mut begins_value = true;
    let mut chars = source[..offset].char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some((_, '"')), '\\') => drop(chars.next()),
            (Some((_, mark)), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if begins_value => quote = Some((at, c)),
            (None, '[' | '{') if begins_value => brackets.push((at, c)),
            (None, ']' | '}') => drop(brackets.pop()),
            _ => {}
        }
        begins_value = matches!(c, ':' | ',' | '-' | '[' | '{' | '\n') || begins_value && c == ' ';
    }
    // At the end of the file the parser points at the mark itself.
    let marks: &[char] = if wants_quote { &['"', '\''] } else { &['[', '{'] };
    let here = source[offset..].chars().next().filter(|c| marks.contains(c)).map(|c| (offset, c));
    let open = if wants_quote { quote } else { brackets.pop().filter(|_| quote.is_none()) };
    open.or(here)
}

/// The value of `{chat: #inc-checkout}`, at or above the place where the parser gave up.
fn comment_in_brackets(source: &str, offset: usize) -> Option<Span> {
    let until = line_at(source, offset).end;
    let hash = source[..until].rfind(" #")? + 1;
    let line = line_at(source, hash);
    let before = &source[line.start..hash];
    let open = before.matches(['{', '[']).count() > before.matches(['}', ']']).count();
    let rest = &source[hash..line.end];
    let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
    (open && before.trim_end().ends_with([':', ',', '[', '{']))
        .then(|| Span::new(hash, hash + rest[..end].trim_end().len()))
}

/// A plain value with `: ` in it, on the line where the parser gave up or the one above.
fn unquoted_value(source: &str, line: Span, offset: usize) -> Option<Span> {
    [Some(line), line_above(source, line)].into_iter().flatten().find_map(|line| {
        let text = &source[line.range()];
        let key_start = text.len() - text.trim_start_matches([' ', '-']).len();
        let colon = key_start + text[key_start..].find(": ")?;
        let value = colon + 2 + (text[colon + 2..].len() - text[colon + 2..].trim_start().len());
        let rest = text[value..].trim_end();
        let quoted = rest.starts_with(['"', '\'', '[', '{', '|', '>']);
        let comment = rest.find(" #").unwrap_or(rest.len());
        let inside = rest[..comment].find(": ").is_some() || rest[..comment].ends_with(':');
        (!quoted && inside && offset + 1 >= line.start)
            .then(|| Span::new(line.start + value, line.start + value + rest[..comment].trim_end().len()))
    })
}
