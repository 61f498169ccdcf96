//! Who put the lines of a file there, and when.

use std::collections::{BTreeMap, HashMap};

use super::exec::{Failure, Git};

/// The commit that a line comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its id, abbreviated.
    pub commit: String,
    /// The name of its author.
    pub author: String,
    /// When it was made, in seconds since 1970.
    pub seconds: i64,
}

/// How much of a commit's id is shown.
const ABBREVIATED: usize = 10;

/// The origins of some lines of a file in the work tree, counted from 0. What is not among them is not committed yet.
/// A line that was only indented anew comes from whoever wrote it.
///
/// # Errors
///
/// Git cannot be run, or cannot read the history.
pub fn of_lines(git: &Git, path: &str, lines: &[usize]) -> Result<BTreeMap<usize, Origin>, Failure> {
    let is_committed = git.ask(&["cat-file", "-e", &format!("HEAD:{}{path}", git.prefix())])?.ok;
    if !is_committed || lines.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut args = vec!["blame".to_owned(), "--porcelain".to_owned(), "-w".to_owned()];
    args.extend(lines.iter().map(|line| format!("-L{0},{0}", line + 1)));
    args.extend(["--".to_owned(), path.to_owned()]);
    Ok(parse(&git.run(&args)?))
}

/// Reads the porcelain format: each line of the file is headed by its commit, the first one of a commit also by what is
/// known of that.
fn parse(blame: &str) -> BTreeMap<usize, Origin> {
    let mut commits: HashMap<&str, Origin> = HashMap::new();
    let mut lines = BTreeMap::new();
    let mut header = None;
    for line in blame.lines() {
        if line.starts_with('\t') {
            // The line itself ends what is said of it.
            header = None;
            continue;
        }
        let (key, value) = line.split_once(' ').unwrap_or((line, ""));
        let Some(id) = header else {
            let number = value.split(' ').nth(1).and_then(|number| number.parse::<usize>().ok());
            lines.extend(number.and_then(|number| Some((number.checked_sub(1)?, key))));
            header = Some(key);
            continue;
        };
        let origin = commits.entry(id).or_default();
        match key {
            "author" => value.clone_into(&mut origin.author),
            "author-time" => origin.seconds = value.parse().unwrap_or_default(),
            _ => {}
        }
    }
    let known = |(line, id): (usize, &str)| {
        let is_commit = id.bytes().any(|digit| digit != b'0');
        let origin = commits.get(id).filter(|_| is_commit)?;
        Some((line, Origin { commit: id.chars().take(ABBREVIATED).collect(), ..origin.clone() }))
    };
    lines.into_iter().filter_map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_the_commit_it_came_with() {
        let blame = "\
11111111111111111111 6 6 1\nauthor Mara Ito\nauthor-time 1714557000\nsummary x: triage\nfilename x.md\n\t  - at: 1\n\
00000000000000000000 9 9 1\nauthor Not Committed Yet\nauthor-time 1714557060\nsummary x\n\tauthor Nobody\n\
11111111111111111111 7 12 1\n\t  - at: 2\n";
        let origins = parse(blame);
        let mara = Origin { commit: "1111111111".into(), author: "Mara Ito".into(), seconds: 1_714_557_000 };
        assert_eq!(origins, [(5, mara.clone()), (11, mara)].into());
    }
}
