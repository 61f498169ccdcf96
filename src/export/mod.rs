//! An archive for other programs, with everything that responders may know. One file for each format; `docs/export.md`
//! describes them. What the public may know is exported by the site.

use jiff::Timestamp;

use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::index::Index;
use crate::record::replay::Moments;
use crate::record::time::Time;

mod csv;
mod facts;
mod front;
mod jsonl;
mod markdown;
mod openmetrics;

/// What is exported.
#[derive(Debug)]
pub struct Export<'a> {
    archive: &'a Archive,
    index: Index<'a>,
    /// Incidents, maintenance and drills, in the order of their paths. Postmortems go with them.
    records: Vec<&'a Record>,
    now: Timestamp,
    /// When the repository was adopted.
    adopted: Option<Timestamp>,
}

impl<'a> Export<'a> {
    /// Some records of an archive as of `now`. What was over when the repository was `adopted` owes nothing.
    pub fn new(archive: &'a Archive, records: Vec<&'a Record>, adopted: Option<Timestamp>, now: Timestamp) -> Self {
        Self { archive, index: Index::new(archive), records, now, adopted }
    }

    /// One JSON object a line and record.
    ///
    /// # Errors
    ///
    /// A value that JSON cannot hold.
    pub fn jsonl(&self) -> Result<String, serde_json::Error> {
        jsonl::text(self)
    }

    /// A table of the incidents.
    pub fn csv(&self) -> String {
        csv::text(self)
    }

    /// How many of what there are.
    pub fn openmetrics(&self) -> String {
        openmetrics::text(self)
    }

    /// Pages to read, one below the other.
    pub fn markdown(&self) -> String {
        markdown::text(self)
    }
}

/// A moment of an incident and its name.
type Moment = (&'static str, Option<Time>);

/// The moments in the order in which they usually come.
fn moments(moments: &Moments) -> [Moment; 10] {
    [
        ("impact_started", moments.impact_started),
        ("detected", moments.detected),
        ("declared", moments.declared),
        ("acknowledged", moments.acknowledged),
        ("first_public", moments.first_public),
        ("identified", moments.identified),
        ("mitigated", moments.mitigated),
        ("impact_ended", moments.impact_ended),
        ("resolved", moments.resolved),
        ("closed", moments.closed),
    ]
}

/// A time as every format writes it: in UTC, to the second.
fn utc(time: Time) -> String {
    Time::utc(time.instant()).whole_seconds().to_string()
}
