//! JSON lines: each record whole, with what follows from it.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::facts::Facts;
use super::{Export, front};
use crate::record::Record;

/// Field names do not change.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    kind: &'static str,
    path: &'a str,
    title: Option<&'a str>,
    visibility: &'static str,
    facts: Facts<'a>,
    record: Value,
    text: &'a str,
    postmortem: Option<Postmortem<'a>>,
}

#[derive(Serialize)]
struct Postmortem<'a> {
    /// The record beside which it stands: one may cover several.
    id: &'a str,
    path: &'a str,
    record: Value,
    text: &'a str,
}

pub fn text(export: &Export<'_>) -> Result<String, serde_json::Error> {
    let lines: Result<Vec<String>, serde_json::Error> =
        export.records.par_iter().map(|record| serde_json::to_string(&line(export, record))).collect();
    Ok(lines?.into_iter().map(|line| line + "\n").collect())
}

fn line<'a>(export: &Export<'a>, record: &'a Record) -> Line<'a> {
    let postmortem = |postmortem: &'a Record| Postmortem {
        id: &postmortem.id,
        path: &postmortem.path,
        record: front::json(postmortem),
        text: postmortem.body().trim(),
    };
    Line {
        id: &record.id,
        kind: record.kind.name(),
        path: &record.path,
        title: record.title().map(|title| title.value.as_str()),
        visibility: record.visibility().name(),
        facts: Facts::of(export, record),
        record: front::json(record),
        text: record.body().trim(),
        postmortem: export.index.postmortem(record).map(postmortem),
    }
}
