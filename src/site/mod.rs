//! The site: from an archive to a map of paths to bytes. Only `write` touches the file system.
//!
//! ```text
//! archive ─ projection ─ health ─┬─ plan ─ view ─ render ─┬─ Site ─ write
//!           what is    what      │  which   words  HTML   │
//!           allowed    follows   └─ machine ──────────────┘
//!           out        from it      feeds, calendars, API
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::{Content, Kind};

pub mod builtin;
mod chart;
pub mod health;
mod language;
mod leaks;
mod machine;
pub mod outside;
mod plan;
pub mod projection;
mod render;
mod stable_id;
mod theme;
mod unused;
mod view;
pub mod write;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use builtin::{Files, NotText, Overrides};
use health::Overall;
use language::Language;
use language::words::WordsError;
use leaks::Leaks;
use plan::Page;
use projection::Projection;
use render::{Renderer, TemplateError};
use theme::{NoPicture, Theme};
use view::event::Event;
use view::head::{Edition, Head};
use view::history::{History, Month};
use view::home::Home;
use view::maintenance::Maintenance;
use view::postmortems::Postmortems;
use view::search::Search;
use view::service::Service;
use view::subscribe::Subscribe;
use view::{Facts, Reader};

/// How to build.
#[derive(Clone, Debug)]
pub struct Options {
    /// The moment that the site shows. What is dated later does not exist yet.
    pub as_of: Timestamp,
    /// The user's own templates, words and assets.
    pub overrides: Overrides,
    /// Build only these of the site's languages. The first language of the site keeps the root.
    pub languages: Option<Vec<String>>,
    /// After how long a page that shows the present should say that it is old.
    pub stale_after: SignedDuration,
}

impl Options {
    pub fn new(as_of: Timestamp) -> Self {
        Self { as_of, overrides: Overrides::default(), languages: None, stale_after: SignedDuration::from_hours(24) }
    }
}

/// A finished site.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// By path from the root, with `/` and without one in front.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The paths of the home pages, from which everything else can be reached.
    pub homes: BTreeSet<String>,
    pub pages: usize,
    /// What whoever builds should know.
    pub notes: Vec<String>,
}

/// Why there is no site. Nothing was written.
#[derive(Debug)]
pub enum SiteError {
    Words(WordsError),
    /// Public records or a configuration that cannot be read in full, by their paths.
    Unreadable(Vec<Arc<str>>),
    /// A language to build that the site does not have.
    UnknownLanguage {
        tag: String,
        known: Vec<String>,
    },
    Template(TemplateError),
    NotText(NotText),
    NoPicture(NoPicture),
    Leaks(Leaks),
    /// A value that JSON cannot hold.
    Json(serde_json::Error),
}

impl std::error::Error for SiteError {}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(error) => error.fmt(f),
            Self::Unreadable(paths) => write!(
                f,
                "these files cannot be read in full, so that readers would miss what they say; \
                 `git incident check` shows where:\n  {}",
                paths.join("\n  ")
            ),
            Self::UnknownLanguage { tag, known } => {
                write!(f, "the site has no language `{tag}`; `site.languages` has {}", known.join(", "))
            }
            Self::Template(error) => error.fmt(f),
            Self::NotText(NotText(name)) => write!(f, "templates/{name} is not UTF-8 text"),
            Self::NoPicture(picture) => picture.fmt(f),
            Self::Leaks(leaks) => leaks.fmt(f),
            Self::Json(error) => error.fmt(f),
        }
    }
}

impl From<WordsError> for SiteError {
    fn from(error: WordsError) -> Self {
        Self::Words(error)
    }
}

impl From<TemplateError> for SiteError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl From<NotText> for SiteError {
    fn from(error: NotText) -> Self {
        Self::NotText(error)
    }
}

impl From<NoPicture> for SiteError {
    fn from(picture: NoPicture) -> Self {
        Self::NoPicture(picture)
    }
}

impl From<Leaks> for SiteError {
    fn from(leaks: Leaks) -> Self {
        Self::Leaks(leaks)
    }
}

impl From<serde_json::Error> for SiteError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

/// Builds the public site of an archive.
pub fn build(archive: &Archive, options: &Options) -> Result<Site, SiteError> {
    refuse_unreadable(archive)?;
    let mut files = Files::new(&options.overrides)?;
    let theme = Theme::of(&archive.config.theme, &files)?;
    files.append(theme::STYLES, &theme.styles);
    let site = Projection::of(archive, options.as_of);
    let health = health::of(&site);
    let months = plan::months(&site);
    let places = site.events.iter().enumerate().map(|(place, event)| (&*event.id, place)).collect();
    let languages = languages(&site, options, &files)?;
    let tags: Vec<&str> = languages.iter().map(|language| language.tag.as_str()).collect();
    let autonyms = language::autonyms(&files);
    let facts = Facts {
        site: &site,
        health: &health,
        overall: Overall::of(&site, &health),
        months: &months,
        places: &places,
        has_summaries: site.events.iter().any(|event| event.summary.is_some()),
        languages: &tags,
        autonyms: &autonyms,
    };
    let edition = Edition {
        stale_after: options.stale_after,
        version: &stable_id::version(files.assets().map(|(_, bytes)| bytes)),
        logo: theme.logo.as_ref(),
    };
    let pages = plan::pages(&site, &months);
    let notes = theme.notes.iter().cloned().chain(unused::notes(&files, &site.languages)).collect();
    let mut built = Site { notes, ..Site::default() };
    for language in &languages {
        let renderer = Renderer::new(&files, &language.words)?;
        let rendered: Result<Vec<_>, TemplateError> =
            pages.par_iter().map(|page| render_page(&renderer, &facts, language, page, &edition)).collect();
        let rendered = rendered?;
        built.pages += rendered.len();
        built.homes.insert(plan::file(&language.prefix));
        built.files.extend(rendered);
        built.files.extend(machine::of_language(&facts, language, &renderer)?);
    }
    built.files.extend(machine::of_site(&facts, &languages, &pages)?);
    built.files.extend(files.assets().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())));
    leaks::refuse(archive, &files, &built)?;
    Ok(built)
}

/// A record that is left out because of a slip of the pen may be the outage that readers need to hear of.
fn refuse_unreadable(archive: &Archive) -> Result<(), SiteError> {
    let unreadable = archive.records.iter().filter(|record| match record.content {
        Content::Unreadable => matches!(record.kind, Kind::Incident | Kind::Maintenance),
        _ => record.visibility() == Visibility::Public && !record.timeline_complete(),
    });
    let config = (!archive.config.readable).then_some(&archive.config.path);
    let paths: Vec<Arc<str>> = config.into_iter().chain(unreadable.map(|record| &record.path)).cloned().collect();
    if paths.is_empty() { Ok(()) } else { Err(SiteError::Unreadable(paths)) }
}

fn languages(site: &Projection, options: &Options, files: &Files) -> Result<Vec<Language>, SiteError> {
    let wanted = options.languages.as_ref().unwrap_or(&site.languages);
    if let Some(tag) = wanted.iter().find(|tag| !site.languages.contains(tag)) {
        return Err(SiteError::UnknownLanguage { tag: tag.clone(), known: site.languages.clone() });
    }
    let tags = site.languages.iter().filter(|tag| wanted.contains(tag));
    tags.map(|tag| Ok(Language::load(tag, tag == site.default_language(), &site.zone, files)?)).collect()
}

/// The path of a page and its bytes.
fn render_page(
    renderer: &Renderer,
    facts: &Facts<'_>,
    language: &Language,
    page: &Page,
    edition: &Edition<'_>,
) -> Result<(String, Vec<u8>), TemplateError> {
    let reader = Reader { facts, language, path: language.prefix.clone() + &page.path(facts.site) };
    let head = |title: Option<String>, moves: bool| Head::new(&reader, page, title, moves, edition);
    let word = |key: &str| Some(language.words.word(key).to_owned());
    let html = match page {
        Page::Home => renderer.render("home.html", &[("page", &head(None, true)), ("home", &Home::new(&reader))]),
        Page::Event(place) => {
            let event = &facts.site.events[*place];
            let head = head(Some(event.title.clone()), view::event::moves(event));
            renderer.render("event.html", &[("page", &head), ("event", &Event::new(&reader, *place))])
        }
        Page::Service(place) => {
            let service = Service::new(&reader, *place);
            let head = head(Some(service.name.text.to_owned()), true);
            renderer.render("service.html", &[("page", &head), ("service", &service)])
        }
        Page::History => {
            let head = head(word("history_title"), false);
            renderer.render("history.html", &[("page", &head), ("history", &History::new(&reader))])
        }
        Page::Month(key) => {
            let month = Month::new(&reader, *key);
            let head = head(Some(month.title.clone()), false);
            renderer.render("month.html", &[("page", &head), ("month", &month)])
        }
        Page::Maintenance => {
            let head = head(word("maintenance"), true);
            renderer.render("maintenance.html", &[("page", &head), ("maintenance", &Maintenance::new(&reader))])
        }
        Page::Postmortems | Page::PostmortemsOf(_) => {
            let postmortems = Postmortems::new(&reader, page);
            let head = head(Some(postmortems.title.clone()), false);
            renderer.render("postmortems.html", &[("page", &head), ("postmortems", &postmortems)])
        }
        Page::Search => {
            let head = head(word("search_title"), false);
            renderer.render("search.html", &[("page", &head), ("search", &Search::new(&reader))])
        }
        Page::Subscribe => {
            let head = head(word("subscribe_title"), false);
            renderer.render("subscribe.html", &[("page", &head), ("subscribe", &Subscribe::new(&reader))])
        }
        Page::Redirect(_, place) => {
            let head = head(word("moved_title"), false);
            renderer.render("redirect.html", &[("page", &head), ("redirect", &reader.event_link(*place))])
        }
        Page::NotFound => renderer.render("404.html", &[("page", &head(word("not_found_title"), false))]),
    };
    Ok((plan::file(&reader.path), html?.into_bytes()))
}
