//! One internal page and its reader: what the public reader has, and the names and ways that only insiders get.

use serde::Serialize;

use super::inside::{Case, Inside};
use super::plan::Page;
use crate::record::{config, timeline};
use crate::site::language::phrase::{Speaker, Value};
use crate::site::language::words::Words;
use crate::site::plan;
use crate::site::view::{Link, Reader, Text};
use crate::text::{markdown, script};

pub struct Insider<'a> {
    pub reader: Reader<'a>,
    pub inside: &'a Inside<'a>,
}

/// A name of a list that a repository may add to: as styles know it, and as readers do.
#[derive(Debug, Serialize)]
pub struct Term<'a> {
    pub name: &'a str,
    pub text: String,
}

/// A person, a team or a program.
#[derive(Debug, Serialize)]
pub struct Who<'a> {
    pub id: &'a str,
    /// The full name where it is known, else the id.
    pub name: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Severity<'a> {
    pub id: &'a str,
    /// Only where it says more than the id.
    pub name: Option<String>,
    pub major: bool,
}

impl<'a> Insider<'a> {
    /// The way from this page to another internal one of the same language.
    pub fn to(&self, page: Page) -> String {
        self.way(&page.path(self.inside))
    }

    fn way(&self, path: &str) -> String {
        plan::relative(&self.reader.path, &(self.reader.language.prefix.clone() + path))
    }

    pub fn word(&self, key: &'a str) -> &'a str {
        self.reader.word(key)
    }

    /// The word for a name; one that the repository has added stands for itself.
    pub fn term(&self, kind: &str, name: &'a str) -> Term<'a> {
        Term { name, text: self.reader.language.term(kind, name) }
    }

    pub fn status(&self, name: &'a str) -> Term<'a> {
        self.term("", name)
    }

    pub fn role(&self, name: &'a str) -> Term<'a> {
        Term { name, text: self.reader.language.role(name) }
    }

    pub fn who(&self, id: &'a str) -> Who<'a> {
        Who { id, name: self.inside.name(id) }
    }

    /// A team, a person, a role or a kind of stakeholder.
    pub fn party(&self, id: &str) -> String {
        match self.inside.name(id) {
            name if name != id => name.to_owned(),
            _ => self.reader.language.role(id),
        }
    }

    pub fn severity(&self, id: &'a str) -> Severity<'a> {
        let known = self.inside.archive.config.severity(id);
        let name = known.map(|severity| self.severity_name(severity)).filter(|name| name != id);
        Severity { id, name, major: known.is_some_and(|severity| severity.major) }
    }

    /// The word for a name that severities have where a repository gives them none.
    pub fn severity_name(&self, severity: &config::Severity) -> String {
        self.reader.language.term("severity_", &severity.name)
    }

    pub fn service(&self, id: &'a str) -> &'a str {
        let services = &self.inside.archive.config.services;
        let known = services.iter().find(|service| service.id.value == id);
        known.map_or(id, |service| service.name_in(&self.reader.language.tag))
    }

    /// The language of what somebody wrote, where it is not that of the page. People write in their own, whatever the first
    /// language of the site is.
    pub fn lang(&self, text: &str) -> Option<&'a str> {
        self.reader.foreign(script::language(text).unwrap_or_else(|| self.reader.site().default_language()))
    }

    pub fn case_link(&self, place: usize) -> Link<'a> {
        let Text { text, lang } = self.title(&self.inside.cases[place]);
        Link { href: self.to(Page::Case(place)), text, lang }
    }

    /// In the language of the page, or as it was written.
    pub fn title(&self, case: &Case<'a>) -> Text<'a> {
        let own = &self.reader.language.tag;
        let name = case.record.name();
        if let Some((_, title)) = name.and_then(|name| name.translations.iter().find(|(tag, _)| tag.value == *own)) {
            return Text { text: &title.value, lang: None };
        }
        let text = name.map_or(&*case.record.id, |name| &name.text.value);
        Text { text, lang: self.lang(text) }
    }

    /// A link that somebody wrote down.
    pub fn written_link(&self, link: &'a timeline::Link) -> Link<'a> {
        let text = link.title.as_ref().map_or(link.url.value.as_str(), |title| &title.value);
        Link { href: link.url.value.clone(), text, lang: self.lang(text) }
    }

    /// The record of an id; one that has no page here stands for itself.
    pub fn record_link(&self, id: &'a str) -> Link<'a> {
        match self.inside.place(id) {
            Some(place) => self.case_link(place),
            None => Link { href: String::new(), text: id, lang: None },
        }
    }

    /// What somebody wrote, as HTML. Links to other records lead to their pages; those to other files of the repository lead
    /// nowhere here, and only their words are shown.
    pub fn html(&self, text: &str) -> String {
        let mut html = String::new();
        markdown::to_html_with(text, &|to| self.destination(to), &mut html);
        html
    }

    fn destination(&self, to: String) -> Option<String> {
        if to.contains(':') || to.starts_with('#') || to.starts_with("//") {
            return Some(to);
        }
        let path = to.split(['#', '?']).next().unwrap_or_default();
        let mut parts = path.rsplit('/').filter(|part| !part.is_empty() && !part.contains("..")).take(2);
        let place = parts.find_map(|part| self.inside.place(part))?;
        Some(self.to(Page::Case(place)))
    }
}

impl Speaker for Insider<'_> {
    fn words(&self) -> &Words {
        &self.reader.language.words
    }

    fn value(&self, value: &Value<'_>) -> String {
        match value {
            Value::Text(text) | Value::Name(text) => (*text).to_owned(),
            Value::Count(count) => count.to_string(),
            Value::At(time) => self.reader.moment(time.instant()).text,
            Value::Minutes(count) => self.reader.minutes(*count),
            Value::Roles(names) => {
                names.iter().map(|name| self.reader.language.role(name)).collect::<Vec<_>>().join(", ")
            }
            Value::Terms(kind, names) => {
                let terms: Vec<String> = names.iter().map(|name| self.reader.language.term(kind, name)).collect();
                terms.join(", ")
            }
            Value::Person(id) => self.inside.name(id).to_owned(),
            Value::Party(id) => self.party(id),
        }
    }
}
