//! A report of a period for a review by management: what happened, how the response went, and what is still to be done.
//! One page that needs nothing else, as HTML or as Markdown. It is internal: it names severities and owners.

use jiff::SignedDuration;
use serde::Serialize;

use crate::metrics::Metrics;
use crate::record::archive::Archive;
use crate::record::time::{Time, span};

pub mod chart;
mod html;
mod markdown;
mod sections;

pub use html::{Shown, html};
pub use markdown::markdown;
pub use sections::percent;

/// A report in words and figures, in the order in which it is read.
#[derive(Debug, Serialize)]
pub struct Report {
    pub title: String,
    pub subtitle: String,
    pub facts: Vec<Fact>,
    pub sections: Vec<Section>,
}

/// A figure that stands for itself.
#[derive(Debug, Serialize)]
pub struct Fact {
    pub label: &'static str,
    pub value: String,
    pub note: String,
}

#[derive(Debug, Default, Serialize)]
pub struct Section {
    pub title: &'static str,
    pub note: String,
    /// Says the same as a table of the section.
    #[serde(skip)]
    pub chart: Option<chart::Chart>,
    pub tables: Vec<Table>,
}

/// Rows under columns. An empty table is left out.
#[derive(Debug, Serialize)]
pub struct Table {
    pub caption: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Serialize)]
pub struct Column {
    pub title: &'static str,
    /// How its cells are set.
    pub kind: Option<Kind>,
}

/// Cells that are not set as one line from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// On the right.
    Number,
    /// In several lines, where there is not enough room.
    Prose,
}

impl Section {
    /// Whether it has a chart, or a table with rows.
    fn has_something(&self) -> bool {
        self.chart.is_some() || self.tables.iter().any(|table| !table.rows.is_empty())
    }
}

impl Table {
    /// Columns whose name ends in `#` hold numbers, in `~` prose.
    fn new(caption: &'static str, columns: &[&'static str], rows: Vec<Vec<String>>) -> Self {
        let column = |name: &&'static str| match (name.strip_suffix('#'), name.strip_suffix('~')) {
            (Some(title), _) => Column { title, kind: Some(Kind::Number) },
            (None, Some(title)) => Column { title, kind: Some(Kind::Prose) },
            (None, None) => Column { title: name, kind: None },
        };
        Self { caption, columns: columns.iter().map(column).collect(), rows }
    }
}

impl Report {
    /// `before` are the numbers of the period before, to see what is more and what is less.
    pub fn new(archive: &Archive, metrics: &Metrics, before: Option<&Metrics>) -> Self {
        let config = &archive.config;
        let site = config.site.title.as_ref().map_or("Incidents", |title| &title.value);
        let zone = config.zone();
        let as_of = Time::utc(metrics.as_of).in_zone(&zone);
        let zone_name = zone.iana_name().unwrap_or("UTC").to_owned();
        Self {
            title: format!("{site}: incidents, {}", metrics.period.label),
            subtitle: format!("Internal. As of {as_of}; days and months of {zone_name}."),
            facts: facts(metrics, before),
            sections: sections::all(archive, metrics),
        }
    }
}

fn facts(metrics: &Metrics, before: Option<&Metrics>) -> Vec<Fact> {
    let all = &metrics.numbers;
    let earlier = |count: fn(&Metrics) -> usize| {
        before.map_or_else(String::new, |before| format!("{} in {}", count(before), before.period.label))
    };
    let recover = all.statistic(crate::metrics::measure::Measure::Recover);
    let overdue = metrics.actions.overdue().count();
    let noticed = &all.noticed;
    let known = noticed.by_us.len() + noticed.by_customers.len();
    let worst = metrics.services.iter().filter(|s| s.uptime.down > 0).max_by_key(|s| s.uptime.down);
    vec![
        Fact {
            label: "Incidents",
            value: all.incidents().to_string(),
            note: earlier(|metrics| metrics.numbers.incidents()),
        },
        Fact {
            label: "Time to recover",
            value: match recover.map(|s| (s.median(), s.n())) {
                Some((Some(median), _)) => seconds(median.seconds),
                Some((None, n)) if n > 0 => "too few".to_owned(),
                _ => "none".to_owned(),
            },
            note: recover.map_or_else(String::new, |s| format!("median, known for {} of {}", s.n(), s.eligible())),
        },
        Fact {
            label: "Most downtime",
            value: worst.map_or_else(|| "none".to_owned(), |service| seconds(service.uptime.down / 10)),
            note: worst.map_or_else(String::new, |service| service.name.clone()),
        },
        Fact {
            label: "Noticed by us first",
            value: of(noticed.by_us.len(), known),
            note: match noticed.unknown.len() {
                0 => String::new(),
                unknown => format!("unknown for {unknown}"),
            },
        },
        Fact {
            label: "Messages in time",
            value: of(all.updates.kept(), all.updates.total()),
            note: match all.escalations.total() {
                0 => String::new(),
                total => format!("escalations {} of {total}", all.escalations.kept()),
            },
        },
        Fact {
            label: "Actions overdue",
            value: overdue.to_string(),
            note: format!("of {} open", metrics.actions.open.len()),
        },
    ]
}

fn of(part: usize, whole: usize) -> String {
    if whole == 0 { "none".to_owned() } else { format!("{part} of {whole}") }
}

fn seconds(seconds: i64) -> String {
    span(SignedDuration::from_secs(seconds))
}
