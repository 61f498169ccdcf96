//! Formatting a record as `fmt` does.

use gen_lsp_types::TextEdit;

use super::view::View;
use crate::record::format::format;

/// Nothing for a document that is no record, or that cannot be read yet: its findings say why.
pub fn formatting(view: &View<'_>) -> Option<Vec<TextEdit>> {
    let record = view.record()?;
    let new = format(&view.document.text, record.kind).ok()?;
    Some(view.rewrite(&new))
}
