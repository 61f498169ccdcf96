//! The layers of the crate: a module names only modules of lower layers, and none of its own.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up. Modules of one layer do not know each other; a module knows itself.
const LAYERS: [&[&str]; 9] = [
    &["text"],
    &["record", "diagnostic"],
    &["response", "metrics"],
    &["check", "site", "git", "import", "export"],
    &["serve", "lsp", "change", "announce"],
    &["error"],
    &["commands"],
    &["cli"],
    &["main"],
];

/// Arrows that are missing although the layers would allow them: what serves pages does not know how they are made.
const STRANGERS: [(&str, &[&str]); 1] = [("serve", LAYERS[3])];

/// The files that join the modules and belong to none.
const ROOTS: [&str; 1] = ["lib"];

#[test]
fn no_module_names_one_above_or_beside_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = String::new();
    for file in rust_files(&root) {
        let name = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        for (line, complaint) in wrong_arrows(&name, &fs::read_to_string(&file).unwrap()) {
            writeln!(found, "src/{name}:{line}: {complaint}").unwrap();
        }
    }
    assert!(found.is_empty(), "the layers are in src/lib.rs\n{found}");
}

#[test]
fn an_arrow_that_points_up_is_found() {
    let planted = [
        "use crate::commands::build;",
        "use crate::{check::Rule, text::span};",
        "pub use crate::serve;",
        "let report = crate::check::run(archive);",
        "use git_incident::site::plan;",
    ];
    for line in planted {
        let text = format!("use crate::text::span::Span;\n\n{line}\n");
        let found = wrong_arrows("record/incident.rs", &text);
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert_eq!(found[0].0, 3, "{line}");
    }
}

#[test]
fn an_arrow_to_the_side_is_found() {
    assert_eq!(
        wrong_arrows("record/mod.rs", "use crate::diagnostic::Level;"),
        [(1, "`record` must not know `diagnostic`, which is beside it".to_owned())]
    );
    assert_eq!(wrong_arrows("check/mod.rs", "use crate::site::plan;").len(), 1);
    assert_eq!(wrong_arrows("serve/mod.rs", "use crate::site::plan;").len(), 1);
}

#[test]
fn arrows_over_several_lines_are_found_where_they_start() {
    let text = "use crate::{\n    record::{Incident, time::Moment},\n    site::plan,\n};\n";
    assert_eq!(wrong_arrows("check/engine.rs", text).len(), 1);
}

#[test]
fn a_module_of_no_layer_is_found() {
    assert_eq!(
        wrong_arrows("helpers.rs", ""),
        [(1, "`helpers` has no layer; give it one in tests/suite/layers.rs".to_owned())]
    );
}

#[test]
fn arrows_that_point_down_are_fine_and_comments_are_no_arrows() {
    let text = "// see crate::commands\n//! [`crate::serve`]\nuse crate::text::span::Span;\nuse crate::check::rules;\n";
    assert!(wrong_arrows("check/rules/title.rs", text).is_empty());
    assert!(wrong_arrows("commands/build.rs", "use crate::{check, site};").is_empty());
    assert!(wrong_arrows("lib.rs", "pub use crate::commands;").is_empty());
}

/// The lines of a file, from 1, that name a module they must not, and why not.
fn wrong_arrows(file: &str, text: &str) -> Vec<(usize, String)> {
    let from = file.split(['/', '.']).next().unwrap();
    if ROOTS.contains(&from) {
        return Vec::new();
    }
    let Some(layer) = layer_of(from) else {
        let complaint = format!("`{from}` has no layer; give it one in tests/suite/layers.rs");
        return vec![(1, complaint)];
    };
    named_modules(text)
        .into_iter()
        .filter(|(_, to)| to != from)
        .filter_map(|(line, to)| {
            let place = match layer_of(&to)? {
                other if other > layer => "above it",
                other if other == layer => "beside it",
                _ if STRANGERS.iter().any(|(who, whom)| *who == from && whom.contains(&&*to)) => "none of its business",
                _ => return None,
            };
            Some((line, format!("`{from}` must not know `{to}`, which is {place}")))
        })
        .collect()
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The top-level modules that a text names after `crate::`, each with its line.
fn named_modules(text: &str) -> Vec<(usize, String)> {
    let code: String =
        text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code).to_owned() + "\n").collect();
    let mut found = Vec::new();
    for prefix in ["crate::", "git_incident::"] {
        for (start, _) in code.match_indices(prefix) {
            let line = code[..start].matches('\n').count() + 1;
            let after = &code[start + prefix.len()..];
            found.extend(first_segments(after).into_iter().map(|module| (line, module)));
        }
    }
    found
}

/// `a::b` is `a`; `{a::{b, c}, d as e}` are `a` and `d`.
fn first_segments(path: &str) -> Vec<String> {
    let name =
        |text: &str| -> String { text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut depth = 0;
    let mut segments = vec![name(group)];
    for (place, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => segments.push(name(&group[place + 1..])),
            _ => {}
        }
    }
    segments
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
