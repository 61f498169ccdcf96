//! Everything that the files of a site are made from, as of one moment.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::Made;
use super::health::{self, Health, Overall};
use super::look::Look;
use super::output::Output;
use super::plan::{self, Month, Page};
use super::projection::Projection;
use super::view::Facts;

#[derive(Debug)]
pub struct Draft {
    pub look: Arc<Look>,
    pub site: Projection,
    pub pages: Vec<Page>,
    health: Vec<Health>,
    overall: Overall,
    months: BTreeMap<Month, Vec<usize>>,
    places: HashMap<Arc<str>, usize>,
    has_summaries: bool,
    /// The pages by their paths, for who asks for one.
    by_path: OnceLock<HashMap<String, usize>>,
}

impl Draft {
    pub fn new(look: Arc<Look>, site: Projection) -> Self {
        let health = health::of(&site);
        let months = plan::months(&site);
        Self {
            overall: Overall::of(&site, &health),
            pages: plan::pages(&site, &months),
            places: site.events.iter().enumerate().map(|(place, event)| (Arc::clone(&event.id), place)).collect(),
            has_summaries: site.events.iter().any(|event| event.summary.is_some()),
            by_path: OnceLock::new(),
            look,
            site,
            health,
            months,
        }
    }

    pub fn facts(&self) -> Facts<'_> {
        Facts {
            site: &self.site,
            health: &self.health,
            overall: self.overall,
            months: &self.months,
            places: &self.places,
            has_summaries: self.has_summaries,
            languages: &self.look.tags,
            autonyms: &self.look.autonyms,
        }
    }

    /// The page at a path below the root of a language.
    pub fn page_at(&self, path: &str) -> Option<&Page> {
        let paths = || self.pages.iter().enumerate().map(|(place, page)| (page.path(&self.site), place)).collect();
        self.pages.get(*self.by_path.get_or_init(paths).get(path)?)
    }

    /// Everything that there is to make. What takes longest comes first.
    pub fn outputs(&self) -> Vec<Output> {
        let voices = 0..self.look.voices.len();
        voices.flat_map(|voice| Output::of_language(self, voice)).chain(Output::of_site(self)).collect()
    }

    pub fn made(&self) -> Made {
        Made {
            homes: self.look.voices.iter().map(|voice| plan::file(&voice.language.prefix)).collect(),
            pages: self.pages.len() * self.look.voices.len(),
            notes: self.look.notes.clone(),
        }
    }
}
