//! Every rule has a folder in `tests/rules`, with an archive that `fails` and one that `passes`.
//!
//! An example of a rule about the past holds folders of versions (see `versions`). `incident.yaml` is shared, unless a folder brings its own. `SNAPSHOTS=overwrite cargo test` writes the expected reports.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use clap::error::ErrorKind;
use git_incident::check::rules::RULES;
use git_incident::check::{self, EXPLAINED, Nature, Options, Rule};
use git_incident::cli::Cli;
use git_incident::diagnostic::{Diagnostic, Level, Report, json, terminal};
use git_incident::record::archive::{Archive, FolderTree, Memory};
use git_incident::text::problem::{Fix, Safety};
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use snapbox::Data;

use crate::versions;

pub const CONFIG: &str = include_str!("../rules/incident.yaml");

/// Where the example of a rule stands that names no path.
pub const EXAMPLE_PATH: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// Checks an archive as of the first day of 2026.
pub fn check(files: BTreeMap<String, String>) -> Report {
    let (mut files, history) = versions::split(files);
    files.entry("incident.yaml".into()).or_insert_with(|| CONFIG.to_owned());
    let archive = Archive::load(&Memory(files)).unwrap();
    let as_of = "2026-01-01T00:00:00Z".parse().unwrap();
    check::run_with(&archive, &history, &Options { as_of, ..Options::default() })
}

/// The files below a folder by their paths in it.
pub fn files_in(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The report as a person sees it where there are no colours.
pub fn rendered(report: &Report) -> String {
    let mut out = Vec::new();
    terminal::write(&report.clone().without_credentials(), &mut out).unwrap();
    anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
}

/// The report on an example of a rule, without what so small a record still owes to the rules of other families.
fn check_example(rule: &Rule, files: BTreeMap<String, String>) -> Report {
    let mut report = check(files);
    report.diagnostics.retain(|found| {
        let other = RULES.iter().find(|other| other.name == found.rule).unwrap();
        other.nature == Nature::Fault || other.family == rule.family
    });
    report
}

pub fn rules_in(report: &Report) -> BTreeSet<&'static str> {
    report.diagnostics.iter().map(|found| found.rule).collect()
}

#[test]
fn every_rule_has_its_folder_and_every_folder_its_rule() {
    let folders: BTreeSet<String> = fs::read_dir(folder("rules"))
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(folders, rules);
    assert_eq!(rules.len(), RULES.len(), "two rules share a name");
}

#[test]
fn what_fails_triggers_exactly_its_rule() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let fails = folder("rules").join(rule.name).join("fails");
        let report = check_example(rule, files_in(&fails));
        snapbox::assert_data_eq!(rendered(&report), Data::read_from(&fails.join("expected.txt"), None).raw());
        if rules_in(&report) != [rule.name].into() {
            wrong.push((rule.name, rules_in(&report)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// A command asks only the rules that are errors by themselves, so none of those that refuse may weigh more in places.
#[test]
fn what_refuses_a_command_weighs_no_more_than_it_says() {
    for rule in RULES.iter().filter(|rule| rule.nature.refuses()) {
        let report = check_example(rule, files_in(&folder("rules").join(rule.name).join("fails")));
        let worst = report.diagnostics.iter().filter(|found| found.rule == rule.name).map(|found| found.level).max();
        assert!(worst <= Some(rule.level), "{}", rule.name);
    }
}

#[test]
fn what_passes_triggers_nothing() {
    for rule in RULES {
        let report = check_example(rule, files_in(&folder("rules").join(rule.name).join("passes")));
        assert!(report.records > 0, "{} has no records that pass", rule.name);
        assert!(report.diagnostics.is_empty(), "{}\n{}", rule.name, rendered(&report));
    }
}

/// Rules that read a timeline as a whole.
const ASK_FOR_EVERY_ENTRY: &[&str] = &[
    "illegal-transition",
    "missing-reason",
    "skipped-monitoring",
    "late-reopen",
    "entry-after-close",
    "open-impact",
    "unmet-gate",
    "zero-duration",
    "unchanged-value",
    "open-todo",
    "pending-action",
    "severity-criteria",
    "assessment-incomplete",
    "no-incident-manager",
    "required-role",
    "one-person-two-jobs",
    "missing-channel",
    "late-first-update",
    "missed-cadence",
    "broken-promise",
    "never-announced",
    "no-final-update",
    "contradicting-update",
    "late-escalation",
    "unacknowledged-escalation",
    "postmortem-required",
    "security-milestones",
    "custody-gap",
    "obligation-unassessed",
    "security-not-private",
    "changed-entry",
    "removed-entry",
    "reordered-entries",
    "late-record",
    "early-start",
    "short-notice",
    "overrun",
    "overlapping-maintenance",
    "drill-result",
];

#[test]
fn what_an_entry_that_cannot_be_read_may_have_said_is_not_missed() {
    let unreadable = "timeline:\n  - {at: yesterday, by: mara}\n";
    for name in ASK_FOR_EVERY_ENTRY {
        let mut files = files_in(&folder("rules").join(name).join("fails"));
        files.values_mut().for_each(|text| *text = text.replace("timeline:\n", unreadable));
        let found = rules_in(&check(files));
        assert!(found.contains("invalid-time") && !found.contains(name), "{found:?}");
    }
}

/// The commands that a text names, in backquotes.
fn commands_in(text: &str) -> Vec<String> {
    let quoted = text.split('`').skip(1).step_by(2).filter(|quoted| quoted.starts_with("git incident "));
    quoted.map(str::to_owned).collect()
}

/// Why the command line does not take a command. Only its name, as in "add it with `git incident action add`", is enough.
fn refused(command: &str) -> Option<String> {
    let mut words: Vec<String> = vec!["git-incident".into()];
    // What only people know stands there as `…`, which the commands refuse.
    let filled = command.replace("\"…\"", "\"Words.\"");
    for (i, part) in filled.trim_start_matches("git incident ").split('"').enumerate() {
        match i % 2 {
            0 => words.extend(part.split_whitespace().map(|word| match word {
                "TIME" => "10:00".to_owned(),
                "DAY" => "2024-05-01".to_owned(),
                "N" => "1".to_owned(),
                "URL" => "https://example.com".to_owned(),
                word => word.to_owned(),
            })),
            // What only the user knows, and has to write out.
            _ => words.push(part.replace('…', "text")),
        }
    }
    let error = Cli::try_parse_from(&words).err()?;
    let is_name = !words.iter().any(|word| word.starts_with('-') || word.chars().any(char::is_uppercase));
    let lacks = [ErrorKind::MissingRequiredArgument, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand];
    let fine = is_name && lacks.contains(&error.kind()) || error.kind() == ErrorKind::DisplayHelp;
    (!fine).then(|| format!("{command}\n{error}"))
}

#[test]
fn every_command_that_a_rule_names_can_be_typed() {
    let mut commands: BTreeSet<String> = RULES.iter().flat_map(|rule| commands_in(rule.explain)).collect();
    for rule in RULES {
        let report = check(files_in(&folder("rules").join(rule.name).join("fails")));
        commands.extend(report.diagnostics.iter().filter_map(|found| found.help.as_ref()).flat_map(|h| commands_in(h)));
    }
    assert!(commands.len() > 30, "{commands:?}");
    let refused: Vec<_> = commands.iter().filter_map(|command| refused(command)).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    for wrong in ["git incident actoin add", "git incident update --edti 1", "git incident escalate --at TIME"] {
        assert!(self::refused(wrong).is_some(), "{wrong}");
    }
}

#[test]
fn the_records_of_this_repository_owe_nothing_even_if_nothing_is_excused() {
    let archive = Archive::load(&FolderTree::new(Path::new(env!("CARGO_MANIFEST_DIR")))).unwrap();
    let as_of = "2026-11-30T00:00:00Z".parse().unwrap();
    let mut report = check::run(&archive, &Options { as_of, ..Options::default() });
    report.diagnostics.retain(|found| found.level > Level::Info);
    assert!(report.diagnostics.is_empty(), "{}", rendered(&report));
}

#[test]
fn the_documentation_has_its_headings() {
    for rule in RULES {
        let headings: Vec<_> = rule.explain.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, EXPLAINED, "{}", rule.name);
        assert!(!rule.summary.ends_with('.') && rule.summary.len() <= 70, "{}: {}", rule.name, rule.summary);
    }
}

#[test]
fn the_example_in_the_documentation_triggers_its_rule() {
    for rule in RULES {
        let report = check(example(rule));
        assert!(rules_in(&report).contains(rule.name), "{}\n{}", rule.name, rendered(&report));
    }
}

/// The code blocks of the documentation. The words after ` ```markdown ` say where the file stands.
fn example(rule: &Rule) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut path = None;
    for event in Parser::new(rule.explain) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let stated = info.split_once(' ').map_or(EXAMPLE_PATH, |(_, path)| path);
                path = Some(stated.to_owned());
            }
            Event::Text(text) => {
                if let Some(path) = path.take() {
                    files.insert(path, text.into_string());
                }
            }
            _ => {}
        }
    }
    assert!(!files.is_empty(), "{} has no example", rule.name);
    files
}

#[test]
fn every_problem_that_reading_finds_belongs_to_a_rule() {
    let mut found = 0;
    for layer in ["text", "record"] {
        for (path, source) in files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(layer)) {
            for after in source.split("Problem::new(").skip(1) {
                let Some(name) = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                found += 1;
                assert!(RULES.iter().any(|rule| rule.name == name), "src/{layer}/{path} reports `{name}`");
            }
        }
    }
    assert!(found > 10, "the search for problems finds none");
}

#[test]
fn the_page_of_rules_is_current() {
    let mut page = String::from(
        "# The rules of `check`\n\nGenerated from the code: `SNAPSHOTS=overwrite cargo test` renews it. \
         `git incident explain RULE` prints one of them.\n\nWhat a finding says about a record depends on the nature of its rule:\n\n",
    );
    for nature in Nature::ALL {
        writeln!(page, "- **{}**: {}", nature.name(), nature.meaning()).unwrap();
    }
    let mut family = None;
    for rule in RULES {
        if family != Some(rule.family) {
            family = Some(rule.family);
            writeln!(page, "\n## {}", rule.family.name()).unwrap();
        }
        let explain = rule.explain.trim().replace("\n## ", "\n#### ").replacen("## ", "#### ", 1);
        let (name, level, nature, summary) = (rule.name, rule.level.name(), rule.nature.name(), rule.summary);
        writeln!(page, "\n### {name}\n\n{level}, {nature}: {summary}\n\n{explain}").unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    snapbox::assert_data_eq!(page, Data::read_from(&path, None).raw());
}

/// What the fixes of a report write: where, and which text in place of which.
fn fixes(report: &Report) -> String {
    let mut text = String::new();
    for (found, fix) in report.diagnostics.iter().filter_map(|found| Some((found, found.fix.as_ref()?))) {
        let safety = if fix.safety == Safety::Safe { "safe" } else { "unsafe" };
        writeln!(text, "{}: {} ({safety})", found.path, fix.title).unwrap();
        let source = &report.sources[&found.path];
        for edit in &fix.edits {
            let line = source[..edit.span.start].matches('\n').count() + 1;
            writeln!(text, "  {line}: {:?} -> {:?}", &source[edit.span.range()], edit.replacement).unwrap();
        }
    }
    text
}

#[test]
fn a_fix_writes_what_it_says() {
    let mut offered = 0;
    for rule in RULES {
        let fails = folder("rules").join(rule.name).join("fails");
        let fixes = fixes(&check_example(rule, files_in(&fails)));
        let expected = fails.join("fixes.txt");
        if !fixes.is_empty() || expected.exists() {
            offered += 1;
            snapbox::assert_data_eq!(fixes, Data::read_from(&expected, None).raw());
        }
    }
    assert!(offered > 10, "only {offered} rules offer a fix");
}

#[test]
fn a_safe_fix_mends_what_it_was_offered_for() {
    let mut mended = 0;
    for rule in RULES {
        let fails = files_in(&folder("rules").join(rule.name).join("fails"));
        let files = with_safe_fixes(&fails);
        mended += usize::from(files != fails);
        let left: Vec<_> = check(files).diagnostics.into_iter().filter(|found| safe_fix(found).is_some()).collect();
        assert!(left.is_empty(), "{}: {left:?}", rule.name);
    }
    assert!(mended > 5, "only {mended} rules offer a safe fix");
}

fn safe_fix(found: &Diagnostic) -> Option<&Fix> {
    found.fix.as_ref().filter(|fix| fix.safety == Safety::Safe)
}

/// Applies every safe fix, from the end of each file to its beginning.
fn with_safe_fixes(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut files = files.clone();
    let newest = versions::newest(&files);
    let report = check(files.clone());
    for found in report.diagnostics.iter().rev() {
        let edits = safe_fix(found).map_or(&[][..], |fix| &fix.edits);
        for edit in edits.iter().rev() {
            let text = files.get_mut(&format!("{newest}{}", found.path)).unwrap();
            text.replace_range(edit.span.range(), &edit.replacement);
        }
    }
    files
}

/// Breaks the records of the fixtures in the ways of a tired person and of a bad merge.
fn broken(text: &str, breaks: &[(prop::sample::Index, usize, &str)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (place, how, insert) in breaks {
        if lines.is_empty() {
            break;
        }
        let at = place.index(lines.len());
        match how {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines.insert(at, (*insert).to_owned()),
            3 => lines[at].push_str(insert),
            _ => {
                let other = (at + 1) % lines.len();
                lines.swap(at, other);
            }
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_in_a_file_there_is_a_report(
        rule in prop::sample::select(RULES),
        kind in prop::sample::select(vec!["fails", "passes"]),
        breaks in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..5_usize, prop::sample::select(vec![
                "---", "\t", "  - at: 2024-05-01T09:00:00Z", ": ", "\u{202e}", "{", "]", "\"", "#", "*x", "결제 ", "    status: closed",
                "    backfill: true", "9999-12-31T23:59:59Z", "[a](../../../../..//b%2)", "    impact: {checkout: operational}",
            ])),
            0..12,
        ),
    ) {
        let mut files = files_in(&folder("rules").join(rule.name).join(kind));
        // A lifecycle that cannot be read ends the run: without it nothing can be judged.
        for text in files.iter_mut().filter(|(path, _)| !path.ends_with("schemas/lifecycle.yaml")).map(|(_, text)| text) {
            *text = broken(text, &breaks);
        }
        let report = check(files);
        rendered(&report);
        json::write(&report, &mut Vec::new()).unwrap();
    }
}
