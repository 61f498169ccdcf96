//! What programs read: feeds, calendars, the status page API, the map of the site. One file an output, each a pure
//! function of the facts.

use super::SiteError;
use super::language::Language;
use super::look::Voice;
use super::output::File;
use super::plan::Page;
use super::view::Facts;

pub mod api;
pub mod badge;
pub mod calendar;
pub mod channel;
pub mod event;
pub mod feed;
pub mod metrics;
pub mod search;
pub mod security;
pub mod sitemap;

use channel::Channel;
use feed::Feed;

/// What a reader can subscribe to: the calendar, and the feeds where the site has an address.
pub fn of_channel(facts: &Facts<'_>, voice: &Voice, channel: Channel) -> Result<Vec<File>, SiteError> {
    let Voice { language, renderer } = voice;
    let path = |name: &str| format!("{}{}{name}", language.prefix, channel.folder(facts.site));
    let mut files = vec![(path(calendar::OF_ALL), calendar::of_channel(facts, language, channel).into_bytes())];
    if let Some(feed) = Feed::new(facts, language, channel) {
        files.push((path(feed::ATOM), renderer.render("feed.xml", &[("feed", &feed)])?.into_bytes()));
        files.push((path(feed::RSS), renderer.render("rss.xml", &[("feed", &feed)])?.into_bytes()));
        files.push((path(feed::JSON), serde_json::to_vec(&feed.json())?));
    }
    Ok(files)
}

/// Everything about an event, in all languages.
pub fn of_event(facts: &Facts<'_>, place: usize) -> Result<File, SiteError> {
    let path = Page::Event(place).path(facts.site) + event::FILE;
    Ok((path, serde_json::to_vec(&event::Document::new(facts.site, place))?))
}

/// A maintenance as a file for a calendar.
pub fn invitation(facts: &Facts<'_>, language: &Language, place: usize) -> Option<File> {
    let path = format!("{}{}{}", language.prefix, Page::Event(place).path(facts.site), calendar::OF_ONE);
    Some((path, calendar::of_event(facts, language, place)?.into_bytes()))
}
