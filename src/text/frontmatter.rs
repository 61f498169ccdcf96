//! The `---` block at the head of a record, and what is wrong with it where there is none.

use memchr::{memchr, memmem};

use super::problem::{Edit, Fix, Problem, Safety};
use super::span::Span;

/// A larger file is refused unread: records are written by hand, and a parser should never meet a hostile size.
pub const MAX_BYTES: usize = 1 << 20;

/// The parts of a file, with what was found wrong on the way.
#[derive(Debug, Default)]
pub struct Split {
    /// Between the fences. `None` where there is no front matter to read.
    pub front: Option<Span>,
    /// After the closing fence.
    pub body: Span,
    pub problems: Vec<Problem>,
}

/// One line without its line break.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    span: Span,
    text: &'a str,
    /// Where the next line starts.
    next: usize,
}

/// Finds the front matter. Never fails: whatever is wrong is a problem at its place.
pub fn split(text: &str) -> Split {
    let mut problems = Vec::new();
    // A file over the limit is not searched for links either.
    let end = if text.len() > MAX_BYTES { 0 } else { text.len() };
    let whole = |problems| Split { front: None, body: Span::new(0, end), problems };
    if !is_readable(text, &mut problems) {
        return whole(problems);
    }
    match fences(text) {
        Ok((front, body)) => Split { front: Some(front), body, problems },
        Err(problem) => {
            problems.push(*problem);
            whole(problems)
        }
    }
}

/// Whether a file can be judged at all, record or not; reports its size, its line endings and conflicts of a merge.
pub fn is_readable(text: &str, problems: &mut Vec<Problem>) -> bool {
    if text.len() > MAX_BYTES {
        let message = format!("this file has {} bytes; 1 MiB is the limit, so it was not read", text.len());
        let help = "move logs and exports into attachments beside the record, and link to them";
        problems.push(Problem::new("file-too-large", Span::at(0), message).help(help));
        return false;
    }
    byte_order_mark(text, problems);
    mixed_line_endings(text, problems);
    !conflict_markers(text, problems)
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let rest = &text[start..];
        let length = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let content = rest[..length].strip_suffix('\r').unwrap_or(&rest[..length]);
        let line = Line {
            span: Span::new(start, start + content.len()),
            text: content,
            next: (start + length + 1).min(text.len()),
        };
        start = start + length + 1;
        Some(line)
    })
}

fn byte_order_mark(text: &str, problems: &mut Vec<Problem>) {
    if text.starts_with('\u{feff}') {
        let span = Span::new(0, '\u{feff}'.len_utf8());
        problems.push(
            Problem::new(
                "line-endings",
                span,
                "the file begins with an invisible byte-order mark, which other tools take for text",
            )
            .help("save the file as UTF-8 without a byte-order mark")
            .fix(Fix::safe("remove the byte-order mark", span, "")),
        );
    }
}

fn mixed_line_endings(text: &str, problems: &mut Vec<Problem>) {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return;
    }
    let breaks: Vec<(usize, bool)> = text
        .bytes()
        .enumerate()
        .filter(|(_, b)| *b == b'\n')
        .map(|(i, _)| (i, i > 0 && text.as_bytes()[i - 1] == b'\r'))
        .collect();
    let windows = breaks.iter().filter(|(_, crlf)| *crlf).count();
    if windows == 0 || windows == breaks.len() {
        return;
    }
    // The file follows its majority; git shows the fewest changed lines that way.
    let crlf_wins = windows * 2 > breaks.len();
    let odd: Vec<usize> = breaks.iter().filter(|(_, crlf)| *crlf != crlf_wins).map(|(i, _)| *i).collect();
    let edits = odd
        .iter()
        .map(|i| Edit {
            span: if crlf_wins { Span::at(*i) } else { Span::new(i - 1, *i) },
            replacement: if crlf_wins { "\r".into() } else { String::new() },
        })
        .collect();
    let (usual, other) = if crlf_wins { ("CRLF", "LF") } else { ("LF", "CRLF") };
    let place = if crlf_wins { odd[0] } else { odd[0] - 1 };
    problems.push(
        Problem::new(
            "line-endings",
            Span::at(place),
            format!(
                "{} of {} lines end in {other}, the others in {usual}: every editor shows another diff",
                odd.len(),
                breaks.len()
            ),
        )
        .help(format!("end every line in {usual}"))
        .fix(Fix { title: format!("end every line in {usual}"), edits, safety: Safety::Safe }),
    );
}

/// Reports every conflict. A file in conflict has two contents, so nothing else in it is judged.
fn conflict_markers(text: &str, problems: &mut Vec<Problem>) -> bool {
    if memmem::find(text.as_bytes(), b"<<<<<<<").is_none() {
        return false;
    }
    let starts = |line: &Line<'_>, marker: &str| {
        line.text.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let all: Vec<Line<'_>> = lines(text).collect();
    let ours: Vec<&Line<'_>> = all.iter().filter(|l| starts(l, "<<<<<<<")).collect();
    let theirs: Vec<&Line<'_>> = all.iter().filter(|l| starts(l, ">>>>>>>")).collect();
    if ours.is_empty() || theirs.is_empty() {
        return false;
    }
    for line in ours {
        let mut problem = Problem::new(
            "conflict-markers",
            line.span,
            "a merge left its conflict in this file, so it holds two versions at once",
        )
        .help("keep what is right of both sides (entries in the order of `at`), then delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
        if let Some(end) = theirs.get(theirs.partition_point(|end| end.span.start < line.span.start)) {
            problem = problem.label(end.span, "the conflict ends here");
        }
        problems.push(problem);
    }
    true
}

/// Front matter and body, or why there is none.
fn fences(text: &str) -> Result<(Span, Span), Box<Problem>> {
    let text_start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let missing = |span: Span, message: &str| Problem::new("missing-front-matter", span, message);
    let bare = |line: &Line<'_>| line.text.trim_start_matches('\u{feff}').trim_end().to_owned();
    let Some(first) = lines(text).find(|line| !bare(line).is_empty()) else {
        return Err(missing(Span::at(0), "the file is empty; a record begins with front matter")
            .help("start it with a line `---`, then `title:` and `timeline:`, then `---`")
            .into());
    };
    let opening = bare(&first);
    if opening != "---" {
        return Err(no_opening(text, &first, &opening).into());
    }
    if first.span.start > text_start {
        return Err(missing(first.span, "there are empty lines before the front matter, so other tools do not see it")
            .help("make `---` the first line of the file")
            .fix(Fix::safe("remove the empty lines", Span::new(text_start, first.span.start), ""))
            .into());
    }
    if let Some(line) = lines(text).skip(1).find(|line| line.text.trim_end() == "---") {
        return Ok((Span::new(first.next, line.span.start), Span::new(line.next, text.len())));
    }
    let wrong = lines(text).skip(1).find(|line| looks_like_fence(line.text.trim_end()));
    let problem = match wrong {
        Some(line) => missing(line.span, "the front matter must be closed by a line of exactly three hyphens, `---`")
            .label(first.span, "it is opened here")
            .fix(Fix::safe("write `---`", line.span, "---")),
        None => missing(first.span, "the front matter that opens here is never closed")
            .help("put a line `---` after the last key, before the text of the record"),
    };
    Err(problem.into())
}

fn no_opening(text: &str, first: &Line<'_>, opening: &str) -> Problem {
    let problem = |message: &str| Problem::new("missing-front-matter", first.span, message);
    if opening == "+++" {
        return problem("the front matter is fenced by `+++`, which means TOML; records are YAML")
            .help("fence it by `---` and write `key: value`");
    }
    if looks_like_fence(opening) {
        let start = first.span.end - first.text.trim_start_matches('\u{feff}').len();
        return problem("the front matter must be opened by a line of exactly three hyphens, `---`").fix(Fix::safe(
            "write `---`",
            Span::new(start, first.span.end),
            "---",
        ));
    }
    let fence = lines(text).find(|line| line.text.trim_end() == "---");
    match fence {
        Some(fence) if fence.span.start > first.span.start && key_like(opening) => {
            problem("the front matter is not opened: the line `---` before the first key is missing")
                .fix(Fix::safe("insert `---`", Span::at(first.span.start), "---\n").uncertain())
        }
        Some(fence) => problem("there is text before the front matter, so it is not front matter")
            .label(fence.span, "the front matter seems to begin here")
            .help("make `---` the first line of the file, and move this text after the closing `---`"),
        None => problem("this record has no front matter, so nothing in it can be read")
            .help("start the file with a line `---`, then `title:` and `timeline:`, then `---`"),
    }
}

/// Dashes of other kinds, more or fewer of them, other tools' fences.
fn looks_like_fence(line: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' | ' ');
    let dashes = line.chars().filter(|c| *c != ' ').count();
    !line.is_empty() && !line.starts_with(' ') && line != "-" && dashes > 0 && line.chars().all(dash)
        || matches!(line, "..." | "***" | "___" | "~~~" | "===" | "```" | "```yaml")
}

fn key_like(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| {
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<&'static str> {
        split(text).problems.iter().map(|p| p.rule).collect()
    }

    fn front(text: &str) -> Option<&str> {
        split(text).front.map(|span| &text[span.range()])
    }

    #[test]
    fn finds_the_block_whatever_the_line_ends() {
        assert_eq!(front("---\na: 1\n---\nbody"), Some("a: 1\n"));
        assert_eq!(front("---\r\na: 1\r\n---\r\nbody\r\n"), Some("a: 1\r\n"));
        assert_eq!(front("---\na: 1\n---"), Some("a: 1\n"));
        assert_eq!(front("---\n---\n"), Some(""));
        let text = "---\na: 1\n---\nbody\n---\nmore";
        assert_eq!(&text[split(text).body.range()], "body\n---\nmore");
    }

    #[test]
    fn a_dash_rule_inside_a_value_does_not_end_it() {
        assert_eq!(front("---\na: |\n  x\n  ---\n---\n"), Some("a: |\n  x\n  ---\n"));
    }

    #[test]
    fn a_byte_order_mark_costs_nothing_else() {
        let text = "\u{feff}---\na: 1\n---\n";
        assert_eq!(rules(text), ["line-endings"]);
        assert_eq!(front(text), Some("a: 1\n"));
    }

    #[test]
    fn names_what_is_wrong_with_the_fence() {
        for text in [
            "",
            "title: x\n",
            "—\ntitle: x\n---\n",
            "--\na: 1\n---\n",
            "---\na: 1\n",
            "---\na: 1\n----\n",
            "\n---\na: 1\n---\n",
            "Hello\n---\na: 1\n---\n",
            "+++\na = 1\n+++\n",
        ] {
            assert_eq!(rules(text), ["missing-front-matter"], "{text:?}");
            assert_eq!(front(text), None, "{text:?}");
        }
    }

    #[test]
    fn conflicts_hide_everything_else() {
        let text = "---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n---\n";
        assert_eq!(rules(text), ["conflict-markers"]);
        assert_eq!(rules("---\na: 1\n---\nTitle\n=======\n"), Vec::<&str>::new());
    }

    #[test]
    fn mixed_line_ends_follow_the_majority() {
        let text = "---\r\na: 1\n---\nx\n";
        let fix = split(text).problems.remove(0).fix.unwrap();
        assert_eq!(fix.edits.len(), 1);
        assert_eq!(&text[fix.edits[0].span.range()], "\r");
    }
}
