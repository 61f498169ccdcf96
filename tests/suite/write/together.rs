//! Two branches on which people worked on one record, joined by the user's own git.

use super::responder::{CHECKOUT, Responder, with_incident};

/// Somebody whose branches `main` and `side` made those updates; `main` is checked out.
fn diverged(test: &str, before: &[&str], ours: &[&str], theirs: &[&str]) -> Responder {
    let mara = with_incident(test);
    mara.run(&["init"]);
    mara.git(&["add", "."]);
    mara.git(&["commit", "--quiet", "-m", "init"]);
    let set = |clock: &str, values: &[&str]| {
        for value in values {
            mara.at(clock, &["update", "--set", value]);
        }
    };
    set("10:00", before);
    mara.git(&["checkout", "--quiet", "-b", "side"]);
    set("10:01", theirs);
    mara.git(&["checkout", "--quiet", "main"]);
    set("10:02", ours);
    mara
}

#[test]
fn answers_to_different_questions_are_no_disagreement() {
    for (test, before) in [("answers-new", &[][..]), ("answers-more", &["assessment.scope=some", "channels.chat=#inc"])]
    {
        let ours = ["assessment.customers=5", "channels.video=https://meet.example/inc"];
        let mara = diverged(
            test,
            before,
            &ours,
            &["assessment.support_cases=3", "channels.document=https://docs.example/inc"],
        );
        mara.git(&["merge", "--quiet", "side"]);
        let record = mara.read(CHECKOUT);
        for answer in [
            "customers: 5",
            "support_cases: 3",
            "video: https://meet.example/inc",
            "document: https://docs.example/inc",
        ] {
            assert!(record.contains(answer), "{answer}\n{record}");
        }
        assert_eq!(mara.faults(None).code, 0);
        assert_eq!(mara.run(&["fmt", "--check"]).code, 0);
    }
}

#[test]
fn answers_in_lines_of_their_own_merge_too() {
    let mara = with_incident("answers-lines");
    mara.run(&["init"]);
    let text = mara.read(CHECKOUT).replace("timeline:\n", "assessment:\n  # as of noon\n  scope: some\ntimeline:\n");
    mara.file(CHECKOUT, &text).git(&["commit", "--quiet", "-am", "by hand"]);
    mara.git(&["checkout", "--quiet", "-b", "side"]);
    mara.at("10:01", &["update", "--set", "assessment.support_cases=3"]);
    mara.git(&["checkout", "--quiet", "main"]);
    mara.at("10:02", &["update", "--set", "assessment.customers=5"]);
    mara.git(&["merge", "--quiet", "side"]);
    let record = mara.read(CHECKOUT);
    assert!(record.contains("  # as of noon\n  scope: some\n  customers: 5\n  support_cases: 3\n"), "{record}");
}
