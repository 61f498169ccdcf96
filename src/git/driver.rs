//! How git learns to merge records by `git incident merge-driver`.

use std::fs;
use std::path::Path;

use super::exec::{Failure, Git};
use super::write::{Change, write};

/// The file that says which files are merged how.
pub const ATTRIBUTES_PATH: &str = ".gitattributes";

const ATTRIBUTE: &str = "/incidents/**/*.md merge=git-incident";

/// What every clone has to be told once, because git does not take commands from a repository.
const SETTINGS: [(&str, &str); 2] =
    [("merge.git-incident.name", "incident records, entry by entry"), ("merge.git-incident.driver", DRIVER)];

/// Git runs this in a shell. Where the program is missing, as in a graphical client with a PATH of its own, or cannot do its
/// work, git merges the lines: else the file would be left as one side has it, and nobody would see what the other wrote.
/// `git incident` would not do: git ends with 1 where there is no such command, as after a conflict.
const DRIVER: &str = "if command -v git-incident >/dev/null; \
                      then git-incident merge-driver %O %A %B %P %S %X %Y; \
                      else echo 'git-incident is not on the PATH, so the lines are merged' >&2; (exit 2); fi; \
                      case $? in 0) ;; 1) false ;; *) git merge-file -L ours -L base -L theirs %A %O %B ;; esac";

/// Sets up the merge of records in this clone: the settings, and the line in `.gitattributes` where it is missing. Returns
/// whether that file changed; then it is to be committed.
///
/// # Errors
///
/// A setting or the file cannot be written.
pub fn install(git: &Git) -> Result<bool, Failure> {
    for (key, value) in SETTINGS {
        git.run(&["config", key, value])?;
    }
    let existing = fs::read_to_string(git.root().join(Path::new(ATTRIBUTES_PATH))).unwrap_or_default();
    match attributes(&existing) {
        None => Ok(false),
        Some(text) => {
            write(git.root(), &[Change { path: ATTRIBUTES_PATH, content: Some(text.as_bytes()) }])?;
            Ok(true)
        }
    }
}

/// The attributes with the line for records. `None` where it is there already.
pub fn attributes(existing: &str) -> Option<String> {
    if existing.lines().any(|line| line.contains("merge=git-incident")) {
        return None;
    }
    let gap = if existing.is_empty() || existing.ends_with('\n') { "" } else { "\n" };
    Some(format!("{existing}{gap}{ATTRIBUTE}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays() {
        assert_eq!(attributes(""), Some(format!("{ATTRIBUTE}\n")));
        assert_eq!(attributes("*.png binary"), Some(format!("*.png binary\n{ATTRIBUTE}\n")));
        assert_eq!(attributes("incidents/** text merge=git-incident\n"), None);
    }
}
