//! How a site gets to its readers: what `build` refuses, swaps and lists, and that the recipes of `docs/deploy.md` work.

use std::fs;
use std::process::Command;

use clap::Parser;
use git_incident::cli::Cli;
use git_incident::site::builtin::BUILTIN;

use crate::sandbox::{Run, Sandbox};

const RECIPES: &str = include_str!("../../docs/deploy.md");
const RECORD: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";
const NOTE: &str = "The replica of the card database is full and answers nothing";

fn shop(name: &str) -> Sandbox {
    let sandbox = Sandbox::new(&format!("publish-{name}"));
    sandbox.file(
        "incident.yaml",
        "site: {title: Shop}\nservices: [{id: checkout, name: Checkout}]\npeople: [{id: mara}]\n",
    );
    let record = format!(
        "---\ntitle: Checkout fails\nvisibility: public\ntimeline:\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    \
         status: investigating\n    impact: {{checkout: partial_outage}}\n    public: We are looking.\n    note: {NOTE}\n---\n"
    );
    sandbox.file(RECORD, &record);
    sandbox
}

fn build(sandbox: &Sandbox, flags: &[&str]) -> Run {
    sandbox.run(&[&["build", "--as-of", "2024-05-01T12:00:00Z"], flags].concat())
}

#[test]
fn after_a_leak_the_old_site_stands() {
    let sandbox = shop("leak");
    assert_eq!(build(&sandbox, &[]).code, 0);
    let old = sandbox.read("public/index.html");
    let files = fs::read_dir(sandbox.root.join("public")).unwrap().count();
    // A message for everything to be built anew, and a template that shows what it must not.
    sandbox.file(RECORD, &sandbox.read(RECORD).replace("We are looking.", "We know why."));
    let shows = format!("{{% extends \"builtin/404.html\" %}}{{% block content %}}<p>{NOTE}</p>{{% endblock %}}");
    sandbox.file("templates/404.html", &shows);
    let run = build(&sandbox, &[]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("  404.html: an internal text (`note`)"), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("from {RECORD}:10:11")), "{}", run.stderr);
    assert_eq!(sandbox.read("public/index.html"), old);
    assert_eq!(fs::read_dir(sandbox.root.join("public")).unwrap().count(), files, "nothing is left behind");
}

#[test]
fn a_swapped_site_changes_as_a_whole() {
    let sandbox = shop("swap");
    assert_eq!(build(&sandbox, &["--swap"]).code, 0);
    sandbox.file(RECORD, &sandbox.read(RECORD).replace("We are looking.", "We know why."));
    let seen = fs::canonicalize(sandbox.root.join("public")).unwrap();
    assert_eq!(build(&sandbox, &["--swap"]).code, 0);
    assert!(sandbox.read("public/index.html").contains("We know why."));
    let old = fs::read_to_string(seen.join("index.html")).unwrap();
    assert!(old.contains("We are looking."), "who was reading goes on reading");
    let refused = build(&shop("swap-folder"), &["--swap", "--out", "incidents/.."]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
}

#[test]
fn every_built_in_template_is_printed_as_it_is() {
    let sandbox = shop("templates");
    let names = sandbox.run(&["build", "--print-template"]).stdout;
    assert_eq!(names.lines().collect::<Vec<_>>(), BUILTIN.map(|(name, _)| name));
    for (name, text) in BUILTIN {
        assert_eq!(sandbox.run(&["build", "--print-template", name]).stdout, text, "{name}");
    }
    let unknown = sandbox.run(&["build", "--print-template", "hom.html"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("did you mean `home.html`?"), "{}", unknown.stderr);
}

/// The code blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    RECIPES.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn every_command_of_the_recipes_can_be_run() {
    let commands = RECIPES.split("git incident ").skip(1).filter_map(|rest| rest.split(['`', '\n', '>']).next());
    let mut number = 0;
    for command in commands {
        let words = ["git-incident"].into_iter().chain(command.split_whitespace());
        assert!(Cli::try_parse_from(words).is_ok(), "git incident {command}");
        number += 1;
    }
    assert!(number > 5, "{number}");
}

/// The recipe for object storage, with a folder for a bucket.
#[cfg(unix)]
#[test]
fn an_upload_by_the_manifest_sends_what_changed_and_removes_what_is_gone() {
    let sandbox = shop("upload");
    let recipe = blocks("sh").into_iter().find(|block| block.contains("published.txt")).unwrap();
    let bucket = "upload() { install -D \"public/$1\" \"bucket/$1\"; echo \"sent $1\"; }\n\
                  remove() { rm \"bucket/$1\"; echo \"removed $1\"; }\ngit() { \"$PROGRAM\" \"${@:2}\"; }\n";
    let upload = || {
        let script = format!("set -euo pipefail\n{bucket}{recipe}");
        let output = Command::new("bash")
            .args(["-c", &script])
            .current_dir(&sandbox.root)
            .env("PROGRAM", env!("CARGO_BIN_EXE_git-incident"))
            .env("SOURCE_DATE_EPOCH", "1714564800")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let sent = upload();
    assert_eq!(
        sent.lines().rfind(|line| line.starts_with("sent ")),
        Some("sent index.html"),
        "the home page comes last"
    );
    assert_eq!(sandbox.read("bucket/index.html"), sandbox.read("public/index.html"));
    assert!(!upload().contains("sent "), "nothing changed");
    fs::remove_file(sandbox.root.join(RECORD)).unwrap();
    let sent = upload();
    assert!(sent.contains("removed incidents/2024-05-01-checkout-errors/index.html"), "{sent}");
    assert!(sent.contains("sent index.html") && !sent.contains("sent assets/"), "{sent}");
}
