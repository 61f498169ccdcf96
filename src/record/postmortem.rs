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
}

/// A due date that was moved in the open.
#[derive(Clone, Debug)]
pub struct Extension {
    pub from: Option<Spanned<Date>>,
    pub to: Option<Spanned<Date>>,
    pub by: Option<Text>,
    pub reason: Option<Text>,
}
