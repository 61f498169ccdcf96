//! The last look at a finished site: nothing internal may be in it.
//!
//! The types of the projection keep internal facts out already. This finds what types cannot see: a template of the user's
//! that names a host, a message in which somebody pasted one, a mistake of ours.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::builtin::Files;
use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::record::name::Name;
use crate::record::public::{self, PublicText};
use crate::record::{Record, config::Config};
use crate::text::span::{LineIndex, Position, Span};

mod forms;
mod texts;

use forms::Forms;
use texts::Texts;

/// What would have leaked.
#[derive(Debug, PartialEq, Eq)]
pub struct Leaks(Vec<Leak>);

/// One internal text or name, and the files of the site that show it.
#[derive(Debug, PartialEq, Eq)]
struct Leak {
    what: String,
    source: Option<Place>,
    /// The first file, and how many more there are.
    page: String,
    others: usize,
}

/// A place in a file of the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    path: Arc<str>,
    at: Position,
}

impl Place {
    fn new(path: &Arc<str>, text: &str, span: Span) -> Self {
        Self { path: Arc::clone(path), at: LineIndex::new(text).position(text, span.start) }
    }
}

/// What a look at one file gives: what was found, and where it comes from.
type Found = (String, Option<Place>);

/// Knows everything internal, and looks for it in the files of a site one by one.
#[derive(Debug)]
pub struct Guard<'a> {
    files: &'a Files,
    texts: Texts<'a>,
    forms: Forms<'a>,
}

/// What may be internal in one file.
#[derive(Debug)]
pub struct Suspicion {
    copied: HashSet<texts::Hit>,
    named: Vec<forms::Hit>,
}

impl<'a> Guard<'a> {
    pub fn of(archive: &'a Archive, files: &'a Files) -> Self {
        let (texts, forms) = rayon::join(|| Texts::of(archive), || Forms::of(archive));
        Self { files, texts, forms }
    }

    /// What in a file needs to be judged; mostly nothing.
    pub fn suspicion(&self, path: &str, bytes: &[u8]) -> Option<Suspicion> {
        if self.files.builtin(path).map(str::as_bytes) == Some(bytes) {
            return None;
        }
        // Pictures and the like say nothing that could be read.
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let suspicion = Suspicion { copied: self.texts.find(path, text), named: self.forms.find(text) };
        (!suspicion.copied.is_empty() || !suspicion.named.is_empty()).then_some(suspicion)
    }

    /// Judges the suspicions against files, given by their paths.
    ///
    /// # Errors
    ///
    /// With all that are true.
    pub fn judge<'p>(&self, suspects: impl Iterator<Item = (&'p str, &'p Suspicion)>) -> Result<(), Leaks> {
        let mut suspects: Vec<_> = suspects.collect();
        suspects.sort_by_key(|(path, _)| *path);
        let copied = suspects.iter().map(|(path, suspicion)| (*path, &suspicion.copied)).collect::<Vec<_>>();
        let named = suspects.iter().map(|(path, suspicion)| (*path, suspicion.named.as_slice())).collect::<Vec<_>>();
        let found = self.texts.confirm(&copied, self.files).into_iter().chain(self.forms.confirm(&named, self.files));
        let mut leaks: BTreeMap<Found, Leak> = BTreeMap::new();
        for (page, (what, source)) in found {
            leaks.entry((what.clone(), source.clone())).and_modify(|leak| leak.others += 1).or_insert_with(|| Leak {
                what,
                source,
                page: page.to_owned(),
                others: 0,
            });
        }
        if leaks.is_empty() { Ok(()) } else { Err(Leaks(leaks.into_values().collect())) }
    }
}

/// The records that readers see something of.
fn is_published(record: &Record) -> bool {
    let published = |status: &str| status == "published";
    match record.postmortem() {
        Some(postmortem) => postmortem.status.as_ref().is_some_and(|status| published(&status.value)),
        None => record.visibility() == Visibility::Public,
    }
}

/// Every text that was written for the public and is.
fn public_texts(archive: &Archive) -> impl Iterator<Item = (&Record, PublicText<'_>)> {
    let published = archive.all().filter(|record| is_published(record));
    published.flat_map(|record| public::texts(record).into_iter().map(move |text| (record, text)))
}

/// What `incident.yaml` says to the public.
fn public_words(config: &Config) -> Vec<&str> {
    let site = &config.site;
    let said = [&site.title, &site.description].into_iter().flatten().flat_map(|text| text.texts(""));
    let said = said.map(|(_, text)| text).chain(&site.url).map(|text| text.value.as_str());
    let policy = site.security.iter().filter_map(|security| security.policy.as_ref()).map(|text| text.value.as_str());
    let services = config.services.iter().filter(|service| service.public).flat_map(|service| {
        let names = service.name.iter().flat_map(Name::texts).chain([&service.id]).map(|text| text.value.as_str());
        let texts = [&service.description, &service.group].into_iter().flatten();
        names.chain(texts.flat_map(|text| text.texts("")).map(|(_, text)| text.value.as_str()))
    });
    said.chain(policy).chain(config.contacts()).chain(services).collect()
}

impl std::error::Error for Leaks {}

impl fmt::Display for Leaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// One mistake in a template may show a thousand notes.
        const SHOWN: usize = 10;
        f.write_str("the site would show what is internal, so nothing was put in place:")?;
        for Leak { what, source, page, others } in self.0.iter().take(SHOWN) {
            write!(f, "\n  {page}")?;
            match others {
                0 => {}
                1 => f.write_str(" and another file")?,
                more => write!(f, " and {more} other files")?,
            }
            write!(f, ": {what}")?;
            if let Some(Place { path, at }) = source {
                write!(f, "\n    from {path}:{}:{}", at.line, at.column)?;
            }
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => {}
            more => write!(f, "\n  and {more} more")?,
        }
        f.write_str(
            "\n  help: take it out of the message or the template that shows it; what readers may know belongs into a \
             `public` message, and addresses for them under `contact` of `site` in incident.yaml",
        )
    }
}

#[cfg(test)]
mod fields;
#[cfg(test)]
mod tests;
