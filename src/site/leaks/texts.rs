//! Internal texts, word by word.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::{Found, Place, is_published, public_texts, public_words};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::name::Name;
use crate::record::{internal, public};
use crate::site::builtin::Files;
use crate::text::letters::{self, Window, Writing};
use crate::text::markdown;
use crate::text::span::Span;

/// The windows of all internal texts that nobody said in public.
#[derive(Debug)]
pub struct Texts<'a> {
    archive: &'a Archive,
    /// In the order of their hashes, each once. A list, because there are millions in a large archive.
    origins: Vec<(u64, Origin)>,
    filter: Filter,
}

/// Where a window comes from, in few bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Origin {
    /// The place of the record in the archive, which a repository has fewer of than this can count; none for the
    /// configuration.
    record: u32,
    /// Where the text begins in its file.
    start: u32,
}

impl Origin {
    const CONFIG: u32 = u32::MAX;
}

/// A window that was seen, and its hash.
pub type Hit = (u64, Window);

impl<'a> Texts<'a> {
    pub fn of(archive: &'a Archive) -> Self {
        let records = archive.records.par_iter().enumerate();
        let mut origins: Vec<(u64, Origin)> = records
            .flat_map_iter(|(place, record)| {
                let mut found = Vec::new();
                let record_place = u32::try_from(place).unwrap_or(Origin::CONFIG - 1);
                internal::written(record, |text, span| note(record_place, text, span, &mut found));
                found
            })
            .collect();
        internal::texts_of_config(archive, |_, text, span| note(Origin::CONFIG, text, span, &mut origins));
        origins.par_sort_unstable();
        origins.dedup_by_key(|(hash, _)| *hash);
        let mut texts = Self { filter: Filter::of(&origins), archive, origins };
        texts.forget_what_is_public();
        texts
    }

    /// What was also said in public is public.
    fn forget_what_is_public(&mut self) {
        let records: Vec<&Record> = self.archive.all().filter(|record| is_published(record)).collect();
        let said: HashSet<u64> = records
            .par_iter()
            .flat_map_iter(|record| {
                let mut said = Vec::new();
                for public in public::texts(record) {
                    letters::windows(public.text.as_bytes(), Writing::Plain, |hash, _| {
                        said.extend(self.origin(hash).map(|_| hash));
                    });
                }
                said
            })
            .collect();
        self.origins.retain(|(hash, _)| !said.contains(hash));
        self.filter = Filter::of(&self.origins);
    }

    fn origin(&self, hash: u64) -> Option<Origin> {
        let place = || self.origins.binary_search_by_key(&hash, |(hash, _)| *hash).ok();
        self.filter.may_have(hash).then(place).flatten().and_then(|place| Some(self.origins.get(place)?.1))
    }

    /// The internal windows in a file of the site, each once.
    pub fn find(&self, path: &str, text: &str) -> HashSet<Hit> {
        let mut found = HashSet::new();
        letters::windows(text.as_bytes(), writing(path), |hash, window| {
            if self.origin(hash).is_some() {
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
        let harmless = self.harmless(&all, files);
        let internal = all.iter().filter(|(hash, _)| !harmless.contains(hash));
        let sources: HashMap<u64, Found> =
            internal.filter_map(|(hash, _)| Some((*hash, self.tell(self.origin(*hash)?)?))).collect();
        let mut leaks = Vec::new();
        for (page, hits) in hits {
            let found: std::collections::BTreeSet<&Found> =
                hits.iter().filter_map(|(hash, _)| sources.get(hash)).collect();
            leaks.extend(found.into_iter().map(|found| (*page, found.clone())));
        }
        leaks
    }

    /// The windows among `hits` that say nothing internal.
    fn harmless(&self, hits: &HashSet<Hit>, files: &Files) -> HashSet<u64> {
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
        for record in self.archive.all().filter(|record| is_published(record)) {
            look(&format!("{url}/incidents/{}", record.id), Writing::Plain);
        }
        let phrases = self.phrases(files);
        let made_up = hits.iter().filter(|(_, window)| is_made_of(window, &phrases)).map(|(hash, _)| *hash);
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
            let titles = record.name().into_iter().flat_map(Name::texts).map(|title| title.value.as_str());
            titles.chain([&*record.id])
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

    fn tell(&self, origin: Origin) -> Option<Found> {
        let record = self.archive.records.get(origin.record as usize);
        let (path, file) = match record {
            Some(record) => (&record.path, &record.text),
            None => (&self.archive.config.path, &self.archive.config.text),
        };
        let mut told = None;
        let tell = |key: &'static str, _: &str, span: Span| {
            if span.start == origin.start as usize {
                told = Some((format!("an internal text (`{key}`)"), Some(Place::new(path, file, span))));
            }
        };
        match record {
            Some(record) => internal::texts(record, tell),
            None => internal::texts_of_config(self.archive, tell),
        }
        told
    }
}

fn note(record: u32, text: &str, span: Span, origins: &mut Vec<(u64, Origin)>) {
    // A file of four gigabytes is no record.
    let origin = Origin { record, start: u32::try_from(span.start).unwrap_or(u32::MAX) };
    letters::samples(text, |hash| origins.push((hash, origin)));
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

    fn of(origins: &[(u64, Origin)]) -> Self {
        let mut words = vec![0; 1 << (Self::BITS - 6)];
        for (hash, _) in origins {
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
