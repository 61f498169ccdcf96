//! Finds what is wrong with an archive. What a rule may know is here; each rule is one file under `rules`.

use std::sync::Arc;

use jiff::Timestamp;

use crate::diagnostic::{Diagnostic, Level};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::canary::Canaries;
use crate::record::history::{History, Past};
use crate::record::index::Index;
use crate::record::steps;
use crate::response::{assessment, review, severity, stage};
use crate::text::problem::Problem;
use crate::text::span::Span;

mod adoption;
mod communication;
mod engine;
pub mod fix;
mod gates;
mod kept;
mod levels;
mod links;
mod missing;
mod related;
mod rule;
pub mod rules;
mod same;
mod selection;
mod times;
mod waivers;
mod wording;

pub use engine::{run, run_while, run_with};
pub use levels::Setting;
pub use rule::{Check, EXPLAINED, Family, Nature, Rule};
pub use selection::{NotSelected, Selection};
pub use waivers::Waivers;
use wording::Wording;

use levels::Levels;

/// What a rule may know.
#[derive(Debug)]
pub struct Context<'a> {
    pub archive: &'a Archive,
    pub index: Index<'a>,
    /// What must not stand in a public text.
    pub canaries: Canaries,
    pub waivers: Waivers<'a>,
    /// When the repository was adopted.
    pub adopted: Option<Timestamp>,
    /// Now.
    pub as_of: Timestamp,
    levels: Levels<'a>,
    wording: Wording,
}

impl Context<'_> {
    /// What a record said before, under the ids that it had once and under its own: the oldest first.
    pub fn past<'a>(&'a self, history: &'a History, record: &'a Record) -> impl Iterator<Item = &'a Past> {
        let known = (!history.is_empty()).then(|| self.archive.event(&record.id).unwrap_or(record));
        let ids = known
            .into_iter()
            .flat_map(|event| event.aliases().iter().map(|alias| alias.value.as_str()).chain([&*record.id]));
        ids.filter_map(|id| history.of(record.kind, id))
    }
}

/// What one rule has found.
#[derive(Debug)]
pub struct Findings {
    rule: &'static str,
    level: Level,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a finding at a place of a file. The message says what is wrong and why it matters, without a full stop.
    pub fn report(&mut self, path: &Arc<str>, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.report_at(self.level, path, span, message)
    }

    /// Adds a finding that weighs more or less here than its rule does elsewhere. A level in `incident.yaml` outranks both.
    pub fn report_at(
        &mut self,
        level: Level,
        path: &Arc<str>,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let problem = Problem::new(self.rule, span, message);
        self.found.push_mut(Diagnostic::new(level, path, problem))
    }
}

/// What a run is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The time that counts as now.
    pub as_of: Timestamp,
    /// Limits what is reported. Everything is read all the same, so rules about the whole archive stay right.
    pub only: Selection,
    /// Levels of rules and families that go before those of `incident.yaml`.
    pub levels: Vec<(String, Setting)>,
    /// When the repository was adopted: what was over by then is not asked for what nobody asked at the time.
    pub adopted: Option<Timestamp>,
    /// Asks only the rules that may refuse a command; the others take most of the time and would not be heard.
    pub refusing: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

    const RECORD: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";

    /// The findings in a record that was opened late, under some settings.
    fn found(settings: &str, words: &[&str]) -> Vec<(&'static str, Level)> {
        let record = "---\ntitle: Checkout fails\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: bot:alerts, status: closed}\n---\n";
        let other = record.replace("status: closed", "stauts: closed");
        let files = [
            (RECORD, record),
            ("incidents/2024/05/2024-05-01-search/incident.md", &other),
            ("incident.yaml", settings),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let archive = Archive::load(&Memory(files.into())).unwrap();
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let only = Selection::of(&archive, &words).unwrap();
        let report = run(&archive, &Options { only, ..Options::default() });
        report.diagnostics.iter().map(|found| (found.rule, found.level)).collect()
    }

    #[test]
    fn a_repository_sets_the_level_of_a_rule() {
        let quiet = "rules: {implausible-time: off, missing-field: off, unmet-gate: off, unknown-key: warn}";
        let one = [("illegal-transition", Level::Error), ("unknown-key", Level::Warning)];
        assert_eq!(found(quiet, &[]), one);
        let loud = quiet.replace("implausible-time: off", "implausible-time: error");
        assert!(found(&loud, &[]).contains(&("implausible-time", Level::Error)));
    }

    #[test]
    fn a_rule_goes_before_its_family_and_the_command_line_before_the_file() {
        let level = |file: &str, asked: &[(&str, &str)]| {
            let record = "---\ntitle: x\nstauts: closed\ntimeline: []\n---\n";
            let files =
                [(RECORD, record), ("incident.yaml", file)].map(|(path, text)| (path.to_owned(), text.to_owned()));
            let archive = Archive::load(&Memory(files.into())).unwrap();
            let levels =
                asked.iter().map(|(name, level)| ((*name).to_owned(), Setting::parse(level).unwrap())).collect();
            let report = run(&archive, &Options { levels, ..Options::default() });
            report.diagnostics.iter().find(|found| found.rule == "unknown-key").map(|found| found.level)
        };
        assert_eq!(level("rules: {format: warn}", &[]), Some(Level::Warning));
        assert_eq!(level("rules: {unknown-key: info, format: off}", &[]), Some(Level::Info));
        assert_eq!(level("rules: {unknown-key: off}", &[("format", "warn")]), Some(Level::Warning));
        assert_eq!(level("", &[("unknown-key", "off"), ("format", "warn")]), None);
        assert_eq!(level("", &[("unknown-key", "off"), ("unknown-key", "info")]), Some(Level::Info));
    }

    #[test]
    fn a_configuration_that_cannot_be_read_is_the_only_finding() {
        assert_eq!(found("rules: {implausible-time: off\n", &["search"]), [("invalid-yaml", Level::Error)]);
        assert_eq!(found("- services\n", &[]), [("wrong-type", Level::Error)]);
    }

    #[test]
    fn a_waiver_holds_for_its_rule_and_record_through_its_last_day() {
        let waiver = |rule: &str, until: &str| {
            format!(
                "waivers: [{{rule: {rule}, record: 2024-05-01-checkout-errors, reason: x, by: mara, until: {until}}}]"
            )
        };
        let illegal = |config: &str| found(config, &[RECORD]).contains(&("illegal-transition", Level::Error));
        assert!(illegal(""));
        assert!(!illegal(&waiver("illegal-transition", "1970-01-01")));
        assert!(illegal(&waiver("illegal-transition", "1969-12-31")));
        assert!(illegal(&waiver("missing-field", "1970-01-01")));
        assert!(found(&waiver("unknown-key", "1970-01-01"), &["search"]).contains(&("unknown-key", Level::Error)));
    }

    #[test]
    fn a_waiver_is_unused_only_where_its_rule_has_looked() {
        let waiver = |rule: &str, id: &str| {
            format!("waivers: [{{rule: {rule}, record: 2024-05-01-{id}, reason: x, by: bot, until: 1970-01-01}}]\n")
        };
        let is_unused =
            |config: &str, words: &[&str]| found(config, words).contains(&("unused-waiver", Level::Warning));
        let mixed = waiver("mixed-offsets", "checkout-errors");
        assert!(is_unused(&mixed, &[]));
        assert!(!is_unused(&mixed, &["incident.yaml"]));
        assert!(!is_unused(&format!("{mixed}rules: {{mixed-offsets: off}}"), &[]));
        assert!(!is_unused(&waiver("illegal-transition", "checkout-errors"), &[]));
        assert!(!is_unused(&waiver("mixed-offset", "checkout-errors"), &[]), "there is no such rule");
        assert!(!is_unused(&waiver("mixed-offsets", "search"), &[]), "its record cannot be read as it was meant");
    }

    #[test]
    fn services_need_an_owner_once_there_are_teams() {
        let asked = |config: &str, about: &str| found(config, &[about]).contains(&("service-owner", Level::Warning));
        assert!(!asked("services: [{id: a}]", "incident.yaml"));
        assert!(asked("services: [{id: a}]\nteams: [{id: b}]", "incident.yaml"));
        assert!(!asked("services: [{id: a}]\nteams: [{id: b}]", "search"), "that is another file");
    }

    #[test]
    fn what_could_not_be_read_was_meant_to_say_something() {
        assert!(!found("", &["search"]).iter().any(|(rule, _)| *rule == "empty-entry"));
    }

    #[test]
    fn a_setting_for_no_rule_is_reported() {
        assert!(found("rules: {unmet-gaet: off}", &["incident.yaml"]).contains(&("unknown-key", Level::Error)));
        assert_eq!(found("rules: {unmet-gate: off, lifecycle: warn}", &["incident.yaml"]), []);
    }

    #[test]
    fn a_selection_limits_what_is_reported() {
        let rules = |words: &[&str]| found("", words).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
        assert!(rules(&["search"]).contains(&"unknown-key"));
        assert!(!rules(&["search"]).contains(&"illegal-transition"));
        assert!(!rules(&[RECORD]).contains(&"unknown-key"));
        assert_eq!(rules(&[RECORD]), rules(&["2024-05-01-checkout-errors"]));
        assert_eq!(rules(&["incidents/2024"]), rules(&[]));
    }
}
