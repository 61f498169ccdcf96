//! A finding as a value. Knows nothing of incidents; one renderer for each output stands beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::text::problem::{Fix, Problem};
use crate::text::span::Span;

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
}
