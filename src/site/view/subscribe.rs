//! How to hear of news: feeds and calendars, for everything and for each service.

use serde::Serialize;

use super::{Link, Reader};
use crate::site::machine::channel::Channel;
use crate::site::machine::{api, calendar, feed, metrics};
use crate::site::plan;

#[derive(Debug, Serialize)]
pub struct Subscribe<'a> {
    pub all: Addresses,
    /// The services that are not retired.
    pub services: Vec<Row<'a>>,
    /// The address of `all.calendar` in full, to be pasted into a calendar.
    pub calendar_address: String,
    /// The summary of the status page API, and the figures for monitoring.
    pub api: String,
    pub metrics: String,
}

#[derive(Debug, Serialize)]
pub struct Row<'a> {
    pub link: Link<'a>,
    pub addresses: Addresses,
}

/// Where the files of a channel are, from the page.
#[derive(Debug, Serialize)]
pub struct Addresses {
    /// Nothing where the site has no address, without which feeds cannot be.
    pub feeds: Option<Feeds>,
    pub calendar: String,
}

#[derive(Debug, Serialize)]
pub struct Feeds {
    pub atom: String,
    pub rss: String,
    pub json: String,
}

impl<'a> Subscribe<'a> {
    pub fn new(reader: &Reader<'a>) -> Self {
        let site = reader.site();
        let all = Addresses::of(reader, Channel::All);
        let live = (0..site.services.len()).filter(|place| !reader.facts.health[*place].retired);
        let row =
            |place| Row { link: reader.service_link(place), addresses: Addresses::of(reader, Channel::Service(place)) };
        let whole = |url: &String| format!("{url}/{}{}", reader.language.prefix, calendar::OF_ALL);
        Self {
            services: live.map(row).collect(),
            calendar_address: site.url.as_ref().map_or_else(|| all.calendar.clone(), whole),
            api: plan::relative(&reader.path, api::SUMMARY),
            metrics: plan::relative(&reader.path, metrics::PATH),
            all,
        }
    }
}

impl Addresses {
    pub fn of(reader: &Reader<'_>, channel: Channel) -> Self {
        let site = reader.site();
        let folder = format!("{}{}", reader.language.prefix, channel.folder(site));
        let to = |name: &str| plan::relative(&reader.path, &format!("{folder}{name}"));
        let feeds = || Feeds { atom: to(feed::ATOM), rss: to(feed::RSS), json: to(feed::JSON) };
        Self { feeds: site.url.as_ref().map(|_| feeds()), calendar: to(calendar::OF_ALL) }
    }
}
