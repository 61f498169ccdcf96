//! What a stage needs, and what the record says about it. The words are those of whoever says it.

use super::State;
use crate::record::time::Time;
use crate::response::Settle;

/// One thing that a stage needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub what: Need,
    pub state: State,
    pub says: Option<Says>,
    /// What would do it, while it is missing.
    pub settle: Option<Settle>,
}

/// What is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    Noticed,
    Declared,
    HowNoticed,
    Channel(String),
    /// Any channels at all.
    Channels,
    Severity,
    /// Answers to the questions of the assessment.
    Assessment,
    ColleaguesTold,
    CustomersTold,
    /// Somebody who was called in answers: a person, a team or a role.
    Answer(String),
    ManagementTold,
    Role(String),
    Resolved,
    ImpactEnded,
    LastWord,
    FollowUps,
    Postmortem,
}

/// What the record says about it: when, who, where, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    At(Time),
    CalledAt(Time),
    DueAt(Time),
    WasDueAt(Time),
    Person(String),
    /// Where a channel is.
    Place(String),
    Severity(String),
    /// A method of detection.
    Detection(String),
    Postmortem(String),
    Answered {
        answered: usize,
        asked: usize,
        /// Nobody has to answer: it is not major.
        is_minor: bool,
    },
    /// The severity asks for no channels.
    AsksForNone(String),
    /// The record is internal.
    Internal,
    /// The record is restricted.
    Restricted,
    CustomersCannotRead,
    CustomersWereNeverTold,
    NobodyWasAffected,
    OverBefore,
    NoneWereNoted,
    AllAreSettled,
    NeedsNone,
}

impl Item {
    pub(super) const fn done(what: Need, says: Says) -> Self {
        Self { what, state: State::Done, says: Some(says), settle: None }
    }

    pub(super) const fn not_needed(what: Need, why: Says) -> Self {
        Self { what, state: State::NotNeeded, says: Some(why), settle: None }
    }

    pub(super) const fn later(what: Need) -> Self {
        Self { what, state: State::Later, says: None, settle: None }
    }

    pub(super) const fn missing(what: Need, settle: Settle) -> Self {
        Self { what, state: State::Missing, says: None, settle: Some(settle) }
    }

    /// Done at a time, or missing.
    pub(super) fn at(what: Need, time: Option<Time>, settle: impl FnOnce() -> Settle) -> Self {
        match time {
            Some(time) => Self::done(what, Says::At(time)),
            None => Self::missing(what, settle()),
        }
    }
}
