//! The report as SARIF 2.1.0, which code scanning takes.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};
use std::sync::Arc;

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::{Diagnostic, Level, Places, Report, RuleInfo, message_and_help, uri};
use crate::text::problem::Fix;
use crate::text::span::Span;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to: the top of the repository, whose place only the reader knows.
const TOP: &str = "%SRCROOT%";

/// Writes the document and a final end of line. `rules` are all that were asked, and `exit_code` is what the run ends with.
pub fn write(report: &Report, rules: &[RuleInfo], exit_code: u8, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(&report.sources);
    let mut fingerprints = Fingerprints::default();
    let results = report.diagnostics.iter().map(|found| {
        let mut result = result(found, &mut places, &mut fingerprints);
        if let Some(index) = rules.iter().position(|rule| rule.name == found.rule) {
            result["ruleIndex"] = index.into();
        }
        result
    });
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(descriptor).collect::<Vec<_>>(),
            }},
            "invocations": [{"executionSuccessful": true, "exitCode": exit_code}],
            "originalUriBaseIds": {TOP: {"description": {"text": "The top of the repository."}}},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn descriptor(rule: &RuleInfo) -> Value {
    let mut descriptor = json!({
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": first_paragraph(rule.explain)},
        "help": {"text": rule.explain.trim(), "markdown": rule.explain.trim()},
        "defaultConfiguration": {"level": level(rule.level)},
        "properties": {"tags": rule.tags},
    });
    if let Some(url) = &rule.url {
        descriptor["helpUri"] = url.as_str().into();
    }
    descriptor
}

/// The first text that is no heading; code scanning asks for it beside the help.
fn first_paragraph(markdown: &str) -> &str {
    let mut paragraphs = markdown.split("\n\n").map(str::trim);
    paragraphs.find(|text| !text.is_empty() && !text.starts_with('#')).unwrap_or("")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn result(found: &Diagnostic, places: &mut Places<'_>, fingerprints: &mut Fingerprints) -> Value {
    let mut result = json!({
        "ruleId": found.rule,
        "level": level(found.level),
        "message": {"text": message_and_help(found)},
        "locations": [{"physicalLocation": place(&found.path, found.span, places)}],
        "partialFingerprints": {"ruleAndLine/v1": fingerprints.of(found, places)},
    });
    if !found.labels.is_empty() {
        let related = found.labels.iter().enumerate().map(|(id, label)| {
            let place = place(&label.path, label.span, places);
            json!({"id": id, "message": {"text": label.text}, "physicalLocation": place})
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &found.fix {
        result["fixes"] = json!([mending(fix, &found.path, places)]);
    }
    result
}

fn mending(fix: &Fix, path: &Arc<str>, places: &mut Places<'_>) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        let deleted = region(path, edit.span, places);
        json!({"deletedRegion": deleted, "insertedContent": {"text": edit.replacement}})
    });
    let replacements: Vec<_> = replacements.collect();
    let change = json!({"artifactLocation": artifact(path), "replacements": replacements});
    json!({"description": {"text": fix.title}, "artifactChanges": [change]})
}

fn place(path: &Arc<str>, span: Span, places: &mut Places<'_>) -> Value {
    json!({"artifactLocation": artifact(path), "region": region(path, span, places)})
}

fn artifact(path: &str) -> Value {
    json!({"uri": uri(path), "uriBaseId": TOP})
}

/// As in our own positions, the end column is the one after the last character.
fn region(path: &Arc<str>, span: Span, places: &mut Places<'_>) -> Value {
    let (start, end) = places.range(path, span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;
    use crate::text::problem::Problem;

    #[test]
    fn a_finding_has_its_place_its_rule_and_its_fix() {
        let path = Arc::from("incidents/a b/incident.md");
        let text = "---\ntitle: 결제 실패\nimpct: {}\n---\n";
        let key = Span::new(text.find("impct").unwrap(), text.find(": {}").unwrap());
        let title = Span::new(text.find("실패").unwrap(), text.find("\nimpct").unwrap());
        let problem = Problem::new("unknown-key", key, "`impct` is not a key")
            .label(title, "beside this")
            .fix(Fix::safe("write `impact`", key, "impact"));
        let rule = |name, level| RuleInfo {
            name,
            level,
            summary: "a summary",
            explain: "\n## What it finds\n\nA key\nof no meaning.\n\nMore.\n",
            tags: vec!["format"],
            url: Some(format!("https://example.com/#{name}")),
        };
        let rules = [rule("other", Level::Info), rule("unknown-key", Level::Error)];
        let sources = Sources::from([(Arc::clone(&path), text.into())]);
        let report = Report::new(vec![Diagnostic::new(Level::Warning, &path, problem)], sources, 1);
        let mut out = Vec::new();
        write(&report, &rules, 1, &mut out).unwrap();
        let document: Value = serde_json::from_slice(&out).unwrap();

        let run = &document["runs"][0];
        assert_eq!(run["invocations"][0]["exitCode"], 1);
        assert_eq!(run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"], "note");
        assert_eq!(run["tool"]["driver"]["rules"][0]["fullDescription"]["text"], "A key\nof no meaning.");
        assert_eq!(run["tool"]["driver"]["rules"][1]["helpUri"], "https://example.com/#unknown-key");
        let result = &run["results"][0];
        assert_eq!((&result["ruleIndex"], &result["level"]), (&json!(1), &json!("warning")));
        let artifact = json!({"uri": "incidents/a%20b/incident.md", "uriBaseId": "%SRCROOT%"});
        let region = json!({"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 6});
        assert_eq!(
            result["locations"],
            json!([{"physicalLocation": {"artifactLocation": artifact, "region": region}}])
        );
        let label = json!({"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 13});
        assert_eq!(result["relatedLocations"][0]["physicalLocation"]["region"], label);
        assert_eq!(
            result["fixes"],
            json!([{"description": {"text": "write `impact`"}, "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": "impact"}}],
            }]}])
        );
    }
}
