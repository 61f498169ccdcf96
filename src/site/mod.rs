//! The site: from an archive to a map of paths to bytes. Only `write` touches the file system.
//!
//! The internal site has all of that, and beside it the pages of `internal`, which are made from the records themselves.
//!
//! ```text
//! archive ─ projection ─ draft ─ output ─┬─ plan ─ view ─ render ─┬─ leaks ─ write
//!           what is      what    what is │  which   words  HTML   │
//!           allowed      follows made    └─ machine ──────────────┘
//!           out          from it            feeds, calendars, API
//! ```
//!
//! A file is made when it is asked for: all of them by `make`, those that a reader looks at by a preview.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::provenance::Provenance;
use crate::record::{Content, Kind};

pub mod audience;
pub mod builtin;
mod chart;
mod draft;
pub mod health;
mod internal;
pub mod language;
mod leaks;
mod look;
mod machine;
mod output;
pub mod outside;
pub mod plan;
pub mod preview;
pub mod projection;
mod render;
pub mod report;
mod search;
pub mod stable_id;
mod theme;
mod unused;
mod view;
pub mod write;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use audience::Audience;
use builtin::{NotText, Overrides};
use draft::Draft;
use internal::Sources;
use language::words::WordsError;
use leaks::{Guard, Leaks};
use look::{Look, Voice};
use plan::Page;
use projection::Projection;
use render::TemplateError;
use theme::NoPicture;
use view::event::Event;
use view::head::{Edition, Head, Place};
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
    pub audience: Audience,
    /// The moment that the site shows. What is dated later does not exist yet.
    pub as_of: Timestamp,
    /// Which commits the entries came with. Only the internal site shows it.
    pub provenance: Arc<Provenance>,
    /// When the repository was adopted: what was over by then owes nothing.
    pub adopted: Option<Timestamp>,
    /// The user's own templates, words and assets.
    pub overrides: Overrides,
    /// Build only these of the site's languages. The first language of the site keeps the root.
    pub languages: Option<Vec<String>>,
    /// After how long a page that shows the present should say that it is old.
    pub stale_after: SignedDuration,
}

impl Options {
    pub fn new(as_of: Timestamp) -> Self {
        Self {
            audience: Audience::Public,
            as_of,
            provenance: Arc::default(),
            adopted: None,
            overrides: Overrides::default(),
            languages: None,
            stale_after: SignedDuration::from_hours(24),
        }
    }
}

/// A finished site.
#[derive(Debug, PartialEq, Eq)]
pub struct Site {
    /// By path from the root, with `/` and without one in front.
    pub files: BTreeMap<String, Vec<u8>>,
    pub made: Made,
}

/// What there is to know of a site beside its files.
#[derive(Debug, PartialEq, Eq)]
pub struct Made {
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

/// Builds the site of an archive, in memory.
pub fn build(archive: &Archive, options: &Options) -> Result<Site, SiteError> {
    let files = Mutex::new(BTreeMap::new());
    let made = make(archive, options, |path, bytes| {
        files.lock().unwrap_or_else(PoisonError::into_inner).insert(path, bytes);
        Ok::<(), SiteError>(())
    })?;
    Ok(Site { files: files.into_inner().unwrap_or_else(PoisonError::into_inner), made })
}

/// Makes every file of a site and hands it over with its path, from several threads and in no order.
///
/// # Errors
///
/// With what keeps the site from being made or files from being taken. Some may have been handed over by then.
pub fn make<E>(
    archive: &Archive,
    options: &Options,
    take: impl Fn(String, Vec<u8>) -> Result<(), E> + Sync,
) -> Result<Made, E>
where
    E: From<SiteError> + Send,
{
    refuse_unreadable(archive)?;
    let site = Projection::of(archive, options.as_of);
    let look = Look::of(archive, &site, options)?;
    let draft = Draft::new(Arc::new(look), site);
    let mut made = draft.made();
    match options.audience {
        Audience::Public => make_public(archive, &draft, take)?,
        Audience::Internal => {
            let sources = Sources::new(Arc::new(archive.clone()), options);
            made.pages += make_internal(&sources, &draft, take)?;
        }
    }
    // Nobody needs to wait until a million small texts are given back.
    rayon::spawn(|| drop(draft));
    Ok(made)
}

/// Hands over all of the public site and what insiders get beside it, and gives the number of their pages.
fn make_internal<E>(
    sources: &Sources,
    draft: &Draft,
    take: impl Fn(String, Vec<u8>) -> Result<(), E> + Sync,
) -> Result<usize, E>
where
    E: From<SiteError> + Send,
{
    let outputs = draft.outputs().into_par_iter();
    outputs.try_for_each(|output| output.make(draft)?.into_iter().try_for_each(|(path, bytes)| take(path, bytes)))?;
    internal::make(&sources.inside(), draft, take)
}

/// Hands over a file in which something internal may be only when it is known that nothing is.
fn make_public<E>(
    archive: &Archive,
    draft: &Draft,
    take: impl Fn(String, Vec<u8>) -> Result<(), E> + Sync,
) -> Result<(), E>
where
    E: From<SiteError> + Send,
{
    let guard = Guard::of(archive, &draft.look.files);
    let suspects = draft.outputs().into_par_iter().map(|output| {
        let mut suspects = Vec::new();
        for (path, bytes) in output.make(draft)? {
            match guard.suspicion(&path, &bytes) {
                Some(suspicion) => suspects.push((path, bytes, suspicion)),
                None => take(path, bytes)?,
            }
        }
        Ok(suspects)
    });
    let suspects: Vec<_> = suspects.collect::<Result<Vec<_>, E>>()?.into_iter().flatten().collect();
    guard.judge(suspects.iter().map(|(path, _, suspicion)| (path.as_str(), suspicion))).map_err(SiteError::from)?;
    suspects.into_iter().try_for_each(|(path, bytes, _)| take(path, bytes))
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

/// The path of a page and its bytes.
fn render_page(
    voice: &Voice,
    facts: &Facts<'_>,
    page: &Page,
    edition: &Edition<'_>,
) -> Result<(String, Vec<u8>), TemplateError> {
    let Voice { language, renderer } = voice;
    let reader = Reader { facts, language, path: language.prefix.clone() + &page.path(facts.site) };
    let head = |title: Option<String>, moves: bool| Head::new(&reader, Place::Public(page), title, moves, edition);
    let word = |key: &str| Some(language.words.word(key).to_owned());
    let html = match page {
        Page::Home => renderer.render("home.html", &[("page", &head(None, true)), ("home", &Home::new(&reader))]),
        Page::Event(place) => {
            let event = &facts.site.events[*place];
            let head = head(Some(event.title.in_language(&language.tag).to_owned()), view::event::moves(event));
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
