//! Quick fixes, and all safe ones at once.

use std::collections::HashMap;

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionResponse, TextEdit, WorkspaceEdit};

use super::diagnostics::{diagnostic, in_document};
use super::view::View;
use crate::check::fix;
use crate::text::problem::{Fix, Safety};
use crate::text::span::Span;

/// What can be done about the findings that a selection touches.
pub fn quick_fixes(view: &View<'_>, selection: Span) -> Vec<CodeActionResponse> {
    let touched = |span: Span| span.start <= selection.end && selection.start <= span.end;
    let found = in_document(view).filter(|found| touched(found.span));
    let fixes = found.filter_map(|found| Some((found, found.fix.as_ref()?)));
    let action = |found, fix: &Fix| CodeAction {
        title: title(fix),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostic(view, found)]),
        is_preferred: Some(fix.safety == Safety::Safe),
        edit: Some(edit(view, fix.edits.iter().map(|edit| text_edit(view, edit.span, &edit.replacement)).collect())),
        ..CodeAction::default()
    };
    fixes.map(|(found, fix)| action(found, fix).into()).collect()
}

/// All safe fixes of the document, as far as one round goes; nothing where there are none.
pub fn fix_all_now(view: &View<'_>) -> Option<CodeActionResponse> {
    let mended = fix::mend(view.report, Safety::Safe);
    let (_, new, _) = mended.into_iter().find(|(path, ..)| path == view.path)?;
    fix_all(view, &new)
}

/// The action that makes the fixed text of the document.
pub fn fix_all(view: &View<'_>, new: &str) -> Option<CodeActionResponse> {
    let edits = view.rewrite(new);
    let action = CodeAction {
        title: "fix everything that is safe to fix".to_owned(),
        kind: Some(CodeActionKind::SourceFixAll),
        edit: Some(edit(view, edits.clone())),
        ..CodeAction::default()
    };
    (!edits.is_empty()).then(|| action.into())
}

fn title(fix: &Fix) -> String {
    match fix.safety {
        Safety::Safe => fix.title.clone(),
        Safety::Unsafe => format!("{} (look at the result)", fix.title),
    }
}

fn text_edit(view: &View<'_>, span: Span, replacement: &str) -> TextEdit {
    TextEdit { range: view.range(span), new_text: replacement.to_owned() }
}

fn edit(view: &View<'_>, edits: Vec<TextEdit>) -> WorkspaceEdit {
    let changes = HashMap::from([(view.document.uri.clone(), edits)]);
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}
