//! What an update would change, as people read changes.

use git2::{Error, Patch};

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

fn one(change: &Change<'_>, before: Option<&[u8]>) -> Result<String, Error> {
    let path = std::path::Path::new(change.path);
    let name = |there: bool| there.then_some(path);
    let mut patch = Patch::from_buffers(
        before.unwrap_or_default(),
        name(before.is_some()),
        change.content.unwrap_or_default(),
        name(change.content.is_some()),
        None,
    )?;
    let text = patch.to_buf()?;
    Ok(String::from_utf8_lossy(&text).into_owned())
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
        assert_eq!(
            unified(&[(Change { path: "x.md", content: Some(b"one\n") }, Some(b"one\n".to_vec()))]).unwrap(),
            ""
        );
    }
}
