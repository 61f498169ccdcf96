//! A finding as a value. Knows nothing of incidents; one renderer for each output stands beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::text::problem::{Fix, Problem};
use crate::text::span::{LineIndex, Position, Span};

mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
mod masked;
pub mod sarif;
pub mod statistics;
pub mod terminal;

/// How bad a finding is. `Error` makes `check` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Info,
    Warning,
    Error,
}

impl Level {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// What an output tells its readers about a rule.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    pub name: &'static str,
    /// Where no setting says otherwise.
    pub level: Level,
    pub summary: &'static str,
    /// Markdown.
    pub explain: &'static str,
    pub tags: Vec<&'static str>,
    /// The address of its page, where the documentation is published.
    pub url: Option<String>,
}

/// A place in a file of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Relative to the root of the archive, with `/`.
    pub path: Arc<str>,
    pub span: Span,
    pub text: String,
}

/// One finding of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub rule: &'static str,
    pub level: Level,
    /// Relative to the root of the archive, with `/`.
    pub path: Arc<str>,
    pub span: Span,
    pub message: String,
    pub labels: Vec<Label>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

impl Diagnostic {
    pub fn new(level: Level, path: &Arc<str>, problem: Problem) -> Self {
        Self {
            rule: problem.rule,
            level,
            path: Arc::clone(path),
            span: problem.span,
            message: problem.message,
            labels: problem
                .labels
                .into_iter()
                .map(|(span, text)| Label { path: Arc::clone(path), span, text })
                .collect(),
            help: problem.help,
            fix: problem.fix,
        }
    }

    /// Explains another place of the same file.
    pub fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        let path = Arc::clone(&self.path);
        self.label_in(&path, span, text)
    }

    /// Explains a place of any file.
    pub fn label_in(&mut self, path: &Arc<str>, span: Span, text: impl Into<String>) -> &mut Self {
        self.labels.push(Label { path: Arc::clone(path), span, text: text.into() });
        self
    }

    /// Says what to do about it.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Attaches a fix, if there is one.
    pub fn fix(&mut self, fix: impl Into<Option<Fix>>) -> &mut Self {
        self.fix = fix.into();
        self
    }
}

/// The texts that diagnostics point into, by path.
pub type Sources = BTreeMap<Arc<str>, Arc<str>>;

/// All findings of one run, in a stable order: path, place, rule.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub diagnostics: Vec<Diagnostic>,
    pub sources: Sources,
    /// How many records were looked at.
    pub records: usize,
}

impl Report {
    pub fn new(mut diagnostics: Vec<Diagnostic>, sources: Sources, records: usize) -> Self {
        diagnostics.sort_by(|a, b| (&a.path, a.span, a.rule, &a.message).cmp(&(&b.path, b.span, b.rule, &b.message)));
        diagnostics.dedup();
        Self { diagnostics, sources, records }
    }

    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|d| d.level == level).count()
    }

    /// Leaves errors only.
    #[must_use]
    pub fn errors_only(mut self) -> Self {
        self.diagnostics.retain(|found| found.level == Level::Error);
        self
    }

    /// The same report with paths from a folder further up, below which the archive stands. An empty name is the archive's
    /// own root.
    #[must_use]
    pub fn below(mut self, folder: &str) -> Self {
        if folder.is_empty() {
            return self;
        }
        let moved = |path: &Arc<str>| Arc::from(format!("{folder}/{path}"));
        for found in &mut self.diagnostics {
            found.path = moved(&found.path);
            found.labels.iter_mut().for_each(|label| label.path = moved(&label.path));
        }
        self.sources = self.sources.into_iter().map(|(path, text)| (moved(&path), text)).collect();
        self
    }

    /// How many files have findings.
    pub fn files(&self) -> usize {
        let mut paths: Vec<_> = self.diagnostics.iter().map(|d| &d.path).collect();
        paths.dedup();
        paths.len()
    }
}

/// Finds lines and columns in the files of a report, each of which is searched for lines only once.
#[derive(Debug)]
struct Places<'a> {
    sources: &'a Sources,
    lines: BTreeMap<Arc<str>, LineIndex>,
}

impl<'a> Places<'a> {
    const fn new(sources: &'a Sources) -> Self {
        Self { sources, lines: BTreeMap::new() }
    }

    /// The text and the lines of a file; nothing for a file that could not be read.
    fn of(&mut self, path: &Arc<str>) -> Option<(&'a str, &LineIndex)> {
        let text = self.sources.get(path)?;
        let lines = self.lines.entry(Arc::clone(path)).or_insert_with(|| LineIndex::new(text));
        Some((text, lines))
    }

    /// Where a span begins and ends: the end is the place after its last character. A file that could not be read has one
    /// place only.
    fn range(&mut self, path: &Arc<str>, span: Span) -> (Position, Position) {
        let first = Position { line: 1, column: 1 };
        self.of(path)
            .map_or((first, first), |(text, lines)| (lines.position(text, span.start), lines.position(text, span.end)))
    }

    /// The line on which a span begins, without the blanks around it.
    fn line(&mut self, path: &Arc<str>, span: Span) -> &'a str {
        self.of(path).map_or("", |(text, lines)| {
            let number = lines.line(span.start.min(text.len()));
            let start = lines.line_start(number).unwrap_or(text.len());
            text[start..].lines().next().unwrap_or("").trim()
        })
    }
}

/// What stands for itself in the path of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path as a part of an address.
fn uri(path: &str) -> String {
    utf8_percent_encode(path, PLAIN).to_string()
}

/// The message, and what to do about it on a line of its own.
fn message_and_help(found: &Diagnostic) -> String {
    match &found.help {
        Some(help) => format!("{}\nhelp: {help}", found.message),
        None => found.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_can_be_told_from_further_up() {
        let (path, other): (Arc<str>, Arc<str>) = ("incident.yaml".into(), "a/b.md".into());
        let mut found = Diagnostic::new(Level::Error, &path, Problem::new("r", Span::at(0), "x"));
        found.label_in(&other, Span::at(0), "y");
        let sources = Sources::from([(Arc::clone(&path), "x".into()), (Arc::clone(&other), "y".into())]);
        let report = Report::new(vec![found], sources, 1);
        let moved = report.clone().below("ops/status");
        assert_eq!(&*moved.diagnostics[0].path, "ops/status/incident.yaml");
        assert_eq!(&*moved.diagnostics[0].labels[0].path, "ops/status/a/b.md");
        assert!(moved.sources.keys().all(|path| path.starts_with("ops/status/")));
        assert_eq!(report.clone().below("").diagnostics, report.diagnostics);
    }

    #[test]
    fn addresses_have_no_strange_characters() {
        assert_eq!(uri("incidents/a b/결제#1.md"), "incidents/a%20b/%EA%B2%B0%EC%A0%9C%231.md");
    }
}
