//! How bad a finding is here: what the command line says, then `incident.yaml`, then the rule itself.

use std::collections::BTreeMap;

use super::{Findings, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::archive::Archive;

/// What a repository may say about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Off,
    At(Level),
}

impl Setting {
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "info" => Some(Self::At(Level::Info)),
            "warn" => Some(Self::At(Level::Warning)),
            "error" => Some(Self::At(Level::Error)),
            _ => None,
        }
    }
}

/// Settings by the names of rules and families.
#[derive(Debug, Default)]
pub struct Levels<'a> {
    /// Those that go before the others stand first.
    layers: [BTreeMap<&'a str, Setting>; 2],
}

impl<'a> Levels<'a> {
    /// `asked` goes before `incident.yaml`; of two for one name the later one counts.
    pub fn of(archive: &'a Archive, asked: &'a [(String, Setting)]) -> Self {
        let asked = asked.iter().map(|(name, setting)| (name.as_str(), *setting)).collect();
        let settings = archive.config.rules.iter();
        let set = settings.filter_map(|(name, level)| Some((name.value.as_str(), Setting::parse(&level.value)?)));
        Self { layers: [asked, set.collect()] }
    }

    /// What is said about a rule, or else about its family.
    fn setting(&self, rule: &Rule) -> Option<Setting> {
        let within =
            |layer: &BTreeMap<&str, Setting>| layer.get(rule.name).or_else(|| layer.get(rule.family.name())).copied();
        self.layers.iter().find_map(within)
    }

    pub fn is_off(&self, rule: &Rule) -> bool {
        self.setting(rule) == Some(Setting::Off)
    }

    /// Whether a rule may find an error: where nothing is set, none of those that refuse a command weighs more than it says.
    pub fn may_refuse(&self, rule: &Rule) -> bool {
        let worst = match self.setting(rule) {
            Some(Setting::Off) => return false,
            Some(Setting::At(level)) => level,
            None => rule.level,
        };
        rule.nature.refuses() && worst == Level::Error
    }

    /// What the settings make of a finding: its own level, or nothing.
    pub fn apply(&self, rule: &Rule, mut found: Diagnostic) -> Option<Diagnostic> {
        match self.setting(rule) {
            Some(Setting::Off) => return None,
            Some(Setting::At(level)) => found.level = level,
            None => {}
        }
        Some(found)
    }

    /// What a rule finds, unless it is turned off.
    pub fn collect(&self, rule: &Rule, check: impl FnOnce(&mut Findings)) -> Vec<Diagnostic> {
        let mut findings = Findings { rule: rule.name, level: rule.level, found: Vec::new() };
        if !self.is_off(rule) {
            check(&mut findings);
        }
        let found = findings.found.into_iter();
        found.filter_map(|found| self.apply(rule, found)).collect()
    }
}
