//! What a site consists of, each part made by itself.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::audience::Audience;
use super::draft::Draft;
use super::look::Voice;
use super::machine::api::Api;
use super::machine::channel::Channel;
use super::machine::{self, badge, calendar, event, feed, metrics, search, security, sitemap};
use super::plan::Page;
use super::projection::EventKind;
use super::{SiteError, internal, render_page};

/// A path from the root of the site, and its bytes.
pub type File = (String, Vec<u8>);

/// Files that are made together when one of them is first asked for.
#[derive(Debug, Default)]
pub struct Together(OnceLock<HashMap<String, Vec<u8>>>);

impl Together {
    /// The one at a path; nothing where it is not among them.
    pub fn file(
        &self,
        path: &str,
        make: impl FnOnce() -> Result<Vec<File>, SiteError>,
    ) -> Result<Option<Vec<u8>>, SiteError> {
        if self.0.get().is_none() {
            _ = self.0.set(make()?.into_iter().collect());
        }
        Ok(self.0.get().and_then(|files| files.get(path).cloned()))
    }
}

/// What is made in one go: a file, or several that belong together. What is in words is made for each language, given by
/// its place in `Look::voices`, and stands in its tree; the rest stands at the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    Page(usize, Page),
    /// The feeds and the calendar of a channel.
    Channel(usize, Channel),
    /// A maintenance, a place in `Projection::events`, for a calendar.
    Invitation(usize, usize),
    Badges(usize),
    Search(usize),
    /// What programs get of an event, a place in `Projection::events`.
    Event(usize),
    Api,
    Metrics,
    Security,
    Sitemap,
    Assets,
}

impl Output {
    /// What is in a language. What takes longest comes first.
    pub fn of_language(draft: &Draft, voice: usize) -> impl Iterator<Item = Self> {
        let channels = Channel::of(&draft.site).map(move |channel| Self::Channel(voice, channel));
        let pages = draft.pages.iter().map(move |page| Self::Page(voice, page.clone()));
        let events = draft.site.events.iter().enumerate();
        let invitations = events.filter(|(_, event)| event.kind == EventKind::Maintenance);
        [Self::Search(voice), Self::Badges(voice)]
            .into_iter()
            .chain(channels)
            .chain(pages)
            .chain(invitations.map(move |(place, _)| Self::Invitation(voice, place)))
    }

    /// What is in no language.
    pub fn of_site(draft: &Draft) -> impl Iterator<Item = Self> {
        let events = (0..draft.site.events.len()).map(Self::Event);
        [Self::Api, Self::Sitemap, Self::Metrics, Self::Security, Self::Assets].into_iter().chain(events)
    }

    /// The only output that may have a file at this path.
    pub fn at(draft: &Draft, path: &str) -> Option<Self> {
        match path.split('/').next()? {
            "assets" => return Some(Self::Assets),
            "api" => return Some(Self::Api),
            ".well-known" => return Some(Self::Security),
            metrics::PATH => return Some(Self::Metrics),
            "robots.txt" | "sitemap.xml" => return Some(Self::Sitemap),
            _ => {}
        }
        let voices = draft.look.voices.iter().enumerate().rev();
        let (voice, path) = voices
            .filter_map(|(voice, Voice { language, .. })| Some((voice, path.strip_prefix(&*language.prefix)?)))
            .min_by_key(|(_, path)| path.len())?;
        let (folder, name) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
        let page = draft.page_at(folder);
        match (name, page) {
            ("index.html", Some(page)) => Some(Self::Page(voice, page)),
            ("404.html", _) => Some(Self::Page(voice, Page::NotFound)),
            (calendar::OF_ONE, Some(Page::Event(place))) => Some(Self::Invitation(voice, place)),
            (event::FILE, Some(Page::Event(place))) => Some(Self::Event(place)),
            (calendar::OF_ALL | feed::ATOM | feed::RSS | feed::JSON, Some(page)) => {
                let channel = Channel::of(&draft.site).find(|channel| channel.page() == page)?;
                Some(Self::Channel(voice, channel))
            }
            _ if path.starts_with("search/") => Some(Self::Search(voice)),
            _ if path.starts_with("badge") => Some(Self::Badges(voice)),
            _ => None,
        }
    }

    pub fn make(&self, draft: &Draft) -> Result<Vec<File>, SiteError> {
        let facts = &draft.facts();
        let site = &draft.site;
        let voices = &draft.look.voices;
        Ok(match self {
            Self::Page(voice, page) => vec![render_page(&voices[*voice], facts, page, &draft.look.edition())?],
            Self::Channel(voice, channel) => machine::of_channel(facts, &voices[*voice], *channel)?,
            Self::Invitation(voice, place) => {
                machine::invitation(facts, &voices[*voice].language, *place).into_iter().collect()
            }
            Self::Badges(voice) => badge::files(facts, &voices[*voice].language),
            Self::Search(voice) => search::files(facts, &voices[*voice].language)?,
            Self::Event(place) => vec![machine::of_event(facts, *place)?],
            Self::Api => Api::new(site, facts.health, facts.overall).files()?,
            Self::Metrics => vec![(metrics::PATH.to_owned(), metrics::text(site, facts.health).into_bytes())],
            Self::Security => {
                security::text(site).map(|text| (security::PATH.to_owned(), text.into_bytes())).into_iter().collect()
            }
            Self::Sitemap => match draft.look.audience {
                Audience::Public => sitemap::files(site, voices, &draft.pages),
                Audience::Internal => vec![internal::robots()],
            },
            Self::Assets => draft.look.files.assets().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect(),
        })
    }
}
