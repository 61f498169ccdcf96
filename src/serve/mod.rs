//! The preview server: the site on this machine only, shown again after every save.
//!
//! One thread watches the files and builds; the main thread answers browsers. Between them stands a single value,
//! [`shown::Shown`]. What was changed is shown at once, and judged as a whole right after, by a thread of its own. A site
//! that cannot be built leaves the last one up and its diagnostics on top of it.
//!
//! How a site is built is the caller's business: this module sees a [`Builder`] that gives a [`Site`].

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::watch::{Receiver, Sender, channel};
use tokio::task::JoinSet;

mod answer;
mod error;
mod judge;
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

/// A site as it is at one moment.
pub trait Site: Send + Sync {
    /// The file at a path without a leading slash, with `index.html` for folders; nothing where there is none.
    ///
    /// # Errors
    ///
    /// With what the author is to read, as plain text.
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String>;
}

/// What makes the site.
pub trait Builder: Send + 'static {
    /// The site as the files are now; the same one as before where no byte of it changed.
    ///
    /// # Errors
    ///
    /// There is nothing that could be shown. With what the author is to read, as plain text.
    fn build(&mut self, changed: &Changed) -> Result<Arc<dyn Site>, String>;

    /// What is wrong with the site that was built last, as far as that was not needed to show it.
    fn judgement(&self) -> Judgement;
}

/// Says what is wrong with a site, and may take its time. It is given what says that the files have changed again, so that
/// the answer is no longer asked for.
pub type Judgement = Box<dyn FnOnce(&(dyn Fn() -> bool + Sync)) -> Option<String> + Send>;

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
    /// The site is shown as the files are now.
    Built { changed: Changed, took: Duration },
    /// It is not.
    Failed {
        changed: Changed,
        /// As the build gave them.
        diagnostics: String,
    },
    /// What is wrong with the site that is shown; comes after `Built`, unless the files change again before.
    Judged { diagnostics: Option<String> },
    /// Some changes may go unnoticed from now on, and why.
    WatchTrouble(String),
}

/// Serves until Ctrl-C.
///
/// # Errors
///
/// When it cannot start: the port is taken, or the files cannot be watched. Once it runs, only when the builder panics.
pub fn run<E>(options: &Options, builder: impl Builder, on_event: E) -> Result<(), ServeError>
where
    E: Fn(Event) + Send + Sync + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Start)?;
    runtime.block_on(async {
        let listener = listen::bind(options.port).await?;
        let address = listener.local_addr().map_err(ServeError::Start)?;
        // Watching starts before the first build, so that a save during it is not lost.
        let watcher = Watcher::new(&options.watch, &options.ignore)?;
        on_event(Event::Listening(address));
        let on_event = Arc::new(on_event);

        let (publish, shown) = channel(Shown::default());
        thread::spawn(move || keep_building(watcher, builder, &publish, &on_event));

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
    mut builder: impl Builder,
    publish: &Sender<Shown>,
    on_event: &Arc<impl Fn(Event) + Send + Sync + 'static>,
) {
    let judge = judge::start(publish.clone(), Arc::clone(on_event));
    let mut changed = Changed::new();
    while !publish.is_closed() {
        let start = Instant::now();
        match builder.build(&changed) {
            Ok(site) => {
                let mut before = None;
                publish.send_modify(|shown| before = shown.show(&site));
                on_event(Event::Built { changed, took: start.elapsed() });
                // To take a large site apart takes longer than to look at a page of the next one.
                drop(before);
                let is_outdated = Box::new(watcher.has_news());
                if judge.send(judge::Case { judgement: builder.judgement(), is_outdated }).is_err() {
                    return;
                }
            }
            Err(diagnostics) => {
                publish.send_modify(|shown| shown.refuse(&diagnostics));
                on_event(Event::Failed { changed, diagnostics });
            }
        }
        match watcher.next(|trouble| on_event(Event::WatchTrouble(trouble))) {
            Some(next) => changed = next,
            None => return,
        }
    }
}
