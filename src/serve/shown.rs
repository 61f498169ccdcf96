use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::body::Bytes;

use super::{Failure, Files};

/// What browsers are shown at this moment.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The last good build; a makeshift one until there was one.
    pub site: Option<Site>,
    /// Whether `site` is a good build.
    good: bool,
    /// The diagnostics of the newest build, if that one failed.
    pub trouble: Option<Arc<str>>,
}

/// The files of one build.
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
    pub fn update(&mut self, result: Result<Files, Failure>) {
        match result {
            Ok(files) => {
                self.trouble = None;
                self.good = true;
                self.show(files);
            }
            Err(Failure { diagnostics, makeshift }) => {
                self.trouble = Some(diagnostics.into());
                if let Some(files) = makeshift.filter(|_| !self.good) {
                    self.show(files);
                }
            }
        }
    }

    fn show(&mut self, files: Files) {
        let files: BTreeMap<_, _> = files.into_iter().map(|(path, bytes)| (path, Bytes::from(bytes))).collect();
        if self.site.as_ref().is_none_or(|site| *site.files != files) {
            self.site = Some(Site { build: new_name(), files: Arc::new(files) });
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

    fn files(text: &str) -> Result<Files, Failure> {
        Ok(Files::from([("index.html".to_owned(), text.into())]))
    }

    #[test]
    fn a_failed_build_keeps_the_last_good_site_until_the_next_one() {
        let mut shown = Shown::default();
        shown.update(files("one"));
        let first = shown.site.clone().unwrap();

        shown.update(Err("error: no title".to_owned().into()));
        assert_eq!(shown.site.as_ref().unwrap().build, first.build);
        assert_eq!(shown.trouble.as_deref(), Some("error: no title"));

        shown.update(files("two"));
        assert_ne!(shown.site.as_ref().unwrap().build, first.build);
        assert_eq!(shown.trouble, None);
    }

    #[test]
    fn a_makeshift_build_is_shown_only_until_there_was_a_good_one() {
        let makeshift = |text: &str| Err(Failure { diagnostics: "error: old".into(), makeshift: files(text).ok() });
        let page = |shown: &Shown| shown.site.as_ref().map(|site| site.files["index.html"].clone());
        let mut shown = Shown::default();
        shown.update(makeshift("one"));
        assert_eq!(page(&shown), Some(Bytes::from("one")));
        shown.update(makeshift("two"));
        assert_eq!(page(&shown), Some(Bytes::from("two")));
        assert_eq!(shown.trouble.as_deref(), Some("error: old"));
        shown.update(files("good"));
        shown.update(makeshift("three"));
        assert_eq!(page(&shown), Some(Bytes::from("good")));
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
