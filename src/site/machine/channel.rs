//! What a reader can subscribe to: everything, or one service.

use crate::site::plan::Page;
use crate::site::projection::Projection;
use crate::site::view::{Facts, Reader};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    All,
    /// A place in `Projection::services`.
    Service(usize),
}

impl Channel {
    /// Every channel of a site. A service whose time is over keeps its own: old subscriptions still ask for it.
    pub fn of(site: &Projection) -> impl Iterator<Item = Self> {
        std::iter::once(Self::All).chain((0..site.services.len()).map(Self::Service))
    }

    /// The folder of its files, below the root of a language.
    pub fn folder(self, site: &Projection) -> String {
        match self {
            Self::All => String::new(),
            Self::Service(place) => Page::Service(place).path(site),
        }
    }

    /// The page that it is about.
    pub const fn page(self) -> Page {
        match self {
            Self::All => Page::Home,
            Self::Service(place) => Page::Service(place),
        }
    }

    /// `Example status`, or `Example status - Checkout`
    pub fn title(self, reader: &Reader<'_>) -> String {
        let (site, language) = (reader.site(), &reader.language.tag);
        let title = site.title.in_language(language);
        match self {
            Self::All => title.to_owned(),
            Self::Service(place) => format!("{title} - {}", site.services[place].name_in(language)),
        }
    }

    /// The places of its events in `Projection::events`, newest first.
    pub fn events<'a>(self, facts: &Facts<'a>) -> Box<dyn Iterator<Item = usize> + 'a> {
        match self {
            Self::All => Box::new(0..facts.site.events.len()),
            Self::Service(place) => Box::new(facts.health[place].events.iter().copied()),
        }
    }
}
