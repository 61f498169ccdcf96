//! The seven stages of a response, derived from the record: nobody ticks boxes. One file for each stage.

use jiff::Timestamp;

use super::assessment;
use super::owed::{Settle, command};
use super::stage::{self, Stage as Phase};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::index::Index;
use crate::record::time::Time;

mod assess;
mod channels;
mod communicate;
mod delegate;
mod detect;
mod escalate;
mod question;
mod resolve;

pub use question::{Answer, Question};

/// Where an incident stands on its way through the stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// All seven, in their order.
    pub stages: Vec<Stage>,
    /// The six questions of the assessment.
    pub questions: Vec<Question>,
}

/// One stage of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name for programs, which does not change.
    pub name: &'static str,
    pub title: &'static str,
    pub items: Vec<Item>,
}

/// One thing that a stage needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub what: String,
    pub state: State,
    /// What the record says: when, who, where, or why not.
    pub says: Option<String>,
    /// What would do it, while it is missing.
    pub settle: Option<Settle>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nobody has to do it here.
    NotNeeded,
    Done,
    /// Its time has not come.
    Later,
    Missing,
}

impl State {
    /// Its name for programs, which does not change.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotNeeded => "not_needed",
            Self::Done => "done",
            Self::Later => "later",
            Self::Missing => "missing",
        }
    }
}

impl Stage {
    /// The worst of its items.
    pub fn state(&self) -> State {
        self.items.iter().map(|item| item.state).max().unwrap_or(State::NotNeeded)
    }
}

impl Item {
    fn done(what: impl Into<String>, says: impl ToString) -> Self {
        Self { what: what.into(), state: State::Done, says: Some(says.to_string()), settle: None }
    }

    fn not_needed(what: impl Into<String>, why: impl ToString) -> Self {
        Self { what: what.into(), state: State::NotNeeded, says: Some(why.to_string()), settle: None }
    }

    fn later(what: impl Into<String>) -> Self {
        Self { what: what.into(), state: State::Later, says: None, settle: None }
    }

    fn missing(what: impl Into<String>, settle: Settle) -> Self {
        Self { what: what.into(), state: State::Missing, says: None, settle: Some(settle) }
    }

    /// Done at a time, or missing.
    fn at(what: &str, time: Option<Time>, settle: impl FnOnce() -> Settle) -> Self {
        time.map_or_else(|| Self::missing(what, settle()), |time| Self::done(what, time))
    }
}

/// What a stage may know.
struct Ask<'a> {
    archive: &'a Archive,
    index: Index<'a>,
    record: &'a Record,
    /// Whether the work is over.
    is_over: bool,
    now: Timestamp,
}

impl Ask<'_> {
    /// An update of this record.
    fn update(&self, flags: &str) -> Settle {
        command(format_args!("update {} {flags}", self.record.id))
    }

    /// Missing once the work is over; before that its time has not come.
    fn at_the_end(&self, what: &str, settle: Settle) -> Item {
        if self.is_over { Item::missing(what, settle) } else { Item::later(what) }
    }
}

/// As of now. Nothing where the record is no incident, came to nothing, or does not say where it stands.
pub fn checklist(archive: &Archive, record: &Record, now: Timestamp) -> Option<Checklist> {
    record.incident()?;
    let phase = stage::of(archive, record).filter(|phase| *phase != Phase::Dropped)?;
    let ask = Ask { archive, index: Index::new(archive), record, is_over: phase == Phase::Over, now };
    let stage = |name, title, items| Stage { name, title, items };
    Some(Checklist {
        stages: vec![
            stage("detect", "Detect the incident", detect::items(&ask)),
            stage("channels", "Set up the team's channels", channels::items(&ask)),
            stage("assess", "Assess the impact and the severity", assess::items(&ask)),
            stage("communicate", "Communicate with customers", communicate::items(&ask)),
            stage("escalate", "Escalate to the right responders", escalate::items(&ask)),
            stage("delegate", "Delegate the roles", delegate::items(&ask)),
            stage("resolve", "Resolve the incident", resolve::items(&ask)),
        ],
        questions: question::all(record),
    })
}
