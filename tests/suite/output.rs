//! What `check` writes for programs and services, and the flags that shape it.

use std::fs;

use serde_json::Value;

use crate::json_schema;
use crate::sandbox::Sandbox;

const CONFIG: &str = "services: [{id: checkout}]\npeople: [{id: mara}]\n";
const RECORD: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";

/// An error with a fix, an error with a label, a warning. It was made afterwards, so it owes nothing else.
const FAULTY: &str = "\
---
title: 결제 실패
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    backfill: true
    status: triage
    impact: {chekout: partial_outage}
  - at: 2024-05-01T10:20:00Z
    by: mara
    status: monitoring
    links: [{title: no, url: \"https://example.com\"}]
---
";

/// An archive in a folder of a repository.
fn faulty(name: &str) -> Sandbox {
    let sandbox = Sandbox::new(name);
    sandbox.file("ops/the status/incident.yaml", CONFIG).file(&format!("ops/the status/{RECORD}"), FAULTY);
    sandbox
}

fn check(sandbox: &Sandbox, flags: &[&str]) -> crate::sandbox::Run {
    let args = [&["-C", "ops/the status", "check", "--as-of", "2024-05-02T00:00:00Z"], flags].concat();
    sandbox.run(&args)
}

#[test]
fn sarif_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../output/sarif-schema-2.1.0.json")).unwrap();
    let sandbox = faulty("output-sarif");
    let run = check(&sandbox, &["--format", "sarif"]);
    let mut document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json_schema::problems(&schema, &document), [""; 0]);
    let log = &document["runs"][0];
    assert_eq!((run.code, &log["invocations"][0]["exitCode"]), (1, &1.into()));
    let results = log["results"].as_array().unwrap();
    let with = |key: &str| results.iter().any(|result| result.get(key).is_some());
    assert!(with("fixes") && with("relatedLocations"), "{results:?}");
    for result in results {
        let rule = &log["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert_eq!(uri, format!("ops/the%20status/{RECORD}"));
    }
    document["runs"][0]["results"][0]["levle"] = "error".into();
    assert_eq!(json_schema::problems(&schema, &document).len(), 1);
}

#[test]
fn services_that_show_findings_beside_the_code_get_paths_from_the_top() {
    let sandbox = faulty("output-paths");
    let path = format!("ops/the status/{RECORD}");
    let github = check(&sandbox, &["--format", "github"]);
    assert!(github.stdout.starts_with(&format!("::error file={path},line=8,endLine=8,")), "{}", github.stdout);
    assert!(github.stderr.starts_with("Found "), "{}", github.stderr);
    let gitlab: Value = serde_json::from_str(&check(&sandbox, &["--format", "gitlab"]).stdout).unwrap();
    assert_eq!(gitlab[0]["location"]["path"], path);
    let junit = check(&sandbox, &["--format", "junit"]).stdout;
    assert!(junit.contains(&format!("<testsuite name=\"{path}\"")), "{junit}");
    let json: Value = serde_json::from_str(&check(&sandbox, &["--format", "json"]).stdout).unwrap();
    assert_eq!(json["diagnostics"][0]["path"], RECORD);
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let sandbox = faulty("output-fingerprint");
    let fingerprints = || {
        let issues: Vec<Value> = serde_json::from_str(&check(&sandbox, &["--format", "gitlab"]).stdout).unwrap();
        issues.into_iter().map(|issue| issue["fingerprint"].clone()).collect::<Vec<_>>()
    };
    let before = fingerprints();
    let moved = FAULTY.replace("title: 결제", "# a comment\n# of two lines\ntitle: 결제");
    sandbox.file(&format!("ops/the status/{RECORD}"), &moved);
    assert_eq!(fingerprints(), before);
}

#[test]
fn quiet_reports_errors_only() {
    let sandbox = faulty("output-quiet");
    let all = check(&sandbox, &[]).stdout;
    assert!(all.contains("error[") && all.contains("warning["), "{all}");
    let quiet = check(&sandbox, &["--quiet"]);
    assert!(quiet.stdout.contains("error[") && !quiet.stdout.contains("warning["), "{}", quiet.stdout);
    let without_errors = ["--quiet", "--rule", "identity=warn", "--rule", "lifecycle=warn", "--rule", "format=warn"];
    let silent = check(&sandbox, &without_errors);
    assert_eq!((silent.code, silent.stdout.as_str(), silent.stderr.as_str()), (0, "", ""));
    let counted = check(&sandbox, &[&without_errors[..], &["--max-warnings", "0"]].concat());
    assert_eq!((counted.code, counted.stdout.as_str()), (1, ""));
    assert!(counted.stderr.ends_with("warnings, and --max-warnings allows 0.\n"), "{}", counted.stderr);
}

#[test]
fn more_warnings_than_allowed_end_with_1() {
    let sandbox = faulty("output-max-warnings");
    let one = ["--rule", "identity=off", "--rule", "lifecycle=off", "--max-warnings"];
    assert_eq!(check(&sandbox, &[&one[..], &["1"]].concat()).code, 0);
    let over = check(&sandbox, &[&one[..], &["0"]].concat());
    assert_eq!((over.code, over.stderr.as_str()), (1, "1 warning, and --max-warnings allows 0.\n"));
}

#[test]
fn a_level_is_set_for_a_rule_that_exists() {
    let sandbox = faulty("output-rule");
    let levels = ["--rule", "format=off", "--rule", "lifecycle=off", "--rule", "unknown-reference=warn"];
    let run = check(&sandbox, &levels);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.contains("warning[unknown-reference]") && !run.stdout.contains("error["), "{}", run.stdout);
    for (setting, why) in [
        ("unknown-refrence=off", "did you mean `unknown-reference`?"),
        ("idenity=off", "did you mean `identity`?"),
        ("identity=loud", "`loud` is not a level; write off, info, warn or error"),
        ("identity", "write it as NAME=LEVEL"),
    ] {
        let run = check(&sandbox, &["--rule", setting]);
        assert!(run.code == 2 && run.stderr.contains(why), "{}", run.stderr);
    }
}

#[test]
fn statistics_count_the_findings_of_each_rule() {
    let run = check(&faulty("output-statistics"), &["--statistics"]);
    snapbox::assert_data_eq!(
        run.stdout,
        snapbox::str![[r#"
     1  error    illegal-transition
     1  error    unknown-reference   1 by --fix --unsafe
     1  warning  ambiguous-yaml      1 by --fix

Found 2 errors, 1 warning in 1 file; checked 1 record.

"#]]
    );
}

#[test]
fn an_output_file_is_whole_or_not_there() {
    let sandbox = faulty("output-file");
    let json = check(&sandbox, &["--format", "json"]).stdout;
    let run = check(&sandbox, &["--format", "json", "--output-file", "reports/check.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.starts_with("Found 2 errors, 1 warning in 1 file"), "{}", run.stderr);
    assert_eq!(sandbox.read("ops/the status/reports/check.json"), json);
    let left: Vec<_> = fs::read_dir(sandbox.root.join("ops/the status/reports")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let run = check(&sandbox, &["--output-file", "incident.yaml/report"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("cannot be written"), "{}", run.stderr);
}

#[test]
fn colours_and_links_are_for_terminals_and_for_those_who_ask() {
    let sandbox = faulty("output-colours");
    let output = |env: &[(&str, &str)], args: &[&str]| {
        let args = [&["-C", "ops/the status", "check"], args].concat();
        let output = sandbox.command(&args).env_remove("NO_COLOR").envs(env.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let plain = output(&[], &[]);
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    assert!(output(&[("CLICOLOR_FORCE", "1")], &[]).contains("\u{1b}["));
    assert!(output(&[], &["--color", "always"]).contains("\u{1b}["));
    assert_eq!(output(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]), plain);
    assert_eq!(output(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]), plain);
    let linked = output(&[("CLICOLOR_FORCE", "1"), ("FORCE_HYPERLINK", "1")], &[]);
    assert!(linked.contains("\u{1b}]8;;file:///") && linked.contains("the%20status/incidents/2024"), "{linked:?}");
    assert_eq!(output(&[("FORCE_HYPERLINK", "1")], &[]), plain);
}
