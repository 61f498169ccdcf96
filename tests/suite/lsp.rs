//! The language server, as an editor sees it.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

mod client;

use client::{Editor, applied, uri};

/// Only rules about form, names and steps are asked: what a team owes beside that is not the subject here.
const CONFIG: &str = "\
site: {title: Shop, languages: [en, ko]}
services:
  - {id: checkout, name: Checkout, owner: team-payments, description: From basket to order.}
  - {id: search, name: Search}
  - {id: old-cart, name: Old cart, retired: 2023-11-01, replaced_by: checkout}
teams:
  - {id: team-payments, name: Payments}
people:
  - {id: mara, name: Mara Ito, team: team-payments}
  - {id: wei, name: Wei Chen}
rules:
  timeline: off
  severity: off
  people: off
  communication: off
  postmortem: off
  action: off
  security: off
  visibility: off
  catalogue: off
";

const PATH: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";
const OTHER: &str = "incidents/2024/04/2024-04-02-search-slow/incident.md";

const RECORD: &str = "\
---
title: Checkout fails
detection: {method: alert}
related: {recurrence_of: 2024-04-02-search-slow}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
    impact: {checkout: partial_outage}
    roles: {incident_manager: mara}
  - at: 2024-05-01T10:20:00Z
    by: wei
    status: identified
    note: 4.18 lowered the pool limit.
---

What we know.
";

const OLD: &str = "\
---
title: Search is slow
timeline:
  - at: 2024-04-02T08:00:00Z
    by: wei
    status: investigating
    impact: {search: degraded_performance}
  - at: 2024-04-02T08:30:00Z
    by: wei
    status: identified
    todo: Limit the size of the index.
    promoted: index-limit
---
";

const REVIEW: &str = "\
---
status: draft
owner: wei
actions:
  - {id: index-limit, title: Limit the index, type: prevent, status: open}
---
";

fn sandbox(name: &str) -> Sandbox {
    let sandbox = Sandbox::new(&format!("lsp-{name}"));
    sandbox.file("incident.yaml", CONFIG).file(PATH, RECORD).file(OTHER, OLD);
    sandbox.file(&OTHER.replace("incident.md", "postmortem.md"), REVIEW);
    sandbox
}

/// An editor that counts in bytes, as the tests do, with the record open.
fn editor(sandbox: &Sandbox) -> (Editor, String) {
    let (mut editor, _) = Editor::start(sandbox, json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } }));
    let uri = uri(sandbox, PATH);
    editor.open(&uri, RECORD);
    (editor, uri)
}

/// Line and column of the first place of a text, or of `¦` in it.
fn place(text: &str, part: &str) -> (usize, usize) {
    let bar = part.find('¦').unwrap_or(0);
    position(text, text.find(&part.replace('¦', "")).unwrap_or_else(|| panic!("{part}")) + bar)
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let line = text[..offset].matches('\n').count();
    (line, offset - text[..offset].rfind('\n').map_or(0, |start| start + 1))
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|found| found["code"].as_str().unwrap()).collect()
}

/// What is proposed at the `¦` of a text.
fn proposals(editor: &mut Editor, uri: &str, version: i64, text: &str) -> Vec<Value> {
    let at = position(text, text.find('¦').unwrap());
    editor.replace(uri, version, &text.replace('¦', ""));
    let list = editor.at("textDocument/completion", uri, at);
    if list.is_null() { Vec::new() } else { list["items"].as_array().unwrap().clone() }
}

fn labels(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn findings_come_while_typing_and_go_when_mended() {
    let sandbox = sandbox("typing");
    let (mut editor, uri) = editor(&sandbox);
    assert_eq!(codes(&editor.diagnostics(&uri, 1)), [""; 0]);

    let (line, column) = place(RECORD, "status: identified");
    let end = column + "status: identified".len();
    let range =
        json!({ "start": { "line": line, "character": column + 8 }, "end": { "line": line, "character": end } });
    editor.change(&uri, 2, json!([{ "range": range, "text": "closed" }]));
    let found = editor.diagnostics(&uri, 2);
    let illegal = found.iter().find(|found| found["code"] == "illegal-transition").unwrap();
    assert_eq!(illegal["range"]["start"], json!({ "line": line, "character": column + 8 }));
    assert_eq!(illegal["severity"], 1);
    assert_eq!(illegal["source"], "git-incident");
    assert!(illegal["message"].as_str().unwrap().contains("help: "), "{illegal}");
    let related = &illegal["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], uri.as_str());
    assert_eq!(related["location"]["range"]["start"]["line"], place(RECORD, "status: investigating").0);

    editor.replace(&uri, 3, RECORD);
    assert_eq!(codes(&editor.diagnostics(&uri, 3)), [""; 0]);
}

#[test]
fn keystrokes_in_a_row_are_checked_once() {
    let sandbox = sandbox("burst");
    let (mut editor, uri) = editor(&sandbox);
    editor.diagnostics(&uri, 1);
    for version in 2..12 {
        editor.replace(&uri, version, &RECORD.replace("alert", &"x".repeat(version as usize)));
    }
    let first = editor.wait(|message| message["method"] == "textDocument/publishDiagnostics");
    assert!(first["params"]["version"].as_i64().unwrap() > 2, "{first}");
    if first["params"]["version"] != 11 {
        editor.diagnostics(&uri, 11);
    }
}

#[test]
fn a_change_of_the_organisation_shows_in_an_open_record() {
    let sandbox = sandbox("config");
    let (mut editor, uri) = editor(&sandbox);
    editor.diagnostics(&uri, 1);
    let config = client::uri(&sandbox, "incident.yaml");
    editor.open(&config, CONFIG);
    editor.diagnostics(&config, 1);

    editor.replace(&config, 2, &CONFIG.replace("id: wei", "id: ann"));
    assert_eq!(codes(&editor.diagnostics(&uri, 1)), ["unknown-reference"]);
    // What the words of a record are read with changes too.
    editor.replace(
        &config,
        3,
        &format!("{CONFIG}severities: {{sev2: {{name: bad}}, sev9: {{name: fine}}}}\ncolour: red\n"),
    );
    assert_eq!(codes(&editor.diagnostics(&config, 3)), ["unknown-key"]);
    editor.replace(&uri, 2, &RECORD.replace("sev2", "sev9"));
    assert_eq!(codes(&editor.diagnostics(&uri, 2)), [""; 0]);

    // The file on the disk counts again when the editor lets go of it.
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": config } }));
    let codes = codes(&editor.diagnostics(&uri, 2)).join(" ");
    assert_eq!(codes, "unknown-value");
}

#[test]
fn a_configuration_that_cannot_be_read_is_shown_though_it_is_not_open() {
    let sandbox = sandbox("broken-config");
    sandbox.file("incident.yaml", "services: [\n");
    let (mut editor, _) = editor(&sandbox);
    let config = uri(&sandbox, "incident.yaml");
    let shown = |editor: &mut Editor| {
        let found = editor.wait(|message| message["params"]["uri"] == config.as_str());
        codes(found["params"]["diagnostics"].as_array().unwrap()).join(" ")
    };
    assert_eq!(shown(&mut editor), "invalid-yaml");
    sandbox.file("incident.yaml", CONFIG);
    let changes = json!([{ "uri": config, "type": 2 }]);
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    assert_eq!(shown(&mut editor), "");
}

#[test]
fn columns_are_those_of_utf_16_unless_agreed_otherwise() {
    let sandbox = sandbox("utf16");
    let (mut editor, abilities) = Editor::start(&sandbox, json!({}));
    assert_eq!(abilities["capabilities"]["positionEncoding"], "utf-16");
    let uri = uri(&sandbox, PATH);
    let text = RECORD.replace("{checkout: partial_outage}", "{checkout: \"결제🎉\", chekout: partial_outage}");
    editor.open(&uri, &text.replace('\n', "\r\n"));
    let found = editor.diagnostics(&uri, 1);
    let unknown = found.iter().find(|found| found["code"] == "unknown-reference").unwrap();
    let before = "    impact: {checkout: \"결제🎉\", ";
    assert_eq!(unknown["range"]["start"]["character"], before.encode_utf16().count());

    // An edit behind the emoji, in the same units.
    let line = place(&text, "chekout").0;
    let start = before.encode_utf16().count();
    let range =
        json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": start + 7 } });
    editor.change(&uri, 2, json!([{ "range": range, "text": "search" }]));
    assert!(!codes(&editor.diagnostics(&uri, 2)).contains(&"unknown-reference"));
}

#[test]
fn the_units_of_the_editor_are_taken_in_its_order() {
    let sandbox = sandbox("units");
    for (offered, agreed) in
        [(json!(["utf-32", "utf-8"]), "utf-32"), (json!(["utf-8"]), "utf-8"), (json!([]), "utf-16")]
    {
        let (editor, abilities) = Editor::start(&sandbox, json!({ "general": { "positionEncodings": offered } }));
        assert_eq!(abilities["capabilities"]["positionEncoding"], agreed);
        assert!(editor.leave().success());
    }
}

#[test]
fn keys_are_proposed_that_are_legal_here_and_not_there_yet() {
    let sandbox = sandbox("keys");
    let (mut editor, uri) = editor(&sandbox);
    let items = proposals(&mut editor, &uri, 2, &RECORD.replace("detection: {method: alert}", "¦"));
    assert_eq!(labels(&items)[..3], ["type", "visibility", "detection"]);
    assert!(!labels(&items).contains(&"title"));
    assert_eq!(items[0]["textEdit"]["newText"], "type: ");
    assert_eq!(items[0]["documentation"]["value"], "What kind of incident it is.");

    // A new entry, with the required keys first.
    let items = proposals(&mut editor, &uri, 3, &RECORD.replace("---\n\nWhat", "  - ¦\n---\n\nWhat"));
    assert_eq!(labels(&items)[..3], ["at", "by", "backfill"]);
    assert_eq!(items[0]["detail"], "required");

    // A word that is begun is replaced; nothing of the rest has to parse.
    let text = RECORD.replace("    note: 4.18 lowered the pool limit.\n", "    sev¦\n    impact: {checkout: \n");
    let items = proposals(&mut editor, &uri, 4, &text);
    let severity = items.iter().find(|item| item["label"] == "severity").unwrap();
    let (line, column) = position(&text, text.find("sev¦").unwrap());
    assert_eq!(severity["textEdit"]["range"]["start"], json!({ "line": line, "character": column }));
    assert!(!labels(&items).contains(&"status"), "it stands there already");

    assert_eq!(
        labels(&proposals(&mut editor, &uri, 5, &RECORD.replace("{method: alert}", "{¦"))),
        ["method", "source", "customers_noticed_first"]
    );
    assert_eq!(labels(&proposals(&mut editor, &uri, 6, &RECORD.replace("What we", "¦"))), [""; 0]);
}

#[test]
fn states_that_may_follow_come_first() {
    let sandbox = sandbox("states");
    let (mut editor, uri) = editor(&sandbox);
    let entry = "  - at: 2024-05-01T11:00:00Z\n    by: wei\n    status: ¦\n---\n\nWhat";
    let items = proposals(&mut editor, &uri, 2, &RECORD.replace("---\n\nWhat", entry));
    assert_eq!(labels(&items)[..4], ["monitoring", "resolved", "investigating", "merged"]);
    assert_eq!(items[2]["detail"], "needs a reason");
    assert_eq!(items[4]["detail"], "not from identified");
    // In an entry in the middle it is the state above that counts.
    let items = proposals(&mut editor, &uri, 3, &RECORD.replace("status: identified", "status: ¦"));
    assert_eq!(labels(&items)[..3], ["identified", "monitoring", "resolved"]);
    let items = proposals(&mut editor, &uri, 4, &RECORD.replace("status: investigating", "status: inv¦estigating"));
    assert_eq!(labels(&items)[0], "triage");
    assert_eq!(items[0]["textEdit"]["range"]["end"]["character"], "    status: investigating".len());
}

#[test]
fn values_come_from_the_organisation_and_the_archive() {
    let sandbox = sandbox("values");
    let (mut editor, uri) = editor(&sandbox);
    let mut version = 1;
    let mut propose = |from: &str, to: &str| {
        version += 1;
        let items = proposals(&mut editor, &uri, version, &RECORD.replacen(from, to, 1));
        labels(&items).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(propose("severity: sev2", "severity: ¦"), ["sev1", "sev2", "sev3"]);
    assert_eq!(propose("{checkout: partial_outage}", "{¦"), ["checkout", "search", "old-cart"]);
    assert_eq!(propose("{checkout: partial_outage}", "{checkout: ¦")[..2], ["operational", "degraded_performance"]);
    assert_eq!(propose("by: wei", "by: ¦"), ["mara", "wei", "bot:"]);
    assert_eq!(propose("{incident_manager: mara}", "{incident_manager: ¦}"), ["mara", "wei", "null"]);
    assert_eq!(propose("{incident_manager: mara}", "{¦}")[..2], ["incident_manager", "deputy"]);
    assert_eq!(propose("note: 4.18", "escalate: {to: ¦")[..3], ["mara", "wei", "team-payments"]);
    assert_eq!(propose("note: 4.18", "notify: {who: [¦")[..2], ["executives", "legal"]);
    assert_eq!(propose("note: 4.18", "event: ¦")[..2], ["impact_started", "detected"]);
    assert_eq!(propose("recurrence_of: 2024-04-02-search-slow", "caused_by: [sea¦]"), ["2024-04-02-search-slow"]);
    assert_eq!(propose("2024-05-01T10:20:00Z", "¦"), ["2024-05-02T00:00:00Z"]);
    assert_eq!(propose("note: 4.18", "public:\n      ¦"), ["en", "ko"]);
}

#[test]
fn names_that_other_files_define_are_proposed() {
    let sandbox = sandbox("other-names");
    let (mut editor, _) = editor(&sandbox);
    let old = uri(&sandbox, OTHER);
    editor.open(&old, OLD);
    assert_eq!(labels(&proposals(&mut editor, &old, 2, &OLD.replace("index-limit", "¦"))), ["index-limit"]);
    let config = uri(&sandbox, "incident.yaml");
    editor.open(&config, CONFIG);
    let items = proposals(&mut editor, &config, 2, &format!("{CONFIG}  unmet¦\n"));
    assert!(labels(&items).contains(&"unmet-gate"));
    let items = proposals(&mut editor, &config, 3, &format!("{CONFIG}  unmet-gate: ¦\n"));
    assert_eq!(labels(&items), ["off", "info", "warn", "error"]);
    let items = proposals(&mut editor, &config, 4, &format!("{CONFIG}waivers: [{{rule: ¦"));
    assert!(labels(&items).contains(&"missing-field"));
    let items = proposals(&mut editor, &config, 5, &CONFIG.replace("owner: team-payments", "owner: ¦"));
    assert_eq!(labels(&items), ["team-payments"]);
}

fn hover(editor: &mut Editor, uri: &str, text: &str, part: &str) -> String {
    let hover = editor.at("textDocument/hover", uri, place(text, part));
    hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn hovering_explains_fields_states_names_and_rules() {
    let sandbox = sandbox("hover");
    let (mut editor, uri) = editor(&sandbox);
    let text = hover(&mut editor, &uri, RECORD, "method: alert");
    assert!(text.contains("`method`: What noticed it first"), "{text}");
    let text = hover(&mut editor, &uri, RECORD, "status: ident¦ified");
    assert!(text.contains("- status: `identified`\n- severity: `sev2`"), "{text}");
    assert!(text.contains("- `checkout`: partial outage\n- incident manager: mara (Mara Ito)"), "{text}");
    let text = hover(&mut editor, &uri, RECORD, "status: inv¦estigating");
    assert!(text.contains("- status: `investigating`"), "{text}");
    let text = hover(&mut editor, &uri, RECORD, "{check¦out: partial");
    assert!(text.contains("**Checkout** (service `checkout`)"), "{text}");
    assert!(text.contains("owner: `team-payments` (Payments)"), "{text}");
    let text = hover(&mut editor, &uri, RECORD, "by: ma¦ra");
    assert!(text.contains("**Mara Ito** (person `mara`, team `team-payments`)"), "{text}");
    let text = hover(&mut editor, &uri, RECORD, "2024-04-02-sear¦ch");
    assert!(text.contains("**Search is slow** (incident `2024-04-02-search-slow`)"), "{text}");
    assert!(text.contains("identified · 1 service · since 08:00"), "{text}");

    let wrong = RECORD.replace("status: identified", "status: closed");
    editor.replace(&uri, 2, &wrong);
    editor.diagnostics(&uri, 2);
    let text = hover(&mut editor, &uri, &wrong, "clos¦ed");
    assert!(text.contains("**illegal-transition**:"), "{text}");
    assert!(text.contains("`git incident explain illegal-transition` says more."), "{text}");
    assert_eq!(hover(&mut editor, &uri, &wrong, "What we"), "");
}

#[test]
fn names_lead_to_their_definitions_and_back() {
    let sandbox = sandbox("definition");
    let (mut editor, record) = editor(&sandbox);
    let old = uri(&sandbox, OTHER);
    editor.open(&old, OLD);
    let mut definition = |of: &str, text: &str, part: &str| {
        let location = editor.at("textDocument/definition", of, place(text, part));
        let start = &location["range"]["start"];
        let name = location["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (name, start["line"].as_u64().unwrap() as usize, start["character"].as_u64().unwrap() as usize)
    };
    let in_config = |part: &str| {
        let (line, column) = place(CONFIG, part);
        ("incident.yaml".to_owned(), line, column)
    };
    assert_eq!(definition(&record, RECORD, "{check¦out: partial"), in_config("{id: ¦checkout"));
    assert_eq!(definition(&record, RECORD, "by: we¦i"), in_config("{id: ¦wei"));
    assert_eq!(definition(&record, RECORD, "2024-04-02-¦search"), ("incident.md".to_owned(), 1, 7));
    assert_eq!(definition(&old, OLD, "promoted: ind¦ex"), ("postmortem.md".to_owned(), 4, 9));

    let place = place(RECORD, "{check¦out: partial");
    let params = json!({
        "textDocument": { "uri": record },
        "position": { "line": place.0, "character": place.1 },
        "context": { "includeDeclaration": true },
    });
    let found = editor.request("textDocument/references", params).unwrap();
    let files: Vec<_> = found.as_array().unwrap().iter().map(|place| place["uri"].as_str().unwrap()).collect();
    let config = uri(&sandbox, "incident.yaml");
    // The record, the successor of the old cart, and the definition.
    assert_eq!(files, [&record, &config, &config]);
}

#[test]
fn the_outline_lists_the_entries() {
    let sandbox = sandbox("symbols");
    let (mut editor, uri) = editor(&sandbox);
    let symbols = editor.about("textDocument/documentSymbol", &uri);
    let names: Vec<_> = symbols.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert_eq!(
        names[0],
        "2024-05-01T09:50:00Z investigating · sev2 · checkout: partial outage · incident manager: mara"
    );
    assert_eq!(names[1], "2024-05-01T10:20:00Z identified · 4.18 lowered the pool limit.");
    assert_eq!(symbols[1]["detail"], "wei");
}

#[test]
fn the_lens_says_where_the_record_stands() {
    let sandbox = sandbox("lens");
    let (mut editor, uri) = editor(&sandbox);
    let title = |lenses: Value| lenses[0]["command"]["title"].as_str().map(str::to_owned);
    assert_eq!(
        title(editor.about("textDocument/codeLens", &uri)).unwrap(),
        "identified · sev2 · 1 service · since 09:50"
    );
    let end = "  - {at: 2024-05-02T00:10:00Z, by: wei, status: resolved, impact: {checkout: operational}}\n---\n\nWhat";
    editor.replace(&uri, 2, &RECORD.replace("---\n\nWhat", end));
    let over = "resolved · sev2 · 1 service · 2024-05-01 09:50 to 2024-05-02 00:10";
    assert_eq!(title(editor.about("textDocument/codeLens", &uri)).unwrap(), over);
    editor.replace(&uri, 3, &RECORD.replace("title: ", "title: : {"));
    assert_eq!(title(editor.about("textDocument/codeLens", &uri)), None);
    let review = client::uri(&sandbox, &OTHER.replace("incident.md", "postmortem.md"));
    editor.open(&review, REVIEW);
    assert_eq!(title(editor.about("textDocument/codeLens", &review)).unwrap(), "draft · 0 of 1 actions settled");
}

#[test]
fn fixes_are_offered_where_the_findings_are() {
    let sandbox = sandbox("fixes");
    let (mut editor, uri) = editor(&sandbox);
    let text = RECORD.replace("09:50:00Z", "9:50:00Z").replace("{checkout:", "{chekout:");
    editor.replace(&uri, 2, &text);

    let line = place(&text, "9:50:00Z").0;
    let safe = editor.actions(&uri, (line, line + 1), Some("quickfix"));
    assert_eq!(safe.len(), 1);
    assert_eq!(safe[0]["isPreferred"], true);
    assert_eq!(safe[0]["diagnostics"][0]["code"], "invalid-time");
    assert_eq!(applied(&text, &safe[0]["edit"]["changes"][&uri]), RECORD.replace("{checkout:", "{chekout:"));

    let line = place(&text, "chekout").0;
    let bold = editor.actions(&uri, (line, line + 1), Some("quickfix"));
    assert_eq!(bold[0]["isPreferred"], false);
    assert!(bold[0]["title"].as_str().unwrap().ends_with("(look at the result)"), "{bold:?}");

    let all = editor.actions(&uri, (0, 0), Some("source.fixAll"));
    assert_eq!(all[0]["kind"], "source.fixAll");
    assert_eq!(applied(&text, &all[0]["edit"]["changes"][&uri]), RECORD.replace("{checkout:", "{chekout:"));
    assert_eq!(editor.actions(&uri, (0, 0), None).len(), 1, "without a kind it is offered beside the quick fixes");
    assert_eq!(editor.actions(&uri, (0, 0), Some("refactor")), [Value::Null; 0]);
}

#[test]
fn fixing_all_goes_on_until_nothing_safe_is_left() {
    let sandbox = sandbox("fix-all");
    let (mut editor, uri) = editor(&sandbox);
    // The colon in the title hides the hour with one digit.
    let text = RECORD.replace("title: Checkout fails", "title: Outage: checkout").replace("09:50:00Z", "9:50:00Z");
    editor.replace(&uri, 2, &text);
    let all = editor.actions(&uri, (0, 0), Some("source.fixAll"));
    let expected = RECORD.replace("title: Checkout fails", "title: \"Outage: checkout\"");
    assert_eq!(applied(&text, &all[0]["edit"]["changes"][&uri]), expected);
    // Only the editor changes the text.
    editor.replace(&uri, 3, &text);
    assert_eq!(codes(&editor.diagnostics(&uri, 3)), ["invalid-yaml"]);
}

#[test]
fn formatting_is_that_of_fmt_and_touches_only_what_changes() {
    let sandbox = sandbox("format");
    let (mut editor, uri) = editor(&sandbox);
    let text = RECORD.replace("    by: wei\n    status: identified\n", "    status: identified\n    by: wei\n");
    editor.replace(&uri, 2, &text);
    let edits = editor.about("textDocument/formatting", &uri);
    assert_eq!(applied(&text, &edits), RECORD);
    assert_eq!(edits[0]["range"]["start"]["line"], place(&text, "    status: identified").0);
    editor.replace(&uri, 3, RECORD);
    assert_eq!(editor.about("textDocument/formatting", &uri), json!([]));
    editor.replace(&uri, 4, &RECORD.replace("title: ", "title: : {"));
    assert_eq!(editor.about("textDocument/formatting", &uri), Value::Null);
}

#[test]
fn files_that_belong_to_no_archive_are_left_alone() {
    let sandbox = sandbox("outside");
    let (mut editor, _) = editor(&sandbox);
    let wrong = RECORD.replace("status: identified", "status: closed");
    let outside =
        ["file:///nowhere/incident.md".to_owned(), uri(&sandbox, "README.md"), "untitled:Untitled-1".to_owned()];
    for uri in &outside {
        editor.open(uri, &wrong);
        assert_eq!(editor.at("textDocument/hover", uri, (1, 1)), Value::Null);
        assert_eq!(editor.about("textDocument/formatting", uri), Value::Null);
    }
    let uri = uri(&sandbox, PATH);
    editor.replace(&uri, 2, &wrong);
    editor.diagnostics(&uri, 2);
    editor.replace(&uri, 3, RECORD);
    let next = editor.wait(|message| {
        message["params"]["uri"].as_str().is_some_and(|uri| outside.contains(&uri.to_owned()))
            || message["params"]["version"] == 3
    });
    assert_eq!(next["params"]["version"], 3, "nothing was said about the others");
}

#[test]
fn several_archives_are_served_wherever_they_stand() {
    let sandbox = sandbox("several");
    let nested = "ops/records/incidents/2024/05/2024-05-01-b/incident.md";
    sandbox
        .file(
            "ops/records/incident.yaml",
            "people: [{id: ann}]\nrules: {people: off, communication: off, severity: off}\n",
        )
        .file(nested, "");
    let (mut editor, first) = editor(&sandbox);
    let second = uri(&sandbox, nested);
    editor.open(&second, "---\ntitle: x\ntimeline:\n  - {at: 2024-05-01T09:00:00Z, by: ann, status: triage}\n---\n");
    assert_eq!(codes(&editor.diagnostics(&second, 1)), [""; 0]);
    assert_eq!(codes(&editor.diagnostics(&first, 1)), [""; 0]);
    let text = "---\ntitle: x\ntimeline:\n  - {at: 2024-05-01T09:00:00Z, by: mara, status: triage}\n---\n";
    editor.replace(&second, 2, text);
    assert_eq!(codes(&editor.diagnostics(&second, 2)), ["unknown-reference"]);
}

#[test]
fn files_that_change_outside_the_editor_are_noticed() {
    let sandbox = sandbox("watched");
    let watches = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let (mut editor, _) = Editor::start(&sandbox, watches);
    let asked = editor.wait(|message| message["method"] == "client/registerCapability");
    let globs = &asked["params"]["registrations"][0]["registerOptions"]["watchers"];
    assert_eq!(globs[1]["globPattern"], "**/incidents/**");
    editor.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));

    let record = uri(&sandbox, PATH);
    editor.open(&record, RECORD);
    assert_eq!(codes(&editor.diagnostics(&record, 1)), [""; 0]);
    let changed = |kind: u8, path: &str| json!({ "changes": [{ "uri": uri(&sandbox, path), "type": kind }] });

    fs::remove_file(sandbox.root.join(OTHER)).unwrap();
    editor.notify("workspace/didChangeWatchedFiles", changed(3, OTHER));
    assert_eq!(codes(&editor.diagnostics(&record, 1)), ["unknown-reference"]);
    sandbox.file(OTHER, OLD);
    editor.notify("workspace/didChangeWatchedFiles", changed(1, OTHER));
    assert_eq!(codes(&editor.diagnostics(&record, 1)), [""; 0]);
    sandbox.file("incident.yaml", &CONFIG.replace("id: checkout", "id: payments"));
    editor.notify("workspace/didChangeWatchedFiles", changed(2, "incident.yaml"));
    assert_eq!(codes(&editor.diagnostics(&record, 1)), ["unknown-reference"]);
}

#[test]
fn a_lifecycle_that_cannot_be_used_is_said_and_mended() {
    let sandbox = sandbox("lifecycle");
    sandbox.file("schemas/lifecycle.yaml", "incident: {initial: [], states: {}, transitions: [], colour: red}\n");
    let (mut editor, uri) = editor(&sandbox);
    let said = editor.wait(|message| message["method"] == "window/showMessage");
    assert_eq!(said["params"]["type"], 1);
    assert!(said["params"]["message"].as_str().unwrap().contains("schemas/lifecycle.yaml"), "{said}");
    assert_eq!(editor.at("textDocument/hover", &uri, (1, 1)), Value::Null);
    fs::remove_file(sandbox.root.join("schemas/lifecycle.yaml")).unwrap();
    let changes = json!([{ "uri": client::uri(&sandbox, "schemas/lifecycle.yaml"), "type": 3 }]);
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    assert_eq!(codes(&editor.diagnostics(&uri, 1)), [""; 0]);
}

/// A lifecycle in which an incident that was identified is over.
const SHORT: &str = "\
incident:
  initial: [{to: [investigating]}]
  states: {investigating: {live: true}, identified: {}}
  transitions: [{from: investigating, to: [identified]}]
";

#[test]
fn a_change_of_the_lifecycle_shows_in_an_open_record_before_it_is_saved() {
    let sandbox = sandbox("lifecycle-typing");
    let (mut editor, record) = editor(&sandbox);
    assert_eq!(codes(&editor.diagnostics(&record, 1)), [""; 0]);
    let lifecycle = uri(&sandbox, "schemas/lifecycle.yaml");
    editor.open(&lifecycle, SHORT);
    assert_eq!(codes(&editor.diagnostics(&lifecycle, 1)), [""; 0]);

    editor.replace(&lifecycle, 2, &SHORT.replace("investigating, to: [identified]", "identified, to: [investigating]"));
    assert_eq!(codes(&editor.diagnostics(&record, 1)), ["illegal-transition"]);
    // Other states are other words for records, too.
    editor.replace(&lifecycle, 3, &SHORT.replace("identified", "found"));
    assert_eq!(codes(&editor.diagnostics(&record, 1)), ["unknown-value"]);

    // Half a file says where it is wrong, and leaves the steps that were known.
    let half = SHORT.replace("to: [identified]", "to: [identifie]");
    editor.replace(&lifecycle, 4, &half);
    let found = editor.diagnostics(&lifecycle, 4);
    assert_eq!(codes(&found), ["invalid-yaml"]);
    let (line, column) = place(&half, "identifie]");
    assert_eq!(found[0]["range"]["start"], json!({ "line": line, "character": column }));
    editor.replace(&lifecycle, 5, SHORT);
    assert_eq!(codes(&editor.diagnostics(&lifecycle, 5)), [""; 0]);
    assert_eq!(codes(&editor.diagnostics(&record, 1)), [""; 0]);

    // Without the file on the disk the built-in steps count again.
    editor.replace(&record, 2, &RECORD.replace("status: identified", "status: resolved"));
    assert_eq!(codes(&editor.diagnostics(&record, 2)), ["unknown-value"]);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": lifecycle } }));
    assert!(!codes(&editor.diagnostics(&record, 2)).contains(&"unknown-value"));
}

#[test]
fn a_lifecycle_that_could_not_be_used_is_mended_in_the_editor() {
    let sandbox = sandbox("lifecycle-mended");
    sandbox.file("schemas/lifecycle.yaml", "incident: {}\n");
    let (mut editor, record) = editor(&sandbox);
    editor.wait(|message| message["method"] == "window/showMessage");
    let lifecycle = uri(&sandbox, "schemas/lifecycle.yaml");
    editor.open(&lifecycle, "incident: {}\n");
    editor.replace(&lifecycle, 2, SHORT);
    assert_eq!(codes(&editor.diagnostics(&record, 1)), [""; 0]);
    assert_eq!(codes(&editor.diagnostics(&lifecycle, 2)), [""; 0]);
}

#[test]
fn a_lifecycle_that_was_saved_half_written_says_so_after_it_was_closed_until_it_is_mended() {
    let sandbox = sandbox("lifecycle-closed");
    let (mut editor, record) = editor(&sandbox);
    assert_eq!(codes(&editor.diagnostics(&record, 1)), [""; 0]);
    let lifecycle = uri(&sandbox, "schemas/lifecycle.yaml");
    let half = SHORT.replace("to: [identified]", "to: [identifie]");
    let of_closed = |found: &Value| codes(found["params"]["diagnostics"].as_array().unwrap()).join(" ");
    let is_of_closed =
        |message: &Value| message["params"]["uri"] == lifecycle.as_str() && message["params"]["version"].is_null();

    editor.open(&lifecycle, SHORT);
    assert_eq!(codes(&editor.diagnostics(&lifecycle, 1)), [""; 0]);
    editor.replace(&lifecycle, 2, &half);
    sandbox.file("schemas/lifecycle.yaml", &half);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": lifecycle } }));
    assert_eq!(
        of_closed(&editor.wait(is_of_closed)),
        "",
        "an editor forgets what was found in a document that it closes"
    );
    let found = editor.wait(is_of_closed);
    let (line, column) = place(&half, "identifie]");
    assert_eq!(of_closed(&found), "invalid-yaml");
    assert_eq!(found["params"]["diagnostics"][0]["range"]["start"], json!({ "line": line, "character": column }));
    // The steps that were known last go on to count.
    editor.replace(&record, 2, &RECORD.replace("status: identified", "status: resolved"));
    assert_eq!(codes(&editor.diagnostics(&record, 2)), ["unknown-value"]);

    sandbox.file("schemas/lifecycle.yaml", SHORT);
    let changed = json!({ "changes": [{ "uri": lifecycle, "type": 2 }] });
    editor.notify("workspace/didChangeWatchedFiles", changed);
    assert_eq!(of_closed(&editor.wait(is_of_closed)), "");
}

#[test]
fn a_lifecycle_that_something_else_breaks_leaves_the_one_before_and_says_so() {
    let sandbox = sandbox("lifecycle-broken");
    let (mut editor, record) = editor(&sandbox);
    assert_eq!(codes(&editor.diagnostics(&record, 1)), [""; 0]);
    let lifecycle = uri(&sandbox, "schemas/lifecycle.yaml");
    sandbox.file("schemas/lifecycle.yaml", "incident: {initial: [], states: {}, transitions: [], colour: red}\n");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": lifecycle, "type": 1 }] }));
    let found = editor.wait(|message| message["params"]["uri"] == lifecycle.as_str());
    assert_eq!(codes(found["params"]["diagnostics"].as_array().unwrap()).len(), 1, "{found}");
    assert!(editor.at("textDocument/hover", &record, (1, 1)).is_object());
}

#[test]
fn a_record_that_is_not_on_the_disk_yet_is_checked() {
    let sandbox = sandbox("unsaved");
    let (mut editor, _) = editor(&sandbox);
    let new = uri(&sandbox, "incidents/2024/05/2024-05-02-new/incident.md");
    editor.open(&new, "---\ntitle: x\nseverity: sev1\n---\n");
    assert_eq!(codes(&editor.diagnostics(&new, 1)), ["missing-field", "unknown-key"]);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": new } }));
    let gone = editor.wait(|message| message["params"]["uri"] == new.as_str());
    assert_eq!(gone["params"]["diagnostics"], json!([]));
}

#[test]
fn the_session_survives_what_it_does_not_understand() {
    let sandbox = sandbox("robust");
    let (mut editor, uri) = editor(&sandbox);
    let unknown = editor.request("textDocument/astonish", json!({})).unwrap_err();
    assert_eq!(unknown["code"], -32601);
    let wrong = editor.request("textDocument/hover", json!({ "position": "here" })).unwrap_err();
    assert_eq!(wrong["code"], -32602);
    editor.notify("$/whatever", json!({}));
    editor.notify("textDocument/didChange", json!({ "textDocument": 7 }));
    let far = json!({ "start": { "line": 900, "character": 900 }, "end": { "line": 901, "character": 0 } });
    editor.change(&uri, 2, json!([{ "range": far, "text": "tail" }]));
    assert_eq!(editor.at("textDocument/hover", &uri, (4_000_000_000, 4_000_000_000)), Value::Null);
    assert_eq!(codes(&editor.diagnostics(&uri, 2)), [""; 0]);
    assert!(editor.leave().success());
}

#[test]
fn a_cancelled_request_is_answered_as_such() {
    let sandbox = sandbox("cancel");
    let (mut editor, uri) = editor(&sandbox);
    // The first requests keep the server busy while the last one is cancelled.
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 1 } });
    let busy: Vec<i64> = (0..200).map(|_| editor.ask("textDocument/hover", params.clone())).collect();
    let id = editor.ask("textDocument/hover", params);
    editor.notify("$/cancelRequest", json!({ "id": id }));
    let answer = editor.answer(id);
    // It may have been answered already; what never happens is that it gets no answer.
    assert!(answer.as_ref().is_ok_and(|hover| hover["contents"].is_object()) || answer.unwrap_err()["code"] == -32800);
    for id in busy {
        editor.answer(id).unwrap();
    }
}

#[test]
fn a_session_ends_as_the_protocol_says() {
    let sandbox = sandbox("ending");
    let (polite, _) = editor(&sandbox);
    assert_eq!(polite.leave().code(), Some(0));

    let (mut late, uri) = editor(&sandbox);
    late.request("shutdown", Value::Null).unwrap();
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 1 } });
    assert_eq!(late.request("textDocument/hover", params).unwrap_err()["code"], -32600);
    assert_eq!(late.vanish().code(), Some(1));

    let (abrupt, _) = editor(&sandbox);
    assert_eq!(abrupt.vanish().code(), Some(1));

    let mut early = Editor::spawn(&sandbox);
    assert_eq!(early.request("textDocument/hover", json!({})).unwrap_err()["code"], -32002);
    assert_eq!(early.vanish().code(), Some(1));
}

#[test]
fn findings_of_one_record_do_not_wait_for_the_archive() {
    let sandbox = sandbox("quick");
    let (mut editor, uri) = editor(&sandbox);
    editor.diagnostics(&uri, 1);
    let typed = Instant::now();
    editor.replace(&uri, 2, &RECORD.replace("alert", "alarm"));
    editor.diagnostics(&uri, 2);
    // 40 ms to gather keystrokes; the rest is room for a busy machine.
    assert!(typed.elapsed() < Duration::from_secs(2));
}
