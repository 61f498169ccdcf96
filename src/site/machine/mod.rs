//! What programs read: feeds, calendars, the status page API, the map of the site.
//!
//! One file an output. Each is a pure function of the facts; what is in words is made once for each language and
//! stands in its tree, the rest stands at the root.

use rayon::prelude::*;

use super::SiteError;
use super::language::Language;
use super::plan::Page;
use super::projection::EventKind;
use super::render::Renderer;
use super::view::Facts;

pub mod api;
mod badge;
pub mod calendar;
pub mod channel;
pub mod event;
pub mod feed;
pub mod metrics;
mod search;
mod security;
mod sitemap;

use api::Api;
use channel::Channel;
use feed::Feed;

/// A path from the root of the site, and its bytes.
type File = (String, Vec<u8>);

/// The files that are in no language.
pub fn of_site(facts: &Facts<'_>, languages: &[Language], pages: &[Page]) -> Result<Vec<File>, SiteError> {
    let api = Api::new(facts.site, facts.health, facts.overall);
    let mut files = api.files()?;
    files.push((metrics::PATH.to_owned(), metrics::text(facts.site, facts.health).into_bytes()));
    files.extend(security::text(facts.site).map(|text| (security::PATH.to_owned(), text.into_bytes())));
    let places: Vec<usize> = (0..facts.site.events.len()).collect();
    let events: Result<Vec<File>, SiteError> = places.par_iter().map(|place| of_event(facts, *place)).collect();
    files.extend(events?);
    files.extend(sitemap::files(facts.site, languages, pages));
    Ok(files)
}

/// The files that are in one language.
pub fn of_language(facts: &Facts<'_>, language: &Language, renderer: &Renderer) -> Result<Vec<File>, SiteError> {
    let channels: Vec<Channel> = Channel::of(facts.site).collect();
    let of_channels: Result<Vec<Vec<File>>, SiteError> =
        channels.par_iter().map(|channel| of_channel(facts, language, renderer, *channel)).collect();
    let mut files = of_channels?.concat();
    files.extend(maintenance(facts, language));
    files.extend(badge::files(facts, language));
    files.extend(search::files(facts, language)?);
    Ok(files)
}

fn of_channel(
    facts: &Facts<'_>,
    language: &Language,
    renderer: &Renderer,
    channel: Channel,
) -> Result<Vec<File>, SiteError> {
    let path = |name: &str| format!("{}{}{name}", language.prefix, channel.folder(facts.site));
    let mut files = vec![(path(calendar::OF_ALL), calendar::of_channel(facts, language, channel).into_bytes())];
    if let Some(feed) = Feed::new(facts, language, channel) {
        files.push((path(feed::ATOM), renderer.render("feed.xml", &[("feed", &feed)])?.into_bytes()));
        files.push((path(feed::RSS), renderer.render("rss.xml", &[("feed", &feed)])?.into_bytes()));
        files.push((path(feed::JSON), serde_json::to_vec(&feed.json())?));
    }
    Ok(files)
}

fn of_event(facts: &Facts<'_>, place: usize) -> Result<File, SiteError> {
    let path = Page::Event(place).path(facts.site) + event::FILE;
    Ok((path, serde_json::to_vec(&event::Document::new(facts.site, place))?))
}

/// Each maintenance as a file for a calendar.
fn maintenance<'a>(facts: &'a Facts<'a>, language: &'a Language) -> impl Iterator<Item = File> + 'a {
    let events = facts.site.events.iter().enumerate().filter(|(_, event)| event.kind == EventKind::Maintenance);
    events.filter_map(|(place, _)| {
        let path = format!("{}{}{}", language.prefix, Page::Event(place).path(facts.site), calendar::OF_ONE);
        Some((path, calendar::of_event(facts, language, place)?.into_bytes()))
    })
}
