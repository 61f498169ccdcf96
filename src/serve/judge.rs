//! Finding out what is wrong with the site that is shown, beside the building of the next one: no save waits for it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::shown::Shown;
use super::{Event, Judgement};

/// A site to judge.
pub struct Case {
    pub judgement: Judgement,
    /// Whether the answer is no longer asked for.
    pub is_outdated: Box<dyn Fn() -> bool + Send + Sync>,
}

/// Starts a thread that judges one site after the other, and gives the way to it. It leaves out those that a newer one
/// has overtaken.
pub fn start(publish: watch::Sender<Shown>, on_event: Arc<impl Fn(Event) + Send + Sync + 'static>) -> Sender<Case> {
    let (sender, cases) = channel();
    thread::spawn(move || keep_judging(&cases, &publish, &*on_event));
    sender
}

fn keep_judging(cases: &Receiver<Case>, publish: &watch::Sender<Shown>, on_event: &impl Fn(Event)) {
    // Half of the processors are left for those who write and read meanwhile. Without a pool it takes all of them.
    let half = (rayon::current_num_threads() / 2).max(1);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(half).build().ok();
    while let Ok(first) = cases.recv() {
        let Case { judgement, is_outdated } = cases.try_iter().last().unwrap_or(first);
        let_browsers_ask(&is_outdated);
        if is_outdated() {
            continue;
        }
        let diagnostics = match &pool {
            Some(pool) => pool.install(|| judgement(&is_outdated)),
            None => judgement(&is_outdated),
        };
        if !is_outdated() {
            publish.send_if_modified(|shown| shown.judge(diagnostics.clone()));
            on_event(Event::Judged { diagnostics });
        }
    }
}

/// Whoever was told of a new site asks for the page that is open. That goes first.
fn let_browsers_ask(is_outdated: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_millis(250);
    while Instant::now() < end && !is_outdated() {
        thread::sleep(Duration::from_millis(10));
    }
}
