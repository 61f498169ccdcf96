use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::body::Bytes;

use super::Files;

/// What browsers are shown at this moment.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The last good build; none until there was one.
    pub site: Option<Site>,
    /// The diagnostics of the newest build, if that one failed.
    pub trouble: Option<Arc<str>>,
}

/// The files of one good build.
#[derive(Clone, Debug)]
pub struct Site {
    /// Names the build, also among those of an earlier server on the same port: a page that a browser kept open
    /// compares it to learn whether it is out of date.
    pub build: Arc<str>,
    pub files: Arc<BTreeMap<String, Bytes>>,
}

impl Shown {
    /// Whether the first build is over.
    pub const fn is_ready(&self) -> bool {
        self.site.is_some() || self.trouble.is_some()
    }

    /// Takes over the result of a build. One that changed no byte keeps its name, so that no page reloads for it.
    pub fn update(&mut self, result: Result<Files, String>) {
        match result {
            Ok(files) => {
                self.trouble = None;
                let files: BTreeMap<_, _> = files.into_iter().map(|(path, bytes)| (path, Bytes::from(bytes))).collect();
                if self.site.as_ref().is_none_or(|site| *site.files != files) {
                    self.site = Some(Site { build: new_name(), files: Arc::new(files) });
                }
            }
            Err(diagnostics) => self.trouble = Some(diagnostics.into()),
        }
    }
}

fn new_name() -> Arc<str> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    format!("{:x}", since.unwrap_or_default().as_micros()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Result<Files, String> {
        Ok(Files::from([("index.html".to_owned(), text.into())]))
    }

    #[test]
    fn a_failed_build_keeps_the_last_good_site_until_the_next_one() {
        let mut shown = Shown::default();
        shown.update(files("one"));
        let first = shown.site.clone().unwrap();

        shown.update(Err("error: no title".into()));
        assert_eq!(shown.site.as_ref().unwrap().build, first.build);
        assert_eq!(shown.trouble.as_deref(), Some("error: no title"));

        shown.update(files("two"));
        assert_ne!(shown.site.as_ref().unwrap().build, first.build);
        assert_eq!(shown.trouble, None);
    }

    #[test]
    fn a_build_that_changes_nothing_keeps_its_name() {
        let mut shown = Shown::default();
        shown.update(files("same"));
        let first = shown.site.clone().unwrap();
        shown.update(files("same"));
        assert_eq!(shown.site.unwrap().build, first.build);
    }
}
