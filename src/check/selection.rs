//! Which files a report is limited to.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::record::archive::Archive;
use crate::record::find::{self, NotFound};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// `None` selects everything.
    paths: Option<BTreeSet<Arc<str>>>,
}

/// A word that names no file, and no record or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSelected(NotFound);

impl fmt::Display for NotSelected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            NotFound::Nothing { word, .. } => {
                write!(f, "`{word}` is neither a file, a folder nor an id of this archive")
            }
            why => why.fmt(f),
        }
    }
}

impl std::error::Error for NotSelected {}

impl NotSelected {
    /// What to do about it.
    pub fn help(&self) -> String {
        self.0.help()
    }
}

impl Selection {
    /// Selects files, folders (both relative to the root of the archive), ids, and unambiguous parts of ids.
    /// No words select everything.
    pub fn of(archive: &Archive, words: &[String]) -> Result<Self, NotSelected> {
        if words.is_empty() {
            return Ok(Self::default());
        }
        let mut paths = BTreeSet::new();
        for word in words {
            let word = word.trim_start_matches("./").trim_end_matches('/');
            if word.is_empty() || word == "." {
                return Ok(Self::default());
            }
            paths.extend(selected(archive, word)?);
        }
        Ok(Self { paths: Some(paths) })
    }

    /// Selects these files and no others.
    pub fn files(paths: impl IntoIterator<Item = Arc<str>>) -> Self {
        Self { paths: Some(paths.into_iter().collect()) }
    }

    /// Whether nothing is left out.
    pub const fn is_everything(&self) -> bool {
        self.paths.is_none()
    }

    pub fn includes(&self, path: &Arc<str>) -> bool {
        self.paths.as_ref().is_none_or(|paths| paths.contains(path))
    }
}

fn selected(archive: &Archive, word: &str) -> Result<Vec<Arc<str>>, NotSelected> {
    let records = || archive.records.iter();
    let named = |path: &str, id: &str| {
        path == word || id == word || path.strip_prefix(word).is_some_and(|rest| rest.starts_with('/'))
    };
    let mut paths: Vec<_> =
        records().filter(|record| named(&record.path, &record.id)).map(|record| Arc::clone(&record.path)).collect();
    let others = archive.problems.iter().map(|(path, _)| path).chain([&archive.config.path]);
    paths.extend(others.filter(|path| named(path, "")).cloned());
    // Commit hooks name every changed file, attachments too.
    let is_file = || archive.files.iter().any(|path| named(path, ""));
    if !paths.is_empty() || is_file() {
        return Ok(paths);
    }
    let meant = find::id(word, archive.folders.keys().map(|id| &**id)).map_err(NotSelected)?;
    Ok(records().filter(|record| &*record.id == meant).map(|record| Arc::clone(&record.path)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

    #[test]
    fn a_word_must_mean_something_and_only_one_thing() {
        let record = |id: &str| (format!("incidents/2024/05/{id}/incident.md"), String::new());
        let attachment = ("incidents/2024/05/2024-05-02-checkout-slow/pool.png".to_owned(), String::new());
        let files = [record("2024-05-01-checkout-errors"), record("2024-05-02-checkout-slow"), attachment];
        let archive = Archive::load(&Memory(files.into())).unwrap();
        let select = |word: &str| Selection::of(&archive, &[word.to_owned()]).map_err(|e| e.to_string());
        assert!(select("slow").unwrap().includes(&"incidents/2024/05/2024-05-02-checkout-slow/incident.md".into()));
        assert!(!select("slow").unwrap().includes(&"incidents/2024/05/2024-05-01-checkout-errors/incident.md".into()));
        assert_eq!(
            select("checkout").unwrap_err(),
            "`checkout` could be any of 2024-05-01-checkout-errors, 2024-05-02-checkout-slow"
        );
        assert_eq!(select("incidents/2024/05/2024-05-02-checkout-slow/pool.png"), Ok(Selection::files([])));
        assert!(select("search").unwrap_err().contains("neither a file"));
        let unknown = Selection::of(&archive, &["search".to_owned()]).unwrap_err();
        assert!(unknown.help().contains("git incident list"), "{}", unknown.help());
    }

    #[test]
    fn files_and_folders_are_named_as_a_shell_completes_them() {
        let path = |id: &str| format!("incidents/2024/05/{id}/incident.md");
        let (errors, slow) = (path("2024-05-01-checkout-errors"), path("2024-05-01-checkout-errors-again"));
        let files = [&errors, &slow].map(|path| (path.clone(), String::new()));
        let archive = Archive::load(&Memory(files.into())).unwrap();
        let selected = |word: &str| {
            let selection = Selection::of(&archive, &[word.to_owned()]).unwrap();
            [&errors, &slow].map(|path| selection.includes(&path.as_str().into()))
        };
        for everything in [".", "./", "", "incidents", "./incidents/2024/"] {
            assert_eq!(selected(everything), [true, true], "{everything}");
        }
        for one in [&*errors, "./incidents/2024/05/2024-05-01-checkout-errors/", "2024-05-01-checkout-errors"] {
            assert_eq!(selected(one), [true, false], "{one}");
        }
        assert!(Selection::of(&archive, &[".".to_owned()]).unwrap().is_everything());
        assert!(Selection::of(&archive, &["incid".to_owned()]).is_err(), "half a name is no folder");
    }
}
