//! The register of findings: failures of the process, each followed until somebody decided on it.

use serde::Serialize;

use crate::record::postmortem::Finding;
use crate::site::internal::plan::Page;
use crate::site::internal::reader::{Insider, Term, Who};
use crate::site::view::Link;

#[derive(Debug, Serialize)]
pub struct InternalFindings<'a> {
    /// What nobody has decided on; newest first.
    pub undecided: Vec<InternalFinding<'a>>,
    /// The rest, newest year first.
    pub years: Vec<InternalFindingYear<'a>>,
    /// How often each kind of failure was found, the most frequent first.
    pub classes: Vec<InternalClass<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalFindingYear<'a> {
    pub year: i16,
    pub findings: Vec<InternalFinding<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalClass<'a> {
    pub class: Term<'a>,
    pub count: usize,
}

#[derive(Debug, Serialize)]
pub struct InternalFinding<'a> {
    pub statement: &'a str,
    pub lang: Option<&'a str>,
    pub class: Option<Term<'a>>,
    pub owner: Option<Who<'a>>,
    pub disposition: Term<'a>,
    pub consulted: Vec<String>,
    /// The postmortem that it comes from.
    pub from: Link<'a>,
}

impl<'a> InternalFindings<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let inside = reader.inside;
        let all = inside.postmortems.iter().enumerate();
        let all: Vec<(usize, &Finding)> = all
            .flat_map(|(place, review)| review.postmortem.findings.iter().map(move |finding| (place, finding)))
            .collect();
        let (undecided, decided): (Vec<_>, Vec<_>) =
            all.iter().partition(|(_, finding)| disposition(finding) == "open");
        let year = |place: usize| {
            let case = &inside.cases[inside.postmortems[place].case];
            inside.zone.to_datetime(case.began).year()
        };
        let show = |(place, finding): &(usize, &'a Finding)| InternalFinding::new(reader, *place, finding);
        let years = decided.chunk_by(|(a, _), (b, _)| year(*a) == year(*b));
        let years = years.filter_map(|of_year| {
            let (first, _) = of_year.first()?;
            Some(InternalFindingYear { year: year(*first), findings: of_year.iter().map(show).collect() })
        });
        Self { undecided: undecided.iter().map(show).collect(), years: years.collect(), classes: classes(reader, &all) }
    }
}

fn classes<'a>(reader: &Insider<'a>, all: &[(usize, &'a Finding)]) -> Vec<InternalClass<'a>> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for class in all.iter().filter_map(|(_, finding)| finding.class.as_ref()) {
        *counts.entry(&class.value).or_default() += 1;
    }
    let mut classes: Vec<_> = counts
        .into_iter()
        .map(|(class, count)| InternalClass { class: reader.term("finding_", class), count })
        .collect();
    classes.sort_by_key(|class| std::cmp::Reverse(class.count));
    classes
}

/// One that says nothing is still open.
fn disposition(finding: &Finding) -> &str {
    finding.disposition.as_ref().map_or("open", |disposition| &disposition.value)
}

impl<'a> InternalFinding<'a> {
    /// `review` is the place of the postmortem.
    pub fn new(reader: &Insider<'a>, review: usize, finding: &'a Finding) -> Self {
        let case = reader.inside.postmortems[review].case;
        let statement = finding.statement.as_ref().map_or("", |statement| &statement.value);
        Self {
            statement,
            lang: reader.lang(statement),
            class: finding.class.as_ref().map(|class| reader.term("finding_", &class.value)),
            owner: finding.owner.as_ref().map(|owner| reader.who(&owner.value)),
            disposition: reader.term("disposition_", disposition(finding)),
            consulted: finding.consulted.iter().map(|who| reader.party(&who.value)).collect(),
            from: Link { href: reader.to(Page::Postmortem(review)), ..reader.case_link(case) },
        }
    }
}
