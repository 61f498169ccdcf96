//! How often each rule was broken, for whoever cleans up an archive and asks where to begin.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Level, Report, terminal};
use crate::text::problem::Safety;

#[derive(Default)]
struct Count {
    all: usize,
    safe: usize,
    bold: usize,
}

/// Writes a line a rule, the most frequent first, and a closing line. A rule at two levels has two lines.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Level), Count> = BTreeMap::new();
    for found in &report.diagnostics {
        let count = counts.entry((found.rule, found.level)).or_default();
        count.all += 1;
        match found.fix.as_ref().map(|fix| fix.safety) {
            Some(Safety::Safe) => count.safe += 1,
            Some(Safety::Unsafe) => count.bold += 1,
            None => {}
        }
    }
    let width = counts.keys().map(|(rule, _)| rule.len()).max().unwrap_or(0);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((rule, level), count)| (std::cmp::Reverse((count.all, *level)), *rule));
    for ((rule, level), count) in &counts {
        let line = format!("{:6}  {:7}  {rule:width$}  {}", count.all, level.name(), fixable(count));
        writeln!(out, "{}", line.trim_end())?;
    }
    let gap = if counts.is_empty() { "" } else { "\n" };
    writeln!(out, "{gap}{}", terminal::closing_line(report))
}

fn fixable(count: &Count) -> String {
    let ways = [(count.safe, "by --fix"), (count.bold, "by --fix --unsafe")];
    let ways: Vec<_> = ways.iter().filter(|(count, _)| *count > 0).map(|(n, how)| format!("{n} {how}")).collect();
    ways.join(", ")
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Diagnostic, Sources};
    use crate::text::problem::{Fix, Problem};
    use crate::text::span::Span;

    #[test]
    fn the_most_frequent_stands_first() {
        let path = Arc::from("a");
        let found = |level, rule, at| Diagnostic::new(level, &path, Problem::new(rule, Span::at(at), "m"));
        let mut report = vec![found(Level::Warning, "often", 0), found(Level::Warning, "often", 1)];
        report.extend([found(Level::Error, "once", 0), found(Level::Info, "also-once", 0)]);
        report[0].fix(Fix::safe("x", Span::at(0), ""));
        report[1].fix(Fix::safe("x", Span::at(0), "").uncertain());
        let mut out = Vec::new();
        write(&Report::new(report, Sources::new(), 3), &mut out).unwrap();
        assert_data_eq!(
            String::from_utf8(out).unwrap(),
            str![[r#"
     2  warning  often      1 by --fix, 1 by --fix --unsafe
     1  error    once
     1  info     also-once

Found 1 error, 2 warnings, 1 info in 1 file; checked 3 records.

"#]]
        );
    }
}
