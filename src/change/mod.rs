//! A change to records, judged before a byte of it is written.
//!
//! Whatever writes a record goes through here, so nothing is written that `check` would report as a new fault. What is
//! still owed, or came too late, is no reason to refuse what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::check::{self, Options, rules};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::archive::{Archive, Tree, TreeError};
use crate::record::touched;

pub mod open;
pub mod owing;

pub use crate::record::part::{Part, folder_of, shelf};

/// Files as they are to be: path relative to the root of the archive, with `/`, and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub files: BTreeMap<String, String>,
}

impl Change {
    pub fn of(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { files: [(path.into(), text.into())].into() }
    }
}

/// What a change would make of an archive.
#[derive(Debug)]
pub struct Verdict {
    /// The errors that only the change brings.
    pub errors: Vec<Diagnostic>,
    /// Everything of the archive that was looked at, after the change.
    pub archive: Archive,
}

/// Judges a change to a tree.
///
/// # Errors
///
/// The tree cannot be read.
pub fn judge(tree: &dyn Tree, change: &Change, as_of: Timestamp) -> Result<Verdict, TreeError> {
    judge_files(tree, (tree, &change.files), change.files.keys(), as_of)
}

/// Judges a tree that differs from one before it in some files.
///
/// # Errors
///
/// One of them cannot be read.
pub fn judge_tree(
    before: &dyn Tree,
    after: &dyn Tree,
    changed: &[String],
    as_of: Timestamp,
) -> Result<Verdict, TreeError> {
    judge_files(before, (after, &BTreeMap::new()), changed, as_of)
}

/// Only the folders of the change are read at first: that is enough to find every error in them, and in an archive of
/// 10,000 records it takes a hundredth of the time. Where they seem wrong those decide that are read with them, because a
/// name may stand for something there.
fn judge_files<'c>(
    before: &dyn Tree,
    (after, files): (&dyn Tree, &BTreeMap<String, String>),
    changed: impl IntoIterator<Item = &'c String> + Clone,
    as_of: Timestamp,
) -> Result<Verdict, TreeError> {
    let compare = |folders: &BTreeSet<String>| {
        compare(&Part::new(before, folders, &BTreeMap::new()), &Part::new(after, folders, files), as_of)
    };
    let verdict = compare(&touched::folders_of(changed.clone()))?;
    if verdict.errors.is_empty() { Ok(verdict) } else { compare(&touched::around(after, files, changed)?.0) }
}

fn compare(before: &dyn Tree, after: &dyn Tree, as_of: Timestamp) -> Result<Verdict, TreeError> {
    let archive = Archive::load(after)?;
    let mut errors = errors(&archive, as_of);
    if errors.is_empty() {
        return Ok(Verdict { errors, archive });
    }
    let mut known = counted(&self::errors(&Archive::load(before)?, as_of));
    errors.retain(|error| match known.get_mut(&name(error)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    Ok(Verdict { errors, archive })
}

fn errors(archive: &Archive, as_of: Timestamp) -> Vec<Diagnostic> {
    let report = check::run(archive, &Options { as_of, refusing: true, ..Options::default() });
    let refuses = |found: &Diagnostic| rules::find(found.rule).is_some_and(|rule| rule.nature.refuses());
    report.diagnostics.into_iter().filter(|found| found.level == Level::Error && refuses(found)).collect()
}

/// What stays of an error when lines move.
type Name = (&'static str, Arc<str>, String);

fn name(error: &Diagnostic) -> Name {
    (error.rule, Arc::clone(&error.path), error.message.clone())
}

fn counted(errors: &[Diagnostic]) -> BTreeMap<Name, usize> {
    let mut counts = BTreeMap::new();
    for error in errors {
        *counts.entry(name(error)).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

    const A: &str = "incidents/2024/05/2024-05-01-a/incident.md";
    const B: &str = "incidents/2024/05/2024-05-01-b/incident.md";

    fn record(keys: &str, entries: &str) -> String {
        format!(
            "---\ntitle: x\n{keys}timeline:\n  - {{at: 2024-05-01T09:00:00Z, by: mara, status: triage}}\n{entries}---\n"
        )
    }

    fn tree(a: &str, b: &str) -> Memory {
        let files = [(A, a), (B, b), ("incident.yaml", "people: [{id: mara}]\n")];
        Memory(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into())
    }

    fn rules(tree: &Memory, path: &str, text: String) -> Vec<&'static str> {
        let verdict = judge(tree, &Change::of(path, text), Timestamp::UNIX_EPOCH).unwrap();
        verdict.errors.iter().map(|error| error.rule).collect()
    }

    #[test]
    fn a_change_answers_for_its_own_errors_only() {
        let wrong = "  - {at: 2024-05-01T09:05:00Z, by: nobody, note: x}\n";
        let tree = tree(&record("", wrong), &record("", wrong));
        let note = format!("{wrong}  - {{at: 2024-05-01T09:10:00Z, by: mara, note: x}}\n");
        assert_eq!(rules(&tree, A, record("", &note)), [""; 0]);
        let closed = format!("{wrong}  - {{at: 2024-05-01T09:10:00Z, by: nobody, status: closed}}\n");
        assert!(rules(&tree, A, record("", &closed)).contains(&"illegal-transition"));
        assert!(rules(&tree, A, record("", &closed)).contains(&"unknown-reference"));
    }

    #[test]
    fn a_name_may_stand_for_something_elsewhere() {
        let tree = tree(&record("", ""), &record("", ""));
        assert_eq!(rules(&tree, A, record("related: {duplicate_of: 2024-05-01-b}\n", "")), [""; 0]);
        assert_eq!(rules(&tree, A, record("related: {duplicate_of: 2024-05-01-c}\n", "")), ["unknown-reference"]);
    }
}
