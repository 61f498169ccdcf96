//! Findings and readiness, for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::metrics::findings::{FindingHealth, OpenFinding};
use crate::metrics::readiness::{self, OpenDocument};

#[derive(Debug, Serialize)]
pub struct Findings<'a> {
    total: usize,
    open: usize,
    accepted: usize,
    declined: usize,
    deferred: usize,
    median_age_days: Option<i64>,
    oldest_days: Option<i64>,
    by_class: BTreeMap<&'a str, OfClass>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Vec<Finding<'a>>>,
}

#[derive(Debug, Serialize)]
struct OfClass {
    total: usize,
    open: usize,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    record: &'a str,
    id: &'a str,
    class: &'a str,
    statement: &'a str,
    owner: Option<&'a str>,
    age_days: Option<i64>,
}

#[derive(Debug, Serialize)]
pub struct Readiness<'a> {
    drills: Drills<'a>,
    objectives: Objectives,
    people: People<'a>,
    documents: Documents<'a>,
}

#[derive(Debug, Serialize)]
struct Drills<'a> {
    held: Vec<&'a str>,
    last: Option<&'a str>,
    days_since: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Objectives {
    met: usize,
    partly: usize,
    missed: usize,
    unknown: usize,
}

#[derive(Debug, Serialize)]
struct People<'a> {
    practised: usize,
    total: usize,
    not_practised: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Documents<'a> {
    total: usize,
    open: usize,
    overdue: usize,
    done_in_period: usize,
    done_with_due: usize,
    done_in_time: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Vec<Document<'a>>>,
}

#[derive(Debug, Serialize)]
struct Document<'a> {
    record: &'a str,
    path: &'a str,
    owner: Option<&'a str>,
    due: Option<String>,
    overdue_days: Option<i64>,
}

impl<'a> Findings<'a> {
    pub fn new(findings: &'a FindingHealth, listed: bool) -> Self {
        let of_class = findings.by_class.iter();
        Self {
            total: findings.total,
            open: findings.open.len(),
            accepted: findings.accepted,
            declined: findings.declined,
            deferred: findings.deferred,
            median_age_days: findings.median_age(),
            oldest_days: findings.oldest(),
            by_class: of_class
                .map(|(class, count)| (class.as_str(), OfClass { total: count.total, open: count.open }))
                .collect(),
            list: listed.then(|| findings.open.iter().map(finding).collect()),
        }
    }
}

fn finding(finding: &OpenFinding) -> Finding<'_> {
    Finding {
        record: &finding.record,
        id: &finding.id,
        class: &finding.class,
        statement: &finding.statement,
        owner: finding.owner.as_deref(),
        age_days: finding.age,
    }
}

impl<'a> Readiness<'a> {
    pub fn new(readiness: &'a readiness::Readiness, listed: bool) -> Self {
        let readiness::Objectives { met, partly, missed, unknown } = readiness.objectives;
        let (practised, not_practised) = (readiness.practised.len(), &readiness.not_practised);
        let documents = &readiness.documents;
        Self {
            drills: Drills {
                held: readiness.held.iter().map(|id| &**id).collect(),
                last: readiness.last.as_ref().map(|(id, _)| &**id),
                days_since: readiness.last.as_ref().map(|(_, days)| *days),
            },
            objectives: Objectives { met, partly, missed, unknown },
            people: People {
                practised,
                total: practised + not_practised.len(),
                not_practised: not_practised.iter().map(String::as_str).collect(),
            },
            documents: Documents {
                total: documents.total,
                open: documents.open.len(),
                overdue: documents.overdue(),
                done_in_period: documents.done,
                done_with_due: documents.done_with_due,
                done_in_time: documents.done_in_time,
                list: listed.then(|| documents.open.iter().map(document).collect()),
            },
        }
    }
}

fn document(document: &OpenDocument) -> Document<'_> {
    Document {
        record: &document.record,
        path: &document.path,
        owner: document.owner.as_deref(),
        due: document.due.map(|due| due.to_string()),
        overdue_days: document.overdue,
    }
}
