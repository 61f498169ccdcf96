//! How the commands put times, names and entries into words.

use jiff::Timestamp;
use unicode_width::UnicodeWidthStr;

use crate::record::config::Config;
use crate::record::time::{Time, span};
use crate::record::timeline::Entry;

/// "12m ago", or "in 12m".
pub fn relative(time: Time, now: Timestamp) -> String {
    let past = now.duration_since(time.instant());
    if past.is_negative() { format!("in {}", span(past)) } else { format!("{} ago", span(past)) }
}

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

/// What an entry says, the changes first, in one line.
pub fn entry(entry: &Entry, language: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut say = |label: &str, text: Option<&str>| {
        let text = text.map(first_line).filter(|text| !text.is_empty());
        parts.extend(text.map(|text| if label.is_empty() { text.to_owned() } else { format!("{label}: {text}") }));
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

/// Cells in columns, each as wide as its widest cell; the last one is left as it is.
pub fn columns(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    let pad = |(column, cell): (usize, &String)| match column + 1 == count {
        true => cell.clone(),
        false => format!("{cell}{}", " ".repeat(widths[column] - cell.width())),
    };
    rows.iter().map(|row| row.iter().enumerate().map(pad).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_every_script() {
        let rows = [["a", "결제", "x"], ["bcd", "b", "y"]].map(|row| row.map(str::to_owned).to_vec());
        let lines: Vec<String> = columns(&rows).into_iter().map(|row| row.join(" ")).collect();
        assert_eq!(lines, ["a   결제 x", "bcd b    y"]);
    }
}
