//! Edits that keep every byte they do not mean to change: comments, order, quoting, line endings.
//!
//! An edit replaces a stretch of the text. Then the result is read again, and it counts only if it says exactly what it
//! was to say and no comment was lost. Whatever is written in a way that this cannot be shown for is left to a person:
//! it is refused with the line.

use std::fmt;

use super::data::Data;
use super::frontmatter;
use super::problem::{Edit, Problem};
use super::span::{LineIndex, Span};

mod intent;
mod order;
mod page;
mod path;
mod pieces;
mod splice;
#[cfg(test)]
mod tests;

pub use order::{order_items, order_keys, trim_lines};
use page::Page;
pub use path::{Path, Step};
pub use pieces::{Pieces, cut};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Gives a key or an item a value. A key that is missing is added at the end of its mapping, which is made if it
    /// is missing too.
    Set { path: Path, value: Data },
    /// Adds a key behind another one, or at the end of its mapping.
    Add { path: Path, after: Option<String>, value: Data },
    /// Adds an item to a list, which is made if there is none. Index 0 is its start, its length its end.
    Insert { path: Path, index: usize, value: Data },
    /// Removes a key or an item.
    Remove { path: Path },
    /// Gives a key another name.
    Rename { path: Path, name: String },
}

impl Op {
    fn path(&self) -> &Path {
        match self {
            Self::Set { path, .. }
            | Self::Add { path, .. }
            | Self::Insert { path, .. }
            | Self::Remove { path }
            | Self::Rename { path, .. } => path,
        }
    }
}

/// Why a text has to be edited by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannotEdit {
    /// From 1.
    pub line: usize,
    /// A sentence without a full stop.
    pub reason: String,
}

impl fmt::Display for CannotEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for CannotEdit {}

fn refuse(text: &str, place: usize, reason: impl Into<String>) -> CannotEdit {
    CannotEdit { line: LineIndex::new(text).line(place) + 1, reason: reason.into() }
}

/// Edits the front matter of a record.
///
/// # Errors
///
/// There is no front matter that can be read, the edit makes no sense there, or it cannot be made without loss.
pub fn edit(text: &str, op: &Op) -> Result<String, CannotEdit> {
    edit_at(text, front(text)?, op, front)
}

/// Edits a file that is YAML from its first line to its last, such as `incident.yaml`.
///
/// # Errors
///
/// It cannot be read, the edit makes no sense there, or it cannot be made without loss.
pub fn edit_yaml(text: &str, op: &Op) -> Result<String, CannotEdit> {
    edit_at(text, whole(text)?, op, whole)
}

/// The value of the front matter.
///
/// # Errors
///
/// There is no front matter that can be read.
pub fn data(text: &str) -> Result<Data, CannotEdit> {
    Ok(Page::read(text, front(text)?)?.tree)
}

fn front(text: &str) -> Result<Span, CannotEdit> {
    let split = frontmatter::split(text);
    split.front.ok_or_else(|| unreadable(text, split.problems))
}

fn whole(text: &str) -> Result<Span, CannotEdit> {
    let mut problems = Vec::new();
    if !frontmatter::is_readable(text, &mut problems) {
        return Err(unreadable(text, problems));
    }
    Ok(Span::new(if text.starts_with('\u{feff}') { 3 } else { 0 }, text.len()))
}

fn unreadable(text: &str, problems: Vec<Problem>) -> CannotEdit {
    match problems.into_iter().find(|problem| problem.rule != "line-endings") {
        Some(problem) => refuse(text, problem.span.start, problem.message),
        None => refuse(text, 0, "there is no front matter"),
    }
}

fn edit_at(
    text: &str,
    front: Span,
    op: &Op,
    front_of: impl Fn(&str) -> Result<Span, CannotEdit>,
) -> Result<String, CannotEdit> {
    let page = Page::read(text, front)?;
    let place = splice::place(&page, op);
    let meant = intent::apply(op, &page.tree).map_err(|reason| page.refuse(place, reason))?;
    if meant == page.tree {
        return Ok(text.to_owned());
    }
    let new = replaced(text, &splice::splice(&page, op)?);
    let after = front_of(&new).and_then(|front| Page::read(&new, front));
    match after {
        Ok(after) if after.tree != meant => Err(by_hand(&page, place, UNSAFE)),
        Ok(after) if after.comments() != page.comments() => {
            Err(by_hand(&page, place, "the change would lose a comment"))
        }
        Ok(_) => Ok(new),
        Err(why) => Err(page.refuse(place, format!("this change would make the file unreadable: {}", why.reason))),
    }
}

const UNSAFE: &str = "this is written in a way that cannot be changed safely";

fn by_hand(page: &Page<'_>, place: usize, reason: &str) -> CannotEdit {
    page.refuse(place, format!("{reason}; edit this place by hand"))
}

fn replaced(text: &str, edit: &Edit) -> String {
    format!("{}{}{}", &text[..edit.span.start], edit.replacement, &text[edit.span.end..])
}
