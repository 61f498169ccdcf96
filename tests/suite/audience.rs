//! `build --audience internal`: where it is written, and what git knows of each entry.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;

const NOW: [&str; 2] = ["--as-of", "2024-05-01T12:00:00Z"];
const RECORD: &str = "incidents/2024/05/2024-05-01-cards/incident.md";
const PAGE: &str = "internal/internal/incidents/2024-05-01-cards/index.html";

const FIRST: &str = "---
title: Cards are refused
visibility: public
timeline:
  - at: 2024-05-01T09:00:00Z
    by: mara
    status: investigating
    note: The first one.
";

const SECOND: &str = "  - at: 2024-05-01T09:30:00Z
    by: mara
    note: The second one.
";

const TWIN: &str = "  - at: 2024-05-01T09:30:00Z
    by: mara
    note: At the same time.
";

fn git(sandbox: &Sandbox, author: &str, at: &str, args: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.email=x@example.com", "-c", "commit.gpgsign=false", "-c"])
        .arg(format!("user.name={author}"))
        .args(args)
        .env("GIT_AUTHOR_DATE", at)
        .env("GIT_COMMITTER_DATE", at)
        .current_dir(&sandbox.root)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Commits the whole work tree as somebody would have done at a time.
pub fn commit(sandbox: &Sandbox, author: &str, at: &str) {
    git(sandbox, author, at, &["add", "-A"]);
    git(sandbox, author, at, &["commit", "-q", "-m", "record"]);
}

fn archive(name: &str) -> Sandbox {
    let sandbox = Sandbox::new(name);
    sandbox.file("incident.yaml", "site: {title: Kiln}\npeople: [{id: mara, name: Mara Ito}]\n");
    sandbox.file(RECORD, &format!("{FIRST}---\n"));
    sandbox
}

fn build(sandbox: &Sandbox, args: &[&str]) -> crate::sandbox::Run {
    sandbox.run(&[&["build"], args, NOW.as_slice()].concat())
}

/// What the page says of each entry's origin, without the ids of commits.
fn origins(sandbox: &Sandbox, page: &str) -> Vec<String> {
    let page = sandbox.read(page);
    let said = page.split("class=\"small origin\">").skip(1).map(|rest| &rest[..rest.find("</p>").unwrap()]);
    let words = said.map(|html| {
        let parts = html.split('<').filter_map(|part| Some(part.split_once('>')?.1.trim()));
        parts
            .filter(|part| !part.is_empty() && !part.chars().all(|c| c.is_ascii_hexdigit()))
            .collect::<Vec<_>>()
            .join("|")
    });
    words.collect()
}

#[test]
fn each_audience_has_a_folder_of_its_own() {
    let sandbox = archive("audience-folders");
    assert_eq!(build(&sandbox, &[]).code, 0);
    assert_eq!(build(&sandbox, &["--audience", "internal"]).code, 0);
    assert!(sandbox.read("internal/.git-incident-manifest").contains("# audience: internal\n"));
    assert!(!sandbox.root.join("public/internal").exists());

    let run = build(&sandbox, &["--audience", "internal", "--out", "public"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("public holds the public site, so nothing was written"), "{}", run.stderr);
    assert!(!sandbox.root.join("public/internal").exists());

    let run = build(&sandbox, &["--out", "internal"]);
    assert!(run.stderr.contains("internal holds the internal site, so nothing was written"), "{}", run.stderr);
    assert!(sandbox.root.join("internal/internal/index.html").exists());
}

#[test]
fn an_unknown_audience_is_refused() {
    let run = build(&archive("audience-unknown"), &["--audience", "everybody"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("[possible values: public, internal]"), "{}", run.stderr);
}

#[test]
fn every_entry_has_the_commit_that_it_came_with() {
    let sandbox = archive("audience-provenance");
    commit(&sandbox, "Mara", "2024-05-01T09:00:20Z");
    sandbox.file(RECORD, &format!("{FIRST}{SECOND}---\n"));
    commit(&sandbox, "Wei", "2024-05-01T10:00:00Z");
    sandbox.file(RECORD, &format!("{FIRST}{SECOND}---\nMore is known.\n"));
    commit(&sandbox, "Nobody", "2024-05-01T10:30:00Z");
    // To another shelf, and there a twin of the second entry.
    let moved = "incidents/2024/2024-05-01-cards/incident.md";
    git(&sandbox, "Nobody", "2024-05-01T10:40:00Z", &["mv", RECORD, "incidents/2024/incident.md"]);
    std::fs::create_dir_all(sandbox.root.join("incidents/2024/2024-05-01-cards")).unwrap();
    git(&sandbox, "Nobody", "2024-05-01T10:40:00Z", &["mv", "incidents/2024/incident.md", moved]);
    commit(&sandbox, "Nobody", "2024-05-01T10:40:00Z");
    sandbox.file(moved, &format!("{FIRST}{SECOND}{TWIN}---\n"));
    commit(&sandbox, "Noor", "2024-05-01T11:30:00Z");
    sandbox.file(moved, &format!("{FIRST}{SECOND}{TWIN}  - {{at: 2024-05-01T11:40:00Z, by: mara, note: New.}}\n---\n"));

    assert_eq!(build(&sandbox, &["--audience", "internal"]).code, 0);
    assert_eq!(
        origins(&sandbox, PAGE),
        [
            "Recorded by Mara, at once|not signed",
            "Recorded by Wei, 30 min later|not signed",
            "Recorded by Noor, 2 h later|not signed",
            "In no commit yet",
        ]
    );
}

#[test]
fn outside_git_a_site_can_be_built_all_the_same() {
    let sandbox = archive("audience-outside");
    std::fs::remove_dir_all(sandbox.root.join(".git")).unwrap();
    let outside = std::env::temp_dir().join(format!("git-incident-audience-{}", std::process::id()));
    _ = std::fs::remove_dir_all(&outside);
    std::fs::rename(&sandbox.root, &outside).unwrap();
    let sandbox = Sandbox { root: outside };
    let run = build(&sandbox, &["--audience", "internal"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(sandbox.read(PAGE).contains("There is no history to ask who recorded these entries."));
    std::fs::remove_dir_all(&sandbox.root).unwrap();
}

/// A preview that runs, and where.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(sandbox: &Sandbox, folder: &str) -> Self {
        let args = ["-C", folder, "serve", "--audience", "internal", "--port", "0"];
        let mut child = sandbox.command(&args).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split('/').nth(2).unwrap().to_owned();
        Self { child, address }
    }

    fn page(&self) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let path = PAGE.strip_prefix("internal/").unwrap();
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).unwrap();
        page
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

#[test]
fn a_commit_is_shown_while_the_site_is_previewed() {
    let sandbox = archive("audience-commits");
    commit(&sandbox, "Ada", "2024-05-01T09:02:00Z");
    git(&sandbox, "Ada", "2024-05-01T09:02:00Z", &["worktree", "add", "-q", "linked"]);
    for (folder, author) in [(".", "Grace"), ("linked", "Hedy")] {
        let path = format!("{folder}/{RECORD}");
        sandbox.file(&path, &format!("{FIRST}{SECOND}---\n"));
        let served = Served::start(&sandbox, folder);
        assert!(served.page().contains("The second one") && !served.page().contains(author));
        git(&sandbox, author, "2024-05-01T09:32:00Z", &["-C", folder, "commit", "-q", "-m", "x", RECORD]);
        let begun = Instant::now();
        while !served.page().contains(author) {
            assert!(begun.elapsed() < Duration::from_secs(10), "the commit in {folder} is not shown");
            thread::sleep(Duration::from_millis(20));
        }
    }
}
