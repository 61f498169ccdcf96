//! An update without a flag: the words come from the editor.

use super::responder::{CHECKOUT, Responder, mara, with_incident};

/// A responder in an incident, whose editor is a shell script; the file to edit is `$1`.
fn with_editor(test: &str, script: &str) -> Responder {
    let mara = with_incident(test);
    mara.file(".git/editor", script);
    mara.with_editor("sh .git/editor")
}

#[test]
fn what_the_editor_leaves_is_the_note() {
    let script = r##"printf '# Pool\n\nIs *exhausted*.\n' | cat - "$1" >.git/new && mv .git/new "$1""##;
    let mara = with_editor("editor-note", script);
    mara.at("10:00", &["update"]);
    let text = mara.read(CHECKOUT);
    let entry = "    by: mara\n    note: |-\n      # Pool\n\n      Is *exhausted*.\n---\n";
    assert!(text.ends_with(entry), "{text}");
}

#[test]
fn the_prepared_text_says_which_record_it_is_for() {
    let mara = with_editor("editor-prepared", "cp \"$1\" .git/prepared");
    mara.refused("10:00", &["update"]);
    let prepared = mara.read(".git/prepared");
    assert!(prepared.contains("# 2024-05-01-checkout-fails is investigating."), "{prepared}");
}

#[test]
fn a_text_left_as_it_was_records_nothing() {
    let mara = with_editor("editor-unchanged", "true");
    assert!(mara.refused("10:00", &["update"]).contains("nothing was recorded: the text is empty"));
}

#[test]
fn an_editor_that_fails_records_nothing_and_keeps_the_words() {
    let mara = with_editor("editor-fails", "echo Half a sentence >\"$1\"; exit 3");
    let said = mara.refused("10:00", &["update"]);
    assert!(said.contains("the editor `sh .git/editor` failed with exit status: 3"), "{said}");
    assert!(said.contains("what you wrote is in ") && said.contains("INCIDENT_EDITMSG"), "{said}");
    assert_eq!(mara.read(".git/INCIDENT_EDITMSG"), "Half a sentence\n");
}

#[test]
fn a_refused_update_keeps_the_words() {
    let mara = with_editor("editor-refused", "echo Long and careful >\"$1\"");
    let said = mara.refused("10:00", &["update", "--by", "nobody"]);
    assert!(said.contains("refused, and nothing was written") && said.contains("what you wrote is in "), "{said}");
    assert_eq!(mara.read(".git/INCIDENT_EDITMSG"), "Long and careful\n");
}

#[test]
fn the_editor_does_not_open_for_a_record_that_is_not_there() {
    let mara = mara("editor-nothing").with_editor("touch opened; true");
    assert!(mara.refused("10:00", &["update"]).contains("no incident is open"));
}
