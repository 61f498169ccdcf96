//! Waiting for the next change of a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
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
    news: Receiver<Result<Changed, String>>,
    /// How many there were ever.
    sent: Arc<AtomicUsize>,
    /// How many of them `next` has taken.
    taken: usize,
    roots: Vec<PathBuf>,
}

impl Watcher {
    /// # Errors
    ///
    /// When the system refuses to watch, for example because too much is watched already.
    pub fn new(roots: &[PathBuf], ignore: &[PathBuf]) -> Result<Self, ServeError> {
        let (sender, news) = channel();
        let sent = Arc::new(AtomicUsize::new(0));
        let wanted = Wanted {
            roots: roots.iter().map(|path| real(path)).collect(),
            ignore: ignore.iter().map(|path| real(path)).collect(),
        };
        let roots = wanted.roots.clone();
        let count = Arc::clone(&sent);
        let system = notify::recommended_watcher(move |event| {
            let changed = wanted.changed(event);
            if changed.as_ref().is_ok_and(Changed::is_empty) {
                return;
            }
            count.fetch_add(1, Ordering::Release);
            // Nobody listens any more only when the program ends.
            _ = sender.send(changed);
        });
        let refused = |source| ServeError::Watch { path: roots.first().cloned().unwrap_or_default(), source };
        let mut watcher = Self { system: system.map_err(refused)?, news, sent, taken: 0, roots };
        for root in watcher.roots.clone() {
            watcher.watch_root(&root)?;
        }
        Ok(watcher)
    }

    /// Tells, from any thread, whether anything changed since what `next` gave last.
    pub fn has_news(&self) -> impl Fn() -> bool + Send + Sync + use<> {
        let (sent, taken) = (Arc::clone(&self.sent), self.taken);
        move || sent.load(Ordering::Acquire) != taken
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
        let mut taken = 0;
        let mut take = |news: Result<Changed, String>, changed: &mut Changed| {
            taken += 1;
            match news {
                Ok(more) => changed.extend(more),
                Err(trouble) => on_trouble(trouble),
            }
        };
        while changed.is_empty() {
            take(self.news.recv().ok()?, &mut changed);
        }
        let latest = Instant::now() + LONGEST_WAIT;
        let mut quiet = Instant::now() + QUIET;
        while let Ok(news) = self.news.recv_timeout(quiet.min(latest).saturating_duration_since(Instant::now())) {
            take(news, &mut changed);
            quiet = Instant::now() + QUIET;
        }
        self.taken += taken;
        self.watch_new_roots(&changed, on_trouble);
        Some(changed)
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

/// Which changes matter.
#[derive(Debug)]
struct Wanted {
    roots: Vec<PathBuf>,
    ignore: Vec<PathBuf>,
}

impl Wanted {
    /// The paths of an event that matter: written to, not only looked at, and asked for.
    fn changed(&self, event: notify::Result<notify::Event>) -> Result<Changed, String> {
        match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => Ok(Changed::new()),
            // The system lost count of the changes: anything may have changed.
            Ok(event) if event.need_rescan() => Ok(self.roots.iter().cloned().collect()),
            Ok(event) => Ok(event.paths.into_iter().filter(|path| self.has(path)).collect()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Whether a path is in what is watched, or a folder above it that came or went.
    fn has(&self, path: &Path) -> bool {
        let above = self.roots.iter().any(|root| root.starts_with(path));
        (above || is_under(path, &self.roots)) && !is_under(path, &self.ignore)
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
