//! Puts keys and items into another order, each with its comments.

use crate::text::data::Data;
use crate::text::problem::Edit;
use crate::text::span::Span;

use super::page::{Page, Slot};
use super::path::{Path, Step};
use super::pieces::cut;
use super::{CannotEdit, UNSAFE, by_hand, front, intent, replaced};

/// Sorts the keys of a mapping of the front matter by their rank; keys of one rank keep their order. Comments above a key
/// and behind its value go with it. The comments at the top of the file stay there, up to an empty line.
///
/// # Errors
///
/// The front matter cannot be read, or the keys cannot be moved without loss.
pub fn order_keys(text: &str, path: &Path, rank: impl Fn(&str) -> usize) -> Result<String, CannotEdit> {
    let page = Page::read(text, front(text)?)?;
    let mut meant = page.tree.clone();
    let map = page.find(&path.0)?;
    let (Some(map), Ok(Some(Data::Map(pairs)))) = (map, intent::find(&mut meant, &path.0)) else {
        return Ok(text.to_owned());
    };
    if pairs.is_sorted_by_key(|(key, _)| rank(key)) {
        return Ok(text.to_owned());
    }
    pairs.sort_by_key(|(key, _)| rank(key));
    let keys = page.keys(map)?;
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by_key(|index| rank(keys[*index].0));
    let slots: Vec<Slot<'_>> = keys.into_iter().map(|(_, slot)| slot).collect();
    let edit = if map.in_flow || page.brackets(map) {
        pairs_in_order(&page, &slots, &order)?
    } else {
        lines_in_order(&page, &slots, &order)?
    };
    checked(&page, map.head, &meant, replaced(text, &edit))
}

/// Puts the items of a list at the top level of the front matter into the order of their indices.
///
/// # Errors
///
/// The front matter cannot be read, or the items do not stand in lines of their own.
pub fn order_items(text: &str, key: &str, order: &[usize]) -> Result<String, CannotEdit> {
    if order.is_sorted() {
        return Ok(text.to_owned());
    }
    let page = Page::read(text, front(text)?)?;
    let pieces = cut(text, key)?;
    let path = Path::keys(key);
    let mut meant = page.tree.clone();
    if let Ok(Some(Data::List(items))) = intent::find(&mut meant, &path.0) {
        *items = order.iter().filter_map(|index| items.get(*index).cloned()).collect();
    }
    let mut items: Vec<(String, usize)> = Vec::new();
    for index in order {
        let item = pieces.items.get(*index).ok_or_else(|| page.refuse(page.front.start, "there is no such item"))?;
        items.push(((*item).to_owned(), *index));
    }
    first_without_empty_lines(&mut items);
    let items: String = items.into_iter().map(|(item, _)| item).collect();
    let place = page.child(page.document(), &Step::Key(key.to_owned()))?.map_or(0, |slot| slot.head);
    checked(&page, place, &meant, format!("{}{items}{}", pieces.before, pieces.after))
}

/// Removes blanks at the ends of the lines of the front matter, wherever they mean nothing.
///
/// # Errors
///
/// The front matter cannot be read.
pub fn trim_lines(text: &str) -> Result<String, CannotEdit> {
    let page = Page::read(text, front(text)?)?;
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for gap in page.gaps() {
        out.push_str(&text[done..gap.start]);
        for line in text[gap.range()].split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            // The last piece of a gap has a value behind it.
            let kept = if line.ends_with('\n') { content.trim_end_matches([' ', '\t']) } else { content };
            out.push_str(kept);
            out.push_str(&line[content.len()..]);
        }
        done = gap.end;
    }
    out.push_str(&text[done..]);
    if out == text { Ok(out) } else { checked(&page, page.front.start, &page.tree, out) }
}

/// The text, if it means what it is to mean and no comment is lost.
fn checked(page: &Page<'_>, place: usize, meant: &Data, new: String) -> Result<String, CannotEdit> {
    let sorted = |mut comments: Vec<&str>| {
        comments.sort_unstable();
        comments.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let same = front(&new)
        .and_then(|front| Page::read(&new, front))
        .is_ok_and(|after| after.tree == *meant && sorted(after.comments()) == sorted(page.comments()));
    if same { Ok(new) } else { Err(by_hand(page, place, UNSAFE)) }
}

/// Pairs in brackets change places; what is between them stays.
fn pairs_in_order(page: &Page<'_>, slots: &[Slot<'_>], order: &[usize]) -> Result<Edit, CannotEdit> {
    let ends = slots.iter().map(|slot| page.value_end(*slot)).collect::<Result<Vec<_>, _>>()?;
    let mut replacement = String::new();
    for (place, index) in order.iter().enumerate() {
        if place > 0 {
            replacement.push_str(&page.text[ends[place - 1]..slots[place].head]);
        }
        replacement.push_str(&page.text[slots[*index].head..ends[*index]]);
    }
    Ok(Edit { span: Span::new(slots[0].head, ends[ends.len() - 1]), replacement })
}

/// A key of a block mapping.
struct Lines<'a> {
    /// The empty lines and comments above it.
    above: &'a str,
    /// From the key to the end of its last line.
    text: &'a str,
}

fn lines_in_order(page: &Page<'_>, slots: &[Slot<'_>], order: &[usize]) -> Result<Edit, CannotEdit> {
    let first = slots[0].head;
    let behind_dash = !page.begins_line(first);
    let mut start = if behind_dash { first } else { page.line_start(first) };
    if slots[0].column == 0 {
        start = page.own_comments(page.front.start, start);
    }
    let mut lines = Vec::new();
    let mut from = start;
    for slot in slots {
        let end = page.past_comments(page.line_end(page.value_end(*slot)?), slot.column);
        let above = if slot.head == from { "" } else { &page.text[from..page.line_start(slot.head)] };
        lines.push(Lines { above, text: &page.text[slot.head..end] });
        from = end;
    }
    let blanks = " ".repeat(slots[0].column.max(0).cast_unsigned());
    let mut moved: Vec<(String, usize)> = Vec::new();
    for index in order {
        let Lines { above, text } = lines[*index];
        if moved.is_empty() && behind_dash {
            if !above.trim().is_empty() {
                return Err(by_hand(
                    page,
                    slots[*index].head,
                    "the first key of an item has no room for a comment above it",
                ));
            }
            moved.push((format!("{above}{text}"), *index));
        } else {
            moved.push((format!("{above}{blanks}{text}"), *index));
        }
    }
    first_without_empty_lines(&mut moved);
    let replacement = moved.into_iter().map(|(text, _)| text).collect();
    Ok(Edit { span: Span::new(start, from), replacement })
}

/// What comes first now gives the empty lines above it to what was first.
fn first_without_empty_lines(texts: &mut [(String, usize)]) {
    let Some((first, _)) = texts.first_mut() else { return };
    let empty: usize = first.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
    let lines: String = first.drain(..empty).collect();
    if let Some((text, _)) = texts.iter_mut().find(|(_, index)| *index == 0) {
        text.insert_str(0, &lines);
    }
}
