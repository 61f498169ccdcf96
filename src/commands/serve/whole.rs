//! The internal site while its records are written: every page may show any record, so all of them are made anew.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::super::{now, site_options};
use super::errors;
use crate::record::archive::{Archive, FolderTree};
use crate::record::time::Time;
use crate::serve::{Builder, Changed, Site};
use crate::site;
use crate::site::audience::Audience;

#[derive(Debug)]
pub struct Whole {
    root: PathBuf,
    as_of: Option<Time>,
    shown: Option<Shown>,
}

/// What is shown, and what it was made from.
#[derive(Debug)]
struct Shown {
    archive: Archive,
    as_of: Timestamp,
    files: Arc<Files>,
}

#[derive(Debug, PartialEq, Eq)]
struct Files(BTreeMap<String, Vec<u8>>);

impl Site for Files {
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.0.get(path).cloned())
    }
}

impl Whole {
    pub const fn new(root: PathBuf, as_of: Option<Time>) -> Self {
        Self { root, as_of, shown: None }
    }
}

impl Builder for Whole {
    fn build(&mut self, _: &Changed) -> Result<Arc<dyn Site>, String> {
        let as_of = now(self.as_of).map_err(|e| e.to_string())?;
        let archive = Archive::load(&FolderTree::new(&self.root)).map_err(|e| e.to_string())?;
        let options = site_options(&self.root, &archive, Audience::Internal, as_of).map_err(|e| e.to_string())?;
        let files = Files(site::build(&archive, &options).map_err(|e| e.to_string())?.files);
        let files = match self.shown.take() {
            Some(shown) if *shown.files == files => shown.files,
            _ => Arc::new(files),
        };
        self.shown = Some(Shown { archive, as_of, files: Arc::clone(&files) });
        Ok(files)
    }

    fn judge(&mut self, _: &(dyn Fn() -> bool + Sync)) -> Option<String> {
        let shown = self.shown.as_ref()?;
        errors(&shown.archive, shown.as_of).unwrap_or_else(Some)
    }
}
