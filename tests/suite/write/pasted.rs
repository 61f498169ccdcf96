//! Texts as they come from somewhere else: logs, other systems, titles.

use super::responder::{CHECKOUT, with_incident};

#[test]
fn a_pasted_log_stands_in_the_record_as_it_was_on_the_screen() {
    let mara = with_incident("pasted-log");
    mara.at("10:00", &["update", "-m", "NPE\n\tat com.a.B\n\tat com.a.C"]);
    let text = mara.read(CHECKOUT);
    assert!(text.ends_with("    note: |-\n      NPE\n      \tat com.a.B\n      \tat com.a.C\n---\n"), "{text}");
    mara.at("10:01", &["update", "--decision", "\r\n   12 ok\r\n  3 failed\r\n"]);
    let text = mara.read(CHECKOUT);
    assert!(text.ends_with("    decision: |2-\n         12 ok\n        3 failed\n---\n"), "{text}");
    let shown = mara.at("10:02", &["fmt", "--check"]);
    assert!(shown.contains("in order"), "{shown}");
}

#[test]
fn a_text_of_blanks_is_none() {
    let mara = with_incident("pasted-blanks");
    assert!(mara.refused("10:00", &["update", "--public", "  ", "-m", "For us only"]).contains("it says nothing"));
}
