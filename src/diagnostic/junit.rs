//! The report as JUnit XML, which most build servers show as test results: a suite a file, a failure a finding.

use std::io::{self, Write};
use std::sync::Arc;

use super::{Diagnostic, Places, Report, message_and_help};

/// Writes the document and a final end of line.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(&report.sources);
    let suites: Vec<&[Diagnostic]> = report.diagnostics.chunk_by(|a, b| a.path == b.path).collect();
    let count = report.diagnostics.len();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="git-incident" tests="{}" failures="{count}" errors="0">"#, count.max(1))?;
    for suite in &suites {
        let Some(Diagnostic { path, .. }) = suite.first() else { continue };
        write_suite(path, suite, &mut places, out)?;
    }
    if suites.is_empty() {
        // A document without a test reads as a failure on most servers.
        writeln!(out, r#"  <testsuite name="git-incident" tests="1" failures="0" errors="0">"#)?;
        writeln!(out, r#"    <testcase name="no problems" classname="git-incident" time="0"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(path: &Arc<str>, suite: &[Diagnostic], places: &mut Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (name, count) = (escaped(path), suite.len());
    writeln!(out, r#"  <testsuite name="{name}" tests="{count}" failures="{count}" errors="0">"#)?;
    for found in suite {
        let (start, _) = places.range(path, found.span);
        let (line, column) = (start.line, start.column);
        let (rule, level, message) = (found.rule, found.level.name(), escaped(&found.message));
        let text = escaped(&format!("{path}:{line}:{column}: {}", message_and_help(found)));
        writeln!(out, r#"    <testcase name="{rule} at {line}:{column}" classname="{name}" time="0">"#)?;
        writeln!(out, r#"      <failure type="{level}" message="{message}">{text}</failure>"#)?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

/// Text as XML can hold it, within an element or a quoted attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            // Forbidden in XML, however it is written.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::diagnostic::{Level, Sources};
    use crate::text::problem::Problem;
    use crate::text::span::Span;

    fn written(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_suite_a_file_and_a_failure_a_finding() {
        let (first, second) = (Arc::from("a/incident.md"), Arc::from("b<c>/incident.md"));
        let found = |level, path: &Arc<str>, problem| Diagnostic::new(level, path, problem);
        let report = vec![
            found(Level::Error, &first, Problem::new("r", Span::at(4), "\"a\" & <b> \u{1b}[0m").help("write `c`")),
            found(Level::Warning, &first, Problem::new("s", Span::at(0), "m")),
            found(Level::Error, &second, Problem::new("r", Span::at(0), "m")),
        ];
        let sources = Sources::from([(Arc::clone(&first), "---\nx\n".into())]);
        assert_data_eq!(
            written(&Report::new(report, sources, 2)),
            str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="git-incident" tests="3" failures="3" errors="0">
  <testsuite name="a/incident.md" tests="2" failures="2" errors="0">
    <testcase name="s at 1:1" classname="a/incident.md" time="0">
      <failure type="warning" message="m">a/incident.md:1:1: m</failure>
    </testcase>
    <testcase name="r at 2:1" classname="a/incident.md" time="0">
      <failure type="error" message="&quot;a&quot; &amp; &lt;b&gt; �[0m">a/incident.md:2:1: &quot;a&quot; &amp; &lt;b&gt; �[0m&#10;help: write `c`</failure>
    </testcase>
  </testsuite>
  <testsuite name="b&lt;c&gt;/incident.md" tests="1" failures="1" errors="0">
    <testcase name="r at 1:1" classname="b&lt;c&gt;/incident.md" time="0">
      <failure type="error" message="m">b&lt;c&gt;/incident.md:1:1: m</failure>
    </testcase>
  </testsuite>
</testsuites>

"#]]
        );
    }

    #[test]
    fn nothing_found_is_a_test_that_passes() {
        let clean = written(&Report::new(Vec::new(), Sources::new(), 3));
        assert!(clean.contains(r#"tests="1" failures="0""#) && clean.contains(r#"<testcase name="no problems""#));
    }
}
