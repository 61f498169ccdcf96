//! A site that is looked at while its records are written. A file is made when somebody asks for it, so that what a change
//! costs depends on the change and not on the size of the archive.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::draft::Draft;
use super::look::Look;
use super::output::Output;
use super::projection::Projection;
use super::{Options, SiteError, make_all, refuse_unreadable};
use crate::record::archive::Archive;

#[derive(Debug)]
pub struct Preview {
    draft: Draft,
    /// The index of each language, made at once when a word of it is first asked for.
    search: Vec<OnceLock<HashMap<String, Vec<u8>>>>,
}

impl Preview {
    pub fn of(archive: &Archive, options: &Options) -> Result<Self, SiteError> {
        refuse_unreadable(archive)?;
        let site = Projection::of(archive, options.as_of);
        let look = Look::of(archive, &site, options)?;
        Ok(Self::new(Arc::new(look), site))
    }

    /// The site after the records of some ids changed and nothing else did.
    pub fn renewed(
        &self,
        archive: &Archive,
        as_of: Timestamp,
        changed: &BTreeSet<Arc<str>>,
    ) -> Result<Self, SiteError> {
        refuse_unreadable(archive)?;
        let site = self.draft.site.renewed(archive, as_of, changed);
        Ok(Self::new(Arc::clone(&self.draft.look), site))
    }

    fn new(look: Arc<Look>, site: Projection) -> Self {
        let search = look.voices.iter().map(|_| OnceLock::new()).collect();
        Self { draft: Draft::new(look, site), search }
    }

    /// Whether every file is the same as in another one.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.draft.look, &other.draft.look) && self.draft.site == other.draft.site
    }

    /// What whoever builds should know.
    pub fn notes(&self) -> &[String] {
        &self.draft.look.notes
    }

    /// The file at a path from the root of the site; nothing where there is none.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, SiteError> {
        match Output::at(&self.draft, path) {
            None => Ok(None),
            Some(Output::Search(voice)) => self.in_search(voice, path),
            Some(output) => {
                let files = output.make(&self.draft)?;
                Ok(files.into_iter().find(|(made, _)| made == path).map(|(_, bytes)| bytes))
            }
        }
    }

    fn in_search(&self, voice: usize, path: &str) -> Result<Option<Vec<u8>>, SiteError> {
        let Some(index) = self.search.get(voice) else { return Ok(None) };
        if index.get().is_none() {
            let files = Output::Search(voice).make(&self.draft)?;
            _ = index.set(files.into_iter().collect());
        }
        Ok(index.get().and_then(|files| files.get(path).cloned()))
    }

    /// Makes every file as a build would, and so finds what keeps one from being published. `is_outdated` ends it early.
    pub fn judge(&self, archive: &Archive, is_outdated: impl Fn() -> bool + Sync) -> Result<(), SiteError> {
        let outcome = make_all(archive, &self.draft, |_, _| if is_outdated() { Err(End::Outdated) } else { Ok(()) });
        match outcome {
            Err(End::Refused(error)) => Err(error),
            Err(End::Outdated) | Ok(()) => Ok(()),
        }
    }
}

/// Why a judgement ended before all files were made.
enum End {
    Refused(SiteError),
    Outdated,
}

impl From<SiteError> for End {
    fn from(error: SiteError) -> Self {
        Self::Refused(error)
    }
}
