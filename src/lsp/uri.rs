//! Addresses of files.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands in a path as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The file of an address; nothing for an address that is no file on this machine, such as an unsaved document.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let drive = path.strip_prefix('/').filter(|path| path.as_bytes().get(1) == Some(&b':'));
    path.starts_with('/').then(|| PathBuf::from(drive.unwrap_or(&path)))
}

pub fn of(path: &Path) -> Uri {
    let path = path.to_string_lossy().replace('\\', "/");
    let root = if path.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{root}{}", utf8_percent_encode(&path, ESCAPED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_file_and_back() {
        let file = Path::new("/srv/incidents of 2024/결제#1/incident.md");
        let uri = of(file);
        assert_eq!(uri.0, "file:///srv/incidents%20of%202024/%EA%B2%B0%EC%A0%9C%231/incident.md");
        assert_eq!(path(&uri).as_deref(), Some(file));
        assert_eq!(path(&"file:///c%3A/incidents/x.md".into()), Some("c:/incidents/x.md".into()));
        assert_eq!(path(&"untitled:Untitled-1".into()), None);
    }
}
