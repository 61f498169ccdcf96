//! The line above a record: where it stands.

use gen_lsp_types::{CodeLens, Command, Range};

use super::states;
use super::view::View;
use crate::record::{Content, Record};

/// Nothing while the record cannot be read; the editor then keeps or drops the last one as it likes.
pub fn lens(view: &View<'_>) -> Option<CodeLens> {
    let title = title(view, view.record()?)?;
    // An empty command is text that cannot be clicked.
    let command = Command { title, tooltip: None, command: String::new(), arguments: None };
    Some(CodeLens { range: Range::default(), command: Some(command), data: None })
}

fn title(view: &View<'_>, record: &Record) -> Option<String> {
    let Content::Postmortem(postmortem) = &record.content else { return states::line(view.archive, record) };
    let status = postmortem.status.as_ref()?.value.clone();
    let is_settled = |status: &str| matches!(status, "done" | "wont_do");
    let actions = &postmortem.actions;
    let settled =
        actions.iter().filter(|action| action.status.as_ref().is_some_and(|status| is_settled(status))).count();
    Some(match actions.len() {
        0 => status,
        all => format!("{status} · {settled} of {all} actions settled"),
    })
}
