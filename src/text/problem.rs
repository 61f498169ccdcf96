//! What is wrong with a text, before anyone has decided how bad that is.
//!
//! Reading never stops at the first mistake: every layer that reads pushes `Problem`s into a list and carries on.
//! The rule of the same name in `check::rules` gives a problem its level and its documentation.

use super::span::{LineIndex, Span};

/// One mistake found while reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the rule that reports it, such as `unknown-key`.
    pub rule: &'static str,
    pub span: Span,
    /// What is wrong and why it matters, in one sentence without a final full stop.
    pub message: String,
    /// Other places of the same text that explain it.
    pub labels: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

impl Problem {
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { rule, span, message: message.into(), labels: Vec::new(), help: None, fix: None }
    }

    /// What is wrong and where, in one line. `text` is the text that it was found in.
    pub fn at(&self, text: &str) -> String {
        let place = LineIndex::new(text).position(text, self.span.start);
        format!("line {}, column {}: {}", place.line, place.column, self.message)
    }

    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Attaches a fix, if there is one.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }
}

/// Replace the bytes of a span by other text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
}

/// A change that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "quote the title".
    pub title: String,
    /// In the order of their places, without overlaps.
    pub edits: Vec<Edit>,
    pub safety: Safety,
}

/// Whether a fix can be applied without a look at the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Means the same afterwards, or the only thing that could have been meant.
    Safe,
    /// Probably what was meant.
    Unsafe,
}

impl Fix {
    pub fn safe(title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        Self { title: title.into(), edits: vec![Edit { span, replacement: replacement.into() }], safety: Safety::Safe }
    }

    #[must_use]
    pub fn uncertain(mut self) -> Self {
        self.safety = Safety::Unsafe;
        self
    }
}
