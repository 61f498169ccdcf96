//! The report as one JSON document, for programs. `docs/check-output.md` describes it; a change that could break a reader
//! raises `VERSION`.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use super::{Diagnostic, Level, Places, Report};
use crate::text::problem::{self, Safety};
use crate::text::span::Span;

const VERSION: u32 = 1;

/// Writes the document and a final end of line.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(&report.sources);
    let document = Document {
        version: VERSION,
        diagnostics: report.diagnostics.iter().map(|diagnostic| Finding::new(diagnostic, &mut places)).collect(),
        summary: Summary {
            records: report.records,
            errors: report.count(Level::Error),
            warnings: report.count(Level::Warning),
            infos: report.count(Level::Info),
        },
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    diagnostics: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    records: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Lines and columns count from 1, columns in characters; offsets count bytes from 0. An end is the place after the last
/// character.
#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, places: &mut Places<'_>) -> Self {
        Self {
            rule: diagnostic.rule,
            level: diagnostic.level.name(),
            message: &diagnostic.message,
            place: Place::new(&diagnostic.path, diagnostic.span, places),
            help: diagnostic.help.as_deref(),
            labels: diagnostic
                .labels
                .iter()
                .map(|label| Label { text: &label.text, place: Place::new(&label.path, label.span, places) })
                .collect(),
            fix: diagnostic.fix.as_ref().map(|fix| Fix::new(fix, &diagnostic.path, places)),
        }
    }
}

impl<'a> Place<'a> {
    fn new(path: &'a Arc<str>, span: Span, places: &mut Places<'_>) -> Self {
        let (start, end) = places.range(path, span);
        Self {
            path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            start: span.start,
            end: span.end,
        }
    }
}

impl<'a> Fix<'a> {
    fn new(fix: &'a problem::Fix, path: &'a Arc<str>, places: &mut Places<'_>) -> Self {
        Self {
            title: &fix.title,
            safety: match fix.safety {
                Safety::Safe => "safe",
                Safety::Unsafe => "unsafe",
            },
            edits: fix
                .edits
                .iter()
                .map(|edit| Edit { place: Place::new(path, edit.span, places), replacement: &edit.replacement })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::diagnostic::Sources;
    use crate::text::problem::Problem;

    #[test]
    fn the_document() {
        let path = Arc::from("incidents/a/incident.md");
        let text = "---\ntitle: 결제 실패\nimpct: {}\n---\n";
        let key = Span::new(text.find("impct").unwrap(), text.find(": {}").unwrap());
        let title = Span::new(text.find("실패").unwrap(), text.find("\nimpct").unwrap());
        let problem = Problem::new("unknown-key", key, "`impct` is not a key")
            .label(title, "beside this")
            .help("did you mean `impact`?")
            .fix(problem::Fix::safe("write `impact`", key, "impact").uncertain());
        let sources = Sources::from([(Arc::clone(&path), Arc::from(text))]);
        let mut out = Vec::new();
        let diagnostics = vec![Diagnostic::new(Level::Error, &path, problem)];
        write(&Report::new(diagnostics, sources, 14), &mut out).unwrap();
        assert_data_eq!(
            String::from_utf8(out).unwrap(),
            str![[r#"
{
  "version": 1,
  "diagnostics": [
    {
      "rule": "unknown-key",
      "level": "error",
      "message": "`impct` is not a key",
      "path": "incidents/a/incident.md",
      "line": 3,
      "column": 1,
      "end_line": 3,
      "end_column": 6,
      "start": 25,
      "end": 30,
      "help": "did you mean `impact`?",
      "labels": [
        {
          "text": "beside this",
          "path": "incidents/a/incident.md",
          "line": 2,
          "column": 11,
          "end_line": 2,
          "end_column": 13,
          "start": 18,
          "end": 24
        }
      ],
      "fix": {
        "title": "write `impact`",
        "safety": "unsafe",
        "edits": [
          {
            "path": "incidents/a/incident.md",
            "line": 3,
            "column": 1,
            "end_line": 3,
            "end_column": 6,
            "start": 25,
            "end": 30,
            "replacement": "impact"
          }
        ]
      }
    }
  ],
  "summary": {
    "records": 14,
    "errors": 1,
    "warnings": 0,
    "infos": 0
  }
}

"#]]
        );
    }
}
