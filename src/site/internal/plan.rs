//! Which pages only the internal site has, and where they stand below the root of a language.

use crate::record::Kind;
use crate::site::plan::{INTERNAL, Month, folder_name, internal_record};

use super::inside::Inside;
use super::reports::{self, Quarter};

/// A page of the internal site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// What goes on now.
    Board,
    Triage,
    Incidents,
    Month(Month),
    /// An incident, a maintenance or a drill: a place in `Inside::cases`.
    Case(usize),
    Postmortems,
    /// A place in `Inside::postmortems`.
    Postmortem(usize),
    Deadlines,
    Actions,
    Findings,
    Drills,
    Readiness,
    /// The numbers of the last months.
    Metrics,
    Report(Quarter),
    Search,
}

impl Page {
    pub fn path(self, inside: &Inside<'_>) -> String {
        let below = match self {
            Self::Board => String::new(),
            Self::Triage => "triage/".to_owned(),
            Self::Incidents => "incidents/".to_owned(),
            Self::Month((year, month)) => format!("history/{year:04}-{month:02}/"),
            Self::Case(place) => return internal_record(&inside.cases[place].record.id),
            Self::Postmortems => "postmortems/".to_owned(),
            Self::Postmortem(place) => format!("postmortems/{}/", folder_name(&inside.postmortems[place].record.id)),
            Self::Deadlines => "deadlines/".to_owned(),
            Self::Actions => "actions/".to_owned(),
            Self::Findings => "findings/".to_owned(),
            Self::Drills => "drills/".to_owned(),
            Self::Readiness => "readiness/".to_owned(),
            Self::Metrics => "metrics/".to_owned(),
            Self::Search => return super::search::FOLDER.to_owned(),
            Self::Report(quarter) => format!("reports/{}/", reports::name(quarter)),
        };
        format!("{INTERNAL}{below}")
    }

    /// The part of the site that it belongs to.
    pub fn part(self, inside: &Inside<'_>) -> Self {
        match self {
            Self::Case(case) if inside.cases[case].record.kind == Kind::Drill => Self::Drills,
            Self::Case(_) | Self::Month(_) => Self::Incidents,
            Self::Postmortem(_) => Self::Postmortems,
            Self::Report(_) => Self::Metrics,
            part => part,
        }
    }
}

/// The parts of the site with the keys of their names, in the order of a day: what burns, what is owed, what was learned.
pub const PARTS: [(Page, &str); 11] = [
    (Page::Board, "inside_board"),
    (Page::Triage, "inside_triage"),
    (Page::Incidents, "inside_incidents"),
    (Page::Deadlines, "inside_deadlines"),
    (Page::Actions, "inside_actions"),
    (Page::Findings, "inside_findings"),
    (Page::Postmortems, "inside_postmortems"),
    (Page::Drills, "inside_drills"),
    (Page::Readiness, "inside_readiness"),
    (Page::Metrics, "inside_metrics"),
    (Page::Search, "nav_search"),
];

/// The page at a path below the root of a language.
pub fn page_at(inside: &Inside<'_>, path: &str) -> Option<Page> {
    let is_there = |page: &Page| page.path(inside) == path;
    // Nearly every folder has the name of its record. The names of all others would take longer than the page.
    let id = path.rsplit('/').nth(1)?;
    let named = [inside.place(id).map(Page::Case), inside.review_of(id).map(Page::Postmortem)];
    named.into_iter().flatten().find(is_there).or_else(|| pages(inside).into_iter().find(is_there))
}

/// Every page of one language.
pub fn pages(inside: &Inside<'_>) -> Vec<Page> {
    let mut pages: Vec<Page> = PARTS.iter().map(|(page, _)| *page).collect();
    pages.extend(inside.months.keys().map(|month| Page::Month(*month)));
    pages.extend(inside.reports.quarters().map(Page::Report));
    pages.extend((0..inside.cases.len()).map(Page::Case));
    pages.extend((0..inside.postmortems.len()).map(Page::Postmortem));
    pages
}
