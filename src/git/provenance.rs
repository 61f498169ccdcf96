//! Who put the lines of a file there, and when.

use std::path::Path;

use git2::Repository;

use super::exec::{Failure, Git};

/// The commit that a line comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its id, abbreviated.
    pub commit: String,
    /// The name of its author.
    pub author: String,
    /// When it was made, in seconds since 1970.
    pub seconds: i64,
}

/// The origins of some lines of a file, counted from 0. `None` where a line is not committed yet.
///
/// # Errors
///
/// The repository or its history cannot be read.
pub fn of_lines(git: &Git, path: &str, text: &str, lines: &[usize]) -> Result<Vec<Option<Origin>>, Failure> {
    let find = || -> Result<Vec<Option<Origin>>, git2::Error> {
        let repository = Repository::open(git.dir())?;
        let path = format!("{}{path}", git.prefix());
        let is_committed = repository.head().and_then(|head| head.peel_to_tree()?.get_path(Path::new(&path))).is_ok();
        if !is_committed {
            return Ok(vec![None; lines.len()]);
        }
        let committed = repository.blame_file(Path::new(&path), None)?;
        let blame = committed.blame_buffer(text.as_bytes())?;
        let origin = |line: &usize| {
            let id = blame.get_line(line + 1)?.final_commit_id();
            let commit = repository.find_commit(id).ok()?;
            Some(Origin {
                commit: id.to_string()[..10].to_owned(),
                author: String::from_utf8_lossy(commit.author().name_bytes()).into_owned(),
                seconds: commit.author().when().seconds(),
            })
        };
        Ok(lines.iter().map(origin).collect())
    };
    find().map_err(|e| Failure::new(format!("the history of {path} cannot be read: {}", e.message())))
}
