//! Everything that the files of a site are made from, as of one moment.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

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
    pub fn page_at(&self, path: &str) -> Option<Page> {
        let is_there = |page: &Page| page.path(&self.site) == path;
        // Nearly every folder has the name of its event. The names of all others would take longer than the page.
        let named = path.rsplit('/').nth(1).and_then(|id| self.places.get(id)).map(|place| Page::Event(*place));
        named.filter(is_there).or_else(|| self.pages.iter().find(|page| is_there(page)).cloned())
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
