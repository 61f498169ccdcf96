//! Applies the fixes that findings carry, again and again until nothing is left to apply.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Options, run_with};
use crate::diagnostic::Report;
use crate::record::archive::{Archive, CONFIG_PATH, Overlay, Tree, TreeError};
use crate::record::history::History;
use crate::text::frontmatter;
use crate::text::problem::{Edit, Fix, Safety};
use crate::text::span::Span;
use crate::text::yaml;

/// A fix may bring out what it hid, such as everything behind a syntax error. Fixes that never come to rest undo each other.
pub const ROUNDS: usize = 10;

/// An archive after its fixes.
#[derive(Debug)]
pub struct Fixed {
    /// The new texts of the files that change.
    pub files: BTreeMap<Arc<str>, String>,
    /// How many findings were mended.
    pub mended: usize,
    /// What is left.
    pub report: Report,
}

/// Checks a tree and mends what can be mended, in memory. `Safety::Safe` applies only what needs no second look.
///
/// # Errors
///
/// The tree cannot be read.
pub fn fix(tree: &dyn Tree, history: &History, options: &Options, boldness: Safety) -> Result<Fixed, TreeError> {
    let mut files: BTreeMap<Arc<str>, String> = BTreeMap::new();
    let mut mended = 0;
    for _ in 0..ROUNDS {
        let archive = Archive::load(&Overlay { tree, files: &files })?;
        let report = run_with(&archive, history, options);
        let round = mend(&report, boldness);
        if round.is_empty() {
            return Ok(Fixed { files, mended, report });
        }
        for (path, text, count) in round {
            files.insert(path, text);
            mended += count;
        }
    }
    let archive = Archive::load(&Overlay { tree, files: &files })?;
    Ok(Fixed { report: run_with(&archive, history, options), files, mended })
}

/// The texts of one round, each with the number of fixes in it.
pub fn mend(report: &Report, boldness: Safety) -> Vec<(Arc<str>, String, usize)> {
    let mut fixes: BTreeMap<&Arc<str>, Vec<&Fix>> = BTreeMap::new();
    for found in &report.diagnostics {
        let fits = |fix: &&Fix| fix.safety == Safety::Safe || boldness == Safety::Unsafe;
        if let Some(fix) = found.fix.as_ref().filter(fits) {
            fixes.entry(&found.path).or_default().push(fix);
        }
    }
    let mended = fixes.into_iter().filter_map(|(path, fixes)| {
        let old = report.sources.get(path)?;
        let (new, count) = apply(old, &fixes);
        // A fix was made for a fault that was understood; where it leaves a file unreadable, it was not.
        let sound = is_readable(path, &new) || !is_readable(path, old);
        (new != **old && sound).then(|| (Arc::clone(path), new, count))
    });
    mended.collect()
}

fn is_readable(path: &str, text: &str) -> bool {
    let front = match path {
        CONFIG_PATH => Some(Span::new(0, text.len())),
        _ => frontmatter::split(text).front,
    };
    front.is_some_and(|front| yaml::parse(text, front, &mut Vec::new()).is_some())
}

/// Applies the fixes that do not meet. The others have their turn in the next round, should they still be needed.
fn apply(text: &str, fixes: &[&Fix]) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for fix in fixes {
        if fix.edits.iter().all(|edit| taken.iter().all(|other| !meet(edit, other))) {
            taken.extend(&fix.edits);
            count += 1;
        }
    }
    taken.sort_by_key(|edit| edit.span);
    let mut out = text.to_owned();
    for edit in taken.into_iter().rev() {
        out.replace_range(edit.span.range(), &edit.replacement);
    }
    (out, count)
}

const fn meet(a: &Edit, b: &Edit) -> bool {
    a.span.start <= b.span.end && b.span.start <= a.span.end
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::record::archive::Memory;
    use crate::text::problem::Problem;

    const PATH: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";

    /// The record after its fixes, and the errors that are left.
    fn fixed(text: &str, boldness: Safety) -> (String, usize) {
        let config = "people: [{id: mara}]\nservices: [{id: checkout}]\n";
        let files = [(PATH, text), (CONFIG_PATH, config)];
        let tree = Memory(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
        let options = Options { as_of: "2024-05-02T00:00:00Z".parse::<Timestamp>().unwrap(), ..Options::default() };
        let mut fixed = fix(&tree, &History::default(), &options, boldness).unwrap();
        (fixed.files.remove(PATH).unwrap_or_else(|| text.to_owned()), fixed.report.count(Level::Error))
    }

    const HIDDEN: &str = "\u{feff}---\ntitle: Outage: checkout # why\ntimeline:\n  - at: 2024-05-01T9:50Z\n    by: mara\n    staus: triage\n---\n";

    #[test]
    fn what_a_fix_brings_out_is_fixed_too() {
        let safe = "---\ntitle: \"Outage: checkout\" # why\ntimeline:\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    staus: triage\n---\n";
        assert_eq!(fixed(HIDDEN, Safety::Safe), (safe.to_owned(), 1));
    }

    #[test]
    fn what_was_probably_meant_is_written_only_when_asked_for() {
        let (text, errors) = fixed(HIDDEN, Safety::Unsafe);
        assert_eq!((text.contains("    status: triage\n"), errors), (true, 0), "{text}");
    }

    #[test]
    fn fixes_that_meet_take_turns() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), replacement: text.into() };
        let fix = |edits| Fix { title: String::new(), edits, safety: Safety::Safe };
        let first = fix(vec![edit(0, 1, "xx"), edit(4, 5, "yy")]);
        let apart = edit(2, 3, "zz");
        assert_eq!(apply("abcdef", &[&first, &fix(vec![apart.clone()])]), ("xxbzzdyyf".to_owned(), 2));
        for (start, end) in [(0, 1), (1, 2), (3, 4), (3, 6), (5, 6)] {
            let second = fix(vec![apart.clone(), edit(start, end, "w")]);
            assert_eq!(apply("abcdef", &[&first, &second]), ("xxbcdyyf".to_owned(), 1), "{start}..{end}");
        }
    }

    /// A file after one round with a fix that puts a text in the place of another one.
    fn mended(path: &str, text: &str, old: &str, new: &str) -> Option<String> {
        let start = text.find(old).unwrap();
        let span = Span::new(start, start + old.len());
        let edits = vec![Edit { span, replacement: new.to_owned() }];
        let mut found = Diagnostic::new(Level::Error, &path.into(), Problem::new("raw-html", span, "x"));
        found.fix(Fix { title: String::new(), edits, safety: Safety::Safe });
        let report = Report::new(vec![found], [(path.into(), text.into())].into(), 1);
        mend(&report, Safety::Safe).pop().map(|(_, text, _)| text)
    }

    #[test]
    fn a_fix_that_would_leave_a_file_unreadable_is_not_applied() {
        let record = "---\ntitle: Checkout\n---\n";
        assert_eq!(mended(PATH, record, "Checkout", "Search"), Some(record.replace("Checkout", "Search")));
        assert_eq!(mended(PATH, record, "Checkout", "a: b"), None);
        assert_eq!(mended(PATH, record, "---\ntitle", "title"), None, "without its front matter it says nothing");
        let config = "{people: []}\n";
        assert_eq!(mended(CONFIG_PATH, config, "[]", "[{id: mara}]"), Some("{people: [{id: mara}]}\n".to_owned()));
        assert_eq!(mended(CONFIG_PATH, config, "[]", "["), None);
        // What cannot be read anyway may have more than one fault.
        let broken = "---\ntitle: a: b\ncause: c: d\n---\n";
        assert_eq!(mended(PATH, broken, "a: b", "a, b"), Some(broken.replace("a: b", "a, b")));
    }

    #[test]
    fn a_fix_that_changes_nothing_is_none() {
        assert_eq!(mended(PATH, "---\ntitle: Checkout\n---\n", "Checkout", "Checkout"), None);
    }
}
