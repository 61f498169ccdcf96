//! A few folders of a tree, with some files as they are to be.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::record::archive::{self, Entry, RECORDS, Tree, TreeError};
use crate::record::find::{self, NotFound};
use crate::record::{Kind, glance, id};
use crate::response::settled::{Judge, Texts};

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
        let mut entries = Vec::new();
        for part in self.folders.iter().filter(|part| *part == folder || part.starts_with(&prefix)) {
            entries.extend(self.tree.list(part)?);
        }
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
    if id::fault(word).is_none() {
        let folder = shelf(word);
        if !tree.list(&folder)?.is_empty() {
            return Ok(Ok(folder));
        }
    }
    let folders = tree.record_folders(RECORDS)?;
    let by_id: BTreeMap<&str, &str> =
        folders.iter().filter_map(|folder| Some((folder.rsplit('/').next()?, &**folder))).collect();
    let found = find::id(word, by_id.keys().copied());
    Ok(found.map(|id| by_id.get(id).map_or_else(|| shelf(id), |folder| (*folder).to_owned())))
}

/// The folders with a record of one of these kinds that may still be open. What is over for certain is only glanced at;
/// whatever is in doubt is among them.
///
/// # Errors
///
/// The tree or its lifecycle cannot be read.
pub fn open_folders(tree: &dyn Tree, kinds: &[Kind]) -> Result<BTreeSet<String>, TreeError> {
    let lifecycle = archive::load_lifecycle(tree)?;
    let may_be_open = |folder: &str, kind: Kind| {
        let Some(machine) = lifecycle.machine(kind) else { return false };
        match tree.read(&format!("{folder}/{}", kind.file_name())) {
            Ok(None) => false,
            Ok(Some(bytes)) => {
                let status = std::str::from_utf8(&bytes).ok().and_then(glance::status);
                status.and_then(|status| machine.state(status)).is_none_or(|state| state.live)
            }
            // The full reading says what is wrong with it.
            Err(_) => true,
        }
    };
    let folders = tree.record_folders(RECORDS)?;
    let open = folders.par_iter().filter(|folder| kinds.iter().any(|kind| may_be_open(folder, *kind)));
    Ok(open.map(ToString::to_string).collect())
}

/// The folders that may owe something. What is settled for certain is only glanced at; whatever is in doubt is among them.
///
/// # Errors
///
/// The tree, its configuration or its lifecycle cannot be read.
pub fn owing_folders(tree: &dyn Tree) -> Result<BTreeSet<String>, TreeError> {
    let (lifecycle, config) = (archive::load_lifecycle(tree)?, archive::load_config(tree)?);
    let waived: BTreeSet<&str> =
        config.waivers.iter().filter_map(|waiver| Some(&*waiver.record.as_ref()?.value)).collect();
    let judge = Judge { config: &config, lifecycle: &lifecycle };
    let is_settled = |folder: &str| {
        // The full reading says what is wrong with a text.
        let read = |kind: Kind| -> Option<Option<String>> {
            let bytes = tree.read(&format!("{folder}/{}", kind.file_name())).ok()?;
            bytes.map(String::from_utf8).transpose().ok()
        };
        let (Some(postmortem), Some(event)) = (read(Kind::Postmortem), event_of(read)) else { return false };
        let event = event.as_ref().map(|(kind, text)| (*kind, text.as_str()));
        judge.is_settled(Texts { event, postmortem: postmortem.as_deref() })
    };
    let folders = tree.record_folders(RECORDS)?;
    let id = |folder: &str| waived.contains(folder.rsplit('/').next().unwrap_or(folder));
    let owing = folders.par_iter().filter(|folder| id(folder) || !is_settled(folder));
    Ok(owing.map(ToString::to_string).collect())
}

/// The incident, maintenance or drill of a folder. `None` where one cannot be read.
fn event_of(read: impl Fn(Kind) -> Option<Option<String>>) -> Option<Option<(Kind, String)>> {
    for kind in [Kind::Incident, Kind::Maintenance, Kind::Drill] {
        if let Some(text) = read(kind)? {
            return Some(Some((kind, text)));
        }
    }
    Some(None)
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

    #[test]
    fn only_what_is_over_for_certain_is_left_out() {
        let record = |status: &str| {
            format!("---\ntimeline:\n  - at: 2024-05-01T09:00:00Z\n    by: mara\n    status: {status}\n---\n")
        };
        let files = [
            ("incidents/2024/05/2024-05-01-over/incident.md", record("resolved")),
            ("incidents/2024/05/2024-05-02-old/incident.md", record("triage")),
            ("incidents/2024/05/2024-05-03-quoted/incident.md", record("\"resolved\"")),
            ("incidents/2024/05/2024-05-04-own/incident.md", record("unheard_of")),
            ("incidents/2024/05/2024-05-05-work/maintenance.md", record("scheduled")),
            ("incidents/2024/05/2024-05-06-work/maintenance.md", record("completed")),
            ("incidents/2024/05/2024-05-07-review/postmortem.md", record("draft")),
            ("incidents/elsewhere/incident.md", String::new()),
        ];
        let tree = Memory(files.map(|(path, text)| (path.to_owned(), text)).into());
        let open = |kinds: &[Kind]| {
            let folders = open_folders(&tree, kinds).unwrap();
            folders.iter().filter_map(|folder| Some(folder.rsplit('/').next()?.to_owned())).collect::<Vec<_>>()
        };
        let incidents = ["2024-05-02-old", "2024-05-03-quoted", "2024-05-04-own", "elsewhere"];
        assert_eq!(open(&[Kind::Incident]), incidents);
        assert_eq!(open(&[Kind::Maintenance, Kind::Postmortem]), ["2024-05-05-work"]);
    }
}
