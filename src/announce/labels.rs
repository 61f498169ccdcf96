//! The languages in which events are told.

use std::collections::BTreeMap;

use super::event::Event;
use super::sink::Sink;
use crate::record::config::{Config, DEFAULT_LANGUAGE};
use crate::site::audience::Audience;
use crate::site::builtin::{Files, Overrides};
use crate::site::language::Language;
use crate::site::language::words::WordsError;

/// The words around messages, by audience and tag.
#[derive(Debug)]
pub struct Labels {
    known: BTreeMap<(&'static str, String), Language>,
    english: Language,
}

impl Labels {
    /// Of the site's languages and those of its sinks. One whose catalogue is missing or cannot be used is left out: `build`
    /// complains about that, and what people wait for goes out with English labels.
    ///
    /// # Errors
    ///
    /// Not even the built-in English can be used.
    pub fn load(config: &Config, overrides: &Overrides) -> Result<Self, WordsError> {
        let zone = config.zone();
        let of_sinks = config.announce.iter().filter_map(|sink| sink.language.as_ref());
        let of_site = std::iter::once(config.default_language()).chain(config.site.languages.iter().map(|l| &*l.value));
        let tags: Vec<&str> = of_site.chain(of_sinks.map(|tag| tag.value.as_str())).collect();
        let mut known = BTreeMap::new();
        for audience in Audience::ALL {
            let Ok(files) = Files::new(overrides, audience) else { continue };
            let load = |tag: &&str| Language::load(tag, true, &zone, &files).ok();
            let loaded = tags.iter().filter_map(|tag| Some(((audience.name(), (*tag).to_owned()), load(tag)?)));
            known.extend(loaded);
        }
        let english = Language::load(DEFAULT_LANGUAGE, true, &zone, &Files::built_in(Audience::Internal))?;
        Ok(Self { known, english })
    }

    /// The built-in English, in which terminals are told.
    pub const fn english(&self) -> &Language {
        &self.english
    }

    /// The language that a sink asks for, else that of the message.
    pub fn of(&self, event: &Event, sink: &Sink) -> &Language {
        let tag = if sink.asks_for_language { &sink.language } else { event.text(&sink.language).0 };
        self.known.get(&(sink.audience.name(), tag.to_owned())).unwrap_or(&self.english)
    }
}
