//! The report as workflow commands of GitHub Actions, which become annotations beside the lines of a pull request.
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{self, Write};

use super::{Diagnostic, Level, Places, Report, message_and_help};

/// Writes one command a finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(&report.sources);
    report.diagnostics.iter().try_for_each(|found| writeln!(out, "{}", command(found, &mut places)))
}

fn command(found: &Diagnostic, places: &mut Places<'_>) -> String {
    let name = match found.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    let (start, end) = places.range(&found.path, found.span);
    let mut place = format!("file={},line={},endLine={}", property(&found.path), start.line, end.line);
    // GitHub refuses columns where the end is on another line.
    if start.line == end.line {
        place += &format!(",col={},endColumn={}", start.column, end.column);
    }
    format!("::{name} {place},title={}::{}", property(found.rule), data(&message_and_help(found)))
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which also ends at `,` and `:`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
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
    fn what_has_a_meaning_for_github_is_escaped() {
        let path = Arc::from("incidents/a,b: 50%/incident.md");
        let text = "결제: x\nnext\n";
        let found = |level, start, end, message: &str| {
            let problem = Problem::new("unknown-key", Span::new(start, end), message);
            Diagnostic::new(level, &path, problem)
        };
        let mut wrong = found(Level::Error, 0, 6, "100% wrong: a, b\r\n::error::injected");
        wrong.help("write `x`");
        let report = vec![wrong, found(Level::Warning, 8, 12, "over two lines"), found(Level::Info, 8, 9, "fine")];
        let sources = Sources::from([(Arc::clone(&path), text.into())]);
        let mut out = Vec::new();
        write(&Report::new(report, sources, 1), &mut out).unwrap();
        assert_data_eq!(
            String::from_utf8(out).unwrap(),
            str![[r#"
::error file=incidents/a%2Cb%3A 50%25/incident.md,line=1,endLine=1,col=1,endColumn=3,title=unknown-key::100%25 wrong: a, b%0D%0A::error::injected%0Ahelp: write `x`
::notice file=incidents/a%2Cb%3A 50%25/incident.md,line=1,endLine=1,col=5,endColumn=6,title=unknown-key::fine
::warning file=incidents/a%2Cb%3A 50%25/incident.md,line=1,endLine=2,title=unknown-key::over two lines

"#]]
        );
    }
}
