//! Files that are whole at every moment: as before, or as they are meant to be.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::exec::Failure;

/// One file of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// Relative to the folder that is written to, with `/`.
    pub path: &'a str,
    /// What the file will hold. `None` removes it.
    pub content: Option<&'a [u8]>,
}

/// Writes files below a folder, each in one step. Whoever dies on the way, even by `kill -9`, leaves every file either as
/// it was or as it is meant to be.
///
/// # Errors
///
/// A file cannot be written; those before it are. A symbolic link is refused, because it would be replaced.
pub fn write(root: &Path, changes: &[Change<'_>]) -> Result<(), Failure> {
    for change in changes {
        let target = root.join(change.path);
        if target.is_symlink() {
            let message = format!("{} is a symbolic link, and writing would replace it by a file", change.path);
            return Err(Failure::new(message).hint("name the file that it leads to"));
        }
        let done = match change.content {
            Some(bytes) => put(&target, bytes),
            None => fs::remove_file(&target),
        };
        done.map_err(|error| Failure::new(format!("{} cannot be written: {error}", change.path)))?;
    }
    Ok(())
}

fn put(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let staged = staged(target);
    let mut file = File::create(&staged)?;
    file.write_all(bytes)?;
    if let Ok(existing) = fs::metadata(target) {
        file.set_permissions(existing.permissions())?;
    }
    // A rename may reach the disk before the bytes do; then a power cut would leave an empty file.
    file.sync_all()?;
    drop(file);
    fs::rename(&staged, target)
}

/// Where a file waits until it is whole. The name is always the same, so that what a killed process left behind is used up
/// by the next one; it starts with a dot, so that nobody takes it for a record.
fn staged(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.writing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_staged_file_stands_beside_its_target_and_is_no_record() {
        assert_eq!(staged(Path::new("a/incident.md")), Path::new("a/.incident.md.writing"));
    }
}
