//! Three mappings into one, key by key: who answered one question does not disagree with who answered another.

use super::cut::{Layout, Mapping};
use super::render::Hunk;
use super::{keys, one_changed};

/// `path` is the name of the mapping with a dot behind it. `None` where the sides are written too differently, or disagree
/// within one line.
pub fn merge<'a>(
    [base, ours, theirs]: &[Mapping<'a>; 3],
    path: &str,
    conflicts: &mut Vec<String>,
) -> Option<Vec<Hunk<'a>>> {
    if ours.layout != theirs.layout || ![Layout::Empty, ours.layout].contains(&base.layout) {
        return None;
    }
    let head = one_changed(base.head, ours.head, theirs.head)?;
    let tail = one_changed(base.tail, ours.tail, theirs.tail)?;
    let mut found = Vec::new();
    let hunks = keys([&base.keys, &ours.keys, &theirs.keys], None, path, &mut found)?;
    match ours.layout {
        Layout::Empty => None,
        Layout::Brackets => Some(vec![Hunk::Own(format!("{head}{}{tail}", in_one_line(&hunks)?))]),
        Layout::Lines(_) => {
            // Without any key left it would be another value than a mapping.
            hunks.iter().any(|hunk| !matches!(hunk, Hunk::Text(""))).then_some(())?;
            conflicts.append(&mut found);
            Some([vec![Hunk::Text(head)], hunks, vec![Hunk::Text(tail)]].concat())
        }
    }
}

/// `None` where there would have to be markers.
fn in_one_line(hunks: &[Hunk<'_>]) -> Option<String> {
    let texts: Option<Vec<&str>> =
        hunks.iter().map(|hunk| if let Hunk::Text(text) = hunk { Some(*text) } else { None }).collect();
    // What one side removed is empty.
    Some(texts?.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "))
}
