//! One event to one sink: with a limit on time and on tries.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use jiff::Timestamp;

use super::event::Event;
use super::labels::Labels;
use super::render::{Form, render};
use super::sink::Sink;
use super::{http, smtp};

/// How long one is patient with a sink.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For one try, from the connection to the answer.
    pub timeout: Duration,
    /// Tries in all; at least one is made.
    pub tries: u32,
    /// Before the second try; twice as long before each further one.
    pub first_pause: Duration,
    /// A sink that asks for more is left to the next run.
    pub longest_pause: Duration,
}

/// Why an event did not get through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Without any secret.
    pub why: String,
    pub remedy: Remedy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// It may get through later; not before this time has passed, if the sink said so.
    Again(Option<Duration>),
    /// It will not, before somebody changes something.
    Mend,
}

impl Trouble {
    pub fn passing(why: impl Into<String>) -> Self {
        Self { why: why.into(), remedy: Remedy::Again(None) }
    }

    pub fn lasting(why: impl Into<String>) -> Self {
        Self { why: why.into(), remedy: Remedy::Mend }
    }
}

/// Brings events to sinks.
pub struct Courier<'a> {
    pub patience: Patience,
    pub labels: &'a Labels,
    /// What the environment holds under a name.
    pub secrets: &'a (dyn Fn(&str) -> Option<String> + Sync),
    way: Mutex<()>,
}

/// The right to be under way with an event. One at a time has it, from before the event is sent until the cursor of its sink has
/// moved: so a run that is killed leaves one event, among all sinks, of which nobody knows whether it arrived.
#[derive(Debug)]
#[must_use = "the event is repeated where its cursor does not move while this is held"]
pub struct Way<'c>(#[expect(dead_code, reason = "it is held, not read")] MutexGuard<'c, ()>);

impl<'a> Courier<'a> {
    pub const fn new(
        patience: Patience,
        labels: &'a Labels,
        secrets: &'a (dyn Fn(&str) -> Option<String> + Sync),
    ) -> Self {
        Self { patience, labels, secrets, way: Mutex::new(()) }
    }

    /// Sends an event, again and again where the trouble may pass. Others are let through between two tries, so that a sink
    /// that is down keeps them waiting for one try at most.
    ///
    /// # Errors
    ///
    /// The last trouble, when it lasts or patience has ended.
    pub fn deliver(&self, event: &Event, sink: &Sink) -> Result<Way<'_>, Trouble> {
        let patience = self.patience;
        let mut pause = patience.first_pause;
        let mut tries = 1;
        loop {
            // Nothing is kept in it, so a thread that died with it has broken nothing.
            let way = Way(self.way.lock().unwrap_or_else(PoisonError::into_inner));
            let Err(trouble) = self.once(event, sink) else { return Ok(way) };
            drop(way);
            let Remedy::Again(asked) = trouble.remedy else { return Err(trouble) };
            let wait = asked.unwrap_or_default().max(pause);
            if tries >= patience.tries || wait > patience.longest_pause {
                let why = format!("{}; tried {tries} of {} times", trouble.why, patience.tries);
                return Err(Trouble { why, ..trouble });
            }
            sleep(wait);
            tries += 1;
            pause = (pause * 2).min(patience.longest_pause);
        }
    }

    fn once(&self, event: &Event, sink: &Sink) -> Result<(), Trouble> {
        match render(event, sink, self.labels, Timestamp::now()) {
            Form::Post(hook, json) => {
                let url = self.secret(&hook.url_env)?;
                http::post(&url, &hook.url_env, &event.id, &json.to_string(), self.patience.timeout)
            }
            Form::Mail(mail, message) => {
                let login = match &mail.login {
                    Some((user, password)) => Some((self.secret(user)?, self.secret(password)?)),
                    None => None,
                };
                smtp::send(mail, login, &message, self.patience.timeout)
            }
        }
    }

    fn secret(&self, name: &str) -> Result<String, Trouble> {
        let value = (self.secrets)(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| Trouble::lasting(format!("the environment has no `{name}`")))
    }
}

impl std::fmt::Debug for Courier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Courier").field("patience", &self.patience).finish_non_exhaustive()
    }
}
