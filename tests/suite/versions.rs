//! An archive with a past, as folders: `1/incidents/…`, `2/incidents/…`. Each is a commit and the last one is what the archive
//! says now. `2@2024-05-04` was made on that day; a first one named `1-shallow` has commits before it that are not there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use git_incident::record::history::{Commit, History, Step, Version};

/// What the archive says now.
pub type Files = BTreeMap<String, String>;

/// The files of the last version and what came before. Files that stand in no version are the archive itself.
pub fn split(files: Files) -> (Files, History) {
    let mut history = History::default();
    let mut now = Files::new();
    let mut known: BTreeMap<String, Arc<Version>> = BTreeMap::new();
    let versions = names(&files);
    for name in &versions {
        if name.ends_with("-shallow") {
            history.gap = Some("the history was asked for and is not there: this clone begins with this commit".into());
        }
        let prefix = format!("{name}/");
        now =
            files.iter().filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?.into(), text.clone()))).collect();
        let commit = Arc::new(commit(name));
        let paths: BTreeSet<String> = known.keys().chain(now.keys()).cloned().collect();
        for path in paths {
            let before = known.remove(&path);
            let after = now.get(&path).map(|text| match &before {
                Some(before) if *before.text == **text => Arc::clone(before),
                _ => Arc::new(Version::new(Arc::clone(&commit), path.as_str().into(), text.as_str().into())),
            });
            known.extend(after.clone().map(|version| (path, version)));
            let changed = before.as_ref().map(|version| &version.text) != after.as_ref().map(|version| &version.text);
            if changed {
                let before = before.into_iter().collect();
                history.add(Step { commit: Arc::clone(&commit), before, after }, true);
            }
        }
    }
    if versions.is_empty() { (files, history) } else { (now, history) }
}

/// The folder of the last version, as paths begin with it; nothing where there are no versions.
pub fn newest(files: &Files) -> String {
    names(files).last().map_or_else(String::new, |name| format!("{name}/"))
}

fn names(files: &Files) -> BTreeSet<String> {
    let folders = files.keys().filter_map(|path| Some(path.split_once('/')?.0));
    folders.filter(|folder| folder.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned).collect()
}

/// The commit of a folder, by its name.
pub fn commit(name: &str) -> Commit {
    let day = name.split_once('@').map_or("2024-05-01", |(_, day)| day);
    let number = name.chars().next().unwrap_or('0');
    Commit {
        id: number.to_string().repeat(8),
        author: "Mara Ito".into(),
        time: format!("{day}T12:00:00Z").parse().unwrap(),
    }
}
