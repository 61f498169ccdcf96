//! Events in the form that each kind of sink takes, one file a form. Pure.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::event::{Covered, Event, What, Window};
use super::sink::{Channel, Hook, Mail, Sink};

pub mod email;
pub mod slack;
pub mod sms;
pub mod teams;
pub mod webhook;

#[cfg(test)]
mod tests;

/// What is posted or mailed for an event, and where to.
#[derive(Clone, Debug, PartialEq)]
pub enum Form<'s> {
    Post(&'s Hook, serde_json::Value),
    /// With its head, as mail servers take it.
    Mail(&'s Mail, String),
}

/// The form of an event that a sink takes. `now` is the date of a mail.
pub fn render<'s>(event: &Event, sink: &'s Sink, now: Timestamp) -> Form<'s> {
    match &sink.channel {
        Channel::Slack(hook) => Form::Post(hook, slack::message(event, sink)),
        Channel::Teams(hook) => Form::Post(hook, teams::message(event, sink)),
        Channel::Webhook(hook) => Form::Post(hook, webhook::message(event)),
        Channel::Sms(hook, to) => Form::Post(hook, sms::message(event, sink, to)),
        Channel::Email(mail) => Form::Mail(mail, email::message(event, sink, mail, now)),
    }
}

/// One line: what happened to what.
pub fn headline(event: &Event) -> String {
    let state = event.status.as_deref().map(plain);
    let what = match event.kind {
        What::Opened => "New incident".to_owned(),
        What::Updated => state.map_or_else(|| "Update".to_owned(), |state| capital(&state)),
        What::Escalated => match event.internal.as_ref().and_then(|inside| inside.severity.as_deref()) {
            Some(severity) => format!("Escalated, {severity}"),
            None => "Escalated".to_owned(),
        },
        What::Resolved => state.map_or_else(|| "Resolved".to_owned(), |state| capital(&state)),
        What::Edited if event.withdrawn => "Message withdrawn".to_owned(),
        What::Edited => "Message corrected".to_owned(),
        What::MaintenanceAnnounced => "Planned maintenance".to_owned(),
        What::PostmortemPublished => "Postmortem published".to_owned(),
    };
    match event.covers.as_slice() {
        [_, _, ..] => format!("{what}: {}", titles(&event.covers)),
        _ => format!("{what}: {}", event.title),
    }
}

fn titles(covers: &[Covered]) -> String {
    covers.iter().map(|covered| covered.title.as_str()).collect::<Vec<_>>().join("; ")
}

/// The message in a language, else in any other in which it was written.
pub fn text<'e>(event: &'e Event, language: &str) -> Option<&'e str> {
    event.texts.get(language).or_else(|| event.texts.values().next()).map(String::as_str)
}

/// What else there is to know, each with its name.
pub fn facts(event: &Event) -> Vec<(&'static str, String)> {
    let services = event.services.iter().map(|service| format!("{}: {}", service.name, plain(service.state)));
    let inside = event.internal.as_ref();
    let facts = [
        ("Services", Some(services.collect::<Vec<_>>().join(", ")).filter(|services| !services.is_empty())),
        ("Incidents", pages(&event.covers)),
        ("Window", event.window.map(window)),
        ("Next update", event.next_update.map(clock)),
        ("Severity", inside.and_then(|inside| inside.severity.clone())),
        ("Called in", inside.and_then(|inside| inside.escalated_to.clone())),
        ("Note", inside.and_then(|inside| inside.note.clone())),
        ("By", inside.and_then(|inside| inside.by.clone())),
        ("Record", inside.map(|inside| inside.path.clone())),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Where the incidents are to be read about, where they are several; of one the event itself says it.
fn pages(covers: &[Covered]) -> Option<String> {
    let place = |covered: &Covered| covered.url.clone().unwrap_or_else(|| covered.record.clone());
    (covers.len() > 1).then(|| covers.iter().map(place).collect::<Vec<_>>().join(", "))
}

fn window(window: Window) -> String {
    format!("{} to {}", clock(window.from), clock(window.to))
}

/// A time as people everywhere can read it.
pub fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// A word of the format as people write it.
fn plain(word: &str) -> String {
    word.replace('_', " ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// At most so many characters, the last of them an ellipsis where something is left out.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
