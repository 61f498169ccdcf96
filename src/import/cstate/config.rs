//! `config.yml`: the name of the site, its systems and their categories.

use jiff::tz::TimeZone;

use crate::import::Source;
use crate::import::fidelity::{Log, Topic};
use crate::import::site::Site;
use crate::record::time;
use crate::text::span::{LineIndex, Span};
use crate::text::yaml::{self, Node};

/// Where Hugo, cState's generator, looks for its configuration.
const PATHS: &[&str] = &[
    "config.yml",
    "config.yaml",
    "hugo.yaml",
    "hugo.yml",
    "config/_default/config.yml",
    "config/_default/config.yaml",
    "config/_default/hugo.yaml",
];

/// The same files in languages that are not read here.
const OTHER: &[&str] = &["config.toml", "hugo.toml", "config.json", "hugo.json"];

/// Keys of a system that have a counterpart.
const SYSTEM_KEYS: &[&str] = &["name", "displayName", "description", "category"];

/// Keys of a category that have one.
const CATEGORY_KEYS: &[&str] = &["name", "untitled"];

/// The longest names and descriptions.
const SHORT: usize = 120;
const LONG: usize = 300;

#[derive(Debug)]
pub(super) struct Config {
    pub site: Site,
    /// The zone of times without an offset.
    pub zone: TimeZone,
    /// False where no configuration could be read, so that no name of a service can be called unknown.
    pub found: bool,
    pub log: Log,
}

pub(super) fn read(source: &Source) -> Config {
    let Some((path, text)) = PATHS.iter().find_map(|path| source.files.get_key_value(*path)) else {
        return missing(source);
    };
    let mut problems = Vec::new();
    let root = yaml::parse(text, Span::new(0, text.len()), &mut problems);
    let index = LineIndex::new(text);
    let mut log = Log::new(path);
    for problem in &problems {
        let line = index.line(problem.span.start) + 1;
        log.note(Topic::Unread, line, &problem.message);
    }
    let mut reader = Reader { index: &index, log, site: Site::default(), zone: TimeZone::UTC };
    if let Some(root) = &root {
        reader.site(root);
        reader.systems(root);
    }
    Config { site: reader.site, zone: reader.zone, found: root.is_some(), log: reader.log }
}

fn missing(source: &Source) -> Config {
    let other = OTHER.iter().find(|path| source.files.contains_key(**path));
    let mut log = Log::new(other.copied().unwrap_or("config.yml"));
    let why = match other {
        Some(_) => {
            "only YAML is read here, so title and systems are missing; every name under `affected` became a service"
        }
        None => "there is no configuration; every name under `affected` became a service",
    };
    log.note(Topic::Unread, None, why);
    Config { site: Site::default(), zone: TimeZone::UTC, found: false, log }
}

struct Reader<'a> {
    index: &'a LineIndex,
    log: Log,
    site: Site,
    zone: TimeZone,
}

impl Reader<'_> {
    fn site(&mut self, root: &Node<'_>) {
        self.site.title = self.line(root, "title", SHORT);
        self.site.url =
            text(root, "baseURL").map(|url| url.trim_end_matches('/').to_owned()).filter(|url| url.starts_with("http"));
        self.site.language = text(root, "languageCode").or_else(|| text(root, "defaultContentLanguage"));
        self.site.description = root.get("params").and_then(|params| self.line(params, "description", LONG));
        let Some(name) = text(root, "timeZone") else {
            return;
        };
        match time::zone(&name) {
            Some(zone) => {
                self.zone = zone;
                self.site.timezone = Some(name);
            }
            None => {
                let text = format!("`timeZone: {name}` is not a zone; times without an offset are read as UTC");
                self.note(Topic::Unread, root.get("timeZone"), text);
            }
        }
    }

    fn systems(&mut self, root: &Node<'_>) {
        let params = root.get("params");
        let list = |key| params.and_then(|p| p.get(key)).and_then(Node::items).unwrap_or_default();
        let mut untitled = Vec::new();
        for category in list("categories") {
            if category.get("untitled").and_then(Node::scalar) == Some("true") {
                untitled.extend(text(category, "name"));
            }
            self.other_keys(category, CATEGORY_KEYS);
        }
        for system in list("systems") {
            self.system(system, &untitled);
        }
    }

    fn system(&mut self, system: &Node<'_>, untitled: &[String]) {
        let Some(name) = text(system, "name") else {
            self.note(Topic::Unread, Some(system), "a system without a name".into());
            return;
        };
        if self.site.services.iter().any(|service| service.name == name) {
            self.note(Topic::Service, Some(system), format!("`{name}` is listed twice; the first counts"));
            return;
        }
        let group = self.line(system, "category", SHORT).filter(|group| !untitled.contains(group));
        let description = self.line(system, "description", LONG);
        let index = self.site.add(&name);
        let service = &mut self.site.services[index];
        service.group = group;
        service.description = description;
        if let Some(shown) = text(system, "displayName").filter(|shown| *shown != name) {
            service.aliases.push(std::mem::replace(&mut service.name, shown));
        }
        self.other_keys(system, SYSTEM_KEYS);
    }

    /// A text as one line that is not too long for this format.
    fn line(&mut self, node: &Node<'_>, key: &str, limit: usize) -> Option<String> {
        let whole = text(node, key)?.split_whitespace().collect::<Vec<_>>().join(" ");
        if whole.chars().count() <= limit {
            return Some(whole);
        }
        self.note(Topic::Text, node.get(key), format!("`{key}` is longer than {limit} characters and was cut"));
        Some(whole.chars().take(limit - 1).chain(['…']).collect())
    }

    fn other_keys(&mut self, node: &Node<'_>, known: &[&str]) {
        for (key, value) in node.pairs().unwrap_or_default() {
            let name = key.scalar().unwrap_or_default();
            let says_nothing = value.is_null() || value.scalar() == Some("false");
            if known.contains(&name) || says_nothing {
                continue;
            }
            let of = text(node, "name").unwrap_or_default();
            let text = match value.scalar() {
                Some(value) => format!("`{name}: {value}` of `{of}`"),
                None => format!("`{name}` of `{of}`"),
            };
            self.note(Topic::Key, Some(key), text);
        }
    }

    fn note(&mut self, topic: Topic, node: Option<&Node<'_>>, text: String) {
        let line = node.map(|node| self.index.line(node.span.start) + 1);
        self.log.note(topic, line, text);
    }
}

fn text(node: &Node<'_>, key: &str) -> Option<String> {
    Some(node.get(key)?.filled()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        let mut source = Source::default();
        source.files.insert("config.yml".into(), text.into());
        read(&source)
    }

    #[test]
    fn systems_become_services_with_their_categories() {
        let config = config(
            "title: Shop\nbaseURL: https://status.example.com/\nparams:\n  description: All of it\n  categories:\n    - name: Web\n    - name: Rest\n      untitled: true\n  systems:\n    - name: api\n      displayName: API\n      category: Web\n      link: https://api.example\n    - name: Mail\n      category: Rest\n      description: Sending\n    - name: Mail\n",
        );
        assert_eq!(config.site.url.as_deref(), Some("https://status.example.com"));
        let services: Vec<_> =
            config.site.services.iter().map(|s| (s.id.as_str(), s.name.as_str(), s.group.as_deref())).collect();
        assert_eq!(services, [("api", "API", Some("Web")), ("mail", "Mail", None)]);
        assert_eq!(config.site.find("api").map(|(index, _)| index), Some(0));
        let notes: Vec<_> = config.log.notes().iter().map(|n| (n.topic, n.line)).collect();
        assert_eq!(notes, [(Topic::Key, Some(13)), (Topic::Service, Some(17))]);
    }

    #[test]
    fn the_zone_of_the_site_is_used_and_kept() {
        let known = config("timeZone: Europe/Rome\n");
        assert_eq!(known.zone.iana_name(), Some("Europe/Rome"));
        assert_eq!(known.site.timezone.as_deref(), Some("Europe/Rome"));
        assert_eq!(config("timeZone: Mars\n").log.notes().len(), 1);
    }

    #[test]
    fn a_configuration_that_cannot_be_read_is_reported() {
        assert!(!read(&Source::default()).found);
        let broken = config("title: [\n");
        assert!(!broken.found && broken.log.notes()[0].line.is_some(), "{:?}", broken.log);
    }
}
