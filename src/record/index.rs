//! Where names lead, so that nobody has to search the archive for each of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::archive::Archive;
use super::config::Service;
use super::{Kind, Record};

#[derive(Debug)]
pub struct Index<'a> {
    pub archive: &'a Archive,
    services: HashMap<&'a str, &'a Service>,
    service_aliases: BTreeMap<&'a str, &'a Service>,
    pub people: HashSet<&'a str>,
    pub teams: HashSet<&'a str>,
    /// Old ids of records.
    aliases: BTreeMap<&'a str, &'a Record>,
    /// Postmortems by the ids of the other incidents that they cover.
    covering: BTreeMap<&'a str, &'a Record>,
}

impl<'a> Index<'a> {
    pub fn new(archive: &'a Archive) -> Self {
        let config = &archive.config;
        let aliases = |record: &'a Record| record.aliases().iter().map(move |alias| (alias.value.as_str(), record));
        let covered = |record: &'a Record| {
            let incidents = record.postmortem().map_or(&[][..], |postmortem| &postmortem.incidents);
            incidents.iter().map(move |id| (id.value.as_str(), record))
        };
        Self {
            archive,
            services: config.services.iter().map(|service| (service.id.value.as_str(), service)).collect(),
            service_aliases: config
                .services
                .iter()
                .flat_map(|service| service.aliases.iter().map(move |alias| (alias.value.as_str(), service)))
                .collect(),
            people: config.people.iter().map(|person| person.id.value.as_str()).collect(),
            teams: config.teams.iter().map(|team| team.id.value.as_str()).collect(),
            aliases: archive.all().flat_map(aliases).collect(),
            covering: archive.of_kind(Kind::Postmortem).flat_map(covered).collect(),
        }
    }

    pub fn service(&self, id: &str) -> Option<&'a Service> {
        self.services.get(id).copied()
    }

    /// The service that had this name once.
    pub fn service_alias(&self, name: &str) -> Option<&'a Service> {
        self.service_aliases.get(name).copied()
    }

    /// The incident, maintenance or drill that has an id or had it once.
    pub fn event(&self, id: &str) -> Option<&'a Record> {
        self.archive.event(id).or_else(|| self.aliases.get(id).copied())
    }

    /// The postmortem beside a record, or the one of another record that covers it.
    pub fn postmortem(&self, record: &Record) -> Option<&'a Record> {
        let ids = || std::iter::once(&*record.id).chain(record.aliases().iter().map(|alias| alias.value.as_str()));
        self.archive.postmortem(&record.id).or_else(|| ids().find_map(|id| self.covering.get(id).copied()))
    }
}
