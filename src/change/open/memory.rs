//! What earlier looks found, as a text.
//!
//! A block for each shelf: a line for itself, which says how many follow, one for each folder of a record on it, and one
//! for each shelf below it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

use crate::record::Kind;
use crate::record::archive::Stamp;

/// Begins the line of a shelf, and no name.
const SHELF: char = '/';

/// Begins the line of a shelf below.
const BELOW: char = '>';

/// Blocks by the paths of their shelves.
#[derive(Debug)]
pub struct Memory<'a> {
    blocks: HashMap<&'a str, &'a str>,
}

/// One shelf as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf<'a> {
    pub path: Cow<'a, str>,
    /// While the shelf has this stamp, the same names stand on it. `None` where that is not known.
    pub stamp: Option<Stamp>,
    pub below: Vec<Cow<'a, str>>,
    pub folders: Vec<Folder<'a>>,
}

/// The folder of a record, by its name on the shelf, with the files of it that were over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder<'a> {
    pub name: Cow<'a, str>,
    pub over: Vec<(Kind, Stamp, Cow<'a, str>)>,
}

impl<'a> Memory<'a> {
    /// A block that `Shelf::write` cannot have written is left out when it is asked for: then that shelf is looked at again.
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices("\n/").map(|(at, _)| at + 1));
        let ends = starts.clone().skip(1).chain([text.len()]);
        let block = |(start, end): (usize, usize)| {
            let block = text.get(start..end)?;
            let path = block.lines().next()?.splitn(5, ' ').nth(4)?;
            Some((path, block))
        };
        Self { blocks: starts.zip(ends).filter_map(block).collect() }
    }

    pub fn shelf(&self, path: &str) -> Option<Shelf<'a>> {
        Shelf::read(self.blocks.get(path)?)
    }
}

impl<'a> Shelf<'a> {
    fn read(block: &'a str) -> Option<Self> {
        let (head, lines) = block.strip_suffix('\n')?.split_once('\n').unwrap_or_else(|| (block.trim_end(), ""));
        let (stamp, rest) = stamp(head.strip_prefix(SHELF)?)?;
        let (count, path) = rest.split_once(' ')?;
        let mut shelf =
            Self { path: path.into(), stamp: Some(stamp).filter(|stamp| *stamp != NONE), ..Self::default() };
        for line in lines.lines() {
            match line.strip_prefix(BELOW) {
                Some(name) => shelf.below.push(name.into()),
                None => shelf.folders.push(Folder::read(line)?),
            }
        }
        // Half of the names would hide the others.
        (count.parse() == Ok(shelf.lines())).then_some(shelf)
    }

    fn lines(&self) -> usize {
        self.folders.len() + self.below.len()
    }

    /// Adds the block. A name with a blank or a line break in it is not worth a format of its own: such a shelf is looked at
    /// each time.
    pub fn write(&self, out: &mut String) {
        let is_plain =
            |name: &str| !name.is_empty() && !name.starts_with([SHELF, BELOW]) && !name.contains([' ', '\n']);
        let is_known = self.below.iter().all(|name| is_plain(name)) && !self.path.contains('\n');
        if !is_known || !self.folders.iter().all(|folder| is_plain(&folder.name)) {
            return;
        }
        let _ = writeln!(out, "{SHELF}{} {} {}", Written(self.stamp.unwrap_or(NONE)), self.lines(), self.path);
        for folder in &self.folders {
            out.push_str(&folder.name);
            for (kind, stamp, status) in &folder.over {
                let _ = write!(out, " {} {} {status}", kind.name(), Written(*stamp));
            }
            out.push('\n');
        }
        for name in &self.below {
            let _ = writeln!(out, "{BELOW}{name}");
        }
    }
}

impl<'a> Folder<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let (name, mut rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut over = Vec::new();
        while !rest.is_empty() {
            let (kind, after) = rest.split_once(' ')?;
            let (stamp, after) = stamp(after)?;
            let (status, after) = after.split_once(' ').unwrap_or((after, ""));
            over.push((Kind::of_name(kind)?, stamp, status.into()));
            rest = after;
        }
        Some(Self { name: name.into(), over })
    }
}

/// Stands where no stamp is known.
const NONE: Stamp = Stamp { modified: 0, changed: 0, size: 0 };

/// When something was modified and changed, and its size.
struct Written(Stamp);

impl std::fmt::Display for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.0.modified, self.0.changed, self.0.size)
    }
}

/// A stamp, and what follows it.
fn stamp(text: &str) -> Option<(Stamp, &str)> {
    let mut fields = text.splitn(4, ' ');
    let mut field = || fields.next();
    let stamp =
        Stamp { modified: field()?.parse().ok()?, changed: field()?.parse().ok()?, size: field()?.parse().ok()? };
    Some((stamp, field()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again_and_nothing_else() {
        let stamp = |modified| Stamp { modified, changed: -2, size: 3 };
        let folder = |name: &'static str, over| Folder { name: name.into(), over };
        let full = Shelf {
            path: "incidents/a b".into(),
            stamp: Some(stamp(1)),
            below: vec!["05".into()],
            folders: vec![
                folder("2024-05-01-a", vec![(Kind::Incident, stamp(4), "resolved".into())]),
                folder("2024-05-02-b", vec![]),
            ],
        };
        let bare = Shelf { path: "incidents".into(), ..Shelf::default() };
        let odd = Shelf { path: "odd".into(), folders: vec![folder("a b", vec![])], ..Shelf::default() };
        let mut text = String::new();
        for shelf in [&full, &odd, &bare] {
            shelf.write(&mut text);
        }
        assert_eq!(
            text,
            "/1 -2 3 3 incidents/a b\n2024-05-01-a incident 4 -2 3 resolved\n2024-05-02-b\n>05\n/0 0 0 0 incidents\n"
        );
        let memory = Memory::new(&text);
        assert_eq!(memory.shelf("incidents/a b"), Some(full));
        assert_eq!(memory.shelf("incidents"), Some(bare));
        assert_eq!(memory.shelf("odd"), None);
        for broken in [
            "",
            "/1 2 3 0",
            "/1 2 x 0 a\n",
            "/1 2 3 1 a\nb incident\n",
            "/1 2 3 1 a\nb postmortems 1 2 3 x\n",
            "/1 2 3 0 a",
            "/1 2 3 2 a\nb\n",
        ] {
            assert_eq!(Memory::new(broken).shelf("a"), None, "{broken:?}");
        }
    }
}
