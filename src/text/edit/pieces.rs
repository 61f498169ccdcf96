//! Cuts a list into the exact texts of its items.

use super::page::{Form, Page};
use super::path::Step;
use super::{CannotEdit, front};

/// A file as the items of one of its lists, and what is around them. Joined together they are the file, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pieces<'a> {
    /// Ends with the line of the list's key.
    pub before: &'a str,
    /// Whole lines: the comments and empty lines above an item belong to it, as do comments that are indented deeper
    /// than its dash.
    pub items: Vec<&'a str>,
    pub after: &'a str,
}

/// Cuts a list at the top level of the front matter, such as `timeline`. A list without items, or a missing one, has no
/// pieces: then everything is `before`, to the place where a first item would go.
///
/// # Errors
///
/// There is no front matter that can be read, or the list is not written with a line for each dash.
pub fn cut<'a>(text: &'a str, key: &str) -> Result<Pieces<'a>, CannotEdit> {
    let page = Page::read(text, front(text)?)?;
    let list = page.child(page.document(), &Step::Key(key.to_owned()))?;
    let Some(list) = list.filter(|list| list.node.items().is_some_and(|items| !items.is_empty())) else {
        let end = list.map_or(Ok(page.front.end), |list| page.value_end(list).map(|end| page.line_end(end)))?;
        return Ok(Pieces { before: &text[..end], items: Vec::new(), after: &text[end..] });
    };
    let by_lines = page.form(list) == Form::Block;
    let items = page.items(list)?;
    if let Some(item) = items.iter().find(|item| !by_lines || !page.begins_line(item.head)) {
        return Err(page.refuse(item.head, format!("the items of `{key}` do not stand in lines of their own")));
    }
    let first = page.line_end(list.after).min(page.line_start(items[0].head));
    let mut ends = vec![first];
    for item in &items {
        ends.push(page.past_comments(page.line_end(page.value_end(*item)?), item.column));
    }
    Ok(Pieces {
        before: &text[..first],
        items: ends.windows(2).map(|ends| &text[ends[0]..ends[1]]).collect(),
        after: &text[ends[ends.len() - 1]..],
    })
}
