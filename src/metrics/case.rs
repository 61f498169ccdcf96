//! One incident as numbers see it: together with what was merged into it, as of a moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::uptime::Window;
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::clocks::{self, Stretch};
use crate::record::incident::{Incident, Visibility};
use crate::record::index::Index;
use crate::record::past::Past;
use crate::record::replay::{Moments, Replay};
use crate::record::review::Review;
use crate::record::time::Time;

/// What became of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nobody has confirmed yet that it is one.
    Triage,
    /// Somebody works on it.
    Live,
    Over,
    /// It came to nothing.
    Canceled,
    /// Another record tells it.
    Merged,
}

impl Fate {
    /// Nothing where the record does not say.
    fn of(archive: &Archive, replay: &Replay) -> Option<Self> {
        Some(match replay.status()? {
            "triage" => Self::Triage,
            "canceled" => Self::Canceled,
            "merged" => Self::Merged,
            status if archive.lifecycle.incident.is_live(status) => Self::Live,
            _ => Self::Over,
        })
    }
}

/// A stretch of impact; open at the end while it lasts.
pub type Impact = (Timestamp, Option<Timestamp>);

#[derive(Debug)]
pub struct Case<'a> {
    pub record: &'a Record,
    pub incident: &'a Incident,
    pub past: Past<'a>,
    pub fate: Fate,
    /// When it hurt first, else when it was declared.
    pub began: Timestamp,
    /// Those of the record; what came first may come from one that was merged into it.
    pub moments: Moments,
    /// When customers felt it, whichever service it was: stretches that neither overlap nor touch.
    pub impact: Vec<Impact>,
    /// When it was live: once, and once more for every time it was reopened.
    pub episodes: Vec<Stretch>,
    /// The worst that was ever reached.
    pub severity: Option<&'a str>,
    /// Services that were ever affected, as records name them.
    pub services: BTreeSet<&'a str>,
    /// The records that were merged into it.
    pub merged: Vec<Arc<str>>,
    /// Moments of which the record says that they are estimates.
    pub estimated: BTreeSet<Timestamp>,
    pub reviewed: Reviewed,
}

/// Whether an incident was looked back on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// It has no postmortem.
    No,
    /// It has one that is not published yet.
    NotYet,
    /// It has one, and this is when it was approved for that, as far as it says so.
    Published(Option<Timestamp>),
}

impl Reviewed {
    fn of(index: &Index<'_>, record: &Record, as_of: Timestamp) -> Self {
        let Some(postmortem) = index.postmortem(record) else { return Self::No };
        let Some(review) = Review::of(postmortem).filter(Review::is_published) else { return Self::NotYet };
        match review.approved(index).map(|approved| approved.value.instant()) {
            Some(approved) if approved > as_of => Self::NotYet,
            approved => Self::Published(approved),
        }
    }
}

impl Case<'_> {
    pub fn is_live(&self) -> bool {
        self.fate == Fate::Live
    }

    /// It was over, and then it was not.
    pub fn was_reopened(&self) -> bool {
        self.episodes.len() > 1
    }

    /// Nobody was affected, and that is known.
    pub fn is_near_miss(&self) -> bool {
        self.impact.is_empty() && self.incident.assessment.says_nobody()
    }

    /// Whether anybody had to decide if it is an incident, and somebody did.
    pub fn left_triage(&self) -> bool {
        self.fate != Fate::Triage && self.past.replay.statuses.iter().any(|status| status.value == "triage")
    }

    /// Whether some of its impact begins or ends with an estimated time.
    pub fn has_estimated_impact(&self) -> bool {
        let mut ends = self.impact.iter().flat_map(|(from, to)| [Some(*from), *to]).flatten();
        ends.any(|end| self.estimated.contains(&end))
    }

    /// Whether customers may read about it.
    pub fn is_public(&self) -> bool {
        self.record.visibility() == Visibility::Public
    }

    /// Whether all of its timeline was read, and in order, so that deadlines can be judged.
    pub fn is_sound(&self) -> bool {
        self.record.timeline_complete() && self.past.entries.iter().map(|entry| entry.at.value).is_sorted()
    }
}

/// All incidents of an archive as of a moment, those that were canceled or merged too, and those that nobody confirmed.
/// An incident that says neither when it began nor where it stands is not among them.
pub fn all<'a>(archive: &'a Archive, as_of: Timestamp) -> Vec<Case<'a>> {
    let index = Index::new(archive);
    let read = |record: &'a Arc<Record>| case(&index, record, record.incident()?, as_of);
    let mut cases: Vec<Case<'a>> = archive.records.par_iter().filter_map(read).collect();
    merge(&mut cases);
    cases
}

fn case<'a>(index: &Index<'a>, record: &'a Record, incident: &'a Incident, as_of: Timestamp) -> Option<Case<'a>> {
    let archive = index.archive;
    let past = Past::of(record, as_of);
    let fate = Fate::of(archive, &past.replay)?;
    let moments = past.replay.moments.clone();
    let began = began(&moments)?;
    let severity = archive.config.worst_severity(&past.replay).map(|severity| severity.id.as_str());
    let ever = record.replay.impacts.iter().filter(|impact| impact.from.instant() <= as_of);
    Some(Case {
        impact: impact(&past),
        episodes: clocks::live(&archive.lifecycle.incident, &past.replay),
        services: ever.map(|impact| impact.service.as_str()).collect(),
        merged: Vec::new(),
        estimated: past.entries.iter().filter(|entry| entry.estimated).map(|entry| entry.at.instant()).collect(),
        reviewed: Reviewed::of(index, record, as_of),
        record,
        incident,
        past,
        fate,
        began,
        moments,
        severity,
    })
}

fn began(moments: &Moments) -> Option<Timestamp> {
    moments.impact_started.or(moments.declared).map(Time::instant)
}

/// When customers felt it. An event that names the start or the end says it better than the states of services, which
/// may have been noted later.
fn impact(past: &Past<'_>) -> Vec<Impact> {
    let Moments { impact_started, impact_ended, .. } = past.replay.moments;
    let states = past.replay.impacts.iter();
    let mut stretches = union(states.map(|i| (i.from.instant(), i.to.map(Time::instant))).collect());
    if stretches.is_empty() {
        return from_events(past);
    }
    if let (Some(first), Some(started)) = (stretches.first_mut(), impact_started.map(Time::instant)) {
        first.0 = if first.1.is_none_or(|to| started < to) { started } else { first.0 };
    }
    if let (Some(last), Some(ended)) = (stretches.last_mut(), impact_ended.map(Time::instant)) {
        last.1 = if last.0 < ended { Some(ended) } else { last.1 };
    }
    stretches
}

/// Each `impact_started` with the `impact_ended` that follows it.
fn from_events(past: &Past<'_>) -> Vec<Impact> {
    let mut stretches: Vec<Impact> = Vec::new();
    for entry in &past.entries {
        let at = entry.at.instant();
        for event in &entry.events {
            match (event.value.as_str(), stretches.last_mut()) {
                ("impact_started", Some((_, None))) => {}
                ("impact_started", _) => stretches.push((at, None)),
                ("impact_ended", Some((_, to))) => *to = Some(at),
                _ => {}
            }
        }
    }
    stretches
}

/// Stretches that overlap or touch, as one.
pub fn union(mut stretches: Vec<Impact>) -> Vec<Impact> {
    stretches.retain(|(from, to)| to.is_none_or(|to| *from <= to));
    stretches.sort_unstable_by_key(|(from, _)| *from);
    let mut all: Vec<Impact> = Vec::new();
    for (from, to) in stretches {
        match all.last_mut() {
            Some((_, None)) => {}
            Some((_, Some(end))) if from <= *end => {
                if let Some((_, last)) = all.last_mut() {
                    *last = to.map(|to| last.map_or(to, |last| last.max(to)));
                }
            }
            _ => all.push((from, to)),
        }
    }
    all
}

/// Gives each incident what was merged into it. It is counted once, and began when the first of them did.
fn merge(cases: &mut [Case<'_>]) {
    let places: BTreeMap<&str, usize> =
        cases.iter().enumerate().map(|(place, case)| (&*case.record.id, place)).collect();
    let survivors: Vec<(usize, usize)> =
        (0..cases.len()).filter_map(|child| Some((child, survivor(cases, &places, child)?))).collect();
    for (child, parent) in survivors {
        let part = &cases[child];
        let until = part.past.replay.statuses.last().map(|status| status.from.instant());
        let impact: Vec<Impact> = part.impact.iter().map(|(from, to)| (*from, earlier(*to, until))).collect();
        let (moments, id) = (part.moments.clone(), Arc::clone(&part.record.id));
        let (services, estimated) = (part.services.clone(), part.estimated.clone());
        let Some(case) = cases.get_mut(parent) else { continue };
        case.impact = union(case.impact.iter().copied().chain(impact).collect());
        case.services.extend(services);
        case.estimated.extend(estimated);
        case.merged.push(id);
        let first = |of_case: &mut Option<Time>, of_part: Option<Time>| {
            *of_case = [*of_case, of_part].into_iter().flatten().min()
        };
        first(&mut case.moments.impact_started, moments.impact_started);
        first(&mut case.moments.detected, moments.detected);
        first(&mut case.moments.declared, moments.declared);
        first(&mut case.moments.acknowledged, moments.acknowledged);
        first(&mut case.moments.first_public, moments.first_public);
        case.began = began(&case.moments).unwrap_or(case.began);
    }
}

fn earlier(to: Option<Timestamp>, until: Option<Timestamp>) -> Option<Timestamp> {
    to.into_iter().chain(until).min()
}

/// The incident that a merged one ended up in, over however many steps.
fn survivor(cases: &[Case<'_>], places: &BTreeMap<&str, usize>, child: usize) -> Option<usize> {
    let mut seen = BTreeSet::from([child]);
    let mut place = child;
    while cases[place].fate == Fate::Merged {
        let into = cases[place].incident.related.duplicate_of.as_ref()?;
        place = *places.get(into.value.as_str())?;
        if !seen.insert(place) {
            return None;
        }
    }
    (place != child).then_some(place)
}

/// The impact as windows; nothing while some of it lasts.
pub fn ended(impact: &[Impact]) -> Option<Vec<Window>> {
    impact.iter().map(|(from, to)| Some(Window { from: *from, to: (*to)? })).collect()
}
