//! How a site looks and speaks: what follows from `incident.yaml` and the user's templates, whatever the records say.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::audience::Audience;
use super::builtin::Files;
use super::language::{self, Language};
use super::projection::Projection;
use super::render::Renderer;
use super::theme::{self, Theme};
use super::view::head::Edition;
use super::{Options, SiteError, stable_id, unused};
use crate::record::archive::Archive;

#[derive(Debug)]
pub struct Look {
    pub files: Files,
    /// One for each language that is built.
    pub voices: Vec<Voice>,
    /// The languages of the voices.
    pub tags: Vec<String>,
    /// What languages call themselves.
    pub autonyms: BTreeMap<String, String>,
    /// What whoever builds should know.
    pub notes: Vec<String>,
    pub audience: Audience,
    theme: Theme,
    version: String,
    stale_after: SignedDuration,
}

/// A language, and the templates that speak it.
#[derive(Debug)]
pub struct Voice {
    pub language: Language,
    pub renderer: Renderer,
}

impl Look {
    pub fn of(archive: &Archive, site: &Projection, options: &Options) -> Result<Self, SiteError> {
        let mut files = Files::new(&options.overrides, options.audience)?;
        let theme = Theme::of(&archive.config.theme, &files)?;
        files.append(theme::STYLES, &theme.styles);
        let voices = voices(site, options, &files)?;
        Ok(Self {
            tags: voices.iter().map(|voice| voice.language.tag.clone()).collect(),
            voices,
            autonyms: language::autonyms(&files),
            notes: theme.notes.iter().cloned().chain(unused::notes(&files, &site.languages)).collect(),
            version: stable_id::version(files.assets().map(|(_, bytes)| bytes)),
            stale_after: options.stale_after,
            audience: options.audience,
            theme,
            files,
        })
    }

    pub fn edition(&self) -> Edition<'_> {
        Edition {
            audience: self.audience,
            stale_after: self.stale_after,
            version: &self.version,
            logo: self.theme.logo.as_ref(),
        }
    }
}

fn voices(site: &Projection, options: &Options, files: &Files) -> Result<Vec<Voice>, SiteError> {
    let wanted = options.languages.as_ref().unwrap_or(&site.languages);
    if let Some(tag) = wanted.iter().find(|tag| !site.languages.contains(tag)) {
        return Err(SiteError::UnknownLanguage { tag: tag.clone(), known: site.languages.clone() });
    }
    let tags = site.languages.iter().filter(|tag| wanted.contains(tag));
    tags.map(|tag| {
        let language = Language::load(tag, tag == site.default_language(), &site.zone, files)?;
        Ok(Voice { renderer: Renderer::new(files, &language.words)?, language })
    })
    .collect()
}
