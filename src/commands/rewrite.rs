//! What commands do that rewrite files in place: show the difference, or write under the lock of the repository.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::Error;
use crate::git;
use crate::git::exec::Git;
use crate::git::lock::{Lock, PATIENCE};
use crate::git::write::Change;
use crate::text::secrets;
use crate::text::span::Span;

/// A file with its old and its new text.
#[derive(Debug)]
pub struct Rewritten {
    /// Relative to the root.
    pub path: String,
    pub old: String,
    pub new: String,
}

/// Keeps other commands from writing. Outside of a repository there is nothing to hold.
pub fn lock(root: &Path) -> Result<Option<Lock>, Error> {
    match git::repo::top(root).map_err(Error::new)? {
        Some(_) => Ok(Some(Lock::acquire(&Git::open(root)?, PATIENCE)?)),
        None => Ok(None),
    }
}

/// The text of a file. Bytes that are not UTF-8 would be lost, so such a file is refused.
pub fn text(root: &Path, path: &str) -> Result<String, String> {
    let bytes = fs::read(root.join(path)).map_err(|e| format!("{path}: {e}"))?;
    String::from_utf8(bytes).map_err(|_| format!("{path}: the file is not UTF-8, so it was left as it is"))
}

/// Shows what would change. The logs of build servers are often public, so credentials are hidden.
pub fn show(files: &[Rewritten]) -> Result<(), Error> {
    let masked: Vec<Rewritten> = files.iter().map(without_credentials).collect();
    let shown = diff(&masked)?;
    anstream::stdout().lock().write_all(shown.as_bytes())?;
    if shown != diff(files)? {
        writeln!(anstream::stderr(), "Credentials are shown as stars, so this is no patch to apply.")?;
    }
    Ok(())
}

fn diff(files: &[Rewritten]) -> Result<String, Error> {
    let pairs: Vec<_> = files.iter().map(|file| (change(file), Some(file.old.clone().into_bytes()))).collect();
    git::diff::unified(&pairs).map_err(Error::new)
}

fn without_credentials(file: &Rewritten) -> Rewritten {
    let masked = |text: &str| {
        let spans: Vec<Span> = secrets::find(text).into_iter().map(|secret| secret.span).collect();
        secrets::masked(text, &spans)
    };
    Rewritten { path: file.path.clone(), old: masked(&file.old), new: masked(&file.new) }
}

pub fn write(root: &Path, files: &[Rewritten]) -> Result<(), Error> {
    let changes: Vec<Change<'_>> = files.iter().map(change).collect();
    Ok(git::write::write(root, &changes)?)
}

fn change(file: &Rewritten) -> Change<'_> {
    Change { path: &file.path, content: Some(file.new.as_bytes()) }
}
