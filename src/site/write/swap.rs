//! A whole new tree behind one symbolic link, where readers must never see a part of it.
//!
//! Two trees take turns, `public.trees/a` and `public.trees/b`: the link names one, the next build makes the other. So a
//! build still writes only what changed, and a page that is being sent while the link moves is sent to its end.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{PublishError, staged};

#[derive(Debug)]
pub struct Swap {
    link: PathBuf,
    /// From the folder of the link, so that both can be moved together.
    name: PathBuf,
    tree: PathBuf,
}

impl Swap {
    /// # Errors
    ///
    /// Something else than a link stands there.
    pub fn prepare(link: &Path) -> Result<Self, PublishError> {
        let failed = |error| PublishError::Io { path: link.to_owned(), error };
        let shown = match fs::symlink_metadata(link) {
            Ok(there) if there.is_symlink() => fs::read_link(link).map_err(failed)?,
            Ok(_) => return Err(PublishError::NoLink { path: link.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => PathBuf::new(),
            Err(error) => return Err(failed(error)),
        };
        let mut trees = link.file_name().unwrap_or_default().to_owned();
        trees.push(".trees");
        let name = Path::new(&trees).join(if shown.ends_with("a") { "b" } else { "a" });
        Ok(Self { link: link.to_owned(), tree: link.with_file_name(&name), name })
    }

    /// Where the new site is to be put.
    pub fn tree(&self) -> &Path {
        &self.tree
    }

    /// Lets the link name the new tree.
    pub fn finish(self) -> Result<(), PublishError> {
        let staged = staged(&self.link);
        let swap = || {
            // What an interrupted run left.
            match fs::remove_file(&staged) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            symlink(&self.name, &staged)?;
            fs::rename(&staged, &self.link)
        };
        swap().map_err(|error| PublishError::Io { path: self.link.clone(), error })
    }
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "a link to a folder cannot be replaced in one step on this system"))
}
