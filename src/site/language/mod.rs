//! One language of the site: its words, its dates, and where its pages stand.

use jiff::tz::TimeZone;

use super::builtin::Files;

pub mod dates;
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
