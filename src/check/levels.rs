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

    /// What a rule finds, as bad as it is here.
    pub fn collect(&self, rule: &Rule, check: impl FnOnce(&mut Findings)) -> Vec<Diagnostic> {
        let mut findings = Findings { rule: rule.name, level: rule.level, found: Vec::new() };
        check(&mut findings);
        let found = findings.found.into_iter();
        found.filter_map(|found| self.apply(rule, found)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Options, run};
    use crate::record::archive::Memory;

    /// The rules that a command or a check asks under some settings, of those that find something in two records: a fault that is an
    /// error, a fault that is a warning, something that is owed, and what a state asks for.
    fn asked(settings: &str, refusing: bool) -> Vec<&'static str> {
        let record = "---\ntitle: Checkout fails\ntimeline:\n  \
                      - {at: 2024-05-01T09:00:00Z, by: mara, status: investigating, severity: sev1}\n  \
                      - {at: 2024-05-01T10:00:00Z, by: mara, status: resolved}\n  \
                      - {at: 2024-05-01T10:10:00Z, by: mara, status: resolved, note: x}\n  \
                      - {at: 2024-05-01T11:00:00Z, by: mara, status: triage}\n---\n";
        let untold = "---\ntitle: Search fails\nvisibility: public\ntimeline:\n  \
                      - {at: 2024-05-01T09:00:00Z, by: mara, status: investigating, severity: sev1, public: Search fails.}\n  \
                      - {at: 2024-05-01T10:00:00Z, by: mara, status: monitoring, event: impact_ended}\n  \
                      - {at: 2024-05-01T10:10:00Z, by: mara, status: resolved}\n---\n";
        let files = [
            ("incidents/2024/05/2024-05-01-checkout-errors/incident.md", record),
            ("incidents/2024/05/2024-05-01-search/incident.md", untold),
            ("incident.yaml", &format!("people: [{{id: mara}}]\nrules: {{{settings}}}\n")),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let archive = Archive::load(&Memory(files.into())).unwrap();
        let as_of = "2024-06-02T00:00:00Z".parse().unwrap();
        let report = run(&archive, &Options { as_of, refusing, ..Options::default() });
        let shown = ["illegal-transition", "skipped-monitoring", "missing-channel", "no-final-update"];
        shown.into_iter().filter(|rule| report.diagnostics.iter().any(|found| found.rule == *rule)).collect()
    }

    #[test]
    fn a_command_asks_the_rules_that_may_refuse_it() {
        let all = ["illegal-transition", "skipped-monitoring", "missing-channel", "no-final-update"];
        assert_eq!(asked("", false), all);
        let asked = |settings| asked(settings, true);
        assert_eq!(asked(""), ["illegal-transition", "no-final-update"]);
        assert_eq!(asked("skipped-monitoring: error"), ["illegal-transition", "skipped-monitoring", "no-final-update"]);
        assert_eq!(asked("missing-channel: error"), asked(""), "what is owed may be written");
        assert_eq!(asked("illegal-transition: warn"), ["no-final-update"]);
        assert_eq!(asked("illegal-transition: off, no-final-update: off"), [""; 0]);
    }
}
