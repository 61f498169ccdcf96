//! The report as text for people, in the manner of rustc: the place, the line, what is wrong with it, and what to do.
//!
//! Colours are written as escape codes; give `write` an `anstream` stream, which drops them where they do not belong.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Style, Origin, Patch, Renderer, Snippet};
use rayon::prelude::*;

use super::{Diagnostic, Level, Places, Report, uri};
use crate::text::count::counted;
use crate::text::problem::Fix;
use crate::text::span::{LineIndex, Span};

/// Bytes of a line that are shown; of a place further to the right only the numbers are.
const LINE_REACH: usize = 2_000;
/// A label this many lines away from the one above it gets a frame of its own.
const FRAME_REACH: usize = 12;
/// More labels than this would bury the finding.
const MOST_LABELS: usize = 12;
/// A fix that touches more lines than this is named, not shown.
const FIX_LINES: usize = 6;

/// So many findings are put into words by one thread; those of a file stand together and share its lines.
const AT_ONCE: usize = 256;

/// Where a terminal that can follow links goes.
#[derive(Clone, Debug)]
pub struct Links {
    /// The addresses of the pages of rules, by their names.
    pub rules: BTreeMap<&'static str, String>,
    /// The root of the archive on this machine.
    pub root: PathBuf,
}

/// Writes every finding and a closing line that counts them.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_linked(report, None, out)
}

/// The same with links, for a terminal that can follow them.
pub fn write_linked(report: &Report, links: Option<&Links>, out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled();
    let text = |chunk: &[Diagnostic]| -> String {
        let mut places = Places::new(&report.sources);
        chunk.iter().map(|found| render(found, &mut places, links, &renderer) + "\n\n").collect()
    };
    let texts: Vec<String> = report.diagnostics.par_chunks(AT_ONCE).map(text).collect();
    texts.iter().try_for_each(|text| out.write_all(text.as_bytes()))?;
    writeln!(out, "{}", closing_line(report))
}

/// What was found and in how much, in one sentence.
pub fn closing_line(report: &Report) -> String {
    let records = counted(report.records, "record");
    let found: Vec<_> = [Level::Error, Level::Warning, Level::Info]
        .into_iter()
        .map(|level| (report.count(level), level))
        .filter(|(count, _)| *count > 0)
        .map(|(count, level)| match level {
            Level::Info => format!("{count} info"),
            level => counted(count, level.name()),
        })
        .collect();
    if found.is_empty() {
        return format!("Checked {records}: no problems.");
    }
    let files = counted(report.files(), "file");
    format!("Found {} in {files}; checked {records}.", found.join(", "))
}

fn render(diagnostic: &Diagnostic, places: &mut Places<'_>, links: Option<&Links>, renderer: &Renderer) -> String {
    let style = match diagnostic.level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
        Level::Info => Style::INFO,
    };
    let mut title = style.primary_title(visible(&diagnostic.message)).id(diagnostic.rule);
    if let Some(page) = links.and_then(|links| links.rules.get(diagnostic.rule)) {
        title = title.id_url(page.as_str());
    }
    let mut group = Group::with_title(title);
    for frame in frames(diagnostic, places) {
        group = add_frame(group, &frame, places, links);
    }
    // What to do is said once: over the fix where it is shown, else in words.
    let title = diagnostic.fix.as_ref().map(|fix| fix.title.as_str());
    let help = diagnostic.help.as_deref().or(title).map(visible);
    let shown_fix = diagnostic.fix.as_ref().and_then(|fix| patch(diagnostic, fix, places));
    let shown_fix = shown_fix.map(|fix| Style::HELP.secondary_title(help.clone().unwrap_or_default()).element(fix));
    if let (None, Some(help)) = (&shown_fix, help) {
        group = group.element(Style::HELP.message(help));
    }
    let mut groups = vec![group];
    groups.extend(shown_fix);
    renderer.render(&groups)
}

/// Marks that are shown together: near to each other in one file.
struct Frame {
    path: Arc<str>,
    marks: Vec<Mark>,
}

struct Mark {
    span: Span,
    /// From 0.
    line: usize,
    text: Option<String>,
    primary: bool,
}

/// The place of the finding first, then its labels.
fn frames(diagnostic: &Diagnostic, places: &mut Places<'_>) -> Vec<Frame> {
    let place = (&diagnostic.path, diagnostic.span, None, true);
    let labels = diagnostic.labels.iter().take(MOST_LABELS);
    let labels = labels.map(|label| (&label.path, label.span, Some(visible(&label.text)), false));
    let mut frames: Vec<Frame> = Vec::new();
    for (path, span, text, primary) in std::iter::once(place).chain(labels) {
        let line = places.of(path).map_or(0, |(_, lines)| lines.line(span.start));
        let mark = Mark { span, line, text, primary };
        let near = |frame: &&mut Frame| {
            frame.path == *path && frame.marks.iter().any(|other| other.line.abs_diff(line) <= FRAME_REACH)
        };
        match frames.iter_mut().find(near) {
            Some(frame) => frame.marks.push(mark),
            None => frames.push(Frame { path: Arc::clone(path), marks: vec![mark] }),
        }
    }
    frames
}

fn add_frame<'a>(group: Group<'a>, frame: &Frame, places: &mut Places<'_>, links: Option<&Links>) -> Group<'a> {
    let path = linked(&frame.path, links);
    let (Some((text, lines)), Some(head)) = (places.of(&frame.path), frame.marks.first()) else {
        return group.element(Origin::path(path));
    };
    let first = frame.marks.iter().map(|mark| mark.line).min().unwrap_or(head.line);
    let last = frame.marks.iter().map(|mark| mark.line).max().unwrap_or(head.line);

    let mut source = String::new();
    let mut annotations = Vec::new();
    for number in first..=last {
        let line = line_span(text, lines, number);
        let marks = frame.marks.iter().filter(|mark| mark.line == number);
        let at = source.len();
        let mut shown = line.start;
        for mark in marks {
            let range = on_line(text, mark.span, line);
            shown = shown.max(range.end);
            annotations.push(annotation(mark, at + range.start - line.start..at + range.end - line.start));
        }
        if shown - line.start > LINE_REACH {
            let place = lines.position(text, head.span.start);
            return group.element(Origin::path(path).line(place.line).char_column(place.column));
        }
        let end = text.floor_char_boundary(line.end.min(line.start + LINE_REACH));
        source.push_str(&text[line.start..end]);
        source.push('\n');
    }
    let snippet = Snippet::source(source).path(path).line_start(first + 1);
    group.element(snippet.annotations(annotations))
}

/// The part of a mark that is on the line where it begins: what a longer one covers is plain from the indentation.
fn on_line(text: &str, mark: Span, line: Span) -> Range<usize> {
    let start = text.floor_char_boundary(mark.start.clamp(line.start, line.end));
    start..text.floor_char_boundary(mark.end.clamp(start, line.end))
}

fn annotation<'a>(mark: &Mark, range: Range<usize>) -> Annotation<'a> {
    let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    kind.span(range).label(mark.text.clone())
}

/// A line without its end.
fn line_span(text: &str, lines: &LineIndex, number: usize) -> Span {
    let start = lines.line_start(number).unwrap_or(text.len());
    let end = lines.line_start(number + 1).unwrap_or(text.len());
    let length = text[start..end].trim_end_matches(['\n', '\r']).len();
    let mark = if text[start..].starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Span::new(start + mark.min(length), start + length)
}

/// A short fix as a diff.
fn patch<'a>(diagnostic: &Diagnostic, fix: &'a Fix, places: &mut Places<'_>) -> Option<Snippet<'a, Patch<'a>>> {
    let (text, lines) = places.of(&diagnostic.path)?;
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    let (top, bottom) = (lines.line(first.span.start), lines.line(last.span.end));
    let added = fix.edits.iter().map(|edit| edit.replacement.lines().count()).sum::<usize>();
    let shown = Span::new(line_span(text, lines, top).start, line_span(text, lines, bottom).end.max(last.span.end));
    if bottom - top >= FIX_LINES || added > FIX_LINES || shown.end - shown.start > LINE_REACH {
        return None;
    }
    let patches = fix.edits.iter().map(|edit| {
        let within = |offset: usize| offset.saturating_sub(shown.start);
        Patch::new(within(edit.span.start)..within(edit.span.end), edit.replacement.as_str())
    });
    Some(Snippet::source(text.get(shown.range())?.to_owned()).line_start(top + 1).patches(patches))
}

/// A path, which leads to its file where the terminal can follow links (OSC 8).
fn linked(path: &str, links: Option<&Links>) -> String {
    let shown = visible(path);
    match links.and_then(|links| links.root.join(path).to_str().map(uri)) {
        Some(address) => format!("\u{1b}]8;;file://{address}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\"),
        None => shown,
    }
}

/// Text as it can be trusted on a terminal: what would move the cursor or turn the writing direction is spelled out.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let moves = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let turns =
            matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if moves || turns {
            out.extend(c.escape_debug());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::diagnostic::Sources;
    use crate::text::problem::Problem;

    const TEXT: &str = "---\ntitle: 결제 실패\nsevertiy: sev2\n---\n";

    fn show(path: &str, text: &str, problem: Problem) -> String {
        let path = Arc::from(path);
        let sources = Sources::from([(Arc::clone(&path), Arc::from(text))]);
        let report = Report::new(vec![Diagnostic::new(Level::Error, &path, problem)], sources, 3);
        plain(&report)
    }

    fn plain(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    #[test]
    fn a_finding_shows_its_line_and_its_fix() {
        let key = span(TEXT, "severtiy");
        let problem = Problem::new("unknown-key", key, "`severtiy` is not a key of an incident")
            .label(span(TEXT, "결제 실패"), "beside the title")
            .help("remove it")
            .fix(Fix::safe("write `severity`", key, "severity"));
        assert_data_eq!(
            show("incidents/a/incident.md", TEXT, problem),
            str![[r#"
error[unknown-key]: `severtiy` is not a key of an incident
 --> incidents/a/incident.md:3:1
  |
2 | title: 결제 실패
  |        --------- beside the title
3 | severtiy: sev2
  | ^^^^^^^^
  |
help: remove it
  |
3 - severtiy: sev2
3 + severity: sev2
  |

Found 1 error in 1 file; checked 3 records.

"#]]
        );
    }

    #[test]
    fn a_terminal_that_can_follow_links_gets_them() {
        let path = Arc::from("a b.md");
        let sources = Sources::from([(Arc::clone(&path), Arc::from(TEXT))]);
        let problem = Problem::new("unknown-key", span(TEXT, "severtiy"), "unknown");
        let report = Report::new(vec![Diagnostic::new(Level::Error, &path, problem)], sources, 1);
        let page = "https://example.com/rules#unknown-key".to_owned();
        let links = Links { rules: BTreeMap::from([("unknown-key", page)]), root: "/tmp".into() };
        let mut out = Vec::new();
        write_linked(&report, Some(&links), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("]8;;https://example.com/rules#unknown-key\u{1b}\\"), "{out:?}");
        assert!(out.contains("]8;;file:///tmp/a%20b.md\u{1b}\\a b.md"), "{out:?}");
        assert_eq!(anstream::adapter::strip_str(&out).to_string(), plain(&report));
    }

    #[test]
    fn nothing_found() {
        let report = Report::new(Vec::new(), Sources::new(), 1);
        assert_data_eq!(plain(&report), "Checked 1 record: no problems.\n");
    }

    #[test]
    fn what_could_fool_a_terminal_is_spelled_out() {
        let shown = show(
            "in\u{1b}[2Jcidents/\u{202e}a",
            "key: \u{1b}[31m\u{202e}x\n",
            Problem::new("r", Span::new(0, 3), "bad\u{7} \u{2066}value\nnext"),
        );
        assert!(shown.contains(r"in\u{1b}[2Jcidents/\u{202e}a:1:1"), "{shown}");
        assert!(shown.contains(r"bad\u{7} \u{2066}value\nnext"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{2066}']), "{shown}");
    }

    #[test]
    fn a_file_that_could_not_be_read_has_no_lines() {
        let path = Arc::from("a");
        let problem = Problem::new("file-too-large", Span::at(0), "it is too large");
        let report = Report::new(vec![Diagnostic::new(Level::Error, &path, problem)], Sources::new(), 1);
        assert_data_eq!(
            plain(&report),
            str![[r#"
error[file-too-large]: it is too large
--> a

Found 1 error in 1 file; checked 1 record.

"#]]
        );
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let text = format!("START{}MIDDLE{}", "결".repeat(9_000), "나".repeat(9_000));
        let at_start = show("a", &text, Problem::new("r", span(&text, "START"), "here"));
        assert!(at_start.contains("START") && at_start.len() < 3_000, "{at_start}");
        let further = show("a", &text, Problem::new("r", span(&text, "MIDDLE"), "here"));
        assert_data_eq!(
            further,
            str![[r#"
error[r]: here
--> a:1:9006

Found 1 error in 1 file; checked 3 records.

"#]]
        );
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        for (start, end) in [(4, 900), (900, 901), (12, 11), (17, 18)] {
            show("a", TEXT, Problem::new("r", Span::new(start, end), "here"));
        }
        show("a", "", Problem::new("r", Span::at(0), "empty"));
        show("a", "\u{feff}", Problem::new("r", Span::new(0, 3), "mark"));
    }
}
