//! Every number is proven on hand-made archives in `tests/stats`, where a naive tool is wrong. `case.txt` says why, which
//! command is run, and what its JSON must say: a path, `=`, and a value. Of a list a path takes the item that has the
//! name. They are written by hand, from docs/stats.md, not from the output.

use std::fs;
use std::path::{Path, PathBuf};

use git_incident::record::archive::{Archive, Memory};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::audience::commit;
use crate::rules::files_in;
use crate::sandbox::{Run, Sandbox};

const CONFIG: &str = include_str!("../stats/incident.yaml");

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stats");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    folders.filter(|path| path.is_dir()).collect()
}

/// The archive of a case in a repository of its own.
fn archive(case: &Path) -> Sandbox {
    let sandbox = Sandbox::new(&format!("stats-{}", case.file_name().unwrap().to_str().unwrap()));
    sandbox.file("incident.yaml", CONFIG);
    for (path, text) in files_in(case) {
        sandbox.file(&path, &text);
    }
    sandbox
}

/// `durations.recover.longest.seconds`: keys, places from 0, and names of items.
fn at<'a>(document: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(document, |value, step| match value {
        Value::Array(items) => {
            let is_meant = |item: &&Value| ["name", "service", "key"].iter().any(|key| item[key] == step);
            items.iter().find(is_meant).or_else(|| items.get(step.parse::<usize>().ok()?)).unwrap_or(&Value::Null)
        }
        value => &value[step],
    })
}

#[test]
fn numbers_are_right_where_a_naive_tool_is_wrong() {
    let wrong: Vec<String> = cases().par_iter().flat_map(|case| wrong_numbers(case)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn wrong_numbers(case: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    let text = fs::read_to_string(case.join("case.txt")).unwrap();
    let sandbox = archive(case);
    let mut document = Value::Null;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(command) = line.strip_prefix("$ git incident ") {
            let args: Vec<&str> = command.split(' ').chain(["--json", "--explain"]).collect();
            let Run { code, stdout, stderr } = sandbox.run(&args);
            assert_eq!(code, 0, "{}: {stderr}", case.display());
            document = serde_json::from_str(&stdout).unwrap();
            continue;
        }
        let (path, expected) = line.split_once(" = ").unwrap_or_else(|| panic!("{}: {line}", case.display()));
        let found = at(&document, path);
        if *found != serde_json::from_str::<Value>(expected).unwrap() {
            wrong.push(format!("{}: {path} is {found}, not {expected}", case.display()));
        }
    }
    wrong
}

/// An example that breaks the format would prove nothing.
#[test]
fn every_archive_can_be_read() {
    for case in cases() {
        let mut files = files_in(&case);
        files.entry("incident.yaml".into()).or_insert_with(|| CONFIG.to_owned());
        let archive = Archive::load(&Memory(files)).unwrap();
        let problems = archive.records.iter().flat_map(|record| &record.problems).chain(&archive.config.problems);
        let problems: Vec<&str> = problems.map(|problem| problem.message.as_str()).collect();
        assert_eq!(problems, [""; 0], "{}", case.display());
    }
}

/// The last commit of a file is not the one that told of an entry, and a record that moved to another shelf is not new. An entry
/// that was added afterwards says so, one that was written ahead was not late, and one that is not committed is not recorded.
#[test]
fn how_soon_entries_were_recorded_is_counted_from_the_commit_that_brought_them() {
    let sandbox = Sandbox::new("stats-recorded");
    sandbox.file("incident.yaml", CONFIG);
    let path = |folder: &str| format!("{folder}/2026-05-04-a/incident.md");
    let mut entries = vec!["at: 2026-05-04T10:00:00Z, by: mara, status: investigating"];
    let write = |folder: &str, entries: &[&str]| {
        let entries: String = entries.iter().map(|entry| format!("  - {{{entry}}}\n")).collect();
        sandbox.file(&path(folder), &format!("---\ntitle: Checkout fails\ntimeline:\n{entries}---\n"));
    };
    write("incidents", &entries);
    commit(&sandbox, "Mara", "2026-05-04T10:05:00Z");
    entries.extend([
        "at: 2026-05-04T10:10:00Z, by: mara, backfill: true, note: We forgot this.",
        "at: 2026-05-04T10:50:00Z, by: mara, note: It was the pool.",
        "at: 2026-05-04T11:30:00Z, by: mara, note: The vendor restarts it.",
    ]);
    write("incidents", &entries);
    commit(&sandbox, "Mara", "2026-05-04T11:00:00Z");
    std::fs::remove_file(sandbox.root.join(path("incidents"))).unwrap();
    write("incidents/2026/05", &entries);
    commit(&sandbox, "Mara", "2026-05-04T20:00:00Z");
    entries.push("at: 2026-05-04T21:00:00Z, by: mara, status: resolved");
    write("incidents/2026/05", &entries);
    let args = ["stats", "--month", "2026-05", "--as-of", "2026-06-01T00:00:00Z", "--json"];
    let record = |more: &[&str]| {
        let run = sandbox.run(&[&args, more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        at(&serde_json::from_str(&run.stdout).unwrap(), "durations.record").clone()
    };
    let found = record(&["--explain", "record"]);
    let seconds: Vec<i64> =
        found["intervals"].as_array().unwrap().iter().map(|interval| interval["seconds"].as_i64().unwrap()).collect();
    assert_eq!(seconds, [0, 300, 600]);
    assert_eq!((&found["known"], &found["eligible"], &found["ahead"]), (&json!(3), &json!(3), &json!(1)));
    assert_eq!(found["backfilled"], json!(1));
    assert_eq!(found["left_out"][1]["why"], "it is not committed yet");
    // It takes a look at the history, which nobody has asked for here.
    assert_eq!(record(&[])["known"], json!(0));
    assert_eq!(record(&["--history"])["known"], json!(3));
}
