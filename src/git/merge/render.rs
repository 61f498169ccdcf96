//! The pieces of a merge, joined, with markers around what the sides disagree about.

/// A stretch of the result.
#[derive(Clone, Debug)]
pub enum Hunk<'a> {
    /// Exactly as one of the versions has it.
    Text(&'a str),
    /// Merged line by line.
    Own(String),
    /// Whole lines of both sides; none on the side that removed them.
    Conflict { ours: Vec<&'a str>, theirs: Vec<&'a str> },
}

/// Joins pieces. Markers end their lines as `like` does.
pub fn join(hunks: &[Hunk<'_>], like: &str) -> String {
    let newline = if like.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::new();
    for hunk in hunks {
        match hunk {
            Hunk::Text(text) => out.push_str(text),
            Hunk::Own(text) => out.push_str(text),
            Hunk::Conflict { ours, theirs } => {
                for (marker, lines) in [("<<<<<<< ours", ours), ("=======", theirs)] {
                    out.push_str(marker);
                    out.push_str(newline);
                    lines.iter().for_each(|line| out.push_str(line));
                }
                out.push_str(">>>>>>> theirs");
                out.push_str(newline);
            }
        }
    }
    out
}
