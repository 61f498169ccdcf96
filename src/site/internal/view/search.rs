//! The page on which an insider searches. What is searched is made by `internal::search`.

use crate::site::internal::plan::Page;
use crate::site::internal::reader::Insider;
use crate::site::view::search::Search;

/// The same page as that of readers, about more.
pub fn of(reader: &Insider<'_>) -> Search {
    let intro = reader.word("inside_search_intro").to_owned();
    Search { intro, everything: reader.to(Page::Incidents), ..Search::new(&reader.reader) }
}
