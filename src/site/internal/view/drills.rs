//! Drills: what is planned, what was tried, and how it went.

use serde::Serialize;

use super::case::{self, InternalDrill};
use super::line::InternalLine;
use crate::record::Kind;
use crate::site::internal::plan::Page;
use crate::site::internal::reader::Insider;

#[derive(Debug, Serialize)]
pub struct InternalDrills<'a> {
    pub planned: Vec<InternalRehearsal<'a>>,
    /// Newest first; canceled ones too.
    pub past: Vec<InternalRehearsal<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalRehearsal<'a> {
    #[serde(flatten)]
    pub line: InternalLine<'a>,
    pub drill: Option<InternalDrill<'a>>,
    pub postmortem: Option<String>,
}

impl<'a> InternalDrills<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let inside = reader.inside;
        let (planned, past): (Vec<_>, Vec<_>) = inside.of_kind(Kind::Drill).partition(|(_, case)| case.is_live);
        let show = |(place, of): (usize, &'a _)| InternalRehearsal {
            line: InternalLine::new(reader, place),
            drill: case::drill(reader, of),
            postmortem: inside.review_of(of.id()).map(|review| reader.to(Page::Postmortem(review))),
        };
        Self { planned: planned.into_iter().rev().map(show).collect(), past: past.into_iter().map(show).collect() }
    }
}
