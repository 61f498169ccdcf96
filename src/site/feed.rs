//! `history.atom`: every incident and maintenance as one entry, whose `updated` moves with each message, so that a
//! reader that has seen the first hears of the last.
//!
//! The shape is that of hosted status pages, because programs read it: the id ends in `Incident/…`, the label of each
//! message is in the first `<strong>`.

use jiff::Timestamp;
use serde::Serialize;

use super::plan::Page;
use super::projection::{PublicEvent, PublicMessage};
use super::stable_id::stable_id;
use super::view::{Facts, Reader};
use super::{language::Language, projection::Projection};
use crate::text::markdown::escape;

/// Entries in the feed: the ones that changed last.
const ENTRIES: usize = 50;

#[derive(Debug, Serialize)]
pub struct Feed<'a> {
    pub lang: &'a str,
    pub id: String,
    pub title: String,
    pub author: &'a str,
    pub home: String,
    pub address: String,
    pub updated: String,
    pub entries: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Entry<'a> {
    pub id: String,
    pub title: &'a str,
    pub address: String,
    pub published: String,
    pub updated: String,
    pub html: String,
}

impl<'a> Feed<'a> {
    /// Nothing where the site has no address: an entry needs one.
    pub fn new(facts: &'a Facts<'a>, language: &'a Language) -> Option<Self> {
        let site = facts.site;
        let url = site.url.as_deref()?;
        let reader = Reader { facts, language, path: String::new() };
        let mut places: Vec<usize> = (0..site.events.len()).collect();
        places.sort_by_key(|place| (std::cmp::Reverse(site.events[*place].updated), *place));
        places.truncate(ENTRIES);
        let host = host(url);
        let entries = places.iter().map(|place| entry(&reader, url, host, *place));
        let newest = places.first().map_or(site.as_of, |place| site.events[*place].updated);
        Some(Self {
            lang: &language.tag,
            id: format!("tag:{host},2005:/{}history", language.prefix),
            title: format!("{} - {}", site.title, language.words.word("history_title")),
            author: &site.title,
            home: format!("{url}/{}", language.prefix),
            address: format!("{url}/{}history.atom", language.prefix),
            updated: seconds(newest),
            entries: entries.collect(),
        })
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

fn entry<'a>(reader: &Reader<'a>, url: &str, host: &str, place: usize) -> Entry<'a> {
    let site: &Projection = reader.site();
    let event = &reader.facts.site.events[place];
    let published = event.messages.last().map_or(event.began.min(event.updated), |message| message.at);
    let messages: String = event.messages.iter().map(|message| paragraph(reader, message)).collect();
    Entry {
        id: format!("tag:{host},2005:Incident/{}", stable_id("incident", &event.id)),
        title: &event.title,
        address: format!("{url}/{}{}", reader.language.prefix, Page::Event(place).path(site)),
        published: seconds(published),
        updated: seconds(event.updated),
        html: announcement(reader, event) + &messages,
    }
}

/// What maintenance is, before anything is said about it.
fn announcement(reader: &Reader<'_>, event: &PublicEvent) -> String {
    let Some(window) = event.window else { return String::new() };
    let dates = &reader.language.dates;
    let when = dates.span(&dates.moment(window.from), &dates.moment(window.to));
    format!("<p><strong>{}</strong> - {}</p>", escape(reader.word("maintenance")), escape(&when))
}

fn paragraph(reader: &Reader<'_>, message: &PublicMessage) -> String {
    let Some(text) = message.text(&reader.language.tag, reader.site().default_language()) else {
        return String::new();
    };
    let label = if message.moved { reader.word(message.status.name()) } else { reader.word("update") };
    let when = reader.language.dates.moment(message.at);
    format!("<p><small>{}</small><br><strong>{}</strong></p>{}", escape(&when), escape(label), text.html)
}

fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
