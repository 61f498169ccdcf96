//! Findings as the protocol has them.

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Message,
};

use super::view::View;
use crate::check::rules;
use crate::diagnostic::{self, Level};

/// The findings in a document.
pub fn of(view: &View<'_>) -> Vec<Diagnostic> {
    in_document(view).map(|found| diagnostic(view, found)).collect()
}

pub fn in_document<'a>(view: &View<'a>) -> impl Iterator<Item = &'a diagnostic::Diagnostic> {
    let path = view.path;
    view.report.diagnostics.iter().filter(move |found| found.path == *path)
}

pub fn diagnostic(view: &View<'_>, found: &diagnostic::Diagnostic) -> Diagnostic {
    let related = found.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: view.location(&label.path, label.span),
        message: label.text.clone(),
    });
    let related: Vec<_> = related.collect();
    let help = found.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    Diagnostic {
        range: view.range(found.span),
        severity: Some(severity(found.level)),
        code: Some(Code::String(found.rule.to_owned())),
        code_description: href(found.rule),
        source: Some("git-incident".to_owned()),
        message: Message::String(format!("{}{help}", found.message)),
        tags: tag(found.rule).map(|tag| vec![tag]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

/// Where a rule is described on the web, once it is.
fn href(rule: &str) -> Option<CodeDescription> {
    let url = rules::find(rule)?.url()?;
    Some(CodeDescription { href: url.into() })
}

const fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Info => DiagnosticSeverity::Information,
    }
}

/// Editors strike a name through that should not be used any more.
fn tag(rule: &str) -> Option<DiagnosticTag> {
    (rule == "retired-service").then_some(DiagnosticTag::Deprecated)
}
