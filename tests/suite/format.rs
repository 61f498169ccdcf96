//! Every way in which people get a record wrong has a folder in `tests/format`: the input, and in `expected.txt` the
//! findings it must cause, each as `rule line:column`. They are written by hand, from the format, not from the output.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use git_incident::check::{self, Nature, Options, rules};
use git_incident::diagnostic::Report;
use git_incident::record::archive::{Archive, FolderTree};
use git_incident::text::span::LineIndex;

use crate::rules::{check, files_in, rendered};

const RECORD: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";

/// Each finding as `rule line:column`.
fn places(report: &Report) -> Vec<String> {
    let place = |found: &git_incident::diagnostic::Diagnostic| {
        let text = report.sources.get(&found.path).map_or("", |text| text);
        let position = LineIndex::new(text).position(text, found.span.start);
        format!("{} {}:{}", found.rule, position.line, position.column)
    };
    report.diagnostics.iter().map(place).collect()
}

#[test]
fn every_mistake_is_found_at_its_place() {
    let mut wrong = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format");
    for case in fs::read_dir(root).unwrap() {
        let case = case.unwrap().path();
        let mut files = files_in(&case);
        let expected: Vec<_> = files["expected.txt"].lines().map(str::to_owned).collect();
        let mut report = check(BTreeMap::from([(RECORD.to_owned(), files.remove("incident.md").unwrap())]));
        // What so small a record still owes is no mistake in its form.
        report.diagnostics.retain(|found| rules::find(found.rule).unwrap().nature == Nature::Fault);
        if places(&report) != expected {
            wrong.push(format!("{}: expected {expected:?}\n{}", case.display(), rendered(&report)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_over_the_limit_is_refused_unread() {
    let text = format!("---\ntitle: Checkout fails\ntimeline: []\n---\n{}", "a long log\n".repeat(100_000));
    let report = check(BTreeMap::from([(RECORD.to_owned(), text)]));
    assert_eq!(places(&report), ["file-too-large 1:1"]);
}

#[test]
fn a_file_in_another_encoding_is_one_finding() {
    let scratch = Scratch(std::env::temp_dir().join(format!("git-incident-encoding-{}", std::process::id())));
    fs::create_dir_all(scratch.0.join("incidents/2024/05/2024-05-01-checkout-errors")).unwrap();
    let utf16: Vec<u8> = "\u{feff}---\ntitle: x\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(scratch.0.join(RECORD), utf16).unwrap();
    let archive = Archive::load(&FolderTree::new(&scratch.0)).unwrap();
    let options = Options { as_of: "2026-01-01T00:00:00Z".parse().unwrap(), ..Options::default() };
    assert_eq!(places(&check::run(&archive, &options)), ["invalid-yaml 1:1"]);
}

#[test]
fn a_timeline_of_too_many_entries_is_refused() {
    // Whatever else is wrong with them is not looked for.
    let entries = "  - {at: 2024-05-01T09:50:00Z, by: mara, note: again}\n  - {at: 2024-04-01T09:50:00Z, by: mara}\n";
    let text = format!("---\ntitle: Checkout fails\ntimeline:\n{}---\n", entries.repeat(3_000));
    let report = check(BTreeMap::from([(RECORD.to_owned(), text)]));
    assert_eq!(places(&report), ["file-too-large 4:3"]);
}

/// A folder of the file system that is removed at the end.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_that_leaves_the_repository_is_not_followed() {
    let scratch = Scratch(std::env::temp_dir().join(format!("git-incident-outside-{}", std::process::id())));
    let folder = scratch.0.join("repository/incidents/2024/05/2024-05-01-checkout-errors");
    fs::create_dir_all(&folder).unwrap();
    fs::write(scratch.0.join("secret.md"), "---\ntitle: Secret\n---\n").unwrap();
    std::os::unix::fs::symlink(scratch.0.join("secret.md"), folder.join("incident.md")).unwrap();
    let archive = Archive::load(&FolderTree::new(scratch.0.join("repository"))).unwrap();
    let options = Options { as_of: "2026-01-01T00:00:00Z".parse().unwrap(), ..Options::default() };
    let report = check::run(&archive, &options);
    assert_eq!(places(&report), ["outside-repository 1:1"]);
    assert!(!rendered(&report).contains("Secret"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_instead_of_waited_for() {
    let scratch = Scratch(std::env::temp_dir().join(format!("git-incident-pipe-{}", std::process::id())));
    let folder = scratch.0.join("incidents/2024/05/2024-05-01-checkout-errors");
    fs::create_dir_all(&folder).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.join("incident.md")).status().unwrap();
    assert!(made.success());
    let error = Archive::load(&FolderTree::new(&scratch.0)).unwrap_err();
    assert!(error.to_string().ends_with("incident.md: this is not a file"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_configuration_or_records_outside_the_repository_are_not_read() {
    let scratch = Scratch(std::env::temp_dir().join(format!("git-incident-links-{}", std::process::id())));
    let repository = scratch.0.join("repository");
    for name in ["incident.yaml", "incidents"] {
        fs::create_dir_all(&repository).unwrap();
        fs::write(scratch.0.join("secret"), "secret: yes\n").unwrap();
        std::os::unix::fs::symlink(scratch.0.join("secret"), repository.join(name)).unwrap();
        let refused = Archive::load(&FolderTree::new(&repository)).unwrap_err();
        assert_eq!(refused.path, name);
        assert!(refused.message.contains("leaves the repository"), "{refused}");
        fs::remove_file(repository.join(name)).unwrap();
    }
}
