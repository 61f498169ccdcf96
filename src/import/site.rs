//! The `incident.yaml` of an imported site: its services, and the old names that lead to them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;

use crate::text::quote::scalar;

use super::REPORT;
use crate::record::config::DEFAULT_LANGUAGE;
use crate::record::slug::{slug, unique};

/// A site needs a title, and this one claims nothing.
const UNTITLED: &str = "Status";

#[derive(Clone, Debug, Default)]
pub struct Site {
    pub title: Option<String>,
    pub url: Option<String>,
    pub description: Option<String>,
    pub timezone: Option<String>,
    pub language: Option<String>,
    pub services: Vec<Service>,
    /// Types beside the built-in ones.
    pub types: Vec<&'static str>,
}

#[derive(Clone, Debug)]
pub struct Service {
    pub id: String,
    pub name: String,
    pub group: Option<String>,
    pub description: Option<String>,
    pub aliases: Vec<String>,
    pub retired: Option<Date>,
}

/// How a written name led to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    Exact,
    /// In spite of case, spaces or punctuation.
    Loose,
}

impl Site {
    /// Adds a service under an id of its own, and says which.
    pub fn add(&mut self, name: &str) -> usize {
        let taken: BTreeSet<String> = self.services.iter().map(|s| s.id.clone()).collect();
        let wanted = match slug(name) {
            empty if empty.is_empty() => format!("service-{}", self.services.len() + 1),
            slug => slug,
        };
        self.services.push(Service {
            id: unique(&wanted, &taken),
            name: name.to_owned(),
            group: None,
            description: None,
            aliases: Vec::new(),
            retired: None,
        });
        self.services.len() - 1
    }

    /// The service that a name of the source stands for.
    pub fn find(&self, written: &str) -> Option<(usize, Match)> {
        let exact = |s: &Service| s.name == written || s.aliases.iter().any(|a| a == written);
        if let Some(index) = self.services.iter().position(exact) {
            return Some((index, Match::Exact));
        }
        let wanted = loose(written);
        let same = |s: &Service| loose(&s.name) == wanted || s.aliases.iter().any(|alias| loose(alias) == wanted);
        self.services.iter().position(same).map(|index| (index, Match::Loose))
    }

    /// The configuration as a file.
    pub fn render(&self, origin: &str) -> String {
        let mut out = format!("# Imported from {origin}; {REPORT} says what could not be carried over.\n\nsite:\n");
        let _ = writeln!(out, "  title: {}", scalar(self.title.as_deref().unwrap_or(UNTITLED)));
        let fields = [("url", &self.url), ("description", &self.description), ("timezone", &self.timezone)];
        for (key, value) in fields {
            if let Some(value) = value {
                let _ = writeln!(out, "  {key}: {}", scalar(value));
            }
        }
        let language = self.language.as_deref().unwrap_or(DEFAULT_LANGUAGE);
        let _ = writeln!(out, "  languages: [{}]", scalar(language));
        if !self.services.is_empty() {
            out.push_str("\nservices:\n");
        }
        for service in &self.services {
            service.render(&mut out);
        }
        if !self.types.is_empty() {
            let _ = write!(out, "\ntypes: [{}]\n", self.types.join(", "));
        }
        out
    }
}

impl Service {
    fn render(&self, out: &mut String) {
        let _ = writeln!(out, "  - id: {}", scalar(&self.id));
        let _ = writeln!(out, "    name: {}", scalar(&self.name));
        for (key, value) in [("group", &self.group), ("description", &self.description)] {
            if let Some(value) = value {
                let _ = writeln!(out, "    {key}: {}", scalar(value));
            }
        }
        if !self.aliases.is_empty() {
            let aliases: Vec<_> = self.aliases.iter().map(|alias| scalar(alias)).collect();
            let _ = writeln!(out, "    aliases: [{}]", aliases.join(", "));
        }
        if let Some(day) = self.retired {
            let _ = writeln!(out, "    retired: {day}");
        }
    }
}

/// A name without the differences that people do not see. Names in other scripts keep their letters.
fn loose(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_spite_of_case_and_spaces() {
        let mut site = Site::default();
        site.add("Media Proxy");
        site.add("決済");
        assert_eq!(site.find("Media Proxy"), Some((0, Match::Exact)));
        assert_eq!(site.find("media-proxy "), Some((0, Match::Loose)));
        assert_eq!(site.find("決済"), Some((1, Match::Exact)));
        assert_eq!(site.find("API"), None);
        assert_eq!(site.services[1].id, "service-2");
    }

    #[test]
    fn two_services_never_share_an_id() {
        let mut site = Site::default();
        site.add("API");
        site.add("api!");
        let ids: Vec<_> = site.services.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["api", "api-2"]);
    }

    #[test]
    fn the_file_reads_as_yaml() {
        let mut site = Site { title: Some("Status: all of it".into()), ..Site::default() };
        let index = site.add("on");
        site.services[index].aliases = vec!["Off".into(), "x, y".into()];
        site.services[index].retired = Some(Date::constant(2024, 5, 1));
        let read: serde_yaml::Value = serde_yaml::from_str(&site.render("a test")).unwrap();
        assert_eq!(read["site"]["title"], "Status: all of it");
        assert_eq!(read["services"][0]["name"], "on");
        assert_eq!(read["services"][0]["aliases"][1], "x, y");
    }
}
