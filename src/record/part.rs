//! A few folders of a tree, with some files as they are to be.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::record::archive::{Entry, RECORDS, Tree, TreeError};
use crate::record::find::{self, NotFound};
use crate::record::id;

/// Reads like a whole tree in which nothing else exists. What is no record, such as `incident.yaml`, is all there.
pub struct Part<'a> {
    tree: &'a dyn Tree,
    folders: &'a BTreeSet<String>,
    /// These come before those of the tree.
    files: &'a BTreeMap<String, String>,
}

impl std::fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part").field("folders", self.folders).finish_non_exhaustive()
    }
}

impl<'a> Part<'a> {
    pub fn new(tree: &'a dyn Tree, folders: &'a BTreeSet<String>, files: &'a BTreeMap<String, String>) -> Self {
        Self { tree, folders, files }
    }
}

impl Tree for Part<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, TreeError> {
        let prefix = format!("{folder}/");
        let parts: Vec<&String> =
            self.folders.iter().filter(|part| *part == folder || part.starts_with(&prefix)).collect();
        let lists: Vec<Vec<Entry>> = parts.par_iter().map(|part| self.tree.list(part)).collect::<Result<_, _>>()?;
        let mut entries: Vec<Entry> = lists.into_iter().flatten().collect();
        let new = self.files.keys().filter(|path| path.starts_with(&prefix));
        entries.extend(new.map(|path| Entry { path: path.as_str().into(), outside: false }));
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries.dedup_by(|a, b| a.path == b.path);
        Ok(entries)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TreeError> {
        match self.files.get(path) {
            Some(text) => Ok(Some(text.clone().into_bytes())),
            None => self.tree.read(path),
        }
    }
}

/// The folder of the record that a word means. A whole id is looked for on its shelf first, which in a large archive
/// saves reading the names of all the others.
///
/// # Errors
///
/// The tree cannot be listed. Inside: the word means no record, or several.
pub fn folder_of(tree: &dyn Tree, word: &str) -> Result<Result<String, NotFound>, TreeError> {
    let word = find::word_of(word);
    if id::fault(word).is_none() {
        let folder = shelf(word);
        if !tree.list(&folder)?.is_empty() {
            return Ok(Ok(folder));
        }
    }
    let mut folders = tree.record_folders(RECORDS)?;
    folders.sort_unstable();
    let by_id: BTreeMap<&str, &str> =
        folders.iter().filter_map(|folder| Some((folder.rsplit('/').next()?, &**folder))).collect();
    let found = find::id(word, by_id.keys().copied());
    Ok(found.map(|id| by_id.get(id).map_or_else(|| shelf(id), |folder| (*folder).to_owned())))
}

/// Where the tool puts the folder of an id: on the shelf of its month.
pub fn shelf(id: &str) -> String {
    match (id.get(..4), id.get(5..7)) {
        (Some(year), Some(month)) => format!("{RECORDS}/{year}/{month}/{id}"),
        _ => format!("{RECORDS}/{id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

    #[test]
    fn a_record_is_found_on_any_shelf() {
        let files = ["incidents/2024/05/2024-05-01-a/incident.md", "incidents/2024-05-02-b/incident.md"];
        let tree = Memory(files.map(|path| (path.to_owned(), String::new())).into());
        let found = |word| folder_of(&tree, word).unwrap().map_err(|why| why.to_string());
        assert_eq!(found("2024-05-01-a").unwrap(), "incidents/2024/05/2024-05-01-a");
        assert_eq!(found("2024-05-02-b").unwrap(), "incidents/2024-05-02-b");
        assert_eq!(found("02-b").unwrap(), "incidents/2024-05-02-b");
        assert!(found("2024").unwrap_err().contains("could be any of"));
    }
}
