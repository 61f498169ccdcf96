//! Long lists of events, a year at a time.

use serde::Serialize;

use super::{EventLine, Reader};

#[derive(Debug, Serialize)]
pub struct Year<'a> {
    pub year: i16,
    pub count: String,
    pub events: Vec<EventLine<'a>>,
}

/// Events by the year in which they began. `places` are in `Projection::events`, newest first.
pub fn years<'a>(reader: &Reader<'a>, places: &[usize]) -> Vec<Year<'a>> {
    let site = reader.site();
    let year = |place: &usize| site.zone.to_datetime(site.events[*place].began).year();
    let by_year = places.chunk_by(|a, b| year(a) == year(b));
    let years = by_year.map(|places| Year {
        year: year(&places[0]),
        count: reader.count("events_count", &[("count", places.len())]),
        events: places.iter().map(|place| reader.event_line(*place)).collect(),
    });
    years.collect()
}
