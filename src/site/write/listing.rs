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

    /// One file a line, as `sha256sum` writes and checks it. The order is a good one to upload them in: `homes` come last,
    /// when all that they link to is there.
    pub(super) fn text(self, homes: &BTreeSet<String>) -> String {
        let hashes = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (last, first): (Vec<_>, Vec<_>) = hashes.into_iter().partition(|(path, _)| homes.contains(path));
        first.into_iter().chain(last).map(|(path, hash)| format!("{hash}  {path}\n")).collect()
    }
}
