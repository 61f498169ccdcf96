//! One language of the site: its words, its dates, and where its pages stand.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::builtin::Files;

pub mod dates;
pub mod phrase;
mod response;
pub mod words;

use dates::Dates;
use words::{Words, WordsError};

#[derive(Debug)]
pub struct Language {
    pub tag: String,
    /// Where its tree stands: empty for the first language, else such as `ko/`.
    pub prefix: String,
    pub words: Words,
    pub dates: Dates,
}

/// What each language that there are words for calls itself.
pub fn autonyms(files: &Files) -> BTreeMap<String, String> {
    let tags = files.names().filter_map(|name| name.strip_prefix("i18n/")?.strip_suffix(".ftl"));
    tags.filter_map(|tag| Some((tag.to_owned(), words::message(files, tag, "language_name")?))).collect()
}

impl Language {
    /// `first` says whether its tree is the root of the site.
    pub fn load(tag: &str, first: bool, zone: &TimeZone, files: &Files) -> Result<Self, WordsError> {
        let words = Words::load(tag, files)?;
        Ok(Self {
            tag: tag.to_owned(),
            prefix: if first { String::new() } else { format!("{tag}/") },
            dates: Dates::new(&words, zone.clone()),
            words,
        })
    }
}
