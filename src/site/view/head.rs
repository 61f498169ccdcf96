//! What every page has: its title, its languages, the way to the others.

use jiff::SignedDuration;
use serde::Serialize;

use super::{Moment, Reader};
use crate::site::audience::Audience;
use crate::site::plan::{self, Page};
use crate::site::theme::Logo;

#[derive(Debug, Serialize)]
pub struct Head<'a> {
    pub lang: &'a str,
    /// Of the page alone; nothing on the home page.
    pub title: Option<String>,
    pub site_title: &'a str,
    pub description: Option<&'a str>,
    pub logo: Option<&'a Logo>,
    /// The way to the root of the site.
    pub root: String,
    pub home: String,
    pub history: String,
    pub subscribe: String,
    /// Only on the internal site, whose every page says so.
    pub inside: Option<Inside>,
    /// The main parts of the site.
    pub parts: Vec<Part<'a>>,
    /// Nothing where the site has no address, without which a feed cannot be.
    pub feed: Option<String>,
    pub canonical: Option<String>,
    pub languages: Vec<Alternate<'a>>,
    /// Only on pages that change by themselves as time goes by; the others stay the same, byte for byte.
    pub as_of: Option<Moment>,
    /// After how many minutes such a page is too old to be trusted.
    pub stale_after: i64,
    /// Of the assets, so that a browser never mixes old ones with new pages.
    pub version: &'a str,
    /// How to name a time on the reader's own clock, with `{}` for the time.
    pub local_time: String,
}

/// What pages of the internal site have beside that.
#[derive(Debug, Serialize)]
pub struct Inside {
    pub board: String,
    /// The page is one that customers see, too.
    pub is_public: bool,
    /// The way to the record that it is about.
    pub record: Option<String>,
}

/// Where a page stands.
#[derive(Clone, Copy, Debug)]
pub enum Place<'p> {
    Public(&'p Page),
    /// Only on the internal site: the path below the root of its language.
    Internal(&'p str),
}

/// A main part of the site.
#[derive(Debug, Serialize)]
pub struct Part<'a> {
    pub href: String,
    pub text: &'a str,
    /// The page is in it.
    pub current: bool,
}

/// The same page in a language.
#[derive(Debug, Serialize)]
pub struct Alternate<'a> {
    pub lang: &'a str,
    pub name: &'a str,
    pub href: String,
    /// With the address of the site, where it is known.
    pub absolute: String,
    pub current: bool,
}

/// What does not depend on the page.
#[derive(Debug)]
pub struct Edition<'a> {
    pub audience: Audience,
    pub stale_after: SignedDuration,
    pub version: &'a str,
    pub logo: Option<&'a Logo>,
}

impl<'a> Head<'a> {
    /// `moves` says whether the page changes by itself as time goes by.
    pub fn new(
        reader: &Reader<'a>,
        page: Place<'_>,
        title: Option<String>,
        moves: bool,
        edition: &'a Edition<'_>,
    ) -> Self {
        let site = reader.site();
        let absolute = |path: &str| site.url.as_ref().map(|url| format!("{url}/{path}"));
        Self {
            lang: &reader.language.tag,
            title,
            site_title: site.title.in_language(&reader.language.tag),
            description: site.description.as_ref().map(|text| text.in_language(&reader.language.tag)),
            logo: edition.logo,
            root: root(reader, page),
            home: in_place(reader, page, &Page::Home),
            history: in_place(reader, page, &Page::History),
            subscribe: in_place(reader, page, &Page::Subscribe),
            inside: (edition.audience == Audience::Internal).then(|| Inside {
                board: below(reader, page, plan::INTERNAL),
                is_public: matches!(page, Place::Public(_)),
                record: match page {
                    Place::Public(Page::Event(event)) => {
                        Some(below(reader, page, &plan::internal_record(&site.events[*event].id)))
                    }
                    _ => None,
                },
            }),
            parts: parts(reader, page),
            feed: site.url.as_ref().map(|_| root(reader, page) + &reader.language.prefix + "history.atom"),
            canonical: absolute(&reader.path),
            languages: alternates(reader, page),
            as_of: moves.then(|| reader.moment(site.as_of)),
            stale_after: edition.stale_after.as_mins(),
            version: edition.version,
            local_time: reader.language.words.say("local_time", &[("time", "{}".into())]),
        }
    }
}

/// The page for addresses that lead nowhere is shown in any folder, so its links start at the root of the host.
fn root(reader: &Reader<'_>, page: Place<'_>) -> String {
    if !is_anywhere(page) {
        return plan::relative(&reader.path, "");
    }
    let url = reader.site().url.as_deref().unwrap_or_default();
    let after_host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let folder = after_host.split_once('/').map_or("", |(_, path)| path);
    if folder.is_empty() { "/".to_owned() } else { format!("/{folder}/") }
}

const fn is_anywhere(page: Place<'_>) -> bool {
    matches!(page, Place::Public(Page::NotFound))
}

fn in_place(reader: &Reader<'_>, page: Place<'_>, target: &Page) -> String {
    below(reader, page, &target.path(reader.site()))
}

/// The way to a path below the root of the page's language.
fn below(reader: &Reader<'_>, page: Place<'_>, path: &str) -> String {
    let path = format!("{}{path}", reader.language.prefix);
    if is_anywhere(page) { root(reader, page) + &path } else { plan::relative(&reader.path, &path) }
}

/// Postmortems are only pointed to where there are any.
fn parts<'a>(reader: &Reader<'a>, page: Place<'_>) -> Vec<Part<'a>> {
    let own = match page {
        Place::Public(Page::Month(_)) => Some(&Page::History),
        Place::Public(Page::PostmortemsOf(_)) => Some(&Page::Postmortems),
        Place::Public(page) => Some(page),
        Place::Internal(_) => None,
    };
    let learned = reader.facts.has_summaries.then_some((Page::Postmortems, "nav_postmortems"));
    let parts = [(Page::Home, "nav_status"), (Page::History, "nav_history"), (Page::Maintenance, "nav_maintenance")];
    let parts =
        parts.into_iter().chain(learned).chain([(Page::Search, "nav_search"), (Page::Subscribe, "nav_subscribe")]);
    parts
        .map(|(part, key)| Part {
            href: in_place(reader, page, &part),
            text: reader.word(key),
            current: own == Some(&part),
        })
        .collect()
}

fn alternates<'a>(reader: &Reader<'a>, page: Place<'_>) -> Vec<Alternate<'a>> {
    let site = reader.site();
    let own = match page {
        Place::Public(page) => page.path(site),
        Place::Internal(path) => path.to_owned(),
    };
    let autonyms = reader.facts.autonyms;
    let languages = site.languages.iter().enumerate().filter(|(_, tag)| reader.facts.languages.contains(tag));
    languages
        .map(|(place, tag)| {
            let path = if place == 0 { own.clone() } else { format!("{tag}/{own}") };
            let href = if is_anywhere(page) { root(reader, page) + &path } else { plan::relative(&reader.path, &path) };
            Alternate {
                lang: tag,
                name: autonyms.get(tag).map_or(tag, String::as_str),
                absolute: site.url.as_ref().map_or_else(|| href.clone(), |url| format!("{url}/{path}")),
                current: *tag == reader.language.tag,
                href,
            }
        })
        .collect()
}
