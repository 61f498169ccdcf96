use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What browsers are shown at this moment.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    pub build: Option<Build>,
    /// Why the newest change is not shown.
    refusal: Option<Arc<str>>,
    /// What is wrong with what is shown. It stands until the next judgement, also while what it is about changes.
    verdict: Option<Arc<str>>,
}

/// A site and the name of its build.
#[derive(Clone)]
pub struct Build {
    /// Names the build, also among those of an earlier server on the same port: a page that a browser kept open
    /// compares it to learn whether it is out of date.
    pub name: Arc<str>,
    pub site: Arc<dyn super::Site>,
}

impl fmt::Debug for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Build").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Shown {
    /// Whether the first build is over.
    pub const fn is_ready(&self) -> bool {
        self.build.is_some() || self.refusal.is_some()
    }

    /// What the author is to read.
    pub fn trouble(&self) -> Option<&str> {
        self.refusal.as_deref().or(self.verdict.as_deref())
    }

    /// Takes over a site, and gives back the one before. One in which no byte changed keeps its name, so that no page reloads
    /// for it.
    pub fn show(&mut self, site: &Arc<dyn super::Site>) -> Option<Build> {
        self.refusal = None;
        if self.build.as_ref().is_some_and(|build| Arc::ptr_eq(&build.site, site)) {
            return None;
        }
        self.build.replace(Build { name: new_name(), site: Arc::clone(site) })
    }

    /// Keeps the site that is shown, and says why.
    pub fn refuse(&mut self, diagnostics: &str) {
        self.refusal = Some(diagnostics.into());
    }

    /// Takes over what is wrong with the site that is shown. False where that was known.
    pub fn judge(&mut self, diagnostics: Option<String>) -> bool {
        let verdict = diagnostics.map(Arc::from);
        let is_news = self.verdict != verdict;
        self.verdict = verdict;
        is_news
    }
}

fn new_name() -> Arc<str> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    format!("{:x}", since.unwrap_or_default().as_micros()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Empty(#[expect(dead_code, reason = "values without a size may share their address")] u8);

    impl crate::serve::Site for Empty {
        fn file(&self, _: &str) -> Result<Option<Vec<u8>>, String> {
            Ok(None)
        }
    }

    fn site() -> Arc<dyn crate::serve::Site> {
        Arc::new(Empty(0))
    }

    fn name(shown: &Shown) -> Arc<str> {
        shown.build.as_ref().unwrap().name.clone()
    }

    #[test]
    fn a_change_that_is_refused_keeps_the_last_site_until_the_next_one() {
        let mut shown = Shown::default();
        shown.show(&site());
        let first = name(&shown);
        shown.refuse("error: no title");
        assert_eq!((name(&shown), shown.trouble()), (first.clone(), Some("error: no title")));
        shown.show(&site());
        assert_ne!(name(&shown), first);
        assert_eq!(shown.trouble(), None);
    }

    #[test]
    fn what_is_wrong_with_a_site_stands_until_it_is_judged_again() {
        let mut shown = Shown::default();
        shown.show(&site());
        assert!(shown.judge(Some("error: old".into())));
        assert!(!shown.judge(Some("error: old".into())), "browsers know that");
        shown.show(&site());
        assert_eq!(shown.trouble(), Some("error: old"));
        shown.judge(None);
        assert_eq!(shown.trouble(), None);
    }

    #[test]
    fn the_same_site_keeps_its_name() {
        let mut shown = Shown::default();
        let same = site();
        shown.show(&same);
        let first = name(&shown);
        shown.show(&same);
        assert_eq!(name(&shown), first);
    }
}
