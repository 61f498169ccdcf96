//! Internal texts, word by word.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::{Found, Place, is_published, public_texts, public_words};
use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::internal::{self, InternalText};
use crate::site::builtin::Files;
use crate::text::letters::{self, Window, Writing};
use crate::text::markdown;
use crate::text::span::Span;

/// The windows of all internal texts that nobody said in public.
#[derive(Debug)]
pub struct Texts<'a> {
    archive: &'a Archive,
    origins: HashMap<u64, Origin>,
    filter: Filter,
}

/// Where a window comes from.
#[derive(Clone, Copy, Debug)]
struct Origin {
    /// The place of the record in the archive; nothing for the configuration.
    record: Option<usize>,
    key: &'static str,
    span: Span,
}

/// A window that was seen, and its hash.
pub type Hit = (u64, Window);

impl<'a> Texts<'a> {
    pub fn of(archive: &'a Archive) -> Self {
        let config = internal::texts_of_config(archive).iter().flat_map(|text| origins(None, text)).collect::<Vec<_>>();
        let records: Vec<Vec<(u64, Origin)>> = archive
            .records
            .par_iter()
            .enumerate()
            .map(|(place, record)| internal::texts(record).iter().flat_map(|text| origins(Some(place), text)).collect())
            .collect();
        let mut origins = HashMap::new();
        for (hash, origin) in records.into_iter().flatten().chain(config) {
            origins.entry(hash).or_insert(origin);
        }
        // What was also said in public is public.
        let filter = Filter::of(origins.keys());
        for (_, public) in public_texts(archive) {
            letters::windows(public.text.as_bytes(), Writing::Plain, |hash, _| {
                if filter.may_have(hash) {
                    origins.remove(&hash);
                }
            });
        }
        Self { filter: Filter::of(origins.keys()), archive, origins }
    }

    /// The internal windows in a file of the site, each once.
    pub fn find(&self, path: &str, text: &str) -> HashSet<Hit> {
        let mut found = HashSet::new();
        letters::windows(text.as_bytes(), writing(path), |hash, window| {
            if self.filter.may_have(hash) && self.origins.contains_key(&hash) {
                found.insert((hash, window()));
            }
        });
        found
    }

    /// What of it is a leak, and where it comes from. A window that our own words or public names make up is none.
    pub fn confirm<'p>(&self, hits: &[(&'p str, &HashSet<Hit>)], files: &Files) -> Vec<(&'p str, Found)> {
        let all: HashSet<Hit> = hits.iter().flat_map(|(_, hits)| *hits).copied().collect();
        if all.is_empty() {
            return Vec::new();
        }
        let harmless = self.harmless(all, files);
        let sources: HashMap<u64, Found> = self
            .origins
            .iter()
            .filter(|(hash, _)| !harmless.contains(hash))
            .map(|(h, o)| (*h, self.tell(*o)))
            .collect();
        let mut leaks = Vec::new();
        for (page, hits) in hits {
            let found: std::collections::BTreeSet<&Found> =
                hits.iter().filter_map(|(hash, _)| sources.get(hash)).collect();
            leaks.extend(found.into_iter().map(|found| (*page, found.clone())));
        }
        leaks
    }

    /// The windows among `hits` that say nothing internal.
    fn harmless(&self, hits: HashSet<Hit>, files: &Files) -> HashSet<u64> {
        let mut seen = HashSet::new();
        let mut look = |text: &str, writing| {
            letters::windows(text.as_bytes(), writing, |hash, _| _ = seen.insert(hash));
        };
        for (_, public) in public_texts(self.archive) {
            let mut html = String::new();
            markdown::to_html(public.text, &mut html);
            look(&html, Writing::Markup);
            look(&markdown::plain_text(public.text), Writing::Plain);
        }
        files.builtins().for_each(|(_, text)| look(text, Writing::Markup));
        public_words(&self.archive.config).into_iter().for_each(|word| look(word, Writing::Plain));
        let url = self.archive.config.site.url.as_ref().map_or("", |url| &url.value);
        for record in self.archive.records.iter().filter(|record| is_published(record)) {
            look(&format!("{url}/incidents/{}", record.id), Writing::Plain);
        }
        let phrases = self.phrases(files);
        let made_up = hits.into_iter().filter(|(_, window)| is_made_of(window, &phrases)).map(|(hash, _)| hash);
        seen.extend(made_up.collect::<Vec<_>>());
        seen
    }

    /// What pages put side by side: names of services, titles and ids of events, words of the interface. The longest
    /// come first.
    fn phrases(&self, files: &Files) -> Vec<Vec<u8>> {
        /// Shorter ones are in every text.
        const SHORTEST: usize = 6;
        let public = self.archive.records.iter().filter(|record| record.visibility() == Visibility::Public);
        let events = public.flat_map(|record| {
            let title = record.title().map(|title| title.value.as_str());
            title.into_iter().chain([&*record.id])
        });
        let words = files
            .builtins()
            .filter(|(name, _)| name.ends_with(".ftl"))
            .flat_map(|(_, text)| text.lines().filter_map(|line| line.split_once('=')).map(|(_, word)| word));
        let all = public_words(&self.archive.config).into_iter().chain(words).chain(events);
        let phrases: HashSet<Vec<u8>> = all.map(letters::only).filter(|phrase| phrase.len() >= SHORTEST).collect();
        let mut phrases: Vec<Vec<u8>> = phrases.into_iter().collect();
        phrases.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        phrases
    }

    fn tell(&self, origin: Origin) -> Found {
        let Origin { record, key, span } = origin;
        let record = record.and_then(|place| self.archive.records.get(place));
        let (path, text) = match record {
            Some(record) => (&record.path, &record.text),
            None => (&self.archive.config.path, &self.archive.config.text),
        };
        (format!("an internal text (`{key}`)"), Some(Place::new(path, text, span)))
    }
}

fn origins(record: Option<usize>, text: &InternalText) -> impl Iterator<Item = (u64, Origin)> {
    let origin = Origin { record, key: text.key, span: text.span };
    letters::samples(&text.text).into_iter().map(move |(hash, _)| (hash, origin))
}

fn writing(path: &str) -> Writing {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json" | "ics") => Writing::Escaped,
        Some("html" | "xml" | "atom" | "rss" | "svg") => Writing::Markup,
        _ => Writing::Plain,
    }
}

/// Whether next to nothing of a window is left without the phrases in it. The last one may be cut by its end.
fn is_made_of(window: &Window, phrases: &[Vec<u8>]) -> bool {
    const LEFT_OVER: usize = 4;
    let mut rest = window.to_vec();
    for phrase in phrases {
        while let Some(at) = rest.windows(phrase.len()).position(|part| part == phrase) {
            rest.drain(at..at + phrase.len());
        }
    }
    let is_cut = |length: &usize| phrases.iter().any(|phrase| phrase.starts_with(&rest[rest.len() - length..]));
    let cut = (0..=rest.len()).rev().find(is_cut).unwrap_or_default();
    rest.len() - cut <= LEFT_OVER
}

/// Says of almost every hash at once that it is none of ours.
#[derive(Debug)]
struct Filter(Vec<u64>);

impl Filter {
    /// Two megabytes: what is asked millions of times has to stay near the processor.
    const BITS: u32 = 24;

    fn of<'h>(hashes: impl Iterator<Item = &'h u64>) -> Self {
        let mut words = vec![0; 1 << (Self::BITS - 6)];
        for hash in hashes {
            let (word, bit) = Self::place(*hash);
            if let Some(word) = words.get_mut(word) {
                *word |= bit;
            }
        }
        Self(words)
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The upper bits, which depend on all letters of a window.
    const fn place(hash: u64) -> (usize, u64) {
        let bit = hash >> (u64::BITS - Self::BITS);
        ((bit >> 6) as usize, 1 << (bit & 63))
    }
}
