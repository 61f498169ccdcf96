//! The page on which a reader searches. What is searched is made by `machine::search`.

use serde::Serialize;

use super::Reader;

#[derive(Debug, Serialize)]
pub struct Search {
    /// How to say how many were found, with `{}` for the number.
    pub found: String,
}

impl Search {
    pub fn new(reader: &Reader<'_>) -> Self {
        Self { found: reader.language.words.say("search_found", &[("count", "{}".into())]) }
    }
}
