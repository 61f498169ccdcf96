//! Exports, read by somebody else.

use std::collections::BTreeSet;
use std::path::Path;

use git_incident::export::Export;
use git_incident::record::Kind;
use git_incident::record::archive::{Archive, FolderTree};
use git_incident::site::{self, outside};
use jiff::Timestamp;
use serde_json::Value;

use crate::sandbox::Sandbox;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn sample() -> Archive {
    Archive::load(&FolderTree::new(Path::new(ROOT))).unwrap()
}

fn now() -> Timestamp {
    "2026-11-22T06:00:00Z".parse().unwrap()
}

fn export(archive: &Archive) -> Export<'_> {
    let events = archive.all().filter(|record| record.kind != Kind::Postmortem);
    Export::new(archive, events.collect(), None, now())
}

fn schema(kind: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(format!("{ROOT}/schemas/{kind}.schema.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[test]
fn each_line_holds_a_whole_record_that_its_schema_accepts() {
    let archive = sample();
    let text = export(&archive).jsonl().unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let events = archive.records.iter().filter(|record| record.kind != Kind::Postmortem).count();
    assert_eq!(lines.len(), events);
    let mut postmortems = 0;
    for line in &lines {
        let kind = line["kind"].as_str().unwrap();
        let found: Vec<String> = schema(kind).iter_errors(&line["record"]).map(|error| error.to_string()).collect();
        assert!(found.is_empty(), "{}: {found:?}", line["id"]);
        if !line["postmortem"].is_null() {
            postmortems += 1;
            assert!(schema("postmortem").is_valid(&line["postmortem"]["record"]), "{}", line["id"]);
        }
    }
    assert_eq!(postmortems, archive.of_kind(Kind::Postmortem).count());
}

#[test]
fn the_table_has_a_row_for_each_incident_and_a_cell_for_each_column() {
    let archive = sample();
    let table = export(&archive).csv();
    let rows: Vec<Vec<String>> = table.lines().map(cells).collect();
    assert_eq!(rows.len(), archive.of_kind(Kind::Incident).count() + 1);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{table}");
    assert!(table.ends_with("\r\n"));
}

/// The cells of a row without line breaks in it.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

#[test]
fn numbers_follow_the_text_format_of_openmetrics() {
    let archive = sample();
    judge_metrics(&export(&archive).openmetrics());
    judge_metrics(&outside::metrics(&archive, now()).unwrap());
}

/// The rules of the format that a reader would trip over: families in one piece, each with its type and help before its
/// samples; names and labels; no number twice; the end.
fn judge_metrics(text: &str) {
    let body = text.strip_suffix("# EOF\n").unwrap();
    let (mut family, mut suffix) = (String::new(), "");
    let (mut families, mut samples) = (BTreeSet::new(), BTreeSet::new());
    let mut lines = body.lines();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(families.insert(name), "{name} comes twice");
            assert!(lines.next().unwrap().starts_with(&format!("# HELP {name} ")), "{line}");
            suffix = match kind {
                "counter" => "_total",
                "gauge" | "stateset" => "",
                other => panic!("{other}"),
            };
            family = format!("{name}{suffix}");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !name.ends_with("_total"), "{name}");
            continue;
        }
        let (series, value) = line.rsplit_once(' ').unwrap();
        let (name, labels) = series.split_once('{').map_or((series, ""), |(name, labels)| (name, labels));
        assert_eq!(name, family, "{line} {suffix}");
        assert!(labels.is_empty() || labels.ends_with("\"}"), "{line}");
        assert!(value.parse::<f64>().unwrap() >= 0.0, "{line}");
        assert!(samples.insert(series), "{line} comes twice");
    }
    assert!(families.len() > 4 && samples.len() > 20, "{text}");
}

#[test]
fn the_public_export_is_what_the_site_shows() {
    let archive = sample();
    let site = site::build(&archive, &site::Options::new(now())).unwrap();
    let exported = outside::events(&archive, now()).unwrap();
    let exported: BTreeSet<&str> = exported.lines().collect();
    let is_event = |path: &&String| path.starts_with("incidents/") && path.ends_with("/index.json");
    let shown = site.files.iter().filter(|(path, _)| is_event(path));
    let shown: BTreeSet<&str> = shown.map(|(_, bytes)| std::str::from_utf8(bytes).unwrap()).collect();
    assert!(!shown.is_empty());
    assert_eq!(exported, shown);
    assert_eq!(outside::metrics(&archive, now()).unwrap().as_bytes(), site.files["metrics"]);
}

#[test]
fn a_public_export_with_something_internal_in_it_is_refused() {
    let mut archive = sample();
    let path = "incidents/2026/11/2026-11-21-late-order-emails/incident.md";
    let text =
        archive.at(path).unwrap().text.replace("E-mails are still not going out.", "Ask tobias@littlekiln.example.");
    archive.replace(path, Some(text.into_bytes()));
    let refused = outside::events(&archive, now()).unwrap_err().to_string();
    assert!(refused.contains("events.jsonl") && refused.contains("tobias@littlekiln.example"), "{refused}");
}

#[test]
fn a_file_gets_the_export_whole_and_nothing_is_printed() {
    let sandbox = Sandbox::new("export-file");
    sandbox.file("incident.yaml", "site: {title: Example Shop status}\n");
    let run = sandbox.run(&["export", "--format", "csv", "--output-file", "out/incidents.csv"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    assert!(sandbox.read("out/incidents.csv").starts_with("id,title,type,"));
}
