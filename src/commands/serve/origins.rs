//! Which commits the entries of the site that is shown came with, kept up to date save by save.

use std::path::Path;
use std::sync::Arc;

use crate::git::exec::Failure;
use crate::git::history::{Store, Walk};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::provenance::Provenance;

/// The default knows nothing, as for an archive outside git.
#[derive(Debug, Default)]
pub struct Origins {
    /// Up to the commit that was checked out; nothing before the first one.
    walk: Option<Walk>,
    provenance: Arc<Provenance>,
}

impl Origins {
    /// Reads the whole history.
    pub fn read(root: &Path, archive: &Archive) -> Result<Self, Failure> {
        let Some(store) = Store::around(root)? else { return Ok(Self::default()) };
        let walk = store.walk_to_head()?;
        let provenance = store.provenance(walk.as_ref(), archive.all())?;
        Ok(Self { walk, provenance: provenance.into() })
    }

    /// Whether another commit is checked out than the one that was read. False where git cannot say.
    pub fn is_outdated(&self, root: &Path) -> bool {
        let head = Store::around(root).ok().flatten().map(|store| store.head());
        head.is_some_and(|head| head != self.walk.as_ref().map(|walk| walk.range.tip))
    }

    /// Takes over records that changed in the work tree, or everything after a commit.
    pub fn follow<'a>(
        &mut self,
        root: &Path,
        archive: &Archive,
        changed: impl Iterator<Item = &'a Record>,
    ) -> Result<(), Failure> {
        let Some(store) = Store::around(root)? else { return Ok(()) };
        if self.is_outdated(root) {
            *self = Self::read(root, archive)?;
        } else if let Some(walk) = &self.walk {
            let changed = store.provenance(Some(walk), changed)?;
            self.provenance = self.provenance.renewed(changed).into();
        }
        Ok(())
    }

    pub fn provenance(&self) -> Arc<Provenance> {
        Arc::clone(&self.provenance)
    }
}
