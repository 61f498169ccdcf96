//! A report of a period for a review by management: what happened, how the response went, and what is still to be done.
//! One page that needs nothing else, as HTML or as Markdown. It is internal: it names severities and owners.

use serde::Serialize;

use crate::metrics::Metrics;
use crate::metrics::measure::Measure;
use crate::record::archive::Archive;
use crate::site::language::Language;

pub mod chart;
mod html;
mod markdown;
mod sections;
mod teller;

pub use html::{Shown, html, shown};
pub use markdown::markdown;
use teller::Teller;
pub use teller::period_name;

/// A report in words and figures, in the order in which it is read.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The tag of its language.
    pub lang: String,
    pub title: String,
    pub subtitle: String,
    pub facts: Vec<Fact>,
    pub sections: Vec<Section>,
}

/// A figure that stands for itself.
#[derive(Debug, Serialize)]
pub struct Fact {
    pub label: String,
    pub value: String,
    pub note: String,
}

#[derive(Debug, Default, Serialize)]
pub struct Section {
    pub title: String,
    pub note: String,
    /// Says the same as a table of the section.
    #[serde(skip)]
    pub chart: Option<chart::Chart>,
    pub tables: Vec<Table>,
}

/// Rows under columns. An empty table is left out.
#[derive(Debug, Serialize)]
pub struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
    /// The bars of the chart beside it say all of it.
    #[serde(skip)]
    pub is_drawn: bool,
}

#[derive(Debug, Serialize)]
pub struct Column {
    pub title: String,
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

impl Report {
    /// `before` are the numbers of the period before, to see what is more and what is less.
    pub fn new(archive: &Archive, metrics: &Metrics, before: Option<&Metrics>, language: &Language) -> Self {
        let teller = Teller { archive, metrics, language };
        let site = archive.config.site_title(&language.tag);
        let site = site.map_or_else(|| teller.word("inside_incidents"), str::to_owned);
        let zone = teller.zone().iana_name().unwrap_or("UTC").to_owned();
        Self {
            lang: language.tag.clone(),
            title: teller.say("report_name", &[("site", &site), ("period", &teller.period(&metrics.period))]),
            subtitle: teller.say("report_subtitle", &[("time", &teller.moment(metrics.as_of)), ("zone", &zone)]),
            facts: facts(&teller, before),
            sections: sections::all(&teller),
        }
    }
}

fn facts(teller: &Teller<'_>, before: Option<&Metrics>) -> Vec<Fact> {
    let metrics = teller.metrics;
    let all = &metrics.numbers;
    let fact = |label: &str, value: String, note: String| Fact { label: teller.word(label), value, note };
    let earlier = before.map_or_else(String::new, |before| {
        let count = before.numbers.incidents().to_string();
        teller.say("report_earlier", &[("count", &count), ("period", &teller.period(&before.period))])
    });
    let recover = all.statistic(Measure::Recover);
    let median = match recover.map(|s| (s.median(), s.n())) {
        Some((Some(median), _)) => teller.seconds(median.seconds),
        Some((None, n)) if n > 0 => teller.word("report_too_few"),
        _ => teller.word("report_none"),
    };
    let known = recover.map_or_else(String::new, |s| {
        teller.count("report_median_known", &[("known", s.n()), ("eligible", s.eligible())])
    });
    let worst = metrics.services.iter().filter(|s| s.uptime.down > 0).max_by_key(|s| s.uptime.down);
    let noticed = &all.noticed;
    let noticed_known = noticed.by_us.len() + noticed.by_customers.len();
    let unknown = match noticed.unknown.len() {
        0 => String::new(),
        unknown => teller.count("report_unknown_for", &[("count", unknown)]),
    };
    let escalations = match all.escalations.total() {
        0 => String::new(),
        total => teller.say("report_escalations", &[("share", &teller.of(all.escalations.kept(), total))]),
    };
    let open = teller.count("report_of_open", &[("count", metrics.actions.open.len())]);
    vec![
        fact("inside_incidents", all.incidents().to_string(), earlier),
        fact("report_fact_recover", median, known),
        fact(
            "report_fact_downtime",
            teller.seconds_if_any(worst.map_or(0, |service| service.uptime.down / 10)),
            worst.map_or_else(String::new, |service| teller.service(&service.service)),
        ),
        fact("report_fact_noticed", teller.of(noticed.by_us.len(), noticed_known), unknown),
        fact("report_fact_messages", teller.of(all.updates.kept(), all.updates.total()), escalations),
        fact("report_fact_overdue", metrics.actions.overdue().count().to_string(), open),
    ]
}
