//! A table of the incidents, one a row.

use std::collections::BTreeSet;

use super::{Export, facts::Facts, moments, utc};
use crate::record::Record;
use crate::record::incident::{Count, Incident};
use crate::record::time::Time;
use crate::record::timeline::Text;
use crate::text::csv;
use crate::text::span::Spanned;

/// The columns before those of the moments.
const HEAD: [&str; 11] = [
    "id",
    "title",
    "type",
    "visibility",
    "status",
    "severity",
    "worst_severity",
    "major",
    "made_afterwards",
    "services",
    "episodes",
];

/// The columns behind them.
const TAIL: [&str; 8] = [
    "method",
    "customers_noticed_first",
    "customers",
    "support_cases",
    "data_loss",
    "cause",
    "postmortem",
    "unfinished_actions",
];

pub fn text(export: &Export<'_>) -> String {
    let names = moments(&Default::default()).map(|(name, _)| name);
    let head: Vec<&str> = HEAD.into_iter().chain(names).chain(TAIL).collect();
    let incidents = export.records.iter().filter_map(|record| Some((*record, record.incident()?)));
    let rows = incidents.map(|(record, incident)| csv::line(row(export, record, incident)));
    csv::line(head) + &rows.collect::<String>()
}

fn row(export: &Export<'_>, record: &Record, incident: &Incident) -> Vec<String> {
    let facts = Facts::of(export, record);
    let services: BTreeSet<&str> = facts.impacts.iter().map(|impact| impact.service).collect();
    let said = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let head = [
        record.id.to_string(),
        said(record.title().map(|title| title.value.as_str())),
        list(incident.types.iter().map(|kind| kind.value.as_str())),
        record.visibility().name().to_owned(),
        said(facts.status),
        said(facts.severity),
        said(facts.worst_severity),
        facts.major.to_string(),
        facts.made_afterwards.to_string(),
        list(services),
        crate::response::communication::live(export.archive, record).len().to_string(),
    ];
    let times = moments(&record.replay.moments).map(|(_, time): (_, Option<Time>)| time.map(utc).unwrap_or_default());
    head.into_iter().chain(times).chain(tail(export, record, incident)).collect()
}

fn tail(export: &Export<'_>, record: &Record, incident: &Incident) -> [String; 8] {
    let text = |text: &Option<Text>| text.as_ref().map_or_else(String::new, |text| text.value.clone());
    let postmortem = export.index.postmortem(record).and_then(Record::postmortem);
    let actions =
        postmortem.map(|postmortem| postmortem.actions.iter().filter(|action| action.is_unfinished()).count());
    [
        text(&incident.detection.method),
        incident.detection.customers_noticed_first.map_or_else(String::new, |answer| answer.value.to_string()),
        count(incident.assessment.customers),
        count(incident.assessment.support_cases),
        whether(incident.assessment.data_loss),
        text(&incident.cause.category),
        postmortem.map_or_else(String::new, |postmortem| text(&postmortem.status)),
        actions.map_or_else(String::new, |actions| actions.to_string()),
    ]
}

/// Several words in one cell. None of them has a blank in it.
fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn count(count: Option<Spanned<Count>>) -> String {
    match count.map(|count| count.value) {
        None => String::new(),
        Some(Count::Unknown) => "unknown".to_owned(),
        Some(Count::Known(number)) => number.to_string(),
    }
}

fn whether(answer: Option<Spanned<Option<bool>>>) -> String {
    match answer.map(|answer| answer.value) {
        None => String::new(),
        Some(None) => "unknown".to_owned(),
        Some(Some(answer)) => answer.to_string(),
    }
}
