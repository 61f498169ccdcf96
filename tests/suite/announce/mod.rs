//! `announce`: what is told, to servers that fail in every way, by runs that are killed at any moment.

mod deliver;
mod receiver;
mod week;

use crate::sandbox::Sandbox;

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
    let sandbox = Sandbox::new(name);
    sandbox.file("incident.yaml", CONFIG);
    commit(&sandbox);
    sandbox.file(PATH, INCIDENT);
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
