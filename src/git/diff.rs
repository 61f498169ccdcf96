//! What an update would change, as people read changes; and in which files two commits differ.

use git2::{Diff, Error, Oid, Patch, Repository};

use super::write::Change;

/// A unified diff of files as they are and as they would be. Empty where nothing changes.
///
/// # Errors
///
/// The texts cannot be compared, which takes more memory than there is.
pub fn unified(changes: &[(Change<'_>, Option<Vec<u8>>)]) -> Result<String, String> {
    changes
        .iter()
        .map(|(change, before)| one(change, before.as_deref()))
        .collect::<Result<String, Error>>()
        .map_err(|e| e.message().to_owned())
}

/// What differs from one commit to another.
///
/// # Errors
///
/// One of them cannot be read.
pub fn between(repository: &Repository, old: Oid, new: Oid) -> Result<Diff<'_>, Error> {
    let tree = |id| repository.find_commit(id)?.tree();
    repository.diff_tree_to_tree(Some(&tree(old)?), Some(&tree(new)?), None)
}

fn one(change: &Change<'_>, before: Option<&[u8]>) -> Result<String, Error> {
    let (old, new) = (before.unwrap_or_default(), change.content.unwrap_or_default());
    let mut patch = Patch::from_buffers(old, None, new, None, None)?;
    let text = String::from_utf8_lossy(&patch.to_buf()?).into_owned();
    let name = |there: bool, side: char| if there { format!("{side}/{}", change.path) } else { "/dev/null".into() };
    let (old, new) = (name(before.is_some(), 'a'), name(change.content.is_some(), 'b'));
    // Its own header would have nothing to say of the path, nor of a file that is new.
    Ok(match text.find("@@") {
        Some(hunks) => format!("--- {old}\n+++ {new}\n{}", &text[hunks..]),
        None if text.is_empty() => text,
        None => format!("Binary files {old} and {new} differ\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_reads_like_gits() {
        let change = Change { path: "a/incident.md", content: Some(b"one\nthree\n") };
        let text = unified(&[(change, Some(b"one\ntwo\n".to_vec()))]).unwrap();
        assert!(
            text.contains("--- a/a/incident.md\n+++ b/a/incident.md\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n"),
            "{text}"
        );
    }

    #[test]
    fn a_new_file_comes_from_nowhere() {
        let text = unified(&[(Change { path: "x.md", content: Some(b"one\n") }, None)]).unwrap();
        assert!(text.contains("--- /dev/null\n+++ b/x.md\n"), "{text}");
        let image = Change { path: "x.png", content: Some(b"\x00\x01") };
        assert_eq!(unified(&[(image, None)]).unwrap(), "Binary files /dev/null and b/x.png differ\n");
        assert_eq!(
            unified(&[(Change { path: "x.md", content: Some(b"one\n") }, Some(b"one\n".to_vec()))]).unwrap(),
            ""
        );
    }
}
