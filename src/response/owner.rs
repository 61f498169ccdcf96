//! Who owes something.

use std::collections::BTreeSet;

use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::config::Config;
use crate::record::shape::canonical_role;
use crate::record::timeline::Text;

/// Whoever has to see to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// People or teams; empty where it is nobody's yet.
    pub names: Vec<String>,
    /// The role in which they owe it, where it is because of one.
    pub role: Option<&'static str>,
}

impl Owner {
    /// Whoever holds one of these roles now, the first of them that somebody has.
    pub fn holding(record: &Record, roles: &[&'static str]) -> Option<Self> {
        Self::of_role(record, roles, |held| held.to.is_none())
    }

    /// Whoever held one of these roles last.
    pub fn who_held(record: &Record, roles: &[&'static str]) -> Option<Self> {
        Self::holding(record, roles).or_else(|| {
            let mut last = Self::of_role(record, roles, |_| true)?;
            last.names = last.names.pop().into_iter().collect();
            Some(last)
        })
    }

    fn of_role(
        record: &Record,
        roles: &[&'static str],
        counts: impl Fn(&crate::record::replay::RoleHeld) -> bool,
    ) -> Option<Self> {
        roles.iter().find_map(|role| {
            let held = record.replay.roles.iter().filter(|held| canonical_role(&held.role) == *role && counts(held));
            let names: Vec<String> = held.map(|held| held.person.clone()).collect();
            (!names.is_empty()).then_some(Self { names, role: Some(*role) })
        })
    }

    /// The one whom a key names.
    pub fn named(name: Option<&Text>) -> Option<Self> {
        Some(Self { names: vec![name?.value.clone()], role: None })
    }

    /// The teams behind the services that a record is about; nobody where no team is named.
    pub fn of_services(archive: &Archive, record: &Record) -> Self {
        let planned = record.maintenance().map_or(&[][..], |maintenance| &maintenance.services);
        let hit = record.replay.impacts.iter().map(|impact| impact.service.as_str());
        let hit: BTreeSet<&str> = hit.chain(planned.iter().map(|(service, _)| service.value.as_str())).collect();
        let services = archive.config.services.iter().filter(|service| hit.contains(service.id.value.as_str()));
        let teams: BTreeSet<&str> =
            services.filter_map(|service| Some(service.owner.as_ref()?.value.as_str())).collect();
        Self { names: teams.into_iter().map(str::to_owned).collect(), role: None }
    }

    /// Whether it is somebody's matter: by name, by role, or because one of the two is the other's team.
    pub fn is(&self, who: &str, config: &Config) -> bool {
        let team = |name: &str| config.people.iter().find(|person| person.id.value == name)?.team.as_ref();
        let is_of = |name: &str, other: &str| team(name).is_some_and(|team| team.value == other);
        let is_named = |name: &String| name == who || is_of(name, who) || is_of(who, name);
        self.role == Some(canonical_role(who)) || self.names.iter().any(is_named)
    }
}
