//! The templates, words and assets of the site: those built in, and the user's own that win over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, io};

use walkdir::WalkDir;

use super::audience::Audience;

/// Everything under `templates/`, by its path there.
pub const BUILTIN: [(&str, &str); 45] = [
    ("404.html", include_str!("../../templates/404.html")),
    ("assets/favicon.svg", include_str!("../../templates/assets/favicon.svg")),
    ("assets/search.js", include_str!("../../templates/assets/search.js")),
    ("assets/site.css", include_str!("../../templates/assets/site.css")),
    ("assets/site.js", include_str!("../../templates/assets/site.js")),
    ("base.html", include_str!("../../templates/base.html")),
    ("event.html", include_str!("../../templates/event.html")),
    ("history.html", include_str!("../../templates/history.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("i18n/en.ftl", include_str!("../../templates/i18n/en.ftl")),
    ("i18n/it.ftl", include_str!("../../templates/i18n/it.ftl")),
    ("i18n/ja.ftl", include_str!("../../templates/i18n/ja.ftl")),
    ("i18n/ko.ftl", include_str!("../../templates/i18n/ko.ftl")),
    ("components.html", include_str!("../../templates/components.html")),
    ("maintenance.html", include_str!("../../templates/maintenance.html")),
    ("month.html", include_str!("../../templates/month.html")),
    ("postmortems.html", include_str!("../../templates/postmortems.html")),
    ("redirect.html", include_str!("../../templates/redirect.html")),
    ("assets/internal.report.css", include_str!("../../templates/assets/internal.report.css")),
    ("internal/metrics.html", include_str!("../../templates/internal/metrics.html")),
    ("internal/reports.html", include_str!("../../templates/internal/reports.html")),
    ("report.html", include_str!("../../templates/report.html")),
    ("rss.xml", include_str!("../../templates/rss.xml")),
    ("search.html", include_str!("../../templates/search.html")),
    ("service.html", include_str!("../../templates/service.html")),
    ("subscribe.html", include_str!("../../templates/subscribe.html")),
    ("feed.xml", include_str!("../../templates/feed.xml")),
    ("internal/actions.html", include_str!("../../templates/internal/actions.html")),
    ("internal/board.html", include_str!("../../templates/internal/board.html")),
    ("internal/case.html", include_str!("../../templates/internal/case.html")),
    ("internal/components.html", include_str!("../../templates/internal/components.html")),
    ("internal/deadlines.html", include_str!("../../templates/internal/deadlines.html")),
    ("internal/drills.html", include_str!("../../templates/internal/drills.html")),
    ("internal/findings.html", include_str!("../../templates/internal/findings.html")),
    ("internal/incidents.html", include_str!("../../templates/internal/incidents.html")),
    ("internal/month.html", include_str!("../../templates/internal/month.html")),
    ("internal/postmortem.html", include_str!("../../templates/internal/postmortem.html")),
    ("internal/postmortems.html", include_str!("../../templates/internal/postmortems.html")),
    ("internal/readiness.html", include_str!("../../templates/internal/readiness.html")),
    ("internal/triage.html", include_str!("../../templates/internal/triage.html")),
    ("internal/i18n/en.ftl", include_str!("../../templates/internal/i18n/en.ftl")),
    ("internal/i18n/it.ftl", include_str!("../../templates/internal/i18n/it.ftl")),
    ("internal/i18n/ja.ftl", include_str!("../../templates/internal/i18n/ja.ftl")),
    ("internal/i18n/ko.ftl", include_str!("../../templates/internal/i18n/ko.ftl")),
    ("assets/internal.css", include_str!("../../templates/assets/internal.css")),
];

/// The user's own files under `templates/`, by their path there.
#[derive(Clone, Debug, Default)]
pub struct Overrides(BTreeMap<String, Vec<u8>>);

/// A file of the user's that could not be read.
#[derive(Debug)]
pub struct UnreadableOverride {
    path: PathBuf,
    reason: io::Error,
}

impl std::error::Error for UnreadableOverride {}

impl fmt::Display for UnreadableOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: cannot be read: {}", self.path.display(), self.reason)
    }
}

impl Overrides {
    /// Reads a `templates` folder; one that does not exist overrides nothing. Hidden files are left alone.
    pub fn read(folder: &Path) -> Result<Self, UnreadableOverride> {
        let mut files = BTreeMap::new();
        if !folder.is_dir() {
            return Ok(Self(files));
        }
        let hidden =
            |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        for entry in WalkDir::new(folder).into_iter().filter_entry(|entry| !hidden(entry)) {
            let refuse = |path: &Path, reason| UnreadableOverride { path: path.to_owned(), reason };
            let entry = entry.map_err(|e| refuse(e.path().unwrap_or(folder), io::Error::other(e.to_string())))?;
            if !entry.file_type().is_file() {
                continue;
            }
            let bytes = std::fs::read(entry.path()).map_err(|e| refuse(entry.path(), e))?;
            if let Ok(name) = entry.path().strip_prefix(folder) {
                files.insert(name.to_string_lossy().replace('\\', "/"), bytes);
            }
        }
        Ok(Self(files))
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
    }
}

/// The built-in files and the user's, in one view.
#[derive(Debug)]
pub struct Files {
    /// What is made for others is left out.
    audience: Audience,
    texts: BTreeMap<String, String>,
    /// Assets of the user's that are not text.
    binaries: BTreeMap<String, Vec<u8>>,
}

/// A template or a catalogue that is not UTF-8, by its path.
#[derive(Debug, PartialEq, Eq)]
pub struct NotText(pub String);

impl Files {
    pub fn new(overrides: &Overrides, audience: Audience) -> Result<Self, NotText> {
        let mut files = Self { audience, texts: BTreeMap::new(), binaries: BTreeMap::new() };
        for (name, bytes) in overrides.0.iter().filter(|(name, _)| audience.has(name)) {
            match (std::str::from_utf8(bytes), name.starts_with("assets/")) {
                (Ok(text), _) => _ = files.texts.insert(name.clone(), text.to_owned()),
                (Err(_), true) => _ = files.binaries.insert(name.clone(), bytes.clone()),
                (Err(_), false) => return Err(NotText(name.clone())),
            }
        }
        Ok(files)
    }

    /// Adds to the end of a text.
    pub fn append(&mut self, name: &str, more: &str) {
        if !more.is_empty() {
            let text = self.layers(name).last().unwrap_or_default().to_owned() + more;
            self.texts.insert(name.to_owned(), text);
        }
    }

    /// Without any of the user's.
    pub const fn built_in(audience: Audience) -> Self {
        Self { audience, texts: BTreeMap::new(), binaries: BTreeMap::new() }
    }

    #[cfg(test)]
    pub fn builtin_only() -> Self {
        Self::built_in(Audience::Internal)
    }

    pub fn builtin(&self, name: &str) -> Option<&'static str> {
        self.builtins().find(|(path, _)| *path == name).map(|(_, text)| text)
    }

    pub fn builtins(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        BUILTIN.into_iter().filter(|(name, _)| self.audience.has(name))
    }

    /// The user's own texts.
    pub fn own(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The texts of one name, the user's last.
    pub fn layers<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.builtin(name).into_iter().chain(self.texts.get(name).map(String::as_str))
    }

    /// All names, built in or not, in order and once each.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.builtins().map(|(name, _)| name).chain(self.texts.keys().map(String::as_str));
        let names: std::collections::BTreeSet<&str> = names.chain(self.binaries.keys().map(String::as_str)).collect();
        names.into_iter()
    }

    /// Templates as the engine takes them: the built-in ones under `builtin/`, the user's under their own names.
    pub fn templates(&self) -> Vec<(String, &str)> {
        let is_template = |name: &str| name.ends_with(".html") || name.ends_with(".xml");
        let builtin =
            self.builtins().filter(|(name, _)| is_template(name)).map(|(name, text)| (format!("builtin/{name}"), text));
        let own = self.texts.iter().filter(|(name, _)| is_template(name) && !name.starts_with("assets/"));
        builtin.chain(own.map(|(name, text)| (name.clone(), text.as_str()))).collect()
    }

    /// Files that are published as they are.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.names().filter(|name| name.starts_with("assets/")).filter_map(|name| {
            let text = self.layers(name).last().map(str::as_bytes);
            Some((name, text.or_else(|| self.binaries.get(name).map(Vec::as_slice))?))
        })
    }
}
