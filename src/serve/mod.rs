//! The preview server: the site in memory, on this machine only, built again after every save.
//!
//! One thread watches the files and builds; the main thread answers browsers. Between them stands a single value,
//! [`shown::Shown`]. A build that fails leaves the pages of the last good one up and its diagnostics on top of them.
//!
//! How a site is built is the caller's business: this module sees a function from changed files to finished files.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::watch::{Receiver, Sender, channel};
use tokio::task::JoinSet;

mod answer;
mod error;
mod listen;
mod media_type;
mod policy;
mod reload;
mod shown;
mod watch;

pub use error::ServeError;
pub use listen::DEFAULT_PORT;

use shown::Shown;
use watch::Watcher;

/// A built site: path without a leading slash to bytes, with `index.html` for folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Why a build is not good enough to be shown.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What the author is to read, as plain text.
    pub diagnostics: String,
    /// What could be built all the same. It is shown under the diagnostics as long as there was no good build: an archive
    /// with one old mistake can be looked at, and a new mistake does not replace a good page.
    pub makeshift: Option<Files>,
}

impl From<String> for Failure {
    fn from(diagnostics: String) -> Self {
        Self { diagnostics, makeshift: None }
    }
}

/// The files that changed since the build before; empty for the first build.
pub type Changed = BTreeSet<PathBuf>;

#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port to listen on; 0 lets the system choose. Without one, the first free port from [`DEFAULT_PORT`] on.
    pub port: Option<u16>,
    /// Files, and folders with all that is in them, whose changes lead to a new build. They need not exist yet.
    pub watch: Vec<PathBuf>,
    /// What is left out of `watch`, such as the output folder of a build.
    pub ignore: Vec<PathBuf>,
}

/// What the caller may tell the user.
#[derive(Clone, Debug)]
pub enum Event {
    /// Browsers can connect; the first build starts now.
    Listening(SocketAddr),
    Built {
        changed: Changed,
        pages: usize,
        took: Duration,
    },
    Failed {
        changed: Changed,
        /// As the build gave them.
        diagnostics: String,
        took: Duration,
    },
    /// Some changes may go unnoticed from now on, and why.
    WatchTrouble(String),
}

/// Serves until Ctrl-C.
///
/// `build` gives the finished files, or why there are none.
///
/// # Errors
///
/// When it cannot start: the port is taken, or the files cannot be watched. Once it runs, only when `build` panics.
pub fn run<B, E>(options: &Options, build: B, mut on_event: E) -> Result<(), ServeError>
where
    B: FnMut(&Changed) -> Result<Files, Failure> + Send + 'static,
    E: FnMut(Event) + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Start)?;
    runtime.block_on(async {
        let listener = listen::bind(options.port).await?;
        let address = listener.local_addr().map_err(ServeError::Start)?;
        // Watching starts before the first build, so that a save during it is not lost.
        let watcher = Watcher::new(&options.watch, &options.ignore)?;
        on_event(Event::Listening(address));

        let (publish, shown) = channel(Shown::default());
        thread::spawn(move || keep_building(watcher, build, &publish, on_event));

        let mut tasks = JoinSet::new();
        tasks.spawn(interrupted());
        tasks.spawn(builder_gone(shown.clone()));
        tasks.spawn(answer::connections(listener, shown));
        match tasks.join_next().await {
            Some(Ok(ended)) => ended,
            Some(Err(panic)) => Err(ServeError::Start(panic.into())),
            None => Ok(()),
        }
    })
}

async fn interrupted() -> Result<(), ServeError> {
    tokio::signal::ctrl_c().await.map_err(ServeError::Start)
}

/// Ends when the building thread does, which only a panic can make it do.
async fn builder_gone(mut shown: Receiver<Shown>) -> Result<(), ServeError> {
    while shown.changed().await.is_ok() {}
    Err(ServeError::BuildPanicked)
}

/// Builds now and after every change, as long as there is somebody to show the result to.
fn keep_building(
    mut watcher: Watcher,
    mut build: impl FnMut(&Changed) -> Result<Files, Failure>,
    publish: &Sender<Shown>,
    mut on_event: impl FnMut(Event),
) {
    let mut changed = Changed::new();
    while !publish.is_closed() {
        let start = Instant::now();
        let result = build(&changed);
        let took = start.elapsed();
        let event = match &result {
            Ok(files) => {
                Event::Built { changed, pages: files.keys().filter(|path| path.ends_with(".html")).count(), took }
            }
            Err(failure) => Event::Failed { changed, diagnostics: failure.diagnostics.clone(), took },
        };
        publish.send_modify(|shown| shown.update(result));
        on_event(event);

        match watcher.next(|trouble| on_event(Event::WatchTrouble(trouble))) {
            Some(next) => changed = next,
            None => return,
        }
    }
}
