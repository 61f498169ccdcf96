//! What can be told to be internal by its form: names, ids, hosts, mail addresses, credentials.

use std::collections::{BTreeSet, HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{Found, Place, is_published, public_texts, public_words};
use crate::record::archive::Archive;
use crate::record::canary::{Canaries, Canary};
use crate::record::{Kind, Record};
use crate::site::builtin::Files;
use crate::site::stable_id;
use crate::text::span::Span;
use crate::text::{hosts, personal, secrets};

/// Something that was found in a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hit {
    /// With its article.
    kind: &'static str,
    /// The rule of `check` that finds the same in a text for the public.
    rule: Option<&'static str>,
    text: String,
}

/// So many marks are looked for in the fastest way, which takes the most memory: some ten megabytes for as many names.
const FEW: usize = 2_000;

const NAMES: &str = "internal-name-in-public";
const PERSONS: &str = "personal-data";
const SECRETS: &str = "secret-in-record";

#[derive(Debug)]
pub struct Forms<'a> {
    archive: &'a Archive,
    canaries: Canaries,
    /// The ids of the records that readers know nothing of, also the old ones.
    ids: HashSet<&'a str>,
    /// The domains of `private.hosts`.
    domains: Vec<&'a str>,
    /// What everything that is looked for has in it; by the index of the mark, what it may be.
    search: Option<AhoCorasick>,
    marks: Vec<Mark>,
}

/// What a mark may be a part of.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Name,
    /// An internal host or a mail address.
    Address,
    /// An id, which begins with it.
    Id,
}

impl<'a> Forms<'a> {
    pub fn of(archive: &'a Archive) -> Self {
        let domains: Vec<&str> = archive.config.private.hosts.iter().map(|host| host.value.as_str()).collect();
        let events = archive.all().filter(|record| record.kind != Kind::Postmortem);
        let ids_of = |record: &'a Record| {
            let aliases = record.aliases().iter().map(|alias| alias.value.as_str());
            [&*record.id].into_iter().chain(aliases)
        };
        let ids: HashSet<&str> = events.filter(|record| !is_published(record)).flat_map(ids_of).collect();
        let years: BTreeSet<&str> = ids.iter().filter_map(|id| id.get(..YEAR)).collect();
        let canaries = Canaries::of(archive);
        let addresses = hosts::MARKS.into_iter().chain(["@"]).chain(domains.iter().copied());
        let marks = addresses.map(|mark| (mark, Mark::Address));
        let marks = marks.chain(years.into_iter().map(|year| (year, Mark::Id)));
        let marks = marks.chain(canaries.spellings().map(|name| (name, Mark::Name)));
        let (texts, marks): (Vec<&str>, Vec<Mark>) = marks.filter(|(mark, _)| !mark.is_empty()).unzip();
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind((texts.len() < FEW).then_some(AhoCorasickKind::DFA))
            .build(texts)
            .ok();
        Self { archive, canaries, ids, domains, search, marks }
    }

    /// Everything internal in a text of the site, each once.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let secrets = secrets::find(text).into_iter();
        let mut hits: Vec<Hit> = secrets.map(|secret| hit(text, secret.span, "a credential", Some(SECRETS))).collect();
        let mut is_named = false;
        for found in self.search.iter().flat_map(|search| search.find_overlapping_iter(text)) {
            match self.marks.get(found.pattern().as_usize()) {
                Some(Mark::Address) => self.addresses(text, found.span().into(), &mut hits),
                Some(Mark::Id) => hits.extend(self.id(text, found.start())),
                Some(Mark::Name) | None => is_named = true,
            }
        }
        if is_named {
            hits.extend(self.names(text));
        }
        hits.sort();
        hits.dedup();
        hits
    }

    fn names<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Hit> {
        self.canaries.find(text).filter_map(move |(span, canary)| match canary {
            Canary::Person => Some(hit(text, span, "the name of one of us", Some(PERSONS))),
            Canary::Ticket => Some(hit(text, span, "a ticket key", Some(NAMES))),
            Canary::Customer => Some(hit(text, span, "the name of a customer", Some(NAMES))),
            // A word that readers use as well, and that ids of public records may have in them.
            Canary::Severity => None,
        })
    }

    fn id(&self, text: &str, start: usize) -> Option<Hit> {
        let id = id_at(text, start);
        let kind = "the id of a record that is not public";
        self.ids.contains(id).then(|| Hit { kind, rule: None, text: id.to_owned() })
    }

    /// Internal hosts and mail addresses. Looking closely at everything would take longer than building it.
    fn addresses(&self, text: &str, mark: Span, hits: &mut Vec<Hit>) {
        let near = &text[surroundings(text, mark.start, mark.end)];
        hits.extend(hosts::find(near, &self.domains).map(|span| hit(near, span, "an internal host", Some(NAMES))));
        hits.extend(personal::mail_addresses(near).map(|span| hit(near, span, "an e-mail address", Some(PERSONS))));
    }

    /// What of it is a leak, and where it comes from.
    pub fn confirm<'p>(&self, hits: &[(&'p str, &[Hit])], files: &Files) -> Vec<(&'p str, Found)> {
        let mut judged: HashMap<&Hit, Option<Found>> = HashMap::new();
        let mut leaks = Vec::new();
        for (page, hits) in hits {
            for hit in *hits {
                let found = judged.entry(hit).or_insert_with(|| self.judge(hit, files));
                leaks.extend(found.clone().map(|found| (*page, found)));
            }
        }
        leaks
    }

    fn judge(&self, hit: &Hit, files: &Files) -> Option<Found> {
        if self.names_an_event(&hit.text) {
            return None;
        }
        let text = hit.text.to_lowercase();
        if public_words(&self.archive.config).iter().any(|word| word.to_lowercase().contains(&text)) {
            return None;
        }
        let (said, place) = match self.said(&hit.text) {
            Some((record, place)) => (Some(record), Some(place)),
            None => (None, self.written(&hit.text, files)),
        };
        if let (Some(record), Some(rule)) = (said, hit.rule)
            && self.is_accepted(record, rule)
        {
            return None;
        }
        let what = match hit.rule {
            // A report is read by many.
            Some(SECRETS) => hit.kind.to_owned(),
            _ => format!("{} (`{}`)", hit.kind, hit.text),
        };
        Some((what, place))
    }

    /// Calendars name their entries like mailboxes of the site's own host.
    fn names_an_event(&self, text: &str) -> bool {
        let Some((name, host)) = text.split_once('@') else { return false };
        let url = self.archive.config.site.url.as_ref().map_or("", |url| &url.value);
        let own = url.split_once("://").and_then(|(_, rest)| rest.split(['/', ':']).next());
        own == Some(host) && stable_id::is_one(name)
    }

    /// Where somebody said it to the public.
    fn said(&self, text: &str) -> Option<(&'a Record, Place)> {
        public_texts(self.archive).find_map(|(record, public)| {
            let at = public.text.find(text)?;
            Some((record, Place::new(&record.path, &record.text, public.place(at..at + text.len()))))
        })
    }

    /// Where else it is written: in a template of the user's, or in a record.
    fn written(&self, text: &str, files: &Files) -> Option<Place> {
        let place = |path: &str, written: &str| {
            let at = written.find(text)?;
            Some(Place::new(&path.into(), written, Span::at(at)))
        };
        let template = files.own().find_map(|(name, written)| place(&format!("templates/{name}"), written));
        let record = || self.archive.records.iter().find_map(|record| place(&record.path, &record.text));
        template.or_else(record).or_else(|| place(&self.archive.config.path, &self.archive.config.text))
    }

    /// Whether the repository lets the rule pass: by its level, or by a waiver for the record.
    fn is_accepted(&self, record: &Record, rule: &str) -> bool {
        let config = &self.archive.config;
        let lowered = config.rules.iter().any(|(name, level)| name.value == rule && level.value != "error");
        let names = |text: &Option<crate::record::timeline::Text>, name: &str| {
            text.as_ref().is_some_and(|text| text.value == name)
        };
        lowered || config.waivers.iter().any(|waiver| names(&waiver.rule, rule) && names(&waiver.record, &record.id))
    }
}

fn hit(text: &str, span: Span, kind: &'static str, rule: Option<&'static str>) -> Hit {
    Hit { kind, rule, text: text[span.range()].to_owned() }
}

/// What every id begins with: `2024-`.
const YEAR: usize = 5;

/// As much as may be an id.
fn id_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())].trim_end_matches('-')
}

/// The word around a place, and the one before it.
fn surroundings(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let divides = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '(' | ')' | ',' | ';');
    let word = text[..start].rfind(divides).map_or(0, |at| at);
    let before = text[..word].rfind(divides).unwrap_or(word);
    before..text[end..].find(divides).map_or(text.len(), |at| end + at)
}
