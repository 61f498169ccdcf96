//! What readers may know of services.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use crate::record::archive::Archive;
use crate::record::config::Service;
use crate::record::name::Name;
use crate::record::timeline::Message;

#[derive(Clone, Debug, PartialEq)]
pub struct PublicService {
    pub id: String,
    pub name: Worded,
    pub description: Option<Worded>,
    pub group: Option<Worded>,
    pub since: Option<Date>,
    pub retired: Option<Date>,
    /// The place of the service that took over, if readers may know of it.
    pub successor: Option<usize>,
}

impl PublicService {
    pub fn name_in(&self, language: &str) -> &str {
        self.name.in_language(language)
    }
}

/// A short text of a record or of `incident.yaml`, in one language or in several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    /// For readers of a language that it is not translated to.
    pub text: String,
    pub translations: BTreeMap<String, String>,
}

impl Worded {
    /// For everybody.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), translations: BTreeMap::new() }
    }

    /// The text in a language, or what there is.
    pub fn in_language(&self, language: &str) -> &str {
        self.translations.get(language).unwrap_or(&self.text)
    }

    /// `default` is the first language of the site.
    pub(super) fn of(message: &Message, default: &str) -> Option<Self> {
        let (_, text) = message.best(default, default)?;
        let texts = message.texts(default);
        let translations = texts.map(|(tag, text)| (tag.to_owned(), text.value.clone())).collect();
        Some(Self { text: text.to_owned(), translations })
    }
}

impl From<&Name> for Worded {
    fn from(name: &Name) -> Self {
        Self { text: name.text.value.clone(), translations: name.by_language() }
    }
}

/// The services that readers may know of, found by id or by an old name.
pub(super) struct Services {
    pub list: Vec<PublicService>,
    places: HashMap<String, usize>,
}

impl Services {
    pub fn of(archive: &Archive) -> Self {
        let mut seen = HashSet::new();
        let public = archive.config.services.iter().filter(|service| service.public && seen.insert(&service.id.value));
        let public: Vec<&Service> = public.collect();
        let mut places = HashMap::new();
        for (place, service) in public.iter().enumerate() {
            for name in service.aliases.iter().chain([&service.id]) {
                places.insert(name.value.clone(), place);
            }
        }
        let default = archive.config.default_language();
        let groups = groups(&public, default);
        let list = public.iter().map(|service| PublicService {
            id: service.id.value.clone(),
            name: service.name.as_ref().map_or_else(|| Worded::plain(&service.id.value), Worded::from),
            description: service.description.as_ref().and_then(|texts| Worded::of(texts, default)),
            group: service.group.as_ref().and_then(|texts| groups.get(texts.best(default, default)?.1).cloned()),
            since: service.since.as_ref().map(|d| d.value),
            retired: service.retired.as_ref().map(|d| d.value),
            successor: service.replaced_by.as_ref().and_then(|id| places.get(&id.value).copied()),
        });
        Self { list: list.collect(), places }
    }

    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }
}

/// The groups by what they are called in the first language of the site. A translation may stand at any of their services;
/// of two the first counts.
fn groups(services: &[&Service], default: &str) -> BTreeMap<String, Worded> {
    let mut groups: BTreeMap<String, Worded> = BTreeMap::new();
    for said in services.iter().filter_map(|service| Worded::of(service.group.as_ref()?, default)) {
        let known = groups.entry(said.text.clone()).or_insert_with(|| said.clone());
        for (language, text) in said.translations {
            known.translations.entry(language).or_insert(text);
        }
    }
    groups
}
