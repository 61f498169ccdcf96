//! The actions of all postmortems: what is overdue, what is open, and with whom.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::metrics::actions::days;
use crate::record::postmortem::{Action, Extension};
use crate::site::internal::inside::{Inside, Review};
use crate::site::internal::plan::Page;
use crate::site::internal::reader::{Insider, Term, Who};
use crate::site::view::Link;

/// What is done or declined and shown; every postmortem lists all of its own.
const SETTLED: usize = 100;

#[derive(Debug, Serialize)]
pub struct InternalActions<'a> {
    pub open: usize,
    pub overdue: usize,
    pub done: usize,
    pub declined: usize,
    /// Who has the most that is overdue comes first.
    pub owners: Vec<InternalOwner<'a>>,
    /// By team; within a team what is due first comes first.
    pub teams: Vec<InternalTeam<'a>>,
    /// Newest first.
    pub settled: Vec<InternalAction<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalOwner<'a> {
    /// Nothing for what nobody owns.
    pub who: Option<Who<'a>>,
    pub team: Option<&'a str>,
    pub open: usize,
    pub overdue: usize,
}

#[derive(Debug, Serialize)]
pub struct InternalTeam<'a> {
    /// Nothing where the owner has none.
    pub name: Option<&'a str>,
    pub overdue: usize,
    pub actions: Vec<InternalAction<'a>>,
}

#[derive(Debug, Serialize)]
pub struct InternalAction<'a> {
    pub title: &'a str,
    pub lang: Option<&'a str>,
    pub kind: Option<Term<'a>>,
    pub high: bool,
    pub owner: Option<Who<'a>>,
    pub status: Option<Term<'a>>,
    pub due: Option<InternalDay>,
    /// By how many days it is late.
    pub late: Option<String>,
    /// When and why the date was moved.
    pub moved: Vec<InternalMove<'a>>,
    pub done: Option<InternalDay>,
    pub ticket: Option<InternalAddress<'a>>,
    pub evidence: Vec<InternalAddress<'a>>,
    pub reason: Option<&'a str>,
    pub approved_by: Option<Who<'a>>,
    /// The postmortem that it comes from.
    pub from: Link<'a>,
}

#[derive(Debug, Serialize)]
pub struct InternalDay {
    pub iso: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct InternalMove<'a> {
    pub from: Option<InternalDay>,
    pub by: Option<Who<'a>>,
    pub reason: Option<&'a str>,
}

/// Where the work is tracked, or the change that did it.
#[derive(Debug, Serialize)]
pub struct InternalAddress<'a> {
    pub text: &'a str,
    /// Only where it is an address of the web.
    pub href: Option<&'a str>,
}

impl<'a> InternalActions<'a> {
    pub fn new(reader: &Insider<'a>) -> Self {
        let inside = reader.inside;
        let today = inside.zone.to_datetime(inside.as_of).date();
        let all = inside.postmortems.iter().enumerate();
        let all = all.flat_map(|(place, review)| review.postmortem.actions.iter().map(move |action| (place, action)));
        let (open, mut settled): (Vec<_>, Vec<_>) = all.partition(|(_, action)| action.is_unfinished());
        let is_overdue = |action: &Action| action.due.is_some_and(|due| due.value < today);
        let count = |status: &str| settled.iter().filter(|(_, action)| action.has_status(status)).count();
        let (done, declined) = (count("done"), count("wont_do"));
        settled.sort_by_key(|(_, action)| std::cmp::Reverse(action.done.map(|day| day.value)));
        let show = |(place, action): &(usize, &'a Action)| InternalAction::new(reader, *place, action, today);
        Self {
            open: open.len(),
            overdue: open.iter().filter(|(_, action)| is_overdue(action)).count(),
            done,
            declined,
            owners: owners(reader, &open, is_overdue),
            teams: teams(inside, &open)
                .into_iter()
                .map(|(team, actions)| InternalTeam {
                    name: team.map(|team| inside.name(team)),
                    overdue: actions.iter().filter(|(_, action)| is_overdue(action)).count(),
                    actions: actions.iter().map(show).collect(),
                })
                .collect(),
            settled: settled.iter().take(SETTLED).map(show).collect(),
        }
    }
}

fn owners<'a>(
    reader: &Insider<'a>,
    open: &[(usize, &'a Action)],
    is_overdue: impl Fn(&Action) -> bool,
) -> Vec<InternalOwner<'a>> {
    let mut counts: BTreeMap<Option<&'a str>, (usize, usize)> = BTreeMap::new();
    for (_, action) in open {
        let (all, late) = counts.entry(owner(action)).or_default();
        *all += 1;
        *late += usize::from(is_overdue(action));
    }
    let owner = |(id, (open, overdue)): (Option<&'a str>, _)| InternalOwner {
        who: id.map(|id| reader.who(id)),
        team: id.and_then(|id| reader.inside.team_of(id)).map(|team| reader.inside.name(team)),
        open,
        overdue,
    };
    let mut owners: Vec<_> = counts.into_iter().map(owner).collect();
    owners.sort_by_key(|owner| std::cmp::Reverse((owner.overdue, owner.open)));
    owners
}

fn owner(action: &Action) -> Option<&str> {
    action.owner.as_ref().map(|owner| owner.value.as_str())
}

type ByTeam<'a> = BTreeMap<Option<&'a str>, Vec<(usize, &'a Action)>>;

fn teams<'a>(inside: &Inside<'a>, open: &[(usize, &'a Action)]) -> ByTeam<'a> {
    let mut teams: ByTeam<'a> = BTreeMap::new();
    for (place, action) in open {
        teams.entry(owner(action).and_then(|owner| inside.team_of(owner))).or_default().push((*place, action));
    }
    for actions in teams.values_mut() {
        actions.sort_by_key(|(_, action)| action.due.map_or(Date::MAX, |due| due.value));
    }
    teams
}

impl<'a> InternalAction<'a> {
    /// `review` is the place of the postmortem.
    pub fn new(reader: &Insider<'a>, review: usize, action: &'a Action, today: Date) -> Self {
        let text = |text: &'a Option<crate::record::timeline::Text>| text.as_ref().map(|text| text.value.as_str());
        let due = action.due.map(|due| due.value);
        let late = due.filter(|due| action.is_unfinished() && *due < today);
        let Review { case, .. } = &reader.inside.postmortems[review];
        let title = text(&action.title).or(text(&action.id)).unwrap_or_default();
        Self {
            title,
            lang: reader.lang(title),
            kind: text(&action.kind).map(|kind| reader.term("action_", kind)),
            high: action.is_high(),
            owner: text(&action.owner).map(|id| reader.who(id)),
            status: text(&action.status).map(|status| reader.term("action_status_", status)),
            due: due.map(|day| InternalDay::new(reader, day)),
            late: late.map(|due| days_late(reader, due, today)),
            moved: action.extended.iter().map(|moved| InternalMove::new(reader, moved)).collect(),
            done: action.done.map(|day| InternalDay::new(reader, day.value)),
            ticket: text(&action.ticket).map(InternalAddress::new),
            evidence: action.evidence.iter().map(|evidence| InternalAddress::new(&evidence.value)).collect(),
            reason: text(&action.reason),
            approved_by: text(&action.approved_by).map(|id| reader.who(id)),
            from: Link { href: reader.to(Page::Postmortem(review)), ..reader.case_link(*case) },
        }
    }
}

fn days_late(reader: &Insider<'_>, due: Date, today: Date) -> String {
    let days = days(due, today);
    reader.reader.count("inside_days_late", &[("count", usize::try_from(days).unwrap_or_default())])
}

impl InternalDay {
    pub fn new(reader: &Insider<'_>, day: Date) -> Self {
        Self { iso: day.to_string(), text: reader.reader.language.dates.day(day) }
    }
}

impl<'a> InternalMove<'a> {
    fn new(reader: &Insider<'a>, moved: &'a Extension) -> Self {
        Self {
            from: moved.from.map(|day| InternalDay::new(reader, day.value)),
            by: moved.by.as_ref().map(|by| reader.who(&by.value)),
            reason: moved.reason.as_ref().map(|reason| reason.value.as_str()),
        }
    }
}

impl<'a> InternalAddress<'a> {
    fn new(text: &'a str) -> Self {
        let is_address = text.starts_with("https://") || text.starts_with("http://");
        // The last part of an address is what people call it.
        let short = text.trim_end_matches('/').rsplit('/').next().unwrap_or(text);
        Self { text: if is_address { short } else { text }, href: is_address.then_some(text) }
    }
}
