//! Events in the form that each kind of sink takes, one file a form. Pure.

use jiff::Timestamp;

use super::event::{Covered, Event, What};
use super::labels::Labels;
use super::sink::{Channel, Hook, Mail, Sink};
use crate::site::language::Language;

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
pub fn render<'s>(event: &Event, sink: &'s Sink, labels: &Labels, now: Timestamp) -> Form<'s> {
    let telling = Telling { event, sink, language: labels.of(event, sink) };
    match &sink.channel {
        Channel::Slack(hook) => Form::Post(hook, slack::message(&telling)),
        Channel::Teams(hook) => Form::Post(hook, teams::message(&telling)),
        Channel::Webhook(hook) => Form::Post(hook, webhook::message(event)),
        Channel::Sms(hook, to) => Form::Post(hook, sms::message(&telling, to)),
        Channel::Email(mail) => Form::Mail(mail, email::message(&telling, mail, now)),
    }
}

/// An event, whom it is told to, and the language of the words around its message.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    pub event: &'a Event,
    pub sink: &'a Sink,
    pub language: &'a Language,
}

impl Telling<'_> {
    pub fn headline(&self) -> String {
        headline(self.event, self.language)
    }

    pub fn text(&self) -> Option<&str> {
        self.event.text(&self.sink.language).1
    }

    /// The page to read more on, in the language where there is one.
    pub fn url(&self) -> Option<&str> {
        let event = self.event;
        event.translations.get(&self.language.tag).or(event.url.as_ref()).map(String::as_str)
    }

    /// What else there is to know, each with its name.
    pub fn facts(&self) -> Vec<(&str, String)> {
        let Self { event, language, .. } = self;
        let moment = |at| language.dates.moment(at);
        let services = event.services.iter().map(|service| {
            let name = service.names.get(&language.tag).unwrap_or(&service.name);
            fact(language, name, language.words.word(service.state))
        });
        let services: Vec<String> = services.collect();
        let inside = event.internal.as_ref();
        let facts = [
            ("services", (!services.is_empty()).then(|| services.join(", "))),
            ("announce_incidents", pages(&event.covers, language)),
            ("window", event.window.map(|window| language.dates.span(&moment(window.from), &moment(window.to)))),
            ("announce_next_update", event.next_update.map(moment)),
            ("inside_severity", inside.and_then(|inside| inside.severity.clone())),
            ("inside_escalated", inside.and_then(|inside| Some(language.role(inside.escalated_to.as_ref()?)))),
            ("inside_note", inside.and_then(|inside| inside.note.clone())),
            ("inside_by", inside.and_then(|inside| inside.by.clone())),
            ("inside_record", inside.map(|inside| inside.path.clone())),
        ];
        facts.into_iter().filter_map(|(key, value)| Some((language.words.word(key), value?))).collect()
    }

    /// The same, each in a line.
    pub fn lines(&self) -> Vec<String> {
        self.facts().iter().map(|(name, value)| fact(self.language, name, value)).collect()
    }
}

/// A name and what it stands for.
pub fn fact(language: &Language, name: &str, value: &str) -> String {
    language.words.say("announce_fact", &[("name", name.into()), ("value", value.into())])
}

/// One line: what happened to what.
pub fn headline(event: &Event, language: &Language) -> String {
    let word = |key: &str| language.words.word(key).to_owned();
    let state = || event.status.as_deref().map(|status| capital(&language.term("", status)));
    let what = match event.kind {
        What::Opened => word("announce_opened"),
        What::Updated => state().unwrap_or_else(|| word("update")),
        What::Escalated => match event.internal.as_ref().and_then(|inside| inside.severity.as_deref()) {
            Some(severity) => language.words.say("announce_escalated_to", &[("severity", severity.into())]),
            None => word("announce_escalated"),
        },
        What::Resolved => state().unwrap_or_else(|| word("resolved")),
        What::Edited if event.withdrawn => word("announce_withdrawn"),
        What::Edited => word("announce_corrected"),
        What::MaintenanceAnnounced => word("announce_maintenance"),
        What::PostmortemPublished => word("announce_postmortem"),
    };
    match event.covers.as_slice() {
        several @ [_, _, ..] => fact(language, &what, &titles(several, language)),
        _ => fact(language, &what, event.titles.get(&language.tag).unwrap_or(&event.title)),
    }
}

fn titles(covers: &[Covered], language: &Language) -> String {
    let title = |covered: &Covered| covered.titles.get(&language.tag).unwrap_or(&covered.title).clone();
    covers.iter().map(title).collect::<Vec<_>>().join("; ")
}

/// Where the incidents are to be read about, where they are several; of one the event itself says it.
fn pages(covers: &[Covered], language: &Language) -> Option<String> {
    let place = |covered: &Covered| {
        let page = covered.translations.get(&language.tag).or(covered.url.as_ref());
        page.unwrap_or(&covered.record).clone()
    };
    (covers.len() > 1).then(|| covers.iter().map(place).collect::<Vec<_>>().join(", "))
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
