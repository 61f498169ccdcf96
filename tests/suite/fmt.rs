//! `git incident fmt` from the outside.

use crate::sandbox::Sandbox;

const PATH: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";

const UNTIDY: &str = "\
---
# How it began.
timeline:
  - by: mara # on call
    at: 2024-05-01T09:50:00Z
    roles: {incident_commander: mara}
title: 'Checkout fails'  # for cards
---

Two blanks at the end break a line.  
So they stay.
";

const TIDY: &str = "\
---
title: 'Checkout fails'  # for cards
# How it began.
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara # on call
    roles: {incident_manager: mara}
---

Two blanks at the end break a line.  
So they stay.
";

fn untidy(name: &str) -> Sandbox {
    let sandbox = Sandbox::new(name);
    sandbox.file("incident.yaml", "site: {title: Shop}\n").file(PATH, UNTIDY);
    sandbox
}

#[test]
fn restores_order_and_style_and_nothing_else() {
    let sandbox = untidy("fmt-writes");
    let run = sandbox.run(&["fmt"]);
    assert_eq!((run.code, sandbox.read(PATH).as_str()), (0, TIDY), "{run:?}");
    assert!(run.stdout.contains(&format!("formatted {PATH}")), "{run:?}");
    assert_eq!(sandbox.run(&["fmt", "--check"]).code, 0);
}

#[test]
fn check_and_diff_write_nothing() {
    let sandbox = untidy("fmt-checks");
    let check = sandbox.run(&["fmt", "--check", "checkout"]);
    assert_eq!((check.code, check.stdout.contains(&format!("would format {PATH}"))), (1, true), "{check:?}");
    let diff = sandbox.run(&["fmt", "--diff"]);
    assert_eq!(diff.code, 0, "{diff:?}");
    assert!(diff.stdout.contains("-    roles: {incident_commander: mara}\n"), "{diff:?}");
    assert!(diff.stdout.contains("+    roles: {incident_manager: mara}\n"), "{diff:?}");
    assert_eq!(sandbox.read(PATH), UNTIDY);
}

#[test]
fn a_record_that_cannot_be_read_is_left_alone_and_named() {
    let sandbox = untidy("fmt-refuses");
    let broken = "incidents/2024/05/2024-05-02-broken/incident.md";
    sandbox.file(broken, "---\ntitle: a: b\n---\n");
    let run = sandbox.run(&["fmt"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.starts_with(&format!("{broken}:2: ")), "{run:?}");
    assert_eq!(sandbox.read(broken), "---\ntitle: a: b\n---\n");
    assert_eq!(sandbox.read(PATH), TIDY);
}
