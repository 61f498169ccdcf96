//! Waiting for the next change of a file.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Changed, ServeError};

/// One save makes several events; they are over when nothing happened for this long.
const QUIET: Duration = Duration::from_millis(30);
/// A file that is written to all the time must not put off the build for ever.
const LONGEST_WAIT: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub struct Watcher {
    system: RecommendedWatcher,
    events: Receiver<notify::Result<notify::Event>>,
    roots: Vec<PathBuf>,
    ignore: Vec<PathBuf>,
}

impl Watcher {
    /// # Errors
    ///
    /// When the system refuses to watch, for example because too much is watched already.
    pub fn new(roots: &[PathBuf], ignore: &[PathBuf]) -> Result<Self, ServeError> {
        let (sender, events) = channel();
        let mut watcher = Self {
            system: notify::recommended_watcher(sender)
                .map_err(|source| ServeError::Watch { path: roots.first().cloned().unwrap_or_default(), source })?,
            events,
            roots: roots.iter().map(|path| real(path)).collect(),
            ignore: ignore.iter().map(|path| real(path)).collect(),
        };
        for root in watcher.roots.clone() {
            watcher.watch_root(&root)?;
        }
        Ok(watcher)
    }

    /// Watches a folder with all that is in it, and the nearest folder above, as far as no other root covers that. The
    /// one above tells of roots that are replaced or made later, and of files: an editor that saves through a rename
    /// would take a watch on the file itself along.
    fn watch_root(&mut self, root: &Path) -> Result<(), ServeError> {
        let above = root.ancestors().skip(1).find(|folder| folder.is_dir());
        if let Some(above) = above.filter(|above| !is_under(above, &self.roots)) {
            self.watch(above, RecursiveMode::NonRecursive)?;
        }
        if root.is_dir() {
            self.watch(root, RecursiveMode::Recursive)?;
        }
        Ok(())
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> Result<(), ServeError> {
        self.system.watch(path, mode).map_err(|source| ServeError::Watch { path: path.to_path_buf(), source })
    }

    /// Waits for a change and for the quiet after it. `None` when there can be no more changes.
    pub fn next(&mut self, mut on_trouble: impl FnMut(String)) -> Option<Changed> {
        let mut changed = Changed::new();
        while changed.is_empty() {
            changed = self.relevant(self.events.recv().ok()?, &mut on_trouble);
        }
        let latest = Instant::now() + LONGEST_WAIT;
        let mut quiet = Instant::now() + QUIET;
        while let Ok(event) = self.events.recv_timeout(quiet.min(latest).saturating_duration_since(Instant::now())) {
            let more = self.relevant(event, &mut on_trouble);
            if !more.is_empty() {
                changed.extend(more);
                quiet = Instant::now() + QUIET;
            }
        }
        self.watch_new_roots(&changed, on_trouble);
        Some(changed)
    }

    /// The paths of an event that matter: written to, not only looked at, and asked for.
    fn relevant(&self, event: notify::Result<notify::Event>, mut on_trouble: impl FnMut(String)) -> Changed {
        match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => Changed::new(),
            // The system lost count of the changes: anything may have changed.
            Ok(event) if event.need_rescan() => self.roots.iter().cloned().collect(),
            Ok(event) => event.paths.into_iter().filter(|path| self.matters(path)).collect(),
            Err(error) => {
                on_trouble(error.to_string());
                Changed::new()
            }
        }
    }

    /// Whether a path is in what is watched, or a folder above it that came or went.
    fn matters(&self, path: &Path) -> bool {
        let above = self.roots.iter().any(|root| root.starts_with(path));
        (above || is_under(path, &self.roots)) && !is_under(path, &self.ignore)
    }

    /// A folder that was replaced, as `git switch` may do, is a new one to the system.
    fn watch_new_roots(&mut self, changed: &Changed, mut on_trouble: impl FnMut(String)) {
        for root in self.roots.clone() {
            if changed.iter().any(|path| root.starts_with(path))
                && let Err(error) = self.watch_root(&root)
            {
                on_trouble(error.to_string());
            }
        }
    }
}

fn is_under(path: &Path, folders: &[PathBuf]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

/// The path as the system reports it in events: absolute, without symbolic links, also when it does not exist yet.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if let Ok(real) = absolute.canonicalize() {
        return real;
    }
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => absolute,
    }
}
