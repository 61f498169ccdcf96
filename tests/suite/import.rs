//! `import`: what other tools wrote becomes records, and whatever could not be carried over is reported.
//!
//! Every folder of `tests/import/cstate` is a small site with what must be made of it in `expected`; run the tests with
//! `SNAPSHOTS=overwrite` to write it anew, and read the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use git_incident::check::{self, Options};
use git_incident::import::{Counts, Import, Source, cstate, folder};
use git_incident::record::archive::{Archive, Memory};
use git_incident::record::id;
use proptest::prelude::*;
use snapbox::Data;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/cstate");
    let mut cases: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn import(site: &Path) -> Import {
    cstate::import(&folder::read(site).unwrap()).unwrap()
}

fn load(import: &Import) -> Archive {
    Archive::load(&Memory(import.files.clone())).unwrap()
}

/// Files below a folder, relative to it.
fn files(root: &Path) -> BTreeSet<String> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect()
}

#[test]
fn small_sites_become_what_they_should() {
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    for case in cases() {
        let mut import = import(&case);
        let expected = case.join("expected");
        assert_eq!(import.files.remove(".gitignore").as_deref(), Some("/public\n"));
        for (path, text) in &import.files {
            assert.eq(text.as_str(), Data::read_from(&expected.join(path), None).raw());
        }
        let made: BTreeSet<String> = import.files.keys().cloned().collect();
        assert_eq!(files(&expected), made, "{}", case.display());
    }
}

#[test]
fn what_is_written_reads_without_a_mistake() {
    for case in cases() {
        let archive = load(&import(&case));
        assert_eq!(archive.config.problems, [], "{}", case.display());
        for record in &archive.records {
            assert_eq!(record.problems, [], "{}: {}", case.display(), record.path);
            assert_eq!(id::fault(&record.id), None);
        }
    }
}

#[test]
fn a_folder_that_is_no_site_is_refused() {
    let refused = cstate::import(&Source::default()).unwrap_err();
    assert!(refused.message.contains("config.yml"), "{refused:?}");
}

#[test]
fn nothing_is_ever_overwritten() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import-overwrites-nothing");
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join(".gitignore"), "mine\n").unwrap();
    let import = import(&cases()[0]);

    folder::write(&root, &import).unwrap();
    assert_eq!(fs::read_to_string(root.join(".gitignore")).unwrap(), "mine\n");
    assert_eq!(files(&root), import.files.keys().cloned().collect());

    let record = root.join(import.files.keys().find(|path| path.ends_with("incident.md")).unwrap());
    fs::write(&record, "edited\n").unwrap();
    fs::remove_file(root.join("incident.yaml")).unwrap();
    let refused = folder::write(&root, &import).unwrap_err().to_string();
    assert!(refused.contains("nothing was written"), "{refused}");
    assert_eq!(fs::read_to_string(&record).unwrap(), "edited\n");
    assert!(!root.join("incident.yaml").exists());
}

#[test]
fn the_command_says_what_it_did_and_what_it_left_behind() {
    let into = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import-command");
    let _ = fs::remove_dir_all(&into);
    let run = |extra: &[&str]| {
        snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_git-incident"))
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import"))
            .args(["import", "cstate", "cstate/unreadable", "--into"])
            .arg(&into)
            .args(extra)
            .assert()
    };
    run(&["--dry-run"]).success().stdout_eq(snapbox::str![[r#"
2 incidents, 2 services; 5 posts not imported
  content/issues/2022-01-02-unquoted.md:2: the value has an unquoted `: `, which YAML takes for another key
  content/issues/2022-01-03-no-such-day.md:3: `date: 2022-01-94T00:07:00Z` is not a time: 2022-01 has no day 94
  content/issues/2022-01-04-draft.md:4: a draft, which the site did not show
  content/issues/2022-01-05-toml.md:1: the front matter is fenced by `+++`, which means TOML; records are YAML
  content/issues/sample.md: one of the examples that come with cState
not carried over word for word:
     1  values that mean nothing
     1  names of services
     2  keys without a counterpart
     1  pages that are no records
     1  times without an offset

Nothing was written (--dry-run).

"#]]);
    assert!(!into.exists());
    run(&[]).success();
    assert!(into.join("import-report.md").is_file());
    run(&[]).code(2).stderr_eq(snapbox::str![[r#"
error: `[..]import-report.md` and 3 more of its files would be overwritten, so nothing was written; import into an empty folder

"#]]);
}

/// The corpus of real sites, beside the repository or above it.
pub fn corpus(site: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/corpus").join(site))
        .find(|path| path.is_dir());
    if found.is_none() {
        // Past the capture of the test harness, so that nobody takes it for a pass.
        let _ = writeln!(std::io::stderr(), "skipped: there is no ../shared/corpus/{site}");
    }
    found
}

#[test]
fn a_real_site_is_carried_over_whole() {
    let Some(site) = corpus("cstate-x4b") else { return };
    let import = import(&site);
    assert_eq!(import.counts, Counts { incidents: 66, notices: 4, maintenance: 39, services: 18, skipped: 0 });
    let archive = load(&import);
    assert_eq!(archive.records.len(), 109);
    assert_eq!(archive.config.problems, []);
    let problems: Vec<_> = archive.records.iter().filter(|r| !r.problems.is_empty()).map(|r| &r.path).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let open: Vec<_> = archive.records.iter().filter(|r| r.replay.has_open_impact()).map(|r| &r.path).collect();
    assert!(open.is_empty(), "every one of them is resolved: {open:?}");
}

#[test]
fn check_reports_what_is_truly_wrong_in_a_real_site_and_nothing_else() {
    let Some(site) = corpus("cstate-x4b") else { return };
    // An end before its start, and ends that the editor stamped milliseconds after the start.
    let wrong = [
        ("2020-12-16-amsterdam-reverse-proxy-issue", "zero-duration"),
        ("2020-12-18-amsterdam-connectivity-issues", "zero-duration"),
        ("2021-02-27-london-hardware-crash", "zero-duration"),
        ("2021-04-03-uk-amsterdam-maintenance", "window-order"),
        ("2022-04-05-equnix-ix-singapore", "time-order"),
        ("2023-07-26-hazard-notice", "window-order"),
        ("2024-01-15-chicago-offline", "time-order"),
        ("2025-07-26-lux-migrating-to-switzerland", "window-order"),
        ("2025-07-29-budget-line-disrupted", "zero-duration"),
    ];
    let found: Vec<_> = findings(&load(&import(&site)));
    let found: Vec<_> = found.iter().map(|(id, rule)| (id.as_str(), *rule)).collect();
    assert_eq!(found, wrong);
}

#[test]
fn check_has_nothing_against_what_is_imported_from_a_sound_site() {
    for case in cases().iter().filter(|case| !case.ends_with("contradictions")) {
        assert_eq!(findings(&load(&import(case))), [], "{}", case.display());
    }
}

/// Record and rule of every finding.
fn findings(archive: &Archive) -> Vec<(String, &'static str)> {
    let as_of = "2026-11-21T00:00:00Z".parse().unwrap();
    let report = check::run(archive, &Options { as_of, ..Options::default() });
    let id = |path: &str| path.rsplit('/').nth(1).unwrap_or(path).to_owned();
    report.diagnostics.iter().map(|finding| (id(&finding.path), finding.rule)).collect()
}

#[test]
fn every_line_of_a_real_site_is_in_its_record() {
    for site in ["cstate-x4b", "cstate-example"] {
        let Some(site) = corpus(site) else { continue };
        let source = folder::read(&site).unwrap();
        let import = cstate::import(&source).unwrap();
        for (path, text) in &source.files {
            let Some(record) = import.fidelity.record_of(path) else { continue };
            let made = words(&texts(&import.files[record])).join(" ");
            for line in text.splitn(3, "---").nth(2).unwrap().lines() {
                assert!(is_in(line, &made), "{path}: {line}\n{made}");
            }
        }
    }
}

/// Whether the words of a line follow each other in a text. A label of up to two words, and the time of a shortcode,
/// may stand elsewhere.
fn is_in(line: &str, made: &str) -> bool {
    let line = line.split_once("{{<").map_or(line, |(before, _)| before);
    let words = words(line);
    (0..=words.len().min(2)).any(|label| made.contains(&words[label..].join(" ")))
}

fn words(text: &str) -> Vec<String> {
    let visible = text.replace('\u{feff}', "");
    visible.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Everything that a record says in words.
fn texts(record: &str) -> String {
    let (front, body) = record.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    let front: serde_yaml::Value = serde_yaml::from_str(front).unwrap();
    let mut out = String::new();
    for entry in front["timeline"].as_sequence().unwrap() {
        for key in ["public", "note"] {
            out.push_str(entry[key].as_str().unwrap_or_default());
            out.push('\n');
        }
    }
    out + body
}

/// Parts of bodies, each with words that occur nowhere else.
fn body() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("*Investigating* - @"),
        Just("*Identified* - @"),
        Just("**Update** @"),
        Just("**Update** - 10:40 UTC\n\n@"),
        Just("*\u{feff}*Update** @"),
        Just("\\*\\*Resolved\\*\\* @"),
        Just("[Initial message]\n@"),
        Just("[Final Message] @"),
        Just("*@* - @"),
        Just("2024-05-01 11:00 UTC\n\n@"),
        Just("@ {{< track \"2024-05-01 10:30:00\" >}}"),
        Just("@ {{< track \"soon\" >}} @"),
        Just("---"),
        Just("\\--"),
        Just("<!-- @ -->"),
        Just("<!-- @"),
        Just("```\n--- @\n```"),
        Just("    @: code"),
        Just("> @\n- @"),
        Just("@"),
        Just("*Post-mortem*\n\n@"),
        Just("\r\n\r\n"),
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| {
        let mut out = String::new();
        let mut next = 0;
        for c in parts.join("\n\n").chars() {
            if c == '@' {
                next += 1;
                out.push_str(&format!("word{next}x"));
            } else {
                out.push(c);
            }
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_word_of_a_body_is_ever_lost(body in body(), resolved: bool, severity in "down|notice|odd|") {
        let front = format!("title: x\ndate: 2024-05-01T10:00:00Z\nresolved: {resolved}\nresolvedWhen: 2024-05-01T12:00:00Z\n\
            severity: {severity}\naffected: [API]\nsection: issue\n");
        let files = BTreeMap::from([
            ("config.yml".to_owned(), "title: x\n".to_owned()),
            ("content/issues/x.md".to_owned(), format!("---\n{front}---\n{body}\n")),
        ]);
        let import = cstate::import(&Source { files, unreadable: Vec::new() }).unwrap();
        let record = import.fidelity.record_of("content/issues/x.md").unwrap();
        let made = texts(&import.files[record]);
        for word in words(&body).iter().filter(|word| word.starts_with("word")) {
            prop_assert!(made.contains(word.as_str()), "{word} of\n{body}\nis not in\n{made}");
        }
        prop_assert_eq!(load(&import).records[0].problems.len(), 0);
    }

    #[test]
    fn no_input_stops_the_importer(config in ".{0,80}", front in "(title|date|affected|resolved|severity|[a-z]*):.{0,40}\\PC{0,40}", body in any::<String>()) {
        let files = BTreeMap::from([
            ("config.yml".to_owned(), format!("title: x\nparams:\n  systems:\n    - name: {config}\n")),
            ("content/issues/1.md".to_owned(), body.clone()),
            ("content/issues/2.md".to_owned(), format!("---\ndate: 2024-05-01\n{front}\n---\n{body}")),
        ]);
        let import = cstate::import(&Source { files, unreadable: Vec::new() }).unwrap();
        let carried = import.counts.incidents + import.counts.notices + import.counts.maintenance;
        prop_assert_eq!(carried + import.counts.skipped, 2);
        prop_assert_eq!(load(&import).records.len(), carried);
    }
}
