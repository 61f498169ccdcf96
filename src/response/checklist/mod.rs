//! The seven stages of a response, derived from the record: nobody ticks boxes. One file for each stage.

use jiff::Timestamp;

use super::assessment;
use super::owed::{Settle, command};
use super::stage::{self, Stage as Phase};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::index::Index;

mod assess;
mod channels;
mod communicate;
mod delegate;
mod detect;
mod escalate;
mod item;
mod question;
mod resolve;

pub use item::{Item, Need, Says};
pub use question::{Answer, Asked, Question};

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
    pub kind: Kind,
    pub items: Vec<Item>,
}

/// The seven, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Detect,
    Channels,
    Assess,
    Communicate,
    Escalate,
    Delegate,
    Resolve,
}

impl Kind {
    /// Its name for programs, which does not change.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Channels => "channels",
            Self::Assess => "assess",
            Self::Communicate => "communicate",
            Self::Escalate => "escalate",
            Self::Delegate => "delegate",
            Self::Resolve => "resolve",
        }
    }
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
    fn at_the_end(&self, what: Need, settle: Settle) -> Item {
        if self.is_over { Item::missing(what, settle) } else { Item::later(what) }
    }
}

/// As of now. Nothing where the record is no incident, came to nothing, or does not say where it stands.
pub fn checklist(archive: &Archive, record: &Record, now: Timestamp) -> Option<Checklist> {
    record.incident()?;
    let phase = stage::of(archive, record).filter(|phase| *phase != Phase::Dropped)?;
    let ask = Ask { archive, index: Index::new(archive), record, is_over: phase == Phase::Over, now };
    let stage = |kind, items| Stage { kind, items };
    Some(Checklist {
        stages: vec![
            stage(Kind::Detect, detect::items(&ask)),
            stage(Kind::Channels, channels::items(&ask)),
            stage(Kind::Assess, assess::items(&ask)),
            stage(Kind::Communicate, communicate::items(&ask)),
            stage(Kind::Escalate, escalate::items(&ask)),
            stage(Kind::Delegate, delegate::items(&ask)),
            stage(Kind::Resolve, resolve::items(&ask)),
        ],
        questions: question::all(record),
    })
}
