//! What people really did when the parser gives up.

use granit_parser::{ErrorKind, ScanError};

use super::MAX_DEPTH;
use crate::text::problem::{Fix, Problem};
use crate::text::quote;
use crate::text::span::Span;

/// Turns the parser's error into the mistake that people really make, at the place where they made it.
pub(super) fn syntax_error(source: &str, base: usize, error: &ScanError) -> Problem {
    let offset = error.marker().byte_offset().unwrap_or(source.len()).min(source.len());
    let stop = Stop { source, base, offset, line: line_at(source, offset), kind: error.kind() };
    stop.too_deep()
        .or_else(|| stop.tab_here())
        .or_else(|| stop.odd_blank())
        .or_else(|| stop.unquoted_colon())
        .or_else(|| stop.comment_in_brackets())
        .or_else(|| stop.text_after_close())
        .or_else(|| stop.unclosed())
        .or_else(|| stop.tab_above())
        .or_else(|| stop.missing_space())
        .or_else(|| stop.misplaced_line())
        .or_else(|| stop.bad_first_character())
        .unwrap_or_else(|| stop.anything_else())
}

/// Where the parser gave up, and what it said. Places are in `source`; `base` is where that begins in the file.
struct Stop<'a> {
    source: &'a str,
    base: usize,
    offset: usize,
    /// The line of the offset.
    line: Span,
    kind: &'a ErrorKind,
}

impl Stop<'_> {
    fn problem(&self, span: Span, message: impl Into<String>) -> Problem {
        Problem::new("invalid-yaml", self.in_file(span), message)
    }

    fn in_file(&self, span: Span) -> Span {
        Span::new(span.start + self.base, span.end + self.base)
    }

    fn quoted(&self, problem: Problem, value: Span) -> (Problem, Fix) {
        let quoted = quote::double(&self.source[value.range()]);
        let problem = problem.help(format!("quote the whole value: `{quoted}`"));
        (problem, Fix::safe("quote the value", self.in_file(value), quoted))
    }

    /// The line of the error and the one above it: the parser often notices a mistake one line late.
    fn nearby(&self) -> impl Iterator<Item = Span> {
        [Some(self.line), line_above(self.source, self.line)].into_iter().flatten()
    }

    fn too_deep(&self) -> Option<Problem> {
        matches!(self.kind, ErrorKind::RecursionLimitExceeded).then(|| {
            let message = format!("the YAML is nested deeper than {MAX_DEPTH} levels");
            Problem::new("file-too-large", self.in_file(Span::at(self.offset)), message)
                .help("write it flat; the format needs five levels")
        })
    }

    fn tab(&self, reach: Span) -> Option<Problem> {
        let tab = tab_in_indentation(self.source, reach)?;
        let span = Span::new(tab, tab + 1);
        let fix = Fix::safe("replace the tab by two spaces", self.in_file(span), "  ").uncertain();
        let problem = self.problem(span, "a tab indents this line; YAML allows only spaces");
        Some(problem.help("replace the tab by two spaces").fix(fix))
    }

    /// Of a tab below a value the parser complains at that value, of others on their line or the next one.
    fn tab_here(&self) -> Option<Problem> {
        let late = matches!(self.kind, ErrorKind::TabInPlainScalar);
        self.tab(Span::new(self.line.start, if late { self.source.len() } else { self.line.end }))
    }

    /// Further up a tab may stand in a block of text, where it is allowed.
    fn tab_above(&self) -> Option<Problem> {
        self.tab(line_above(self.source, self.line)?)
    }

    /// Blanks that look like spaces, as keyboards for Japanese and Korean and copies from web pages bring them.
    fn odd_blank(&self) -> Option<Problem> {
        let span = self.nearby().find_map(|line| {
            let text = &self.source[line.range()];
            let indent = text.len() - text.trim_start().len();
            let start = text[..indent].find(|c| c != ' ' && c != '\t')?;
            Some(Span::new(line.start + start, line.start + indent))
        })?;
        let message = "blanks that are not ordinary spaces indent this line; YAML takes them for text";
        let spaces = " ".repeat(self.source[span.range()].chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum());
        let fix = Fix::safe("write ordinary spaces", self.in_file(span), spaces).uncertain();
        Some(self.problem(span, message).help("indent with ordinary spaces").fix(fix))
    }

    /// `title: Outage: checkout fails`.
    fn unquoted_colon(&self) -> Option<Problem> {
        let value = self.nearby().find_map(|line| self.unquoted_value(line))?;
        let colon = value.start + self.source[value.range()].find(": ").unwrap_or(0);
        let message = "the value has an unquoted `: `, which YAML takes for another key";
        let (problem, fix) = self.quoted(self.problem(Span::new(colon, colon + 1), message), value);
        Some(problem.fix(fix))
    }

    /// `channels: {chat: #inc-checkout}`.
    fn comment_in_brackets(&self) -> Option<Problem> {
        let comment = comment_in_brackets(self.source, self.offset)?;
        let quoted = quote::double(&self.source[comment.range()]);
        let fix = Fix::safe("quote the value", self.in_file(comment), quoted.clone()).uncertain();
        let message = "`#` begins a comment here, so the bracket before it is never closed";
        Some(self.problem(comment, message).help(format!("quote the value: `{quoted}`")).fix(fix))
    }

    /// `title: [EU] checkout fails`, `public: "We" are looking`.
    fn text_after_close(&self) -> Option<Problem> {
        let (value, rest) = self.nearby().find_map(|line| {
            let value = self.value_on(line)?;
            let close = closing(&self.source[value.range()])?;
            (close < value.end - value.start).then(|| (value, Span::new(value.start + close, value.end)))
        })?;
        let close = &self.source[rest.start - 1..rest.start];
        let message = format!("text goes on after the closing `{close}`, so this is not one value");
        let (problem, fix) = self.quoted(self.problem(rest, message), value);
        Some(problem.fix(fix.uncertain()))
    }

    fn unclosed(&self) -> Option<Problem> {
        let (open, mark) = unclosed(self.source, self.offset, self.kind)?;
        let message = format!("a `{mark}` opens here and is never closed");
        Some(self.problem(Span::new(open, open + 1), message).help(advice(self.kind)))
    }

    /// `by:mara`, `-at: …`, and the wide colon of Japanese keyboards.
    fn missing_space(&self) -> Option<Problem> {
        if !does_not_fit(self.kind) {
            return None;
        }
        let (span, written, meant) = self.nearby().find_map(|line| unspaced(self.source, line))?;
        let fix = Fix::safe(format!("write `{meant}`"), self.in_file(span), meant.as_str());
        let message = format!("`{written}` needs an ordinary space after it, else YAML takes it for text");
        Some(self.problem(span, message).help(format!("write `{meant}`")).fix(fix))
    }

    fn misplaced_line(&self) -> Option<Problem> {
        if !does_not_fit(self.kind) {
            return None;
        }
        let text = &self.source[self.line.range()];
        let start = self.line.start + text.len() - text.trim_start().len();
        let place = Span::new(start, self.line.start + text.trim_end().len());
        let first = text.trim_start();
        Some(if first.starts_with("- ") || first.contains(": ") || first.trim_end().ends_with(':') {
            self.problem(place, "the indentation of this line matches neither the lines above nor a new level")
                .help("indent the keys of one mapping alike, two spaces a level")
        } else {
            self.problem(place, "this line is neither a key nor a part of the text above it")
                .help("write a text of several lines as `key: |`, and indent its lines deeper than the key")
        })
    }

    fn bad_first_character(&self) -> Option<Problem> {
        let ErrorKind::UnexpectedCharacter { character } = self.kind else { return None };
        let span = Span::new(self.offset, self.offset + self.source[self.offset..].chars().next()?.len_utf8());
        if character.is_control() {
            return Some(super::control_character(self.in_file(span), *character));
        }
        let value = Span::new(self.offset, self.offset + value_length(self.source, self.offset));
        let message = match character {
            '`' => "a value cannot begin with a backtick".into(),
            other => format!("a value cannot begin with `{other}`"),
        };
        let (problem, fix) = self.quoted(self.problem(span, message), value);
        Some(problem.fix(fix))
    }

    fn anything_else(&self) -> Problem {
        let width = self.source[self.offset..self.line.end.max(self.offset)].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(self.offset, self.offset + width);
        let message = format!("this is not valid YAML: {}", self.kind);
        self.problem(span, message).help(advice(self.kind))
    }

    /// What stands after `key: ` on a line, without a comment.
    fn value_on(&self, line: Span) -> Option<Span> {
        let text = &self.source[line.range()];
        let key = text.len() - text.trim_start_matches([' ', '-']).len();
        let after = key + text[key..].find(": ")? + 2;
        if text[key..after].contains(['{', '[', '"', '\'', '#']) {
            return None;
        }
        let start = after + text[after..].len() - text[after..].trim_start().len();
        let rest = &text[start..];
        let end = rest.find(" #").unwrap_or(rest.len());
        Some(Span::new(line.start + start, line.start + start + rest[..end].trim_end().len()))
    }

    /// A plain value with `: ` in it.
    fn unquoted_value(&self, line: Span) -> Option<Span> {
        let value = self.value_on(line)?;
        let text = &self.source[value.range()];
        let plain = !text.starts_with(['"', '\'', '[', '{', '|', '>']);
        (plain && (text.contains(": ") || text.ends_with(':'))).then_some(value)
    }
}

/// The parser met a line where it expected another one.
const fn does_not_fit(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidIndentation
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::BlockSequenceEntryNotAllowed
            | ErrorKind::MappingKeyNotAllowed
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::MappingValueNotAllowed
    )
}

/// The place of a dash or a key without the space that it needs, what was written there, and what was meant.
fn unspaced(source: &str, line: Span) -> Option<(Span, String, String)> {
    let text = &source[line.range()];
    let indent = text.len() - text.trim_start().len();
    if text[indent..].starts_with('-') && text[indent + 1..].starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some((Span::new(line.start + indent, line.start + indent + 1), "-".into(), "- ".into()));
    }
    let start = indent + text[indent..].strip_prefix("- ").map_or(0, |rest| text[indent..].len() - rest.len());
    let length = text[start..].find(|c: char| !c.is_ascii_lowercase() && c != '_')?;
    let colon = start + length;
    let after = text[colon..].strip_prefix([':', '：'])?;
    let blanks = after.len() - after.trim_start().len();
    if length == 0 || after.starts_with([' ', '/']) || after.trim().is_empty() {
        return None;
    }
    let end = text.len() - after.len() + blanks;
    let written = text[start..text.len() - after.len()].to_owned();
    let meant = format!("{}: ", &text[start..colon]);
    Some((Span::new(line.start + start, line.start + end), written, meant))
}

/// The end of the quote or bracket that a value begins with.
fn closing(value: &str) -> Option<usize> {
    let mut chars = value.char_indices();
    let (_, open) = chars.next()?;
    let mut depth = 1;
    while let Some((at, c)) = chars.next() {
        match (open, c) {
            ('"', '\\') => drop(chars.next()),
            ('"' | '\'', c) if c == open => return Some(at + 1),
            ('[' | '{', '[' | '{') => depth += 1,
            ('[' | '{', ']' | '}') => depth -= 1,
            ('[' | '{' | '"' | '\'', _) => {}
            _ => return None,
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The length of a plain value: to the end of its line, to a comment, or inside brackets to the end of its item.
fn value_length(source: &str, start: usize) -> usize {
    let line = line_at(source, start);
    let (before, rest) = (&source[line.start..start], &source[start..line.end]);
    let in_brackets = before.matches(['{', '[']).count() > before.matches(['}', ']']).count();
    let end = if in_brackets { rest.find([',', ']', '}']) } else { None };
    let end = [end, rest.find(" #")].into_iter().flatten().min().unwrap_or(rest.len());
    rest[..end].trim_end().len()
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
        ErrorKind::UnknownQuotedScalarEscape => "write a backslash as `\\\\`, or use single quotes",
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
