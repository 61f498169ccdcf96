//! Takes the body of a post apart: into pieces with the labels and times that stand in front of them, and what readers
//! never saw.

use super::clock::Reading;
use super::label::{self, Label};

/// A part of a body that was written at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first line in the file, from 1.
    pub line: usize,
    pub label: Option<Label>,
    pub time: Option<PieceTime>,
    pub text: String,
}

/// Where the time of a piece was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PieceTime {
    /// The argument of a `track` shortcode.
    Track(String),
    Reading(Reading),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// In the order of the file.
    pub pieces: Vec<Piece>,
    /// HTML comments, with their lines.
    pub hidden: Vec<(usize, String)>,
    /// Lines that had an invisible character.
    pub invisible: Vec<usize>,
}

/// U+FEFF, which editors leave behind inside words and in front of labels.
const INVISIBLE: char = '\u{feff}';

/// What opens and closes a block of code.
const FENCES: [&str; 2] = ["```", "~~~"];

/// Reads a body whose first line is line `first` of its file.
pub(super) fn read(text: &str, first: usize) -> Body {
    let mut body = Body::default();
    let lines = visible_lines(text, first, &mut body);
    let mut pieces = Pieces::default();
    let mut fence: Option<&str> = None;
    for (index, (number, line)) in lines.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| lines.get(i));
        let after = lines.get(index + 1);
        let blank = |line: Option<&(usize, String)>| line.is_none_or(|(_, text)| text.trim().is_empty());
        if let Some(mark) = FENCES.into_iter().find(|mark| line.trim_start().starts_with(mark)) {
            match fence {
                None => fence = Some(mark),
                Some(open) if open == mark => fence = None,
                Some(_) => {}
            }
            pieces.push(*number, line);
        } else if fence.is_some() {
            pieces.push(*number, line);
        } else if is_rule(line, !blank(before) && blank(after)) {
            pieces.rule();
        } else {
            pieces.line(*number, line, blank(before));
        }
    }
    body.pieces = pieces.finish();
    body
}

/// The lines without what is invisible; comments go into `body.hidden`.
fn visible_lines(text: &str, first: usize, body: &mut Body) -> Vec<(usize, String)> {
    let mut comment: Option<(usize, String)> = None;
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = first + index;
        if line.contains(INVISIBLE) {
            body.invisible.push(number);
        }
        let clean = line.trim_end_matches('\r').replace(INVISIBLE, "").replace('\r', "\n");
        let mut rest = clean.as_str();
        let mut shown = String::new();
        let had_comment = comment.is_some() || rest.contains("<!--");
        loop {
            if let Some((start, mut hidden)) = comment.take() {
                match rest.split_once("-->") {
                    Some((inside, after)) => {
                        hidden.push_str(inside);
                        body.hidden.push((start, hidden.trim().to_owned()));
                        rest = after;
                    }
                    None => {
                        hidden.push_str(rest);
                        hidden.push('\n');
                        comment = Some((start, hidden));
                        break;
                    }
                }
            }
            match rest.split_once("<!--") {
                Some((before, after)) => {
                    shown.push_str(before);
                    comment = Some((number, String::new()));
                    rest = after;
                }
                None => {
                    shown.push_str(rest);
                    break;
                }
            }
        }
        if !had_comment || !shown.trim().is_empty() {
            lines.push((number, shown));
        }
    }
    // A comment that is never closed hides the rest, as it does in a browser.
    if let Some((start, hidden)) = comment {
        body.hidden.push((start, hidden.trim().to_owned()));
    }
    lines
}

/// A line of dashes. Directly under text and above a blank line it makes a heading of that text.
fn is_rule(line: &str, under_text: bool) -> bool {
    let marks: String = line.replace('\\', "").split_whitespace().collect();
    let dashes = marks.len() >= 2 && marks.bytes().all(|b| b == b'-');
    let stars = marks.len() >= 3 && (marks.bytes().all(|b| b == b'*') || marks.bytes().all(|b| b == b'_'));
    (dashes && !(under_text && marks.len() >= 3)) || stars
}

/// The pieces so far.
#[derive(Debug, Default)]
struct Pieces {
    done: Vec<Piece>,
    open: Option<Piece>,
    /// Indices of the pieces that a rule precedes.
    ruled: Vec<usize>,
    rule: bool,
}

impl Pieces {
    fn line(&mut self, number: usize, line: &str, opens: bool) {
        if let Some(head) = label::read(line, opens || self.open.is_none()) {
            self.close();
            self.start(number);
            if let Some(piece) = &mut self.open {
                piece.label = head.label;
                piece.time = head.reading.map(PieceTime::Reading);
            }
            self.push(number, &head.rest);
            return;
        }
        self.push(number, line);
    }

    /// Adds a line to the open piece. A `track` shortcode gives it its time and ends it.
    fn push(&mut self, number: usize, line: &str) {
        if self.open.is_none() {
            if line.trim().is_empty() {
                return;
            }
            self.start(number);
        }
        let Some(piece) = &mut self.open else {
            return;
        };
        let Some((text, time)) = take_track(line) else {
            piece.text.push_str(line);
            piece.text.push('\n');
            return;
        };
        piece.text.push_str(&text);
        piece.text.push('\n');
        piece.time = Some(PieceTime::Track(time));
        self.close();
    }

    fn start(&mut self, number: usize) {
        if std::mem::take(&mut self.rule) {
            self.ruled.push(self.done.len());
        }
        self.open = Some(Piece { line: number, ..Piece::default() });
    }

    fn rule(&mut self) {
        self.close();
        self.rule = true;
    }

    fn close(&mut self) {
        if let Some(mut piece) = self.open.take() {
            piece.text = tidy(&piece.text);
            self.done.push(piece);
        }
    }

    /// Where some pieces have labels or times, a rule between two that have none is a rule inside one message.
    fn finish(mut self) -> Vec<Piece> {
        self.close();
        let headed = |piece: &Piece| piece.label.is_some() || piece.time.is_some();
        let any_head = self.done.iter().any(headed);
        let mut pieces: Vec<Piece> = Vec::new();
        for (index, piece) in self.done.into_iter().enumerate() {
            match pieces.last_mut() {
                Some(last) if any_head && self.ruled.contains(&index) && !headed(last) && !headed(&piece) => {
                    last.text = format!("{}\n\n---\n\n{}", last.text, piece.text);
                }
                _ => pieces.push(piece),
            }
        }
        pieces
    }
}

/// Takes `{{< track "2018-04-13 15:54:00" >}}` out of a line.
fn take_track(line: &str) -> Option<(String, String)> {
    let start = line.find("{{<").or_else(|| line.find("{{%"))?;
    let (inside, after) = line[start + 3..].split_once("}}")?;
    let argument = inside.trim().strip_prefix("track")?.trim_end_matches(['>', '%', ' ']);
    let time = argument.trim().trim_matches(['"', '`', '\'']).to_owned();
    let before = line[..start].trim_end();
    let after = after.trim();
    let space = if before.is_empty() || after.is_empty() { "" } else { " " };
    Some((format!("{before}{space}{after}"), time))
}

/// Without what Markdown does not show: empty lines around it, more than one between paragraphs, spaces at the ends of
/// lines that do not break them. Code stays as it is.
fn tidy(text: &str) -> String {
    let text = text.trim_end();
    let first = text.find(|c: char| !c.is_whitespace()).unwrap_or(0);
    let line_start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    // Four spaces make a block of code; fewer mean nothing.
    let start = if first - line_start < 4 { first } else { line_start };
    let lines: Vec<&str> = text[start..].lines().collect();
    let mut out: Vec<String> = Vec::new();
    let mut in_code = false;
    for (index, line) in lines.iter().enumerate() {
        if FENCES.iter().any(|fence| line.trim_start().starts_with(fence)) {
            in_code = !in_code;
        }
        let follows = lines.get(index + 1).is_some_and(|next| !next.trim().is_empty());
        let breaks = line.ends_with("  ") && follows && !line.trim().is_empty();
        let blank_before = out.last().is_some_and(String::is_empty);
        let ending = if breaks { "  " } else { "" };
        if in_code || !(line.trim().is_empty() && blank_before) {
            out.push(format!("{}{ending}", line.trim_end()));
        }
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        read(text, 1)
            .pieces
            .into_iter()
            .map(|piece| {
                let label = piece.label.map_or(String::new(), |l| format!("<{}> ", l.text));
                format!("{label}{}", piece.text)
            })
            .collect()
    }

    #[test]
    fn labels_rules_and_tracks_part_messages() {
        assert_eq!(
            texts("*Update* - b\n\nmore b\n\n*Investigating* - a\n"),
            ["<Update> b\n\nmore b", "<Investigating> a"]
        );
        assert_eq!(texts("c\n\n---\n\nb\n\n\\---\n\na\n"), ["c", "b", "a"]);
        assert_eq!(
            texts("**X**:\nback {{< track \"2018-11-27 03:54:00\" >}}\n\nfirst\n{{< track \"2018-11-24 03:54:00\" >}}"),
            ["**X**:\nback", "first"]
        );
    }

    #[test]
    fn a_rule_inside_the_announcement_is_kept() {
        assert_eq!(
            texts("**Update** done\n\n---\n\nThey say:\n\n--\n\nSorry."),
            ["<Update> done", "They say:\n\n---\n\nSorry."]
        );
    }

    #[test]
    fn code_is_never_taken_apart() {
        let code = "```\n---\n**Update** x\n```";
        assert_eq!(texts(code), [code]);
        assert_eq!(texts("Title\n---\n\ntext"), ["Title\n---\n\ntext"]);
    }

    #[test]
    fn invisible_characters_do_not_hide_a_label() {
        let body = read("*\u{feff}*Update** done\n\nW\u{feff}e look\n", 10);
        assert_eq!(body.pieces[0].text, "done\n\nWe look");
        assert_eq!(body.invisible, [10, 12]);
    }

    #[test]
    fn comments_are_hidden_but_kept() {
        let body = read("<!-- [Final Message]\nDone -->\n\n[Initial Message]\nGo\n", 1);
        assert_eq!(body.hidden, [(1, "[Final Message]\nDone".to_owned())]);
        assert_eq!(body.pieces.len(), 1);
        assert_eq!(body.pieces[0].text, "Go");
    }
}
