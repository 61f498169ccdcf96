//! The seven stages of a response, with what is done and what is missing.

use serde::Serialize;

use crate::response::{self, checklist};
use crate::site::internal::inside::Case;
use crate::site::internal::reader::{Insider, Term};
use crate::site::language::phrase::Speaker;

#[derive(Debug, Serialize)]
pub struct InternalStage<'a> {
    pub title: Term<'a>,
    pub state: Term<'a>,
    pub items: Vec<InternalItem<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalItem<'a> {
    pub what: String,
    pub state: Term<'a>,
    pub says: Option<String>,
}

/// Of a live incident; nobody ticks boxes of one that is over.
pub fn stages<'a>(reader: &Insider<'a>, case: &Case<'a>) -> Vec<InternalStage<'a>> {
    let checklist =
        case.is_live.then(|| response::checklist(reader.inside.archive, case.record, reader.inside.as_of)).flatten();
    let stages = checklist.map(|checklist| checklist.stages).unwrap_or_default();
    stages.into_iter().map(|stage| InternalStage::new(reader, stage)).collect()
}

impl<'a> InternalStage<'a> {
    fn new(reader: &Insider<'a>, stage: checklist::Stage) -> Self {
        Self {
            title: reader.term("stage_", stage.kind.name()),
            state: reader.term("progress_", stage.state().name()),
            items: stage.items.into_iter().map(|item| InternalItem::new(reader, item)).collect(),
        }
    }
}

impl<'a> InternalItem<'a> {
    fn new(reader: &Insider<'a>, item: checklist::Item) -> Self {
        Self {
            what: reader.say(&(&item.what).into()),
            state: reader.term("progress_", item.state.name()),
            says: item.says.as_ref().map(|says| reader.say(&says.into())),
        }
    }
}
