//! The page on which a reader searches. What is searched is made by `machine::search`.

use serde::Serialize;

use super::Reader;
use crate::site::plan::Page;

#[derive(Debug, Serialize)]
pub struct Search {
    /// What is searched.
    pub intro: String,
    /// How to say how many were found, with `{}` for the number.
    pub found: String,
    /// The way to all of it, for who cannot search.
    pub everything: String,
}

impl Search {
    pub fn new(reader: &Reader<'_>) -> Self {
        Self {
            intro: reader.word("search_intro").to_owned(),
            found: reader.language.words.say("search_found", &[("count", "{}".into())]),
            everything: reader.href(&Page::History),
        }
    }
}
