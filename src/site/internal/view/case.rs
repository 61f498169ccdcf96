//! The page of one record: all that is known, who did what, and where each entry came from.

use jiff::Timestamp;
use serde::Serialize;

use super::entry::InternalEntry;
use super::facts::{self, InternalFact};
use super::line::InternalLine;
use super::stages::{InternalStage, stages};
use super::team::{InternalChannel, InternalRole, channels, roles};
use crate::record::Content;
use crate::record::incident::Related;
use crate::record::replay::Impact;
use crate::record::time::Time;
use crate::site::internal::inside::Case;
use crate::site::internal::plan::Page;
use crate::site::internal::reader::{Insider, Severity, Term, Who};
use crate::site::plan::Page as PublicPage;
use crate::site::view::{Link, Moment, Range, Word};

#[derive(Debug, Serialize)]
pub struct InternalCase<'a> {
    #[serde(flatten)]
    pub line: InternalLine<'a>,
    /// The severity as it was given last, where that is not the worst one.
    pub latest_severity: Option<Severity<'a>>,
    /// Of a merged incident: where it goes on.
    pub merged_into: Option<Link<'a>>,
    /// Where its file is in the repository.
    pub path: &'a str,
    /// The page that customers see, if there is one.
    pub public: Option<String>,
    pub moments: Vec<InternalMoment<'a>>,
    /// Of a maintenance: what was announced.
    pub window: Option<Range>,
    pub roles: Vec<InternalRole<'a>>,
    pub channels: Vec<InternalChannel<'a>>,
    /// Only while it is live.
    pub stages: Vec<InternalStage<'a>>,
    pub impacts: Vec<InternalImpact<'a>>,
    /// Nobody has to answer any more what came to nothing or goes on elsewhere.
    pub assessment: Vec<InternalFact<'a>>,
    pub facts: Vec<InternalFact<'a>>,
    pub drill: Option<InternalDrill<'a>>,
    pub postmortem: Option<Link<'a>>,
    pub related: Vec<InternalRelation<'a>>,
    pub links: Vec<Link<'a>>,
    /// What the responders know, as safe HTML.
    pub body: Option<String>,
    pub lang: Option<&'a str>,
    /// In the order in which they happened.
    pub entries: Vec<InternalEntry<'a>>,
    /// Nothing is known of where entries come from: there is no history.
    pub outside_git: bool,
}

/// One of the moments that every number is made from; a moment that nobody recorded is unknown.
#[derive(Debug, Serialize)]
pub struct InternalMoment<'a> {
    pub label: &'a str,
    pub at: Option<Moment>,
    /// How long after the impact began.
    pub after: Option<String>,
}

/// A service in a state other than operational.
#[derive(Debug, Serialize)]
pub struct InternalImpact<'a> {
    pub service: &'a str,
    pub state: Word<'a>,
    pub from: Moment,
    /// Nothing while it lasts.
    pub to: Option<Moment>,
    pub duration: String,
}

#[derive(Debug, Serialize)]
pub struct InternalDrill<'a> {
    pub scenario: Option<&'a str>,
    pub participants: Vec<Who<'a>>,
    pub objectives: Vec<InternalObjective<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalObjective<'a> {
    pub text: &'a str,
    pub result: Option<Term<'a>>,
}

/// Another record, and what it has to do with this one.
#[derive(Debug, Serialize)]
pub struct InternalRelation<'a> {
    pub label: &'a str,
    pub link: Link<'a>,
}

impl<'a> InternalCase<'a> {
    pub fn new(reader: &Insider<'a>, place: usize) -> Self {
        let inside = reader.inside;
        let case = &inside.cases[place];
        let record = case.record;
        let incident = record.incident();
        let body = record.body().trim();
        let window = record.maintenance().and_then(|maintenance| maintenance.window.as_ref());
        let links = incident.into_iter().flat_map(|incident| &incident.links);
        let line = InternalLine::new(reader, place);
        let latest =
            case.replay().severity().filter(|latest| line.severity.as_ref().is_some_and(|worst| worst.id != *latest));
        let status = case.replay().status();
        let mut assessment =
            incident.map(|incident| facts::assessment(reader, &incident.assessment)).unwrap_or_default();
        assessment.retain(|fact| fact.text.is_some() || !matches!(status, Some("canceled" | "merged")));
        let merged_into = incident.filter(|_| status == Some("merged")).and_then(|it| it.related.duplicate_of.as_ref());
        Self {
            line,
            latest_severity: latest.map(|id| reader.severity(id)),
            merged_into: merged_into.map(|id| reader.record_link(&id.value)),
            path: &record.path,
            public: reader.reader.facts.places.get(&**case.id()).map(|at| reader.reader.href(&PublicPage::Event(*at))),
            moments: incident.map(|_| moments(reader, case)).unwrap_or_default(),
            window: window.filter(|window| window.is_possible()).map(|window| {
                let (from, to) = (window.start.value.instant(), window.end.value.instant());
                reader.reader.range(crate::metrics::uptime::Window { from, to })
            }),
            roles: roles(reader, case),
            channels: channels(reader, case),
            stages: stages(reader, case),
            impacts: case.replay().impacts.iter().map(|impact| InternalImpact::new(reader, impact)).collect(),
            assessment,
            facts: incident.map(|incident| facts::of_incident(reader, incident)).unwrap_or_default(),
            drill: drill(reader, case),
            postmortem: inside.review_of(&record.id).map(|review| Link {
                href: reader.to(Page::Postmortem(review)),
                text: reader.word("inside_postmortem"),
                lang: None,
            }),
            related: incident.map(|incident| related(reader, &incident.related)).unwrap_or_default(),
            links: links.map(|link| reader.written_link(link)).collect(),
            body: (!body.is_empty()).then(|| reader.html(body)),
            lang: if body.is_empty() { reader.title(case).lang } else { reader.lang(body) },
            entries: case.entries().into_iter().map(|entry| InternalEntry::new(reader, case, entry)).collect(),
            outside_git: !inside.provenance.is_known(),
        }
    }
}

fn moments<'a>(reader: &Insider<'a>, case: &'a Case<'a>) -> Vec<InternalMoment<'a>> {
    let moments = &case.replay().moments;
    let all = [
        ("inside_impact_started", moments.impact_started),
        ("inside_detected", moments.detected),
        ("inside_declared", moments.declared),
        ("inside_acknowledged_at", moments.acknowledged),
        ("inside_first_public", moments.first_public),
        ("inside_identified", moments.identified),
        ("inside_mitigated", moments.mitigated),
        ("inside_impact_ended", moments.impact_ended),
        ("inside_resolved", moments.resolved),
        ("inside_closed", moments.closed),
    ];
    let began = moments.impact_started.map(Time::instant);
    let after = |at: Timestamp| began.filter(|began| *began < at).map(|began| reader.reader.duration(began, at));
    let moment = |(key, time): (_, Option<Time>)| {
        let at = time.map(Time::instant);
        InternalMoment { label: reader.word(key), at: at.map(|at| reader.reader.moment(at)), after: at.and_then(after) }
    };
    // What a live incident has not come to yet is not missing.
    all.into_iter().filter(|(_, time)| time.is_some() || !case.is_live).map(moment).collect()
}

impl<'a> InternalImpact<'a> {
    fn new(reader: &Insider<'a>, impact: &'a Impact) -> Self {
        let (from, to) = (impact.from.instant(), impact.to.map(Time::instant));
        Self {
            service: reader.service(&impact.service),
            state: reader.reader.state(impact.state),
            from: reader.reader.moment(from),
            to: to.map(|to| reader.reader.moment(to)),
            duration: reader.reader.duration(from, to.unwrap_or(reader.inside.as_of)),
        }
    }
}

pub fn drill<'a>(reader: &Insider<'a>, case: &'a Case<'a>) -> Option<InternalDrill<'a>> {
    let Content::Drill(drill) = &case.record.content else { return None };
    let objectives = drill.objectives.iter().filter_map(|objective| {
        let result = objective.result.as_ref().map(|result| reader.term("objective_", &result.value));
        Some(InternalObjective { text: &objective.text.as_ref()?.value, result })
    });
    Some(InternalDrill {
        scenario: drill.scenario.as_ref().map(|scenario| scenario.value.as_str()),
        participants: drill.participants.iter().map(|person| reader.who(&person.value)).collect(),
        objectives: objectives.collect(),
    })
}

fn related<'a>(reader: &Insider<'a>, related: &'a Related) -> Vec<InternalRelation<'a>> {
    let caused_by = related.caused_by.iter().map(|id| ("inside_caused_by", id));
    let recurrence = related.recurrence_of.iter().map(|id| ("inside_recurrence_of", id));
    let duplicate = related.duplicate_of.iter().map(|id| ("inside_duplicate_of", id));
    let all = caused_by.chain(recurrence).chain(duplicate);
    all.map(|(key, id)| InternalRelation { label: reader.word(key), link: reader.record_link(&id.value) }).collect()
}
