//! From an edit to the stretch of text that it replaces.

use crate::text::data::Data;
use crate::text::problem::Edit;
use crate::text::quote;
use crate::text::span::Span;

use super::page::{Form, Page, Slot};
use super::path::{Path, Step};
use super::{CannotEdit, Op};

/// The one stretch to replace. Whether it says what was meant is for the caller to find out.
pub(super) fn splice(page: &Page<'_>, op: &Op) -> Result<Edit, CannotEdit> {
    let mut edit = match op {
        Op::Set { path, value } => set(page, path, None, value),
        Op::Add { path, after, value } => set(page, path, after.as_deref(), value),
        Op::Insert { path, index, value } => insert(page, path, *index, value),
        Op::Remove { path } => remove(page, path),
        Op::Rename { path, name } => rename(page, path, name),
    }?;
    if page.newline() == "\r\n" {
        edit.replacement = edit.replacement.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    Ok(edit)
}

/// Where to look when an edit cannot be made: the deepest part of its path that exists.
pub(super) fn place(page: &Page<'_>, op: &Op) -> usize {
    let mut slot = page.document();
    for step in &op.path().0 {
        match page.child(slot, step) {
            Ok(Some(child)) => slot = child,
            _ => break,
        }
    }
    slot.head
}

fn set(page: &Page<'_>, path: &Path, after: Option<&str>, value: &Data) -> Result<Edit, CannotEdit> {
    if let Some(slot) = page.find(&path.0)? {
        return replace(page, slot, path, value);
    }
    let Some((Step::Key(key), parents)) = path.0.split_last() else {
        return Err(page.refuse(page.front.start, format!("there is no `{path}`")));
    };
    let parent_path = Path(parents.to_vec());
    match page.find(parents)? {
        Some(parent) if parent.node.pairs().is_some_and(|pairs| !pairs.is_empty()) => {
            add(page, parent, after, key, value)
        }
        Some(parent) if parents.is_empty() => {
            Ok(lines_at(page, parent.node.span.start.max(page.front.end), &value.pair(key, 0)))
        }
        Some(parent) => replace(page, parent, &parent_path, &Data::map([(key.as_str(), value.clone())])),
        None => set(page, &parent_path, None, &Data::map([(key.as_str(), value.clone())])),
    }
}

/// Whole lines, put before the line that starts at a place.
fn lines_at(page: &Page<'_>, place: usize, lines: &str) -> Edit {
    let line_before_ends = place == 0 || page.text[..place].ends_with('\n') || place == page.front.start;
    let replacement = if line_before_ends { format!("{lines}\n") } else { format!("\n{lines}") };
    Edit { span: Span::at(place), replacement }
}

fn blanks(column: isize) -> String {
    " ".repeat(column.max(0).cast_unsigned())
}

fn add(page: &Page<'_>, map: Slot<'_>, after: Option<&str>, key: &str, value: &Data) -> Result<Edit, CannotEdit> {
    let keys = page.keys(map)?;
    let before = match after {
        Some(after) => keys.iter().find(|(name, _)| *name == after),
        None => keys.last(),
    };
    let Some((_, before)) = before else {
        return Err(page.refuse(map.head, format!("`{key}` has no place here")));
    };
    let end = page.value_end(*before)?;
    if before.in_flow {
        let pair = Data::map([(key, value.clone())]).flow();
        let replacement = format!(", {}", &pair[1..pair.len() - 1]);
        return Ok(Edit { span: Span::at(end), replacement });
    }
    let column = before.column;
    let lines = format!("{}{}", blanks(column), value.pair(key, column.max(0).cast_unsigned()));
    Ok(lines_at(page, page.past_comments(page.line_end(end), column), &lines))
}

/// What follows a key or dash: the rest of its line, and the lines below.
struct Written {
    inline: String,
    lines: String,
}

impl Written {
    fn new(text: &str) -> Self {
        let (inline, lines) = text.split_once('\n').unwrap_or((text, ""));
        Self { inline: inline.trim_start().to_owned(), lines: lines.to_owned() }
    }
}

/// Writes another value behind a key or dash.
fn replace(page: &Page<'_>, slot: Slot<'_>, path: &Path, value: &Data) -> Result<Edit, CannotEdit> {
    let form = page.form(slot);
    if slot.in_flow {
        let replacement = value.flow();
        return Ok(match form {
            Form::Nothing => Edit { span: Span::at(slot.after), replacement: format!(" {replacement}") },
            _ => Edit { span: slot.node.span, replacement },
        });
    }
    let column = slot.column.max(0).cast_unsigned();
    let new = match path.0.last() {
        Some(Step::Item(_)) if form == Form::Inline && page.brackets(slot) => Written::new(&value.flow()),
        Some(Step::Item(_)) => Written::new(&value.item(column)[1..]),
        Some(Step::Key(key)) => Written::new(&value.after_key(key, column)),
        None => return Err(page.refuse(slot.head, "the whole document cannot be replaced")),
    };
    // The old value: something on the line of its key, then perhaps lines of its own.
    let end = page.value_end(slot)?;
    let start = slot.node.span.start;
    let below = page.line_end(slot.after);
    let on_line = start < below;
    let (inline, lines) = match form {
        Form::Nothing => (Span::at(slot.after), Span::at(below)),
        Form::Literal => {
            let header = page.literal_header(slot);
            let first = page.line_end(header.end);
            (header, Span::new(first, if end <= header.end { first } else { page.line_end(end) }))
        }
        Form::Inline | Form::Block if on_line => (Span::new(start, end), Span::at(page.line_end(end))),
        Form::Inline | Form::Block => (Span::at(slot.after), Span::new(below, page.line_end(end))),
    };
    let many_lines = page.text[inline.range()].contains('\n');
    let rest = &page.text[inline.end..lines.start];
    // A comment behind a block of lines stays behind the last of them.
    let body = if many_lines && !new.lines.is_empty() {
        format!("{}\n{}{rest}", new.inline, new.lines)
    } else if new.lines.is_empty() {
        format!("{}{rest}", new.inline)
    } else {
        let rest = rest.trim_end_matches(['\n', '\r']);
        format!("{}{rest}\n{}\n", new.inline, new.lines)
    };
    let from = if new.inline.is_empty() || inline.start == slot.after { slot.after } else { inline.start };
    let gap = if from == slot.after && !new.inline.is_empty() { " " } else { "" };
    let mut replacement = format!("{gap}{body}");
    let old_ends_line = page.text[..lines.end].ends_with('\n');
    if !old_ends_line {
        replacement.truncate(replacement.trim_end_matches(['\n', '\r']).len());
    }
    Ok(Edit { span: Span::new(from, lines.end), replacement })
}

fn insert(page: &Page<'_>, path: &Path, index: usize, value: &Data) -> Result<Edit, CannotEdit> {
    let list = page.find(&path.0)?;
    let Some(list) = list else {
        return set_list(page, path, None, value);
    };
    let items = page.items(list)?;
    let Some(last) = items.last() else {
        return set_list(page, path, Some(list), value);
    };
    if last.in_flow {
        let item = value.flow();
        return Ok(match items.get(index) {
            Some(next) => Edit { span: Span::at(next.head), replacement: format!("{item}, ") },
            None => Edit { span: Span::at(last.node.span.end), replacement: format!(", {item}") },
        });
    }
    let column = last.column.max(0).cast_unsigned();
    let beside = page.brackets(*last).then(|| value.short_flow(column + 2)).flatten();
    let item = beside.map_or_else(|| value.item(column), |line| format!("- {line}"));
    let item = format!("{}{item}", blanks(last.column));
    let spaced = is_spaced(page, &items)?;
    if let Some(next) = items.get(index) {
        if !page.begins_line(next.head) {
            return Err(page.refuse(next.head, "the list begins behind another dash or key; edit it by hand"));
        }
        let place = match index.checked_sub(1) {
            Some(before) => page.past_comments(page.line_end(page.value_end(items[before])?), last.column),
            None => page.past_empty_lines(page.line_end(list.after)),
        };
        let lines = match (spaced, index) {
            (true, 0) => format!("{item}\n"),
            (true, _) => format!("\n{item}"),
            (false, _) => item,
        };
        return Ok(lines_at(page, place, &lines));
    }
    let end = page.line_end(page.value_end(*last)?);
    let place = page.past_comments(end, list.column);
    let lines = if spaced && place == end { format!("\n{item}") } else { item };
    Ok(lines_at(page, place, &lines))
}

/// A list of one item, for a key that has none.
fn set_list(page: &Page<'_>, path: &Path, slot: Option<Slot<'_>>, value: &Data) -> Result<Edit, CannotEdit> {
    let list = Data::List(vec![value.clone()]);
    match (slot, value) {
        // An entry gets its lines, however short it is.
        (Some(slot), Data::Map(_)) if !slot.in_flow && slot.column >= 0 => {
            let column = slot.column.cast_unsigned() + 2;
            let lines = format!("{}{}", " ".repeat(column), value.item(column));
            let from = slot.after;
            let end = page.value_end(slot)?.max(from);
            let stop = page.line_end(end);
            let rest = page.text[end..stop].trim_end_matches(['\n', '\r']);
            let broken = if page.text[..stop].ends_with('\n') { "\n" } else { "" };
            Ok(Edit { span: Span::new(from, stop), replacement: format!("{rest}\n{lines}{broken}") })
        }
        (None, Data::Map(_)) if path.0.len() == 1 => {
            let Some(Step::Key(key)) = path.0.first() else {
                return Err(page.refuse(page.front.start, format!("there is no `{path}`")));
            };
            let lines = format!("{key}:\n  {}", value.item(2));
            let keys = page.keys(page.document())?;
            let place = match keys.last() {
                Some((_, last)) => page.past_comments(page.line_end(page.value_end(*last)?), last.column),
                None => page.front.end,
            };
            Ok(lines_at(page, place, &lines))
        }
        (Some(slot), _) => replace(page, slot, path, &list),
        (None, _) => set(page, path, None, &list),
    }
}

/// Whether every item stands off from the one above it by an empty line.
fn is_spaced(page: &Page<'_>, items: &[Slot<'_>]) -> Result<bool, CannotEdit> {
    for pair in items.windows(2) {
        let gap = page.line_end(page.value_end(pair[0])?);
        if gap >= pair[1].head || !page.is_empty_line(gap) {
            return Ok(false);
        }
    }
    Ok(items.len() > 1)
}

fn remove(page: &Page<'_>, path: &Path) -> Result<Edit, CannotEdit> {
    let missing = || page.refuse(page.front.start, format!("there is no `{path}`"));
    let (last, parents) = path.0.split_last().ok_or_else(missing)?;
    let parent = page.find(parents)?.ok_or_else(missing)?;
    let slots: Vec<Slot<'_>> = match last {
        Step::Key(_) => page.keys(parent)?.into_iter().map(|(_, slot)| slot).collect(),
        Step::Item(_) => page.items(parent)?,
    };
    let index = match last {
        Step::Key(key) => page.keys(parent)?.iter().position(|(name, _)| name == key).ok_or_else(missing)?,
        Step::Item(index) => *index,
    };
    let slot = *slots.get(index).ok_or_else(missing)?;
    let end = page.value_end(slot)?;
    if slots.len() == 1 && !parents.is_empty() {
        let empty = if matches!(last, Step::Key(_)) { Data::Map(Vec::new()) } else { Data::List(Vec::new()) };
        return replace(page, parent, &Path(parents.to_vec()), &empty);
    }
    let next = slots.get(index + 1);
    let span = match next {
        Some(next) if slot.in_flow || !page.begins_line(slot.head) => Span::new(slot.head, next.head),
        None if slot.in_flow => Span::new(page.value_end(slots[index - 1])?, end),
        _ => return remove_lines(page, &slots, index, end),
    };
    Ok(Edit { span, replacement: String::new() })
}

fn remove_lines(page: &Page<'_>, slots: &[Slot<'_>], index: usize, end: usize) -> Result<Edit, CannotEdit> {
    let slot = slots[index];
    let mut span = Span::new(page.line_start(slot.head), page.line_end(end));
    let is_item = slot.after == slot.head + 1;
    if is_item && is_spaced(page, slots)? {
        if index == 0 {
            span.end = page.line_end(span.end);
        } else if let Some(above) = page.empty_line_above(span.start) {
            span.start = above;
        }
    }
    // Without a line break at the end, the one before goes.
    if span.end == page.text.len() && !page.text.ends_with('\n') {
        span.start = page.text[..span.start].trim_end_matches(['\n', '\r']).len().max(page.front.start);
    }
    Ok(Edit { span, replacement: String::new() })
}

fn rename(page: &Page<'_>, path: &Path, name: &str) -> Result<Edit, CannotEdit> {
    let slot = page.find(&path.0)?.filter(|_| matches!(path.0.last(), Some(Step::Key(_))));
    let slot = slot.ok_or_else(|| page.refuse(page.front.start, format!("there is no key `{path}`")))?;
    let end = page.text[..slot.after - 1].trim_end().len();
    Ok(Edit { span: Span::new(slot.head, end), replacement: quote::scalar(name).into_owned() })
}
