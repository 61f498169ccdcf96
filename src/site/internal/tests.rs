use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::site::builtin::Files;
use crate::site::language::words::Words;

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

/// A word that is missing would be shown as its key; one that nothing shows is translated in vain.
#[test]
fn what_is_asked_for_is_what_there_is() {
    let mut sources = Vec::new();
    files_below("src/site/internal", &mut sources);
    files_below("templates", &mut sources);
    let is_source = |path: &&PathBuf| {
        !path.ends_with("tests.rs") && path.extension().is_some_and(|end| end == "rs" || end == "html")
    };
    let texts: String = sources.iter().filter(is_source).map(|path| fs::read_to_string(path).unwrap()).collect();
    let of_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let asked: BTreeSet<&str> = texts.split(|c| !of_word(c)).filter(|word| word.starts_with("inside_")).collect();
    let words = Words::load("en", &Files::builtin_only()).unwrap();
    for key in asked.iter().filter(|key| **key != "inside_filter_") {
        assert_ne!(words.say(key, &[]), **key, "{key} is not in the catalogue");
    }
    let known = keys("en");
    let unused = known.iter().filter(|key| key.starts_with("inside_") && !key.starts_with("inside_filter_"));
    let unused: Vec<&String> = unused.filter(|key| !asked.contains(key.as_str())).collect();
    assert_eq!(unused, [""; 0]);
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
