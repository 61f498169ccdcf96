//! Postmortems: all of them, and each in full.

use serde::Serialize;

use super::actions::InternalAction;
use super::findings::InternalFinding;
use super::line::InternalLine;
use crate::record::postmortem::Approval;
use crate::site::internal::inside::Review;
use crate::site::internal::plan::Page;
use crate::site::internal::reader::{Insider, Term, Who};
use crate::site::view::{Link, Moment};

#[derive(Debug, Serialize)]
pub struct InternalPostmortems<'a> {
    /// Those that are not published yet; newest first.
    pub unfinished: Vec<InternalReview<'a>>,
    /// Newest year first.
    pub years: Vec<InternalReviewYear<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalReviewYear<'a> {
    pub year: i16,
    pub reviews: Vec<InternalReview<'a>>,
}

/// A postmortem in a list.
#[derive(Debug, Serialize)]
pub struct InternalReview<'a> {
    pub href: String,
    pub of: InternalLine<'a>,
    pub status: Option<Term<'a>>,
    pub owner: Option<Who<'a>>,
    pub open_actions: usize,
}

/// A postmortem in full.
#[derive(Debug, Serialize)]
pub struct InternalPostmortem<'a> {
    pub of: Link<'a>,
    /// Other incidents that it covers.
    pub covers: Vec<Link<'a>>,
    pub path: &'a str,
    pub status: Option<Term<'a>>,
    pub owner: Option<Who<'a>>,
    pub parties: Vec<String>,
    pub meeting: Option<Moment>,
    pub approvals: Vec<InternalApproval<'a>>,
    pub causes: Vec<InternalCause<'a>>,
    pub sufficiency: Option<Term<'a>>,
    pub completeness: Option<Term<'a>>,
    pub findings: Vec<InternalFinding<'a>>,
    pub actions: Vec<InternalAction<'a>>,
    /// Safe HTML.
    pub body: String,
    pub lang: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub struct InternalApproval<'a> {
    pub by: Option<Who<'a>>,
    pub role: Option<Term<'a>>,
    pub at: Option<Moment>,
}

#[derive(Debug, Serialize)]
pub struct InternalCause<'a> {
    pub statement: &'a str,
    pub category: Option<Term<'a>>,
}

impl<'a> InternalPostmortems<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let inside = reader.inside;
        let is_published =
            |review: &Review<'_>| review.postmortem.status.as_ref().is_some_and(|s| s.value == "published");
        let (done, unfinished): (Vec<usize>, Vec<usize>) =
            (0..inside.postmortems.len()).partition(|place| is_published(&inside.postmortems[*place]));
        let year = |place: &usize| inside.zone.to_datetime(inside.cases[inside.postmortems[*place].case].began).year();
        let years = done.chunk_by(|a, b| year(a) == year(b)).filter_map(|places| {
            let reviews = places.iter().map(|place| InternalReview::new(reader, *place)).collect();
            Some(InternalReviewYear { year: year(places.first()?), reviews })
        });
        Self {
            years: years.collect(),
            unfinished: unfinished.into_iter().map(|place| InternalReview::new(reader, place)).collect(),
        }
    }
}

impl<'a> InternalReview<'a> {
    fn new(reader: &Insider<'a>, place: usize) -> Self {
        let Review { postmortem, case, .. } = &reader.inside.postmortems[place];
        Self {
            href: reader.to(Page::Postmortem(place)),
            of: InternalLine::new(reader, *case),
            status: postmortem.status.as_ref().map(|status| reader.term("postmortem_", &status.value)),
            owner: postmortem.owner.as_ref().map(|owner| reader.who(&owner.value)),
            open_actions: postmortem.actions.iter().filter(|action| action.is_unfinished()).count(),
        }
    }
}

impl<'a> InternalPostmortem<'a> {
    pub fn new(reader: &Insider<'a>, place: usize) -> Self {
        let inside = reader.inside;
        let Review { record, postmortem, case } = &inside.postmortems[place];
        let today = inside.zone.to_datetime(inside.as_of).date();
        let causes = postmortem.causes.iter().filter_map(|cause| {
            let category = cause.category.as_ref().map(|category| reader.term("cause_", &category.value));
            Some(InternalCause { statement: &cause.statement.as_ref()?.value, category })
        });
        Self {
            of: reader.case_link(*case),
            covers: postmortem.incidents.iter().map(|id| reader.record_link(&id.value)).collect(),
            path: &record.path,
            status: postmortem.status.as_ref().map(|status| reader.term("postmortem_", &status.value)),
            owner: postmortem.owner.as_ref().map(|owner| reader.who(&owner.value)),
            parties: postmortem.parties.iter().map(|party| reader.party(&party.value)).collect(),
            meeting: postmortem.meeting.map(|at| reader.reader.moment(at.instant())),
            approvals: postmortem.approvals.iter().map(|approval| InternalApproval::new(reader, approval)).collect(),
            causes: causes.collect(),
            sufficiency: postmortem.sufficiency.as_ref().map(|said| reader.term("review_", &said.value)),
            completeness: postmortem.completeness.as_ref().map(|said| reader.term("review_", &said.value)),
            findings: postmortem.findings.iter().map(|found| InternalFinding::new(reader, place, found)).collect(),
            actions: postmortem.actions.iter().map(|a| InternalAction::new(reader, place, a, today)).collect(),
            body: reader.html(record.body()),
            lang: reader.lang(record.body()),
        }
    }
}

impl<'a> InternalApproval<'a> {
    fn new(reader: &Insider<'a>, approval: &'a Approval) -> Self {
        Self {
            by: approval.by.as_ref().map(|by| reader.who(&by.value)),
            role: approval.role.as_ref().map(|role| reader.role(&role.value)),
            at: approval.at.map(|at| reader.reader.moment(at.instant())),
        }
    }
}
