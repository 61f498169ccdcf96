//! Feeds in three formats, for everything and for each service: every incident and maintenance is one entry, whose
//! `updated` moves with each message, so that a reader that has seen the first hears of the last.
//!
//! Atom and RSS have the shape of those of hosted status pages, because programs read them: the id of an Atom entry
//! ends in `Incident/…`, the label of each message is in the first `<strong>`, RSS dates coming maintenance by its start.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::channel::Channel;
use crate::record::time::utc;
use crate::site::language::Language;
use crate::site::plan::Page;
use crate::site::projection::{Projection, PublicEvent, PublicMessage};
use crate::site::stable_id::stable_id;
use crate::site::view::{Facts, Reader};
use crate::text::markdown::escape;

/// The names of the files of a channel, in its folder.
pub const ATOM: &str = "history.atom";
pub const RSS: &str = "history.rss";
pub const JSON: &str = "feed.json";

/// Entries in a feed: the ones that changed last.
const ENTRIES: usize = 50;

#[derive(Debug, Serialize)]
pub struct Feed<'a> {
    pub lang: &'a str,
    pub id: String,
    pub title: String,
    pub author: &'a str,
    /// The page that the feed is about.
    pub home: String,
    /// Where the files of the feed stand, to be followed by their names.
    pub folder: String,
    pub updated: Moment,
    pub entries: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Entry<'a> {
    pub id: String,
    pub title: &'a str,
    pub address: String,
    pub published: Moment,
    pub updated: Moment,
    /// The date that RSS gives it.
    pub dated: Moment,
    /// The end of the announced window of a maintenance.
    pub window_end: Option<Moment>,
    pub services: Vec<&'a str>,
    pub html: String,
}

/// A time as the formats write it.
#[derive(Debug, Serialize)]
pub struct Moment {
    pub iso: String,
    pub rfc822: String,
}

impl Moment {
    fn new(at: Timestamp) -> Self {
        Self { iso: utc(at), rfc822: at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string() }
    }
}

impl<'a> Feed<'a> {
    /// Nothing where the site has no address: an entry needs one.
    pub fn new(facts: &'a Facts<'a>, language: &'a Language, channel: Channel) -> Option<Self> {
        let site = facts.site;
        let url = site.url.as_deref()?;
        let reader = Reader { facts, language, path: String::new() };
        let mut places: Vec<usize> = channel.events(facts).collect();
        places.sort_by_key(|place| (std::cmp::Reverse(site.events[*place].updated), *place));
        places.truncate(ENTRIES);
        let host = host(url);
        let entries = places.iter().map(|place| entry(&reader, url, host, *place));
        let newest = places.first().map_or(site.as_of, |place| site.events[*place].updated);
        let folder = format!("{}{}", language.prefix, channel.folder(site));
        Some(Self {
            lang: &language.tag,
            id: format!("tag:{host},2005:/{folder}history"),
            title: format!("{} - {}", channel.title(&reader), language.words.word("history_title")),
            author: site.title.in_language(&language.tag),
            home: format!("{url}/{}{}", language.prefix, channel.page().path(site)),
            folder: format!("{url}/{folder}"),
            updated: Moment::new(newest),
            entries: entries.collect(),
        })
    }

    /// The feed as JSON Feed 1.1.
    pub fn json(&self) -> serde_json::Value {
        let items = self.entries.iter().map(|entry| {
            json!({
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_html": entry.html,
                "date_published": entry.published.iso,
                "date_modified": entry.updated.iso,
                "tags": entry.services,
            })
        });
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "home_page_url": self.home,
            "feed_url": format!("{}{JSON}", self.folder),
            "language": self.lang,
            "authors": [{"name": self.author}],
            "items": items.collect::<Vec<_>>(),
        })
    }
}

/// The host of an address.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

fn entry<'a>(reader: &Reader<'a>, url: &str, host: &str, place: usize) -> Entry<'a> {
    let site: &Projection = reader.site();
    let event = &reader.facts.site.events[place];
    let messages: String = event.messages.iter().map(|message| paragraph(reader, message)).collect();
    let services = event.affected.iter().map(|a| reader.service_link(a.service).text);
    let coming = event.window.filter(|_| event.is_coming());
    Entry {
        id: format!("tag:{host},2005:Incident/{}", stable_id("incident", &event.id)),
        title: event.title.in_language(&reader.language.tag),
        address: format!("{url}/{}{}", reader.language.prefix, Page::Event(place).path(site)),
        published: Moment::new(event.published()),
        updated: Moment::new(event.updated),
        dated: Moment::new(coming.map_or(event.updated, |window| window.from)),
        window_end: event.window.map(|window| Moment::new(window.to)),
        services: services.collect(),
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
