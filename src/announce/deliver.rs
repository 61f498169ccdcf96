//! One event to one sink: with a limit on time and on tries.

use std::thread::sleep;
use std::time::Duration;

use jiff::Timestamp;

use super::event::Event;
use super::render::{Rendered, render};
use super::sink::{Channel, Hook, Sink};
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

/// Sends an event, again and again where the trouble may pass.
///
/// # Errors
///
/// The last trouble, when it lasts or patience has ended.
pub fn deliver(event: &Event, sink: &Sink, patience: Patience) -> Result<(), Trouble> {
    let mut pause = patience.first_pause;
    let mut tries = 1;
    loop {
        let Err(trouble) = once(event, sink, patience.timeout) else { return Ok(()) };
        let Remedy::Again(asked) = trouble.remedy else { return Err(trouble) };
        let wait = asked.unwrap_or_default().max(pause);
        if tries >= patience.tries || wait > patience.longest_pause {
            return Err(Trouble {
                why: format!("{}, after {tries} of {} tries", trouble.why, patience.tries),
                ..trouble
            });
        }
        sleep(wait);
        tries += 1;
        pause = (pause * 2).min(patience.longest_pause);
    }
}

fn once(event: &Event, sink: &Sink, timeout: Duration) -> Result<(), Trouble> {
    match (&sink.channel, render(event, sink, Timestamp::now())) {
        (Channel::Email(mail), Rendered::Mail(message)) => {
            let login = match &mail.login {
                Some((user, password)) => Some((secret(user)?, secret(password)?)),
                None => None,
            };
            smtp::send(mail, login, &message, timeout)
        }
        (Channel::Slack(hook) | Channel::Teams(hook) | Channel::Webhook(hook) | Channel::Sms(hook, _), form) => {
            post(hook, event, &form, timeout)
        }
        // `render` gives mail to mail servers only.
        (Channel::Email(_), Rendered::Json(_)) => Err(Trouble::lasting("a mail server takes mail")),
    }
}

fn post(hook: &Hook, event: &Event, form: &Rendered, timeout: Duration) -> Result<(), Trouble> {
    let body = match form {
        Rendered::Json(value) => value.to_string(),
        Rendered::Mail(mail) => mail.clone(),
    };
    http::post(&secret(&hook.url_env)?, &hook.url_env, &event.id, &body, timeout)
}

/// What the environment holds under a name.
fn secret(name: &str) -> Result<String, Trouble> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    value.ok_or_else(|| Trouble::lasting(format!("the environment has no `{name}`")))
}
