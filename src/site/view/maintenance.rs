//! Planned work: what is coming, what is running, what was done.

use serde::Serialize;

use super::Reader;
use super::home::{Open, open};
use super::list::{Year, years};
use super::subscribe::Addresses;
use crate::site::machine::channel::Channel;
use crate::site::projection::EventKind;

#[derive(Debug, Serialize)]
pub struct Maintenance<'a> {
    pub running: Vec<Open<'a>>,
    /// The next one first.
    pub coming: Vec<Open<'a>>,
    /// In the last year; older work is in the history.
    pub done: Vec<Year<'a>>,
    pub subscribe: Addresses,
}

impl<'a> Maintenance<'a> {
    pub fn new(reader: &Reader<'a>) -> Self {
        let events = &reader.site().events;
        let places = (0..events.len()).filter(|place| events[*place].kind == EventKind::Maintenance);
        let (coming, begun): (Vec<usize>, Vec<usize>) = places.partition(|place| events[*place].is_coming());
        let (running, mut done): (Vec<usize>, Vec<usize>) =
            begun.iter().partition(|place| events[**place].status.is_open());
        done.retain(|place| events[*place].ended.is_none_or(|end| end >= reader.site().a_year_ago()));
        let card = |place: &usize| open(reader, *place, &events[*place]);
        Self {
            running: running.iter().map(card).collect(),
            coming: coming.iter().rev().map(card).collect(),
            done: years(reader, &done),
            subscribe: Addresses::of(reader, Channel::All),
        }
    }
}
