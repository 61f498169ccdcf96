//! What the templates of internal pages see. One file a page; a type whose name begins with `Internal` holds what it shows.

use super::plan::Page;
use super::reader::Insider;
use crate::site::render::Printable;

mod actions;
mod board;
mod case;
mod deadlines;
mod drills;
mod entry;
mod facts;
mod findings;
mod incidents;
mod line;
mod postmortems;
mod readiness;
mod reports;
mod search;
mod stages;
mod team;
mod triage;

/// A page as it goes to its template.
pub struct View<'a> {
    pub template: &'static str,
    /// What the template calls it.
    pub name: &'static str,
    pub title: String,
    /// Whether the page changes by itself as time goes by.
    pub moves: bool,
    pub shown: Box<dyn Printable + 'a>,
}

impl<'a> View<'a> {
    fn new(template: &'static str, name: &'static str, title: &str, shown: impl Printable + 'a) -> Self {
        Self { template, name, title: title.to_owned(), moves: true, shown: Box::new(shown) }
    }

    fn lasting(self, is_over: bool) -> Self {
        Self { moves: !is_over, ..self }
    }
}

pub fn of<'a>(reader: &Insider<'a>, page: Page) -> View<'a> {
    let word = |key| reader.word(key);
    match page {
        Page::Board => {
            View::new("internal/board.html", "board", word("inside_board"), board::InternalBoard::new(reader))
        }
        Page::Triage => {
            View::new("internal/triage.html", "triage", word("inside_triage"), triage::InternalTriage::new(reader))
        }
        Page::Incidents => {
            let shown = incidents::InternalIncidents::new(reader);
            View::new("internal/incidents.html", "incidents", word("inside_incidents"), shown)
        }
        Page::Month(month) => {
            let shown = incidents::InternalMonth::new(reader, month);
            let title = shown.title.clone();
            View::new("internal/month.html", "month", &title, shown).lasting(true)
        }
        Page::Case(place) => {
            let case = &reader.inside.cases[place];
            let shown = case::InternalCase::new(reader, place);
            View::new("internal/case.html", "case", reader.title(case).text, shown).lasting(!case.is_live)
        }
        Page::Postmortems => {
            let shown = postmortems::InternalPostmortems::new(reader);
            View::new("internal/postmortems.html", "postmortems", word("inside_postmortems"), shown)
        }
        Page::Postmortem(place) => {
            let shown = postmortems::InternalPostmortem::new(reader, place);
            let title = format!("{} · {}", word("inside_postmortem"), shown.of.text);
            View::new("internal/postmortem.html", "postmortem", &title, shown).lasting(true)
        }
        Page::Deadlines => {
            let shown = deadlines::InternalDeadlines::new(reader);
            View::new("internal/deadlines.html", "deadlines", word("inside_deadlines"), shown)
        }
        Page::Actions => {
            View::new("internal/actions.html", "actions", word("inside_actions"), actions::InternalActions::new(reader))
        }
        Page::Findings => {
            let shown = findings::InternalFindings::new(reader);
            View::new("internal/findings.html", "findings", word("inside_findings"), shown)
        }
        Page::Drills => {
            View::new("internal/drills.html", "drills", word("inside_drills"), drills::InternalDrills::new(reader))
        }
        Page::Metrics => {
            let shown = reports::InternalReport::new(reader, None);
            View::new("internal/metrics.html", "report", word("inside_metrics"), shown)
        }
        Page::Report(quarter) => {
            let shown = reports::InternalReport::new(reader, Some(quarter));
            let title = shown.title.clone();
            View::new("internal/reports.html", "report", &title, shown)
        }
        Page::Search => View::new("search.html", "search", word("search_title"), search::of(reader)).lasting(true),
        Page::Readiness => {
            let shown = readiness::InternalReadiness::new(reader);
            View::new("internal/readiness.html", "readiness", word("inside_readiness"), shown)
        }
    }
}
