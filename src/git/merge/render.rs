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

/// What markers call the sides. In a rebase "ours" is what the others pushed, so git's own names for them say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels<'l> {
    pub ours: &'l str,
    pub theirs: &'l str,
}

impl Default for Labels<'_> {
    fn default() -> Self {
        Self { ours: "ours", theirs: "theirs" }
    }
}

/// Joins pieces. Markers end their lines as `like` does.
pub fn join(hunks: &[Hunk<'_>], like: &str, labels: Labels<'_>) -> String {
    let newline = if like.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::new();
    for hunk in hunks {
        match hunk {
            Hunk::Text(text) => out.push_str(text),
            Hunk::Own(text) => out.push_str(text),
            Hunk::Conflict { ours, theirs } => {
                out.push_str(&format!("<<<<<<< {}{newline}{}", labels.ours, ours.concat()));
                out.push_str(&format!("======={newline}{}", theirs.concat()));
                out.push_str(&format!(">>>>>>> {}{newline}", labels.theirs));
            }
        }
    }
    out
}
