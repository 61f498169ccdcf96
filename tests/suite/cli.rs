//! The program from the outside: what it prints, what it leaves, and how it ends.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use walkdir::WalkDir;

use crate::import::corpus;
use crate::sandbox::Sandbox;

const CONFIG: &str = "\
site: {title: Example Shop status, url: https://status.example.com}
services:
  - {id: checkout, name: Checkout, group: Shop}
people:
  - {id: mara, name: Mara Ito}
";

const CHECKOUT: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";
const SEARCH: &str = "incidents/2024/06/2024-06-02-search-errors/incident.md";

const NOW: [&str; 2] = ["--as-of", "2024-06-03T00:00:00Z"];

fn open_incident(day: &str) -> String {
    format!(
        "---
title: Checkout fails
visibility: public
timeline:
  - at: {day}T09:50:00Z
    by: mara
    status: investigating
    impact: {{checkout: partial_outage}}
    public: We are looking into failed payments.
    roles: {{incident_manager: mara}}
---
"
    )
}

fn archive(name: &str) -> Sandbox {
    let sandbox = Sandbox::new(name);
    sandbox.file("incident.yaml", CONFIG).file(CHECKOUT, &open_incident("2024-05-01"));
    sandbox
}

/// An archive with an error in the first of two records.
fn faulty(name: &str) -> Sandbox {
    let sandbox = archive(name);
    sandbox.file(CHECKOUT, &open_incident("2024-05-01").replace("partial_outage", "partial_outtage"));
    sandbox.file(SEARCH, &open_incident("2024-06-02").replace("by: mara", "by: maar"));
    sandbox
}

/// The bytes of every file below a folder.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn check_ends_with_0_where_all_is_well() {
    let run = archive("check-clean").run(&["check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "Checked 1 record: no problems.\n"));
    assert_eq!(run.stderr, "");
}

#[test]
fn check_shows_every_error_and_ends_with_1() {
    let run = faulty("check-faulty").run(&["check"]);
    assert_eq!(run.code, 1);
    snapbox::assert_data_eq!(
        run.stdout,
        snapbox::str![[r#"
error[unknown-value]: `partial_outtage` is not a known value of `impact`
 --> incidents/2024/05/2024-05-01-checkout-errors/incident.md:8:24
  |
8 |     impact: {checkout: partial_outtage}
  |                        ^^^^^^^^^^^^^^^
  |
help: did you mean `partial_outage`?
  |
8 -     impact: {checkout: partial_outtage}
8 +     impact: {checkout: partial_outage}
  |

error[unknown-reference]: `maar` is not a person of `incident.yaml` or `bot:NAME`, so nobody knows who this is
 --> incidents/2024/06/2024-06-02-search-errors/incident.md:6:9
  |
6 |     by: maar
  |         ^^^^
  |
help: did you mean `mara`?
  |
6 -     by: maar
6 +     by: mara
  |

Found 2 errors in 2 files; checked 2 records.

"#]]
    );
}

#[test]
fn check_reports_only_what_it_is_asked_for() {
    let sandbox = faulty("check-selection");
    for word in ["checkout", "2024-05-01-checkout-errors", CHECKOUT, "incidents/2024/05"] {
        let run = sandbox.run(&["check", word]);
        assert_eq!(run.code, 1, "{word}");
        assert!(run.stdout.contains("unknown-value") && !run.stdout.contains("unknown-reference"), "{word}");
    }
    // A path counts from where one stands; the archive is found above it.
    let below = sandbox.root.join("incidents/2024/05");
    let run =
        sandbox.command(&["check", "2024-05-01-checkout-errors/incident.md"]).current_dir(below).output().unwrap();
    assert!(String::from_utf8(run.stdout).unwrap().ends_with("checked 1 record.\n"));
}

#[test]
fn check_takes_every_file_that_a_commit_hook_may_name() {
    let sandbox = faulty("check-hook");
    sandbox.file("incidents/.gitkeep", "").file("README.md", "Records.");
    let run = sandbox.run(&["check", "incidents/.gitkeep", "README.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "Checked 0 records: no problems.\n"), "{}", run.stderr);
    let run = sandbox.run(&["check", "README.md", CHECKOUT]);
    assert!(run.code == 1 && run.stdout.ends_with("checked 1 record.\n"), "{}", run.stdout);
    assert_eq!(sandbox.run(&["check", "incidents/.gone"]).code, 2);
}

#[test]
fn check_json_is_one_document() {
    let run = faulty("check-json").run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["summary"]["errors"], 2);
    let first = &report["diagnostics"][0];
    assert_eq!((&first["rule"], &first["line"], &first["column"]), (&"unknown-value".into(), &8.into(), &24.into()));
}

#[test]
fn a_command_that_cannot_run_ends_with_2_and_says_why() {
    let empty = Sandbox::new("no-archive");
    let run = empty.run(&["check"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("error: no `incident.yaml` and no folder `incidents` in "), "{}", run.stderr);

    let sandbox = faulty("cannot-run");
    for (word, why) in [("nothing-like-it", "is neither a file"), ("errors", "could be any of")] {
        let run = sandbox.run(&["check", word]);
        assert_eq!((run.code, run.stderr.contains(why)), (2, true), "{}", run.stderr);
    }

    sandbox.file("schemas/lifecycle.yaml", "incident: {initial: [], states: {}, transitions: [], colour: red}\n");
    let run = sandbox.run(&["check"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("schemas/lifecycle.yaml: ") && run.stderr.contains("colour"), "{}", run.stderr);
    sandbox.file("schemas/lifecycle.yaml", "incident: {}\ndrill: [a\n");
    let run = sandbox.run(&["check"]);
    assert!(run.stderr.contains("line 2, column 8: a `[` opens here and is never closed"), "{}", run.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let sandbox = archive("closed-pipe");
    for n in 0..200 {
        sandbox.file(&format!("incidents/2024-05-01-n{n}/incident.md"), "---\ntitle: x\ntimeline: []\nfoo: 1\n---\n");
    }
    let mut child = sandbox.command(&["check"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_repository_is_not_followed() {
    let outside = Sandbox::new("outside");
    outside.file("secret.md", "---\ntitle: secret\n---\n");
    let sandbox = archive("link");
    let link = sandbox.root.join("incidents/2024-05-02-linked");
    fs::create_dir_all(&link).unwrap();
    std::os::unix::fs::symlink(outside.root.join("secret.md"), link.join("incident.md")).unwrap();
    let run = sandbox.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("outside-repository") && !run.stdout.contains("secret"), "{}", run.stdout);
}

#[test]
fn build_writes_once_and_then_only_what_changed() {
    let sandbox = archive("build");
    let build = |out: &str| sandbox.run(&[&["build", "--out", out], NOW.as_slice()].concat());
    let first = build("public");
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(
        first.stdout.contains(" from 1 record in ") && first.stdout.contains("public/index.html"),
        "{}",
        first.stdout
    );
    let home = sandbox.read("public/index.html");
    assert!(home.contains("We are looking into failed payments."));

    let again = build("public");
    assert!(again.stdout.contains(": 0 written, "), "{}", again.stdout);

    sandbox.file(CHECKOUT, &open_incident("2024-05-01").replace("failed payments", "refused payments"));
    let changed = build("public");
    assert!(changed.stdout.contains("0 removed"), "{}", changed.stdout);
    assert!(sandbox.read("public/index.html").contains("We are looking into refused payments."));

    fs::remove_file(sandbox.root.join(CHECKOUT)).unwrap();
    build("public");
    assert!(!sandbox.root.join("public/incidents/2024-05-01-checkout-errors/index.html").exists());
}

#[test]
fn build_gives_the_same_bytes_on_any_number_of_threads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sandbox = Sandbox::new("threads");
    let built: Vec<_> = ["1", "2", "7"]
        .map(|threads| {
            let out = sandbox.root.join(threads);
            let out_arg = out.to_str().unwrap();
            let args = ["-C", root.to_str().unwrap(), "build", "--out", out_arg, "--as-of", "2026-11-21T16:00:00Z"];
            let output = sandbox.command(&args).env("RAYON_NUM_THREADS", threads).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            tree(&out)
        })
        .into();
    assert!(built[0].len() > 100, "the sample site has {} files", built[0].len());
    assert!(built[0] == built[1] && built[0] == built[2]);
}

#[test]
fn a_build_that_fails_leaves_the_old_site() {
    let sandbox = archive("build-fails");
    let args = [&["build"], NOW.as_slice()].concat();
    assert_eq!(sandbox.run(&args).code, 0);
    let before = tree(&sandbox.root.join("public"));
    sandbox.file("templates/404.html", "<p>\n  {{ no_such_thing }}\n");
    let run = sandbox.run(&args);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("404.html:2:") && run.stderr.contains("no_such_thing"), "{}", run.stderr);
    assert_eq!(tree(&sandbox.root.join("public")), before);
}

#[test]
fn build_does_not_write_into_a_folder_of_somebody_else() {
    let sandbox = archive("build-foreign");
    sandbox.file("notes/mine.txt", "mine");
    let run = sandbox.run(&["build", "--out", "notes"]);
    assert_eq!(run.code, 2);
    assert_eq!(tree(&sandbox.root.join("notes")).keys().collect::<Vec<_>>(), ["mine.txt"]);
}

#[test]
fn build_does_not_write_into_what_it_reads() {
    let sandbox = archive("build-source");
    let before = tree(&sandbox.root);
    for out in ["incidents/public", "templates", "schemas/site"] {
        let run = sandbox.run(&["build", "--out", out]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("which a build reads from"), "{}", run.stderr);
    }
    assert!(tree(&sandbox.root) == before);
}

#[test]
fn a_site_is_not_built_from_a_configuration_that_cannot_be_read() {
    let sandbox = archive("build-configuration");
    sandbox.file("incident.yaml", "services: [\n");
    let run = sandbox.run(&["build"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("incident.yaml"), "{}", run.stderr);
}

#[test]
fn rules_are_listed_and_explained() {
    let sandbox = Sandbox::new("rules");
    let list = sandbox.run(&["rules"]);
    assert!(list.stdout.contains("\nlifecycle\n  illegal-transition "), "{}", list.stdout);
    let page = sandbox.run(&["explain", "illegal-transition"]);
    assert!(page.stdout.starts_with("# illegal-transition (error)\n") && page.stdout.contains("## How to fix it"));
    assert!(page.stdout.contains("\nFamily lifecycle; a fault: the record is wrong; "), "{}", page.stdout);
    let json: serde_json::Value = serde_json::from_str(&sandbox.run(&["rules", "--json"]).stdout).unwrap();
    let rule = json.as_array().unwrap().iter().find(|rule| rule["name"] == "illegal-transition").unwrap();
    assert_eq!(
        (&rule["family"], &rule["level"], &rule["nature"]),
        (&"lifecycle".into(), &"error".into(), &"fault".into())
    );
    let slip = sandbox.run(&["explain", "ilegal-transition"]);
    assert_eq!(slip.code, 2);
    assert!(slip.stderr.contains("did you mean `illegal-transition`?"), "{}", slip.stderr);
}

#[test]
fn import_shows_what_it_would_lose_before_it_writes() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/cstate");
    let site = fs::read_dir(site).unwrap().next().unwrap().unwrap().path();
    let site = site.to_str().unwrap();
    let sandbox = Sandbox::new("import");
    let dry = sandbox.run(&["import", "cstate", site, "--dry-run"]);
    assert!(dry.stdout.ends_with("Nothing was written (--dry-run).\n"), "{}", dry.stdout);
    assert!(!sandbox.root.join("incident.yaml").exists());

    assert_eq!(sandbox.run(&["import", "cstate", site]).code, 0);
    let imported = sandbox.read("incident.yaml");
    let again = sandbox.run(&["import", "cstate", site]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("would be overwritten, so nothing was written"), "{}", again.stderr);
    assert_eq!(sandbox.read("incident.yaml"), imported);
}

#[test]
fn a_real_site_is_imported_checked_and_built() {
    let Some(corpus) = corpus("cstate-x4b") else { return };
    let sandbox = Sandbox::new("corpus");
    let import = sandbox.run(&["import", "cstate", corpus.to_str().unwrap()]);
    assert_eq!(import.code, 0, "{}", import.stderr);
    let check = sandbox.run(&["check", "--format", "json", "--as-of", "2026-11-21T16:00:00Z"]);
    let report: serde_json::Value = serde_json::from_str(&check.stdout).unwrap();
    assert_eq!(report["summary"]["records"], 109);
    let build = sandbox.run(&["build", "--as-of", "2026-11-21T16:00:00Z"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
    let pages = WalkDir::new(sandbox.root.join("public/incidents")).min_depth(1).max_depth(1).into_iter().count();
    assert!(pages >= 109, "{pages} pages of records");
}

#[test]
#[cfg(unix)]
fn bash_completes_the_words_behind_git_incident() {
    let sandbox = Sandbox::new("completions");
    sandbox.file("git-incident.bash", &sandbox.run(&["completions", "bash"]).stdout);
    // As git's own completion calls it.
    let completed = |words: &str| {
        let script = format!(
            "set -u; . ./git-incident.bash; words=({words}); cword=$((${{#words[@]}} - 1)); cur=${{words[cword]}}; \
             prev=${{words[cword - 1]}}; _git_incident; echo ${{COMPREPLY[@]}}"
        );
        let output = std::process::Command::new("bash").args(["-c", &script]).current_dir(&sandbox.root).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    assert_eq!(completed("git incident upd"), "update\n");
    assert_eq!(completed("git incident update --sta"), "--status\n");
    assert_eq!(completed("git incident new maintenance --sta"), "--start\n");
    assert!(sandbox.read("git-incident.bash").contains(" -o default git-incident\n"));
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        assert!(sandbox.run(&["completions", shell]).stdout.contains("git-incident"), "{shell}");
    }
}

#[test]
fn manual_pages_are_printed_or_written() {
    let sandbox = Sandbox::new("man");
    assert!(sandbox.run(&["man"]).stdout.contains(".TH git-incident 1"));
    assert_eq!(sandbox.run(&["man", "share/man1"]).code, 0);
    assert!(sandbox.read("share/man1/git-incident.1").contains("git\\-incident\\-update(1)"));
    assert!(sandbox.read("share/man1/git-incident-new-drill.1").contains("\\-\\-scenario"));
    assert!(!sandbox.root.join("share/man1/git-incident-merge-driver.1").exists());
}
