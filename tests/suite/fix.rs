//! `git incident check --fix` from the outside.

use crate::sandbox::Sandbox;

const PATH: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";

const FAULTY: &str = "---\r\ntitle: Outage: cards # since the release\r\ntimeline:\r\n  - at: 2024-05-01T9:50Z\r\n    by: mara\r\n    staus: triage\r\n---\r\n";

fn faulty(name: &str) -> Sandbox {
    let sandbox = Sandbox::new(name);
    sandbox.file("incident.yaml", "people: [{id: mara}]\nsite: {title: Shop}\n").file(PATH, FAULTY);
    sandbox
}

#[test]
fn what_is_certain_is_mended_and_the_rest_reported() {
    let sandbox = faulty("fix-safe");
    let run = sandbox.run(&["check", "--fix", "--as-of", "2024-05-02T00:00:00Z"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stdout.contains("did you mean `status`?"), "{run:?}");
    assert!(run.stderr.contains("Mended 2 findings in 1 file."), "{run:?}");
    let mended = FAULTY.replace("Outage: cards", "\"Outage: cards\"").replace("T9:50Z", "T09:50:00Z");
    assert_eq!(sandbox.read(PATH), mended, "every other byte stays");
}

#[test]
fn what_was_probably_meant_is_written_when_asked_for() {
    let sandbox = faulty("fix-unsafe");
    let run = sandbox.run(&["check", "--fix", "--unsafe", "--as-of", "2024-05-02T00:00:00Z"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(sandbox.read(PATH).contains("    status: triage\r\n"));
}

#[test]
fn a_diff_writes_nothing() {
    let sandbox = faulty("fix-diff");
    let run = sandbox.run(&["check", "--fix", "--diff"]);
    assert!(run.stdout.contains("+title: \"Outage: cards\" # since the release"), "{run:?}");
    assert_eq!(sandbox.read(PATH), FAULTY);
}

#[test]
fn a_diff_shows_no_credential() {
    let sandbox = faulty("fix-diff-credential");
    sandbox.file(PATH, &FAULTY.replace("since the release", "password=q7Rt2vX9bK4m"));
    let run = sandbox.run(&["check", "--fix", "--diff"]);
    assert!(
        run.stdout.contains("+title: \"Outage: cards\" # password=************") && run.stderr.contains("stars"),
        "{run:?}"
    );
}

#[test]
fn html_becomes_markdown_where_markdown_has_it() {
    let sandbox = Sandbox::new("fix-html");
    let record = |body: &str| {
        format!(
            "---\ntitle: Checkout fails\ntimeline:\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    status: triage\n    \
             note: It <b>fails</b>.\n---\n\n{body}\n"
        )
    };
    let html = "It <b>fails</b> with <code>500</code>, <em>always</em>.<br>\n<STRONG>All</STRONG> of <b>it\nagain</b>.";
    let markdown = "It **fails** with `500`, *always*.<br>\n<STRONG>All</STRONG> of <b>it\nagain</b>.";
    sandbox.file("incident.yaml", "people: [{id: mara}]\n").file(PATH, &record(html));
    sandbox.run(&["check", "--fix", "--as-of", "2024-05-02T00:00:00Z"]);
    assert_eq!(sandbox.read(PATH), record(html), "it may have been meant as it stands");
    let run = sandbox.run(&["check", "--fix", "--unsafe", "--as-of", "2024-05-02T00:00:00Z"]);
    assert_eq!(sandbox.read(PATH), record(markdown));
    assert!(run.stdout.contains("`<br>` is HTML") && !run.stdout.contains("`<em>`"), "{run:?}");
}
