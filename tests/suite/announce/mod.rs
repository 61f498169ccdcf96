//! `announce`: what is told, to servers that fail in every way, by runs that are killed at any moment.

mod deliver;
mod languages;
mod receiver;
mod tls;
mod week;

use std::process::Command;

use crate::sandbox::Sandbox;
use receiver::Receiver;

const CONFIG: &str = "site: {title: Example, url: https://status.example}
services: [{id: checkout, name: Checkout}]
announce:
  - {name: customers, kind: webhook, url_env: CUSTOMERS}
  - {name: chat, kind: slack, audience: internal, url_env: CHAT}
";

const INCIDENT: &str = "---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:00:00Z
    by: mara
    status: investigating
    severity: sev2
    impact: {checkout: major_outage}
    public: Checkout fails.
---
";

const PATH: &str = "incidents/2024/05/2024-05-01-checkout/incident.md";

/// Commits the whole work tree.
fn commit(sandbox: &Sandbox) -> git2::Oid {
    let repository = git2::Repository::open(&sandbox.root).unwrap();
    let mut index = repository.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let author = git2::Signature::now("Mara", "mara@example.com").unwrap();
    let parent = repository.head().ok().map(|head| head.peel_to_commit().unwrap());
    let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
    repository.commit(Some("HEAD"), &author, &author, "Record", &tree, &parents).unwrap()
}

/// A repository with a commit before the incident, and one with it.
fn repository(name: &str) -> Sandbox {
    repository_of(name, CONFIG, INCIDENT)
}

fn repository_of(name: &str, config: &str, incident: &str) -> Sandbox {
    let sandbox = Sandbox::new(name);
    sandbox.file("incident.yaml", config);
    commit(&sandbox);
    sandbox.file(PATH, incident);
    commit(&sandbox);
    sandbox
}

#[test]
fn what_came_between_two_revisions_is_printed_as_json_lines() {
    let sandbox = repository("announce-lines");
    let run = sandbox.run(&["announce", "--since", "HEAD~1"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let expected = r#"{"id":"ID","kind":"opened","audience":"public","record":"2024-05-01-checkout","title":"Checkout fails","at":"2024-05-01T09:00:00Z","status":"investigating","services":[{"id":"checkout","name":"Checkout","state":"major_outage"}],"texts":{"en":"Checkout fails."},"url":"https://status.example/incidents/2024-05-01-checkout/"}
"#;
    let event: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(run.stdout, expected.replace("ID", event["id"].as_str().unwrap()));
    let inside = sandbox.run(&["announce", "--since", "HEAD~1", "--audience", "internal"]).stdout;
    assert!(inside.contains(r#""internal":{"severity":"sev2","by":"mara","note":null"#), "{inside}");
    assert_eq!(sandbox.run(&["announce", "--since", "HEAD"]).stdout, "");
}

#[test]
fn a_dry_run_shows_each_sink_what_it_would_get_and_no_secret() {
    let sandbox = repository("announce-dry");
    let args = ["announce", "--send", "--dry-run", "--since", "HEAD~1"];
    let output = sandbox.command(&args).env("CHAT", "https://hooks.example/secret").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("customers (webhook to $CUSTOMERS, public): 1 event\n"), "{text}");
    assert!(text.contains("chat (slack to $CHAT, internal): 1 event") && !text.contains("secret"), "{text}");
    let repository = git2::Repository::open(&sandbox.root).unwrap();
    assert!(repository.references_glob("refs/incident/*").unwrap().next().is_none(), "it writes nothing");
}

#[test]
fn a_sink_that_was_never_told_anything_asks_where_to_begin() {
    let sandbox = repository("announce-begin");
    let run = sandbox.run(&["announce", "--send", "--sink", "chat"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("`--since HEAD` begins with what comes"), "{}", run.stderr);
}

#[test]
fn another_clone_goes_on_where_the_first_one_stopped() {
    let first = repository("announce-first-clone");
    let remote = Sandbox::new("announce-remote");
    let git = |sandbox: &Sandbox, args: &[&str]| {
        let output = Command::new("git").args(args).current_dir(&sandbox.root).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let url = remote.root.to_str().unwrap();
    git(&first, &["remote", "add", "origin", url]);
    git(&first, &["push", "--quiet", "origin", "HEAD:refs/heads/shared"]);
    let server = Receiver::http(&[]);
    let announce = |sandbox: &Sandbox, more: &[&str]| {
        let mut command = sandbox.command(&[&["announce", "--send", "--push", "--since", "HEAD~1"], more].concat());
        let output = command.env("CUSTOMERS", server.url()).env("CHAT", server.url()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    // Its cursors are there before they are shared.
    let begin = first.command(&["announce", "--send", "--since", "HEAD~1"]).output().unwrap();
    assert_eq!(begin.status.code(), Some(1), "no variable is set, so nothing is sent");
    announce(&first, &[]);
    assert_eq!(server.got().len(), 2);
    let second = Sandbox::new("announce-second-clone");
    git(&second, &["remote", "add", "origin", url]);
    git(&second, &["fetch", "--quiet", "origin", "shared"]);
    git(&second, &["checkout", "--quiet", "-b", "here", "FETCH_HEAD"]);
    announce(&second, &[]);
    assert_eq!(server.got().len(), 2, "the remote says that all was told");
    let entry = "  - {at: 2024-05-01T09:30:00Z, by: mara, status: resolved, public: Over.}\n---\n";
    second.file(PATH, &(INCIDENT.trim_end_matches("---\n").to_owned() + entry));
    commit(&second);
    announce(&second, &[]);
    assert_eq!(server.got().len(), 4);
    announce(&second, &["--until", "HEAD~1"]);
    announce(&second, &[]);
    assert_eq!(server.got().len(), 4, "an older revision moves no cursor back");
}

/// Somebody wrote down what will be true tomorrow, and nobody touches the record again.
#[test]
fn what_lay_ahead_when_announcing_began_is_told_when_its_time_has_come() {
    let sandbox = repository("announce-ahead");
    let ahead = "  - {at: 2099-05-01T09:30:00Z, by: mara, status: resolved, public: Over.}\n---\n";
    sandbox.file(PATH, &(INCIDENT.trim_end_matches("---\n").to_owned() + ahead));
    commit(&sandbox);
    let lines = |as_of: &str| sandbox.run(&["announce", "--since", "HEAD", "--as-of", as_of]).stdout;
    assert_eq!(lines("2099-05-01T09:29:59Z"), "");
    assert!(lines("2099-05-01T09:30:00Z").contains("\"kind\":\"resolved\""));
    let server = Receiver::http(&[]);
    let announce = |as_of: &str| {
        let args = ["announce", "--send", "--sink", "customers", "--since", "HEAD", "--as-of", as_of];
        let output = sandbox.command(&args).env("CUSTOMERS", server.url()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        server.got().len()
    };
    let told =
        ["2099-04-30T09:00:00Z", "2099-05-01T09:00:00Z", "2099-05-01T10:00:00Z", "2099-05-02T10:00:00Z"].map(announce);
    assert_eq!(told, [0, 0, 1, 1]);
    // From then on the cursor stands where nothing lies ahead, and later commits are told as ever.
    sandbox.file("incidents/2099/05/2099-05-03-x/incident.md", &INCIDENT.replace("2024-05-01", "2099-05-03"));
    commit(&sandbox);
    assert_eq!(announce("2099-05-04T00:00:00Z"), 2);
}
