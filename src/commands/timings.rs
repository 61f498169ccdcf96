//! How long each phase of a command took, for `--timings`.

use std::io::Write;
use std::time::{Duration, Instant};

#[derive(Debug)]
pub struct Timings {
    shown: bool,
    begun: Instant,
    last: Instant,
}

impl Timings {
    pub fn new(shown: bool) -> Self {
        let now = Instant::now();
        Self { shown, begun: now, last: now }
    }

    /// Ends a phase, and prints it where it was asked for.
    pub fn phase(&mut self, name: &str) {
        let now = Instant::now();
        if self.shown {
            let _ = writeln!(anstream::stderr(), "{:>9}  {name}", in_words(now - self.last));
        }
        self.last = now;
    }

    /// Since the command began.
    pub fn total(&self) -> String {
        in_words(self.begun.elapsed())
    }
}

pub fn in_words(time: Duration) -> String {
    if time.as_secs() > 0 {
        format!("{:.2} s", time.as_secs_f64())
    } else {
        format!("{:.1} ms", time.as_secs_f64() * 1e3)
    }
}
