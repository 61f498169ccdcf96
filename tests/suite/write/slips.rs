//! What people mistype at three in the morning.

use super::responder::{CHECKOUT, mara, with_incident};

#[test]
fn nothing_is_recorded_for_a_time_that_is_still_to_come() {
    let mara = with_incident("future");
    let why = mara.refused("10:00", &["update", "-m", "x", "--at", "2025-05-01T10:00:00Z"]);
    assert!(why.contains("is still to come") && why.contains("it is 2024-05-01T10:00:00Z now"), "{why}");

    let slip = mara.read(CHECKOUT).replace("at: 2024-05-01T09:50:00Z", "at: 2025-05-01T09:50:00Z");
    mara.file(CHECKOUT, &slip).git(&["commit", "--quiet", "--all", "-m", "by hand"]);
    let why = mara.refused("10:00", &["update", "-m", "x"]);
    assert!(why.contains("the last entry says 2025-05-01T09:50:00Z, which is still to come"), "{why}");
}

#[test]
fn a_correction_changes_texts_and_says_so_of_everything_else() {
    let mara = with_incident("edit-more");
    mara.at("10:00", &["update", "-m", "Pool"]);
    let edit = ["update", "--edit", "2", "--reason", "typo", "-m", "Disk"];
    for more in [["--status", "identified"], ["--impact", "search=major"], ["--next-update", "30m"], ["--at", "-5m"]] {
        let why = mara.refused("10:10", &[&edit[..], &more].concat());
        assert!(why.contains("`--edit` corrects texts; "), "{why}");
    }
    let why = mara.refused("10:10", &["update", "--redact", "2", "--reason", "names", "-m", "x"]);
    assert!(why.contains("`--redact` takes the texts of an entry away"), "{why}");
    mara.at("10:10", &edit);
}

#[test]
fn an_id_after_public_is_no_message() {
    let mara = with_incident("public-id");
    let why = mara.refused("10:00", &["update", "-m", "Found it.", "--public", "checkout"]);
    assert!(why.contains("would tell customers the word “checkout”, which is part of the id"), "{why}");
    mara.at("10:00", &["update", "--public", "Fixed"]);
    assert!(mara.read(CHECKOUT).contains("public: Fixed\n"));
}

#[test]
fn what_is_over_cannot_fail_again_unless_it_is_opened_again() {
    let mara = mara("fails-again");
    mara.at("09:50", &["new", "Checkout fails", "--severity", "sev3"]);
    mara.at("10:00", &["resolve", "--set", "detection.method=alert"]);
    let why = mara.refused("10:10", &["update", "checkout", "--impact", "checkout=major", "-m", "Again"]);
    assert!(why.contains("is in `major_outage` after `resolved`") && why.contains("open it again"), "{why}");
    let why = mara.refused("10:20", &["resolve", "checkout"]);
    assert!(why.contains("is `resolved` already: that was said 20m ago by mara"), "{why}");
    let reopened =
        ["update", "checkout", "--status", "investigating", "--reason", "it is back", "--impact", "checkout=major"];
    mara.at("10:20", &reopened);
}

#[test]
fn resolve_says_when_it_ended_where_no_service_was_named() {
    let mara = mara("resolve-bare");
    mara.at("09:50", &["new", "Checkout fails", "--severity", "sev3"]);
    mara.at("10:00", &["resolve", "--set", "detection.method=alert"]);
    assert!(mara.read(CHECKOUT).contains("status: resolved\n    event: impact_ended\n"), "{}", mara.read(CHECKOUT));
}

#[test]
fn those_who_were_told_in_different_ways_need_an_update_each() {
    let mara = with_incident("notify");
    let why = mara.refused("10:00", &["update", "--notify", "executives:email", "--notify", "legal:sms"]);
    assert!(why.contains("told in different ways"), "{why}");
    mara.at("10:00", &["update", "--notify", "executives:email", "--notify", "legal:email"]);
    assert!(mara.read(CHECKOUT).contains("notify: {who: [executives, legal], by: email}"), "{}", mara.read(CHECKOUT));
}

#[test]
fn a_text_may_begin_with_a_dash_and_a_flag_is_no_text() {
    let mara = with_incident("dash");
    mara.at("10:00", &["update", "-m", "- the pool is full"]);
    assert!(mara.read(CHECKOUT).contains("note: \"- the pool is full\"") || mara.read(CHECKOUT).contains("- the pool"));
    mara.at("10:05", &["update", "-m", "-5 % of the payments fail"]);
    mara.at("10:07", &["escalate", "team-payments:expertise", "-m", "--force did not help"]);
    let record = mara.read(CHECKOUT);
    assert!(record.contains("-5 % of the payments fail") && record.contains("--force did not help"), "{record}");
    let why = mara.refused("10:10", &["update", "-m", "--public", "Fixed."]);
    assert!(why.contains("the text is missing: `--public` is the next flag"), "{why}");
}

#[test]
fn assign_takes_the_id_first() {
    let mara = with_incident("assign-id");
    mara.at("09:55", &["new", "Search fails", "--severity", "sev3"]);
    let why = mara.refused("10:00", &["assign", "incident_manager=mara"]);
    assert!(why.contains("2 incidents are open"), "{why}");
    mara.at("10:00", &["assign", "checkout", "incident_manager=mara", "tech_lead=wei"]);
    assert!(mara.read(CHECKOUT).contains("roles: {incident_manager: mara, tech_lead: wei}"));
    assert!(mara.refused("10:00", &["assign", "checkout", "search"]).contains("roles: write it as NAME=VALUE"));
    assert!(mara.refused("10:00", &["assign", "checkout"]).contains("nobody was named"));
}
