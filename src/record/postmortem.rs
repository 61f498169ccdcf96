//! `postmortem.md`.

use jiff::civil::Date;

use crate::text::span::{Span, Spanned};

use super::incident::Breach;
use super::time::Time;
use super::timeline::Text;

#[derive(Clone, Debug, Default)]
pub struct Postmortem {
    /// draft, in_review, approved, published.
    pub status: Option<Text>,
    pub owner: Option<Text>,
    pub parties: Vec<Text>,
    pub meeting: Option<Spanned<Time>>,
    pub approvals: Vec<Approval>,
    /// Other incidents that it covers, beside the one it stands with.
    pub incidents: Vec<Text>,
    pub causes: Vec<CauseStatement>,
    pub sufficiency: Option<Text>,
    pub completeness: Option<Text>,
    pub findings: Vec<Finding>,
    pub actions: Vec<Action>,
    /// Runbooks, plans and procedures that have to change.
    pub documents: Vec<Document>,
    pub breaches: Vec<Breach>,
}

#[derive(Clone, Debug)]
pub struct Approval {
    pub span: Span,
    pub by: Option<Text>,
    pub role: Option<Text>,
    pub at: Option<Spanned<Time>>,
}

#[derive(Clone, Debug)]
pub struct CauseStatement {
    pub statement: Option<Text>,
    pub category: Option<Text>,
}

/// A process failure, tracked until it is disposed of.
#[derive(Clone, Debug)]
pub struct Finding {
    pub span: Span,
    pub id: Option<Text>,
    pub class: Option<Text>,
    pub statement: Option<Text>,
    pub owner: Option<Text>,
    pub disposition: Option<Text>,
    pub consulted: Vec<Text>,
}

impl Finding {
    /// Nobody has decided on it. One that says nothing of it is as open as one that says so.
    pub fn is_open(&self) -> bool {
        self.disposition.as_ref().is_none_or(|disposition| disposition.value == "open")
    }
}

/// A runbook, a plan or a procedure that has to change.
#[derive(Clone, Debug)]
pub struct Document {
    pub path: Text,
    pub owner: Option<Text>,
    pub due: Option<Spanned<Date>>,
    pub done: Option<Spanned<Date>>,
}

#[derive(Clone, Debug)]
pub struct Action {
    pub span: Span,
    pub id: Option<Text>,
    pub title: Option<Text>,
    pub kind: Option<Text>,
    pub priority: Option<Text>,
    pub owner: Option<Text>,
    pub due: Option<Spanned<Date>>,
    /// Moves of the due date.
    pub extended: Vec<Extension>,
    pub ticket: Option<Text>,
    pub status: Option<Text>,
    pub done: Option<Spanned<Date>>,
    /// Links to the change that did it.
    pub evidence: Vec<Text>,
    pub reason: Option<Text>,
    pub approved_by: Option<Text>,
}

impl Action {
    pub fn is_high(&self) -> bool {
        self.priority.as_ref().is_some_and(|priority| priority.value == "high")
    }

    /// Neither done nor declined, as far as it says.
    pub fn is_unfinished(&self) -> bool {
        self.has_status("open") || self.has_status("in_progress")
    }

    pub fn has_status(&self, status: &str) -> bool {
        self.status.as_ref().is_some_and(|said| said.value == status)
    }

    /// Where to point at when a key is missing: its title, else all of it.
    pub fn place(&self) -> Span {
        self.title.as_ref().or(self.id.as_ref()).map_or(self.span, |text| text.span)
    }
}

/// A due date that was moved in the open.
#[derive(Clone, Debug)]
pub struct Extension {
    pub from: Option<Spanned<Date>>,
    pub to: Option<Spanned<Date>>,
    pub by: Option<Text>,
    pub reason: Option<Text>,
}
