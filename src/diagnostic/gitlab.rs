//! The report as GitLab's code quality artifact, which the widget and the diff of a merge request show.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{Diagnostic, Level, Places, Report, message_and_help};

/// Writes the document and a final end of line.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(&report.sources);
    let mut fingerprints = Fingerprints::default();
    let issues = report.diagnostics.iter().map(|found| Issue::new(found, &mut places, &mut fingerprints));
    serde_json::to_writer_pretty(&mut *out, &issues.collect::<Vec<_>>())?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl<'a> Issue<'a> {
    fn new(found: &'a Diagnostic, places: &mut Places<'_>, fingerprints: &mut Fingerprints) -> Self {
        let (start, end) = places.range(&found.path, found.span);
        Self {
            description: message_and_help(found),
            check_name: found.rule,
            fingerprint: fingerprints.of(found, places),
            severity: match found.level {
                Level::Error => "major",
                Level::Warning => "minor",
                Level::Info => "info",
            },
            location: Location { path: &found.path, lines: Lines { begin: start.line, end: end.line } },
        }
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Sources;
    use crate::text::problem::Problem;
    use crate::text::span::Span;

    #[test]
    fn the_document() {
        let path = Arc::from("incidents/a/incident.md");
        let problem = Problem::new("unknown-key", Span::new(4, 9), "`impct` is not a key");
        let report = vec![Diagnostic::new(Level::Error, &path, problem)];
        let sources = Sources::from([(Arc::clone(&path), "---\nimpct: {}\n".into())]);
        let mut out = Vec::new();
        write(&Report::new(report, sources, 1), &mut out).unwrap();
        assert_data_eq!(
            String::from_utf8(out).unwrap(),
            str![[r#"
[
  {
    "description": "`impct` is not a key",
    "check_name": "unknown-key",
    "fingerprint": "[..]",
    "severity": "major",
    "location": {
      "path": "incidents/a/incident.md",
      "lines": {
        "begin": 2,
        "end": 2
      }
    }
  }
]

"#]]
        );
    }
}
