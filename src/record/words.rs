//! How names and entries are put into words, in one line.

use std::borrow::Cow;

use super::config::Config;
use super::timeline::Entry;

/// `incident_manager` as "incident manager".
pub fn plain(word: &str) -> String {
    word.replace('_', " ")
}

/// "mara (Mara Ito)", where the name is known.
pub fn person(config: &Config, id: &str) -> String {
    let name = config.people.iter().find(|person| person.id.value == id).and_then(|person| person.name.as_ref());
    name.map_or_else(|| id.to_owned(), |name| format!("{id} ({})", name.value))
}

/// The first line of a text.
pub fn first_line(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim()
}

/// Stands for the lines that were left out.
pub const MORE: &str = "[…]";

/// A text in one line: its first one, which says so where there are more.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let first = first_line(text);
    if first.len() == text.trim().len() { first.into() } else { format!("{first} {MORE}").into() }
}

/// What an entry says, the changes first, in one line. Of a longer text its first line.
pub fn entry(entry: &Entry, language: &str) -> String {
    said(entry, language, one_line)
}

/// What an entry says, the changes first, with every text whole.
pub fn whole_entry(entry: &Entry, language: &str) -> String {
    said(entry, language, |text| text.trim().into())
}

fn said(entry: &Entry, language: &str, cut: fn(&str) -> Cow<'_, str>) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut say = |label: &str, text: Option<&str>| {
        let text = text.map(cut).filter(|text| !text.is_empty());
        parts.extend(text.map(|text| if label.is_empty() { text.into_owned() } else { format!("{label}: {text}") }));
    };
    say("", entry.redacted.as_ref().map(|_| "redacted"));
    say("", entry.status.as_ref().map(|status| status.value.as_str()));
    say("", entry.severity.as_ref().map(|severity| severity.value.as_str()));
    for (service, state) in &entry.impact {
        say(service, Some(&plain(state.value.name())));
    }
    for event in &entry.events {
        say("", Some(&plain(event)));
    }
    for (role, person) in &entry.roles {
        say(&plain(role), Some(person.as_ref().map_or("nobody", |person| &person.value)));
    }
    if let Some(escalation) = &entry.escalate {
        say("escalated to", Some(&escalation.to));
    }
    if let Some(notification) = &entry.notify {
        let who: Vec<&str> = notification.who.iter().map(|who| who.value.as_str()).collect();
        say("told", Some(&who.join(", ")));
    }
    say("public", entry.public.as_ref().and_then(|message| message.best(language, language)).map(|(_, text)| text));
    let texts = [
        ("", &entry.note),
        ("decision", &entry.decision),
        ("action", &entry.action),
        ("result", &entry.result),
        ("hypothesis", &entry.hypothesis),
        ("todo", &entry.todo),
        ("reason", &entry.reason),
    ];
    for (label, text) in texts {
        say(label, text.as_ref().map(|text| text.value.as_str()));
    }
    if let Some(evidence) = &entry.evidence {
        say("evidence", Some(&evidence.item));
    }
    for link in &entry.links {
        say("link", Some(link.title.as_ref().map_or(&link.url.value, |title| &title.value)));
    }
    parts.join(" · ")
}
