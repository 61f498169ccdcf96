//! The records that may still be open, and what is remembered of the others.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::change::Part;
use crate::change::open;
use crate::error::Error;
use crate::git::repo;
use crate::record::Kind;
use crate::record::archive::{Archive, FolderTree};

/// The file in the git folder that remembers which records are over.
const FILE: &str = "incident-over";

/// Fewer are glanced at faster than they are remembered.
const WORTH_IT: usize = 500;

/// The archive with those records only that may still be open, which in a large one takes a fraction of the time.
pub fn records(root: &Path, kinds: &[Kind]) -> Result<Archive, Error> {
    let tree = FolderTree::new(root);
    let file = repo::own_file(root, FILE);
    // The first line says of which archive it speaks: one repository may hold several.
    let head = format!("{}\n", root.display());
    let known = file.as_ref().and_then(|file| fs::read_to_string(file).ok());
    let known = known.as_deref().and_then(|text| text.strip_prefix(&head)).unwrap_or_default();
    let look = open::look(&tree, kinds, known, clock())?;
    if let (Some(file), Some(memory)) = (file, look.memory.filter(|_| look.over > WORTH_IT)) {
        // It only saves time: where it cannot be kept, the next look takes longer.
        let staged = file.with_extension(std::process::id().to_string());
        let _ = fs::write(&staged, head + &memory).and_then(|()| fs::rename(&staged, &file));
    }
    Ok(Archive::load(&Part::new(&tree, &look.open, &Default::default()))?)
}

/// The clock that stamps files, in nanoseconds since 1970; what counts as now for records is another question.
fn clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(0)
}
