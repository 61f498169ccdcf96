//! What internal pages are made from: the records themselves as of one moment, and where each entry came from. Public
//! pages never get hold of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::reports::Reports;
use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::name::Name;
use crate::record::past::Past;
use crate::record::postmortem::Postmortem;
use crate::record::provenance::Provenance;
use crate::record::replay::Replay;
use crate::record::time::Time;
use crate::record::timeline::Entry;
use crate::record::{Content, Kind, Record};
use crate::response::{self, Owed};
use crate::site::Options;
use crate::site::output::Together;
use crate::site::plan::Month;

/// Everything that internal pages are made from. Records that are restricted are not among it: whoever may read them
/// reads them in the repository.
pub struct Inside<'a> {
    pub archive: &'a Archive,
    pub provenance: &'a Provenance,
    pub as_of: Timestamp,
    pub zone: TimeZone,
    /// The one that began last comes first.
    pub cases: Vec<Case<'a>>,
    /// As the cases they belong to.
    pub postmortems: Vec<Review<'a>>,
    /// Places in `cases`, by the month in which they began.
    pub months: BTreeMap<Month, Vec<usize>>,
    pub reports: Reports<'a>,
    /// How many incidents that are open are restricted.
    pub restricted_open: usize,
    people: HashMap<&'a str, &'a str>,
    places: HashMap<&'a str, usize>,
    reviews: HashMap<&'a str, usize>,
    adopted: Option<Timestamp>,
    owed: OnceLock<Vec<Owed>>,
}

/// An incident, a maintenance or a drill, none of whose entries lies ahead.
pub struct Case<'a> {
    pub record: &'a Record,
    /// When it began to hurt or is planned to begin, else when it was declared.
    pub began: Timestamp,
    /// It still needs somebody's attention.
    pub is_live: bool,
}

/// A postmortem, and the place of the case that it belongs to.
pub struct Review<'a> {
    pub record: &'a Record,
    pub postmortem: &'a Postmortem,
    pub case: usize,
}

fn is_restricted(record: &Record) -> bool {
    record.visibility() == Visibility::Restricted
}

/// What insiders may know, kept for as long as a site is shown.
#[derive(Debug)]
pub struct Sources {
    /// With restricted records: of those it is only said how many are open.
    all: Arc<Archive>,
    /// As insiders may read it; nothing where that is all of it.
    readable: Option<Archive>,
    provenance: Arc<Provenance>,
    adopted: Option<Timestamp>,
    as_of: Timestamp,
    pub search: Together,
}

impl Sources {
    pub fn new(all: Arc<Archive>, options: &Options) -> Self {
        let Options { as_of, adopted, provenance, .. } = options;
        Self::of(all, Arc::clone(provenance), *adopted, *as_of)
    }

    /// The same with other records.
    pub fn renewed(&self, all: Arc<Archive>, provenance: Arc<Provenance>, as_of: Timestamp) -> Self {
        Self::of(all, provenance, self.adopted, as_of)
    }

    fn of(all: Arc<Archive>, provenance: Arc<Provenance>, adopted: Option<Timestamp>, as_of: Timestamp) -> Self {
        Self { readable: readable(&all, as_of), all, provenance, adopted, as_of, search: Together::default() }
    }

    pub fn inside(&self) -> Inside<'_> {
        let readable = self.readable.as_ref().unwrap_or(&self.all);
        Inside::of(readable, &self.all, &self.provenance, self.adopted, self.as_of)
    }

    /// Whether all pages are the same as those of others at the same moment. The look of the site is not asked for.
    pub fn is_same(&self, other: &Self) -> bool {
        let (a, b) = (&self.all, &other.all);
        let is_same =
            |(a, b): (&Arc<Record>, &Arc<Record>)| Arc::ptr_eq(a, b) || (a.path == b.path && a.text == b.text);
        a.records.len() == b.records.len()
            && a.records.iter().zip(&b.records).all(is_same)
            && (Arc::ptr_eq(&self.provenance, &other.provenance) || self.provenance == other.provenance)
    }
}

/// The archive as insiders may read it at a moment; nothing where that is all of it.
fn readable(archive: &Archive, as_of: Timestamp) -> Option<Archive> {
    let restricted: HashSet<&str> = archive.records.iter().filter(|r| is_restricted(r)).map(|r| &*r.id).collect();
    let is_all = restricted.is_empty() && !archive.records.iter().any(|record| record.goes_beyond(as_of));
    (!is_all).then(|| archive.until(as_of, &|id| restricted.contains(id)))
}

impl<'a> Inside<'a> {
    /// Of an archive that is `readable`; `all` has restricted records, too.
    fn of(
        archive: &'a Archive,
        all: &Archive,
        provenance: &'a Arc<Provenance>,
        adopted: Option<Timestamp>,
        as_of: Timestamp,
    ) -> Self {
        let zone = archive.config.zone();
        // Of two with the same id only one can have its page.
        let record = |place: Option<usize>| archive.records.get(place?).map(|record| &**record);
        let folders = || archive.folders.values();
        let events: Vec<&Record> = folders().filter_map(|folder| record(folder.event)).collect();
        let mut cases: Vec<Case<'a>> = events.par_iter().filter_map(|event| Case::of(archive, event)).collect();
        cases.par_sort_by_key(|case| Reverse((case.began, &*case.record.id)));
        let mut places = HashMap::new();
        let mut months: BTreeMap<Month, Vec<usize>> = BTreeMap::new();
        for (place, case) in cases.iter().enumerate() {
            let aliases = case.record.aliases().iter().map(|alias| alias.value.as_str());
            aliases.for_each(|alias| _ = places.entry(alias).or_insert(place));
            let day = zone.to_datetime(case.began).date();
            months.entry((day.year(), day.month())).or_default().push(place);
        }
        places.extend(cases.iter().enumerate().map(|(place, case)| (&*case.record.id, place)));
        let written = folders().filter_map(|folder| record(folder.postmortem)).map(|record| (&*record.id, record));
        let written: HashMap<&str, &Record> = written.collect();
        let postmortems: Vec<Review<'a>> = cases
            .iter()
            .enumerate()
            .filter_map(|(case, of)| {
                let record = *written.get(&*of.record.id)?;
                Some(Review { record, postmortem: record.postmortem()?, case })
            })
            .collect();
        let restricted = all.of_kind(Kind::Incident).filter(|record| is_restricted(record));
        let is_open = |record: &Record| {
            let past = Past::of(record, as_of);
            !past.entries.is_empty() && is_live(all, record.kind, &past.replay)
        };
        let people = archive.config.people.iter();
        Self {
            archive,
            provenance,
            as_of,
            zone,
            adopted,
            owed: OnceLock::new(),
            reports: Reports::new(archive, provenance, months.keys(), as_of),
            months,
            restricted_open: restricted.filter(|record| is_open(record)).count(),
            people: people.filter_map(|p| Some((p.id.value.as_str(), p.name.as_ref()?.value.as_str()))).collect(),
            places,
            reviews: reviews(&postmortems),
            cases,
            postmortems,
        }
    }

    /// Everything that is owed, the most urgent first.
    pub fn owed(&self) -> &[Owed] {
        self.owed.get_or_init(|| response::due_since(self.archive, self.adopted, self.as_of))
    }

    /// Works out what most pages never ask for. Who makes pages on several threads does it before: a thread that waited
    /// for its own helpers might be handed a page that waits for the same.
    pub fn prepare(&self) {
        self.owed();
        self.reports.count_all();
    }

    /// The place of a case by its id, or by an id that it once had.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The place of the postmortem that covers an incident.
    pub fn review_of(&self, id: &str) -> Option<usize> {
        self.reviews.get(id).copied()
    }

    /// The full name of a person or a team, as far as it is known.
    pub fn name<'n>(&'n self, id: &'n str) -> &'n str {
        let of_team = || self.archive.config.teams.iter().find(|team| team.id.value == id)?.name.as_ref();
        let person = self.people.get(id).copied();
        person.or_else(|| of_team().map(|name| name.value.as_str())).unwrap_or(id)
    }

    /// The team of a person.
    pub fn team_of(&self, person: &str) -> Option<&'a str> {
        let person = self.archive.config.people.iter().find(|known| known.id.value == person)?;
        person.team.as_ref().map(|team| team.value.as_str())
    }

    /// The cases of a kind, with their places.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (usize, &Case<'a>)> {
        self.cases.iter().enumerate().filter(move |(_, case)| case.record.kind == kind)
    }
}

/// Its own incident has a postmortem for itself; others may be covered by it too.
fn reviews<'a>(postmortems: &[Review<'a>]) -> HashMap<&'a str, usize> {
    let mut reviews = HashMap::new();
    for (place, review) in postmortems.iter().enumerate() {
        let covered = review.postmortem.incidents.iter().map(|id| id.value.as_str());
        covered.for_each(|id| _ = reviews.entry(id).or_insert(place));
    }
    reviews.extend(postmortems.iter().enumerate().map(|(place, review)| (&*review.record.id, place)));
    reviews
}

/// Whether a record of a kind still needs somebody's attention.
fn is_live(archive: &Archive, kind: Kind, replay: &Replay) -> bool {
    let machine = archive.lifecycle.machine(kind);
    replay.status().is_none_or(|status| machine.is_some_and(|machine| machine.is_live(status)))
}

impl<'a> Case<'a> {
    /// Nothing for a postmortem, and for what has not happened yet.
    fn of(archive: &Archive, record: &'a Record) -> Option<Self> {
        let planned = match &record.content {
            Content::Maintenance(maintenance) => maintenance.window.as_ref().map(|window| window.start.value),
            Content::Drill(drill) => drill.held.as_ref().map(|held| held.value),
            Content::Incident(_) => None,
            Content::Postmortem(_) | Content::Unreadable => return None,
        };
        let first = record.timeline().iter().map(|entry| entry.at.value).min()?;
        let moments = &record.replay.moments;
        let began = planned.or(moments.impact_started).or(moments.declared).unwrap_or(first).instant();
        Some(Self { record, began, is_live: is_live(archive, record.kind, &record.replay) })
    }

    pub fn replay(&self) -> &'a Replay {
        &self.record.replay
    }

    /// The timeline, in the order in which it happened.
    pub fn entries(&self) -> Vec<&'a Entry> {
        let timeline = self.record.timeline();
        self.record.replay.order.iter().filter_map(|place| timeline.get(*place)).collect()
    }

    pub fn id(&self) -> &'a Arc<str> {
        &self.record.id
    }

    /// In every language in which it was written.
    pub fn titles(&self) -> impl Iterator<Item = &'a str> {
        self.record.name().into_iter().flat_map(Name::texts).map(|title| title.value.as_str())
    }

    /// When it ended, if it has.
    pub fn ended(&self) -> Option<Timestamp> {
        let last = self.replay().statuses.last()?;
        let resolved = self.replay().moments.resolved.map(Time::instant);
        (!self.is_live).then(|| resolved.unwrap_or(last.from.instant()))
    }
}
