use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::record::Kind;
use crate::record::config::Severity;
use crate::record::incident::Visibility;
use crate::record::shape::{ACTION_TYPES, CAUSES, CHANNELS, FINDING_CLASSES, ROLES, STAKEHOLDERS, TYPES};
use crate::response::Duty;
use crate::site::builtin::Files;
use crate::site::language::words::{CATALOGUES, Words};

/// The keys of the internal catalogue of a language.
fn keys(tag: &str) -> BTreeSet<String> {
    let files = Files::builtin_only();
    let text = files.builtin(&format!("internal/i18n/{tag}.ftl")).unwrap();
    let keys =
        text.lines().filter_map(|line| Some(line.split_once(" =")?.0)).filter(|key| !key.starts_with([' ', '#']));
    keys.map(str::to_owned).collect()
}

fn files_below(folder: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files_below(path.to_str().unwrap(), found),
            false => found.push(path),
        }
    }
}

#[test]
fn all_languages_have_the_same_words() {
    for tag in ["ko", "ja", "it"] {
        assert_eq!(keys(tag), keys("en"), "{tag}");
    }
}

/// What fills a message has the same name in every language: an unknown one would be shown as it is, a lost one never.
#[test]
fn messages_are_filled_by_the_same_values_in_all_languages() {
    let files = Files::builtin_only();
    for catalogue in CATALOGUES {
        let values = |tag: &str| values(files.builtin(&format!("{catalogue}{tag}.ftl")).unwrap());
        let english = values("en");
        for tag in ["ko", "ja", "it"] {
            // Of the parts of a date each language takes its own.
            for (key, names) in values(tag).into_iter().filter(|(key, _)| !key.starts_with("date_")) {
                assert_eq!(Some(&names), english.get(&key), "{key} of {catalogue}{tag}.ftl");
            }
        }
    }
}

/// The names of the values of each message.
fn values(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}'])) {
            key = name.to_owned();
            all.entry(key.clone()).or_default();
        }
        let names = line.split('$').skip(1).map(|rest| rest.split(|c| !of_word(c)).next().unwrap_or_default());
        all.entry(key.clone()).or_default().extend(names.map(str::to_owned));
    }
    all
}

fn of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// A word that is missing would be shown as its key; one that nothing shows is translated in vain.
#[test]
fn what_is_asked_for_is_what_there_is() {
    let kinds = ["inside_", "task_", "need_", "says_", "measure_", "why_", "report_", "announce_"];
    let is_of_kind = |key: &str| kinds.iter().any(|kind| key.starts_with(kind) && key != *kind);
    let mut sources = Vec::new();
    files_below("src/site", &mut sources);
    files_below("src/announce", &mut sources);
    files_below("templates", &mut sources);
    let is_source = |path: &&PathBuf| {
        !path.ends_with("tests.rs") && path.extension().is_some_and(|end| end == "rs" || end == "html")
    };
    let texts: String = sources.iter().filter(is_source).map(|path| fs::read_to_string(path).unwrap()).collect();
    // In Rust a key stands in quotes, in a template behind `t.` or `words.`.
    let of_word = |c: char| of_word(c) || c == '"' || c == '.';
    let quoted = texts.split(|c| !of_word(c)).filter_map(|word| {
        let key = ["\"", "t.", "words."].iter().find_map(|before| word.strip_prefix(before))?;
        Some(key.trim_end_matches('"'))
    });
    let asked: BTreeSet<&str> = quoted.filter(|word| is_of_kind(word)).collect();
    let catalogue = Words::load("en", &Files::builtin_only()).unwrap();
    for key in asked.iter().filter(|key| **key != "inside_filter_") {
        assert_ne!(catalogue.say(key, &[]), **key, "{key} is not in the catalogue");
    }
    let mut known = keys("en");
    known.extend(catalogue.plain().keys().cloned());
    let unused = known.iter().filter(|key| is_of_kind(key) && !key.starts_with("inside_filter_"));
    let unused: Vec<&String> = unused.filter(|key| !asked.contains(key.as_str())).collect();
    assert_eq!(unused, [""; 0]);
}

/// The lists of the format: a name without a word would stand on Korean pages as it stands in the file.
#[test]
fn every_name_of_a_list_has_its_word() {
    let words = Words::load("en", &Files::builtin_only()).unwrap();
    let severities: Vec<String> = Severity::built_in().into_iter().map(|severity| severity.name).collect();
    let lists: [(&str, Vec<&str>); 10] = [
        ("duty_", Duty::ALL.map(Duty::name).into()),
        ("role_", [ROLES, STAKEHOLDERS].concat()),
        ("channel_", CHANNELS.into()),
        ("cause_", CAUSES.into()),
        ("type_", TYPES.into()),
        ("finding_", FINDING_CLASSES.into()),
        ("action_", ACTION_TYPES.into()),
        ("visibility_", Visibility::ALL.map(Visibility::name).into()),
        ("severity_", severities.iter().map(String::as_str).collect()),
        ("", Kind::ALL.map(Kind::name).into()),
    ];
    for (kind, names) in lists {
        for name in names.into_iter().filter(|name| *name != "postmortem") {
            let key = format!("{kind}{name}").replace('/', "_");
            assert!(words.plain().contains_key(&key), "{key}");
        }
    }
}

/// What is made for the public is not made from what only insiders may know.
#[test]
fn nothing_of_the_public_site_names_the_internal_one() {
    let mut sources = Vec::new();
    for folder in ["src/site/view", "src/site/machine", "src/site/projection", "src/site/language"] {
        files_below(folder, &mut sources);
    }
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("internal::") && !text.contains("Inside<"), "{}", path.display());
    }
}
