//! A record in a list.

use serde::Serialize;

use crate::record::Kind;
use crate::site::internal::inside::Case;
use crate::site::internal::reader::{Insider, Severity, Term};
use crate::site::view::{Link, Moment};

/// An incident, a maintenance or a drill in one line.
#[derive(Debug, Serialize)]
pub struct InternalLine<'a> {
    pub id: &'a str,
    pub link: Link<'a>,
    pub kind: Term<'a>,
    pub status: Option<Term<'a>>,
    /// The worst one that it reached.
    pub severity: Option<Severity<'a>>,
    pub visibility: Term<'a>,
    pub live: bool,
    pub began: Moment,
    /// How long it lasted, or has lasted.
    pub duration: Option<String>,
    pub services: Vec<&'a str>,
}

impl<'a> InternalLine<'a> {
    pub fn new(reader: &Insider<'a>, place: usize) -> Self {
        let inside = reader.inside;
        let case = &inside.cases[place];
        let to = case.ended().unwrap_or(inside.as_of);
        Self {
            id: &case.record.id,
            link: reader.case_link(place),
            kind: reader.term("", case.record.kind.name()),
            status: case.replay().status().map(|status| reader.status(status)),
            severity: worst_severity(case, reader),
            visibility: reader.term("visibility_", case.record.visibility().name()),
            live: case.is_live,
            began: reader.reader.moment(case.began),
            duration: (has_lasted(case) && case.began < to).then(|| reader.reader.duration(case.began, to)),
            services: services(reader, case),
        }
    }
}

/// Whether there was something going on from its beginning on. A maintenance may begin after its window, or never.
fn has_lasted(case: &Case<'_>) -> bool {
    let is_done = || !case.is_live && case.replay().status() != Some("canceled");
    case.record.kind == Kind::Incident || (case.record.kind == Kind::Maintenance && is_done())
}

fn worst_severity<'a>(case: &'a Case<'a>, reader: &Insider<'a>) -> Option<Severity<'a>> {
    let reached = |id: &str| case.replay().severities_reached().any(|reached| reached == id);
    let known = reader.inside.archive.config.severities.iter().find(|severity| reached(&severity.id));
    Some(reader.severity(&known?.id))
}

/// Every service that it ever touched, by its name.
fn services<'a>(reader: &Insider<'a>, case: &'a Case<'a>) -> Vec<&'a str> {
    let planned = case.record.maintenance().into_iter().flat_map(|maintenance| &maintenance.services);
    let touched = case.replay().impacts.iter().map(|impact| impact.service.as_str());
    let mut ids: Vec<&str> = touched.chain(planned.map(|(service, _)| service.value.as_str())).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| reader.service(id)).collect()
}
