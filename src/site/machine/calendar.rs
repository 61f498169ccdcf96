//! `calendar.ics` and one file for each maintenance: planned work in the reader's own calendar (RFC 5545).
//!
//! A program that holds an older version of an entry knows it by its `UID` and takes the one with the higher
//! `SEQUENCE`. Both follow from the record, so they are the same in every build and every language.

use jiff::Timestamp;

use super::channel::Channel;
use super::feed::host;
use crate::metrics::uptime::Window;
use crate::site::language::Language;
use crate::site::plan::Page;
use crate::site::projection::{PublicEvent, Status};
use crate::site::stable_id::stable_id;
use crate::site::view::{Facts, Reader};

/// The name of the file with one maintenance, in the folder of its page.
pub const OF_ONE: &str = "maintenance.ics";
/// The name of a file with all of them.
pub const OF_ALL: &str = "calendar.ics";

/// Bytes in a line. A longer one goes on in the next, after a blank.
const LINE: usize = 75;

/// The work of a channel, the latest first: what is coming, what is running and what was done in the last year.
pub fn of_channel(facts: &Facts<'_>, language: &Language, channel: Channel) -> String {
    let site = facts.site;
    let reader = Reader { facts, language, path: String::new() };
    let name = format!("{} - {}", channel.title(&reader), reader.word("maintenance"));
    let recent = |window: Window| window.to >= site.a_year_ago();
    let entries = channel.events(facts).filter(|place| site.events[*place].window.is_some_and(recent));
    calendar(&name, entries.filter_map(|place| entry(&reader, place)))
}

/// One maintenance; nothing for what has no window.
pub fn of_event(facts: &Facts<'_>, language: &Language, place: usize) -> Option<String> {
    let reader = Reader { facts, language, path: String::new() };
    let entry = entry(&reader, place)?;
    Some(calendar(facts.site.events[place].title.in_language(&language.tag), [entry].into_iter()))
}

fn calendar(name: &str, entries: impl Iterator<Item = Lines>) -> String {
    let mut all = Lines::default();
    all.add("BEGIN", "VCALENDAR");
    all.add("VERSION", "2.0");
    all.add("PRODID", "-//git-incident//git-incident//EN");
    all.add("CALSCALE", "GREGORIAN");
    all.add("METHOD", "PUBLISH");
    // The first name is the standard's, the second is the one that most programs read.
    all.add_text("NAME", name);
    all.add_text("X-WR-CALNAME", name);
    all.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    all.add("X-PUBLISHED-TTL", "PT1H");
    for entry in entries {
        all.0.push_str(&entry.0);
    }
    all.add("END", "VCALENDAR");
    all.0
}

fn entry(reader: &Reader<'_>, place: usize) -> Option<Lines> {
    let site = reader.site();
    let event = &site.events[place];
    let window = event.window?;
    let host = site.url.as_deref().map_or("git-incident", host);
    let address =
        site.url.as_ref().map(|url| format!("{url}/{}{}", reader.language.prefix, Page::Event(place).path(site)));
    let services = event.affected.iter().map(|a| text(site.services[a.service].name_in(&reader.language.tag)));
    let services = services.collect::<Vec<_>>().join(",");
    let mut entry = Lines::default();
    entry.add("BEGIN", "VEVENT");
    entry.add("UID", &format!("{}@{host}", stable_id("incident", &event.id)));
    entry.add("SEQUENCE", &sequence(event).to_string());
    entry.add("DTSTAMP", &utc(event.updated));
    entry.add("LAST-MODIFIED", &utc(event.updated));
    entry.add("DTSTART", &utc(window.from));
    entry.add("DTEND", &utc(window.to));
    entry.add_text("SUMMARY", event.title.in_language(&reader.language.tag));
    entry.add_text("DESCRIPTION", &description(reader, event, address.as_deref()));
    if !services.is_empty() {
        entry.add("CATEGORIES", &services);
    }
    if let Some(address) = &address {
        entry.add("URL", address);
    }
    entry.add("STATUS", if event.status == Status::Canceled { "CANCELLED" } else { "CONFIRMED" });
    // Somebody else's work does not make the reader busy.
    entry.add("TRANSP", "TRANSPARENT");
    entry.add("END", "VEVENT");
    Some(entry)
}

/// How often readers were told something new: each message, each correction, the end.
fn sequence(event: &PublicEvent) -> usize {
    let corrections = event.messages.iter().flat_map(|message| [message.edited, message.redacted]).flatten();
    event.messages.len() + corrections.count() + usize::from(event.ended.is_some())
}

fn description(reader: &Reader<'_>, event: &PublicEvent, address: Option<&str>) -> String {
    let newest = event.messages.first();
    let said = newest.and_then(|message| message.text(&reader.language.tag, reader.site().default_language()));
    let parts =
        [Some(reader.word(event.status.name()).to_owned()), said.map(|text| text.plain()), address.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value: what would end it or divide it is escaped.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Content lines, folded and ended as the standard has it.
#[derive(Debug, Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }

    fn add_text(&mut self, name: &str, value: &str) {
        self.add(name, &text(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_goes_on_in_the_next_and_no_character_is_cut() {
        let mut lines = Lines::default();
        let value = "점검 ".repeat(40);
        lines.add("SUMMARY", &value);
        assert!(lines.0.split("\r\n").all(|line| line.len() <= LINE), "{}", lines.0);
        assert!(lines.0.split("\r\n").next().is_some_and(|line| line.len() > LINE - 4), "lines are filled");
        assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
    }

    #[test]
    fn what_would_end_or_divide_a_value_is_escaped() {
        assert_eq!(text("a,b;c\\d\ne\r\nf\tg"), "a\\,b\\;c\\\\d\\ne\\nf g");
    }
}
