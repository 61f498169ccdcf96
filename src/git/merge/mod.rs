//! Three versions of a record in, one out, or a conflict with readable markers. Pure.
//!
//! Text merges see two updates at the end of one list as a conflict. Here an entry is an entry: two that were added stand
//! in the order of their times, one that both sides have stands once, and the exact text of each is kept. The front
//! matter is merged key by key, a mapping in it too, the text below it line by line.

use git2::{Buf, MergeFileInput, MergeFileOptions, merge_file};

use crate::record::lifecycle::Machine;

mod cut;
mod mapping;
mod render;
mod statuses;
mod timeline;
mod weave;

#[cfg(test)]
mod tests;

pub use render::Labels;

use cut::{Key, cut};
use render::Hunk;
use weave::{Alike, Strand, strands, weave};

/// The outcome of a merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The record; where the sides disagree, both versions between conflict markers.
    pub text: String,
    /// What they disagree about, a sentence each without a full stop. Empty where the merge is clean.
    pub conflicts: Vec<String>,
}

/// Merges three versions of a record. An empty `base` means that both sides made the file.
///
/// `machine` is the lifecycle that the record runs through. `None` as result: one of the texts is no readable record, or
/// they are written too differently; then a merge of lines is the best there is.
pub fn merge(base: &str, ours: &str, theirs: &str, machine: Option<&Machine>, labels: Labels<'_>) -> Option<Merged> {
    if let Some(text) = one_changed(base, ours, theirs) {
        return Some(Merged { text: text.to_owned(), conflicts: Vec::new() });
    }
    let [base, ours, theirs] = [cut(base)?, cut(ours)?, cut(theirs)?];
    let mut merged = Merged::default();
    let mut hunks = vec![Hunk::Text(one_changed(base.head, ours.head, theirs.head)?)];
    hunks.extend(keys([&base.keys, &ours.keys, &theirs.keys], machine, "", &mut merged.conflicts)?);
    hunks.push(Hunk::Own(lines(base.tail, ours.tail, theirs.tail)?));
    let body = lines_or_markers(base.body, ours.body, theirs.body, labels).unwrap_or_else(|with_markers| {
        merged.conflicts.push("the text below the front matter was changed on both sides".into());
        with_markers
    });
    hunks.push(Hunk::Own(body));
    merged.text = render::join(&hunks, ours.head, labels);
    // What was put together from pieces has to read as those pieces.
    (!merged.conflicts.is_empty() || cut(&merged.text).is_some()).then_some(merged)
}

/// The version that counts, where at most one side changed something or both did the same.
fn one_changed<T: PartialEq>(base: T, ours: T, theirs: T) -> Option<T> {
    if ours == theirs || theirs == base {
        Some(ours)
    } else if ours == base {
        Some(theirs)
    } else {
        None
    }
}

/// Merges lines. `None` where that gives a conflict.
fn lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    lines_or_markers(base, ours, theirs, Labels::default()).ok()
}

/// Merges lines. The error is the text with markers.
fn lines_or_markers(base: &str, ours: &str, theirs: &str, labels: Labels<'_>) -> Result<String, String> {
    if let Some(text) = one_changed(base, ours, theirs) {
        return Ok(text.to_owned());
    }
    let whole = || render::join(&[Hunk::Conflict { ours: vec![ours], theirs: vec![theirs] }], ours, labels);
    // Of all calls only `merge_file` forgets to start libgit2, which then fails and writes into memory that is not its own.
    let _started = Buf::new();
    let [mut one, mut two, mut three] = [MergeFileInput::new(), MergeFileInput::new(), MergeFileInput::new()];
    let mut options = MergeFileOptions::new();
    options.our_label(labels.ours).their_label(labels.theirs);
    let result = merge_file(
        one.content(base.as_bytes()),
        two.content(ours.as_bytes()),
        three.content(theirs.as_bytes()),
        Some(&mut options),
    );
    let Ok(result) = result else { return Err(whole()) };
    let text = String::from_utf8(result.content().to_vec()).map_err(|_| whole())?;
    if result.is_automergeable() { Ok(text) } else { Err(text) }
}

/// Merges the keys of a mapping. `path` stands before their names in what is said of them.
fn keys<'a>(
    [base, ours, theirs]: [&[Key<'a>]; 3],
    machine: Option<&Machine>,
    path: &str,
    conflicts: &mut Vec<String>,
) -> Option<Vec<Hunk<'a>>> {
    let alike = |a: &Key<'_>, b: &Key<'_>| if a.name == b.name { Alike::Same } else { Alike::Different };
    let name = |strand: &Strand| strand.ours.map(|i| ours[i].name).or(strand.theirs.map(|i| theirs[i].name));
    let all = strands(base, ours, theirs, alike);
    let mut hunks = Vec::new();
    for strand in weave(&all, |a, b| name(a) < name(b))? {
        let versions = Versions {
            base: strand.base.map(|i| &base[i]),
            ours: strand.ours.map(|i| &ours[i]),
            theirs: strand.theirs.map(|i| &theirs[i]),
        };
        hunks.extend(versions.merge(machine, path, conflicts)?);
    }
    Some(hunks)
}

/// One key in three versions; it may be missing in any of them.
#[derive(Clone, Copy)]
struct Versions<'v, 'a> {
    base: Option<&'v Key<'a>>,
    ours: Option<&'v Key<'a>>,
    theirs: Option<&'v Key<'a>>,
}

impl<'a> Versions<'_, 'a> {
    fn merge(self, machine: Option<&Machine>, path: &str, conflicts: &mut Vec<String>) -> Option<Vec<Hunk<'a>>> {
        let texts = [self.base, self.ours, self.theirs].map(|key| key.map_or("", |key| key.text));
        let [base, ours, theirs] = texts;
        if let Some(text) = one_changed(base, ours, theirs) {
            return Some(vec![Hunk::Text(text)]);
        }
        if let Some([base, ours, theirs]) = self.values(Key::timeline) {
            return timeline::merge(&base, &ours, &theirs, machine, conflicts);
        }
        let name = format!("{path}{}", self.ours.or(self.theirs).map_or("", |key| key.name));
        if let Some(mappings) = self.values(Key::mapping)
            && let Some(hunks) = mapping::merge(&mappings, &format!("{name}."), conflicts)
        {
            return Some(hunks);
        }
        // Lines of a value are merged only where they have a common origin.
        if !base.is_empty()
            && let Some(text) = lines(base, ours, theirs)
        {
            return Some(vec![Hunk::Own(text)]);
        }
        conflicts.push(format!("`{name}` was changed on both sides"));
        let side = |text: &'a str| if text.is_empty() { Vec::new() } else { vec![text] };
        Some(vec![Hunk::Conflict { ours: side(ours), theirs: side(theirs) }])
    }

    /// What both sides have and the base, if it has the key, has too.
    fn values<T: Default>(self, value: impl Fn(&Key<'a>) -> Option<T>) -> Option<[T; 3]> {
        let base = self.base.map_or_else(|| Some(T::default()), &value)?;
        Some([base, value(self.ours?)?, value(self.theirs?)?])
    }
}
