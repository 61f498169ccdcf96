//! The part of an archive in which a change of some files can be judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::part::Part;
use crate::record::archive::{Archive, RECORDS, Tree, TreeError, is_setting};
use crate::record::{Kind, Target, id};

/// Records of so many days before and after are looked at with each other: duplicates, overlapping work, people who are
/// needed twice.
const NEAR: i32 = 7;

/// Whether a change decides about records that it does not touch: their words, names and settings, or links to what is gone.
pub fn touches_all(tree: &dyn Tree, changed: &BTreeSet<String>) -> Result<bool, TreeError> {
    for path in changed {
        if is_setting(path) || is_record(path) && tree.read(path)?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The files that findings may be about where some files changed: these, and the records beside them.
pub fn files(changed: &BTreeSet<String>) -> impl Iterator<Item = Arc<str>> {
    let beside = |path: &String| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        Kind::ALL.map(|kind| Arc::from(format!("{folder}/{}", kind.file_name())))
    };
    changed.iter().flat_map(move |path| beside(path).into_iter().chain([Arc::from(path.as_str())]))
}

/// Reads the folders of changed files, those of the same days, and those that any of these refer to.
///
/// # Errors
///
/// The tree cannot be read.
pub fn load(tree: &dyn Tree, changed: &BTreeSet<String>) -> Result<Archive, TreeError> {
    around(tree, &BTreeMap::new(), changed).map(|(_, archive)| archive)
}

/// The folders of changed files, those of the same days, and those that any of these refer to; and what is in them, with
/// some files as they are to be.
///
/// # Errors
///
/// The tree cannot be read.
pub fn around<'c>(
    tree: &dyn Tree,
    files: &BTreeMap<String, String>,
    changed: impl IntoIterator<Item = &'c String>,
) -> Result<(BTreeSet<String>, Archive), TreeError> {
    let all = tree.record_folders(RECORDS)?;
    let by_id = |folder: &Arc<str>| folder.rsplit('/').next().unwrap_or_default().to_owned();
    let mut ids: BTreeMap<String, Vec<&Arc<str>>> = BTreeMap::new();
    for folder in &all {
        ids.entry(by_id(folder)).or_default().push(folder);
    }
    let own = folders_of(changed);
    let days: Vec<Date> = own.iter().filter_map(|folder| id::day(folder.rsplit('/').next()?)).collect();
    let is_near = |day: Date| {
        days.iter().any(|own| {
            day.checked_sub(NEAR.days()).is_ok_and(|from| from <= *own) && *own <= day.saturating_add(NEAR.days())
        })
    };
    let own_ids: BTreeSet<&str> = own.iter().filter_map(|folder| folder.rsplit('/').next()).collect();
    let is_beside = |id: &str| own_ids.contains(id) || id::day(id).is_some_and(is_near);
    let beside = ids.iter().filter(|(id, _)| is_beside(id)).flat_map(|(_, folders)| folders);
    let mut folders: BTreeSet<String> = beside.map(|folder| folder.to_string()).chain(own.iter().cloned()).collect();
    loop {
        let archive = Archive::load(&Part::new(tree, &folders, files))?;
        let references = archive.records.iter().flat_map(|record| &record.references);
        let named = references.filter(|reference| reference.target == Target::Incident);
        let meant: Option<Vec<_>> = named.map(|reference| ids.get(&reference.name.value)).collect();
        let before = folders.len();
        // An old id of a changed record may be the id of any other.
        let changed = archive.all().filter(|record| own_ids.contains(&*record.id));
        let same = changed.flat_map(|record| record.aliases()).filter_map(|alias| ids.get(&alias.value)).flatten();
        folders.extend(same.map(|folder| folder.to_string()));
        match meant {
            Some(meant) => folders.extend(meant.into_iter().flatten().map(|folder| folder.to_string())),
            // A name that no folder has may be an older id of any record.
            None => drop(folders.insert(RECORDS.to_owned())),
        }
        if folders.len() == before {
            return Ok((folders, archive));
        }
    }
}

/// The folders of files.
pub fn folders_of<'a>(paths: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    paths.into_iter().filter_map(|path| Some(path.rsplit_once('/')?.0.to_owned())).collect()
}

fn is_record(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(_, name)| Kind::of_file(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

    fn tree() -> Memory {
        let record = |id: &str, keys: &str| {
            let text = format!(
                "---\ntitle: x\n{keys}timeline:\n  - {{at: 2024-05-01T09:00:00Z, by: mara, status: triage}}\n---\n"
            );
            (format!("incidents/2024/05/{id}/incident.md"), text)
        };
        let files = [
            record("2024-05-08-own", "related: {recurrence_of: [2024-02-01-cause]}\n"),
            record("2024-02-01-cause", "related: {caused_by: [2024-01-01-first]}\n"),
            record("2024-01-01-first", ""),
            record("2024-05-01-week-before", ""),
            record("2024-05-15-week-after", ""),
            record("2024-04-30-too-early", ""),
            record("2024-05-16-too-late", ""),
        ];
        Memory(files.into())
    }

    fn changed(path: &str) -> BTreeSet<String> {
        [path.to_owned()].into()
    }

    #[test]
    fn a_record_is_read_with_its_days_and_with_what_it_leads_to() {
        let own = changed("incidents/2024/05/2024-05-08-own/pool.png");
        let archive = load(&tree(), &own).unwrap();
        let ids: BTreeSet<&str> = archive.records.iter().map(|record| &*record.id).collect();
        let expected = [
            "2024-01-01-first",
            "2024-02-01-cause",
            "2024-05-01-week-before",
            "2024-05-08-own",
            "2024-05-15-week-after",
        ];
        assert_eq!(ids, expected.into());
        let mut tree = tree();
        let path = "incidents/2024/05/2024-05-08-own/incident.md";
        let text = tree.0[path].replace("2024-02-01-cause", "2024-02-02-its-older-id");
        tree.0.insert(path.to_owned(), text);
        assert_eq!(load(&tree, &own).unwrap().records.len(), 7, "it may be an older id of any record");
        assert!(files(&own).any(|path| &*path == "incidents/2024/05/2024-05-08-own/postmortem.md"));
    }

    #[test]
    fn whoever_has_the_same_id_is_read_wherever_it_stands() {
        let own = "incidents/2024/05/2024-05-08-own/incident.md";
        let mut tree = tree();
        tree.0.insert("incidents/lost/incident.md".into(), tree.0[own].clone());
        tree.0.insert("incidents/2024/lost/incident.md".into(), tree.0[own].clone());
        let paths = |tree: &Memory, path: &str| -> Vec<String> {
            load(tree, &changed(path)).unwrap().records.iter().map(|record| record.path.to_string()).collect()
        };
        assert!(paths(&tree, "incidents/lost/incident.md").contains(&"incidents/2024/lost/incident.md".to_owned()));
        let too_late = "incidents/2024/05/2024-05-16-too-late/incident.md".to_owned();
        assert!(!paths(&tree, own).contains(&too_late));
        let text = tree.0[own].replace("title: x\n", "title: x\naliases: [2024-05-16-too-late]\n");
        tree.0.insert(own.to_owned(), text);
        assert!(paths(&tree, own).contains(&too_late));
    }

    #[test]
    fn settings_and_what_is_gone_touch_everything() {
        let touches = |path| touches_all(&tree(), &changed(path)).unwrap();
        assert!(touches("incident.yaml") && touches("schemas/lifecycle.yaml"));
        assert!(touches("incidents/2024/05/2024-05-09-gone/incident.md"));
        assert!(!touches("incidents/2024/05/2024-05-08-own/incident.md"));
        assert!(!touches("incidents/2024/05/2024-05-08-own/gone.png"));
    }
}
