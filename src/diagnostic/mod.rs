//! A finding as a value. Knows nothing of incidents; one renderer for each output stands beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::text::problem::{Fix, Problem};
use crate::text::span::{LineIndex, Span};

pub mod json;
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
}
