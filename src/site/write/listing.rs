//! Every file of a site with its hash, for whoever uploads it: what has not changed need not be sent again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::{PublishError, put};

/// Takes files from any thread.
#[derive(Debug, Default)]
pub struct Listing(Mutex<BTreeMap<String, String>>);

impl Listing {
    pub fn add(&self, path: &str, bytes: &[u8]) {
        let hash = format!("{:x}", Sha256::digest(bytes));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), hash);
    }

    /// Writes the list into a file of any folder.
    pub fn write(self, path: &Path, homes: &BTreeSet<String>) -> Result<(), PublishError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        put(path.parent().unwrap_or(path), &name, self.text(homes).as_bytes())
    }

    /// One file a line, as `sha256sum` writes and checks it. Whoever uploads them in this order never shows a page that links
    /// to nothing: pages of events and files for programs, then the pages that list them, `homes` last.
    pub(super) fn text(self, homes: &BTreeSet<String>) -> String {
        let hashes = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut files: Vec<(String, String)> = hashes.into_iter().collect();
        let lists = |path: &str| path.ends_with(".html") && !path.contains("incidents/");
        files.sort_by_key(|(path, _)| (homes.contains(path), lists(path)));
        files.into_iter().map(|(path, hash)| format!("{hash}  {path}\n")).collect()
    }
}
