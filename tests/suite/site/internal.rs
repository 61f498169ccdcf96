//! The internal site: everything of the public one, and the records behind it.

use std::collections::HashMap;
use std::sync::Arc;

use git_incident::record::history::Commit;
use git_incident::record::provenance::{Origin, Provenance, Source};
use git_incident::site::audience::Audience;

use super::search::find;
use super::*;

const NOW: &str = "2024-05-02T12:00:00Z";
const BOARD: &str = "internal/index.html";
const RECORD: &str = "internal/incidents/2024-05-02-slow/index.html";

const TEAMS: &str = "\
site: {title: 'Kiln & Co', url: 'https://status.example.com/shop', timezone: Europe/Rome, languages: [en, ko]}
services: [{id: checkout, name: {en: Checkout, ko: 주문}, owner: payments, since: 2024-01-01}, {id: vault, name: Vault, public: false}]
people: [{id: mara, name: Mara Ito, team: payments}, {id: wei, name: Wei Chen}]
teams: [{id: payments, name: Payments}]
waivers: [{rule: missing-channel, record: 2024-05-02-sheet, reason: The sheet is quetzal., by: mara, until: 2024-06-01}]
";

const LIVE: &str = "---
title: Cards are slow
type: [security/phishing]
visibility: internal
channels: {chat: '#inc-cards', video: 'https://meet.example.com/cards'}
assessment: {audience: external, scope: unknown}
timeline:
  - {at: 2024-05-02T09:40:00Z, by: mara, status: investigating, severity: sev1, roles: {incident_manager: mara}, impact: {vault: major_outage}}
  - {at: 2024-05-02T09:50:00Z, by: wei, hypothesis: The *pool* is empty., todo: Ask the vendor.}
  - {at: 2024-05-02T09:55:00Z, by: wei, evidence: {item: disk image, custody: collected, to: wei}}
  - {at: 2024-05-02T10:00:00Z, by: mara, decision: 'Roll back, see [the cards](../2024-05-01-cards/incident.md).', note: 'Graphs in [a file](graph.svg).'}
  - {at: 2024-05-03T10:00:00Z, by: mara, status: resolved, note: Tomorrow.}
---
Look at the **pool** first.
";

const SECRET: &str = "---
title: Salary sheet opened
visibility: restricted
timeline: [{at: 2024-05-02T08:00:00Z, by: wei, status: investigating, severity: sev2, note: Quetzalcoatl.}]
---
";

const SECRET_REVIEW: &str = "---
status: draft
actions: [{id: lock, title: Lock the zanzibar sheet, type: prevent, status: open}]
---
";

const REVIEW: &str = "---
status: in_review
owner: mara
findings:
  - {id: gate, class: process_flaw, statement: The gate was open., disposition: open}
  - {id: book, class: manual_error, statement: The book was old., disposition: accepted, owner: wei}
actions:
  - {id: late, title: Renew by machine, type: prevent, priority: high, owner: mara, due: 2024-04-30, status: open, ticket: 'https://t.example.com/PAY-7'}
  - {id: soon, title: Alert a week before, type: detect, owner: wei, due: 2024-06-01, status: in_progress}
  - {id: done, title: Renew by hand, type: repair, owner: mara, due: 2024-05-01, status: done, done: 2024-05-01}
---
## Summary

A certificate had expired, the long story.
";

const MAYBE: &str = "---
title: A strange log line
timeline: [{at: 2024-05-02T11:00:00Z, by: wei, status: triage, note: Seen twice.}]
---
";

const DRILL: &str = "---
title: Lose the database
scenario: The disk is gone.
held: 2024-04-02T09:00:00Z
participants: [mara]
objectives: [{text: Back in ten minutes, result: missed}, {text: Told in time, result: met}]
timeline:
  - {at: 2024-04-02T09:00:00Z, by: mara, roles: {incident_manager: mara}, status: held}
---
";

fn records() -> Archive {
    archive(&[
        ("../incident.yaml", TEAMS),
        ("2024-05-01-cards/incident.md", OUTAGE),
        ("2024-05-01-cards/postmortem.md", REVIEW),
        ("2024-05-02-slow/incident.md", LIVE),
        ("2024-05-02-sheet/incident.md", SECRET),
        ("2024-05-02-sheet/postmortem.md", SECRET_REVIEW),
        ("2024-05-02-log/incident.md", MAYBE),
        ("2024-04-02-database/drill.md", DRILL),
    ])
}

fn build(archive: &Archive, audience: Audience, provenance: Provenance) -> Site {
    let mut options = Options::new(NOW.parse().unwrap());
    options.audience = audience;
    options.provenance = provenance.into();
    site::build(archive, &options).unwrap()
}

fn internal() -> Site {
    build(&records(), Audience::Internal, Provenance::default())
}

fn public() -> Site {
    build(&records(), Audience::Public, Provenance::default())
}

/// The words of a page, without markup.
fn words(site: &Site, path: &str) -> String {
    let page = text(site, path);
    let main = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
    let shown = main.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text));
    shown.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(site: &Site, path: &str, all: &[&str]) {
    let page = words(site, path);
    for known in all {
        assert!(page.contains(known), "no \"{known}\" in {page}");
    }
}

#[test]
fn it_has_everything_of_the_public_site() {
    let (public, internal) = (public(), internal());
    for (path, bytes) in &public.files {
        let same = internal.files.get(path) == Some(bytes);
        let is_marked = path.ends_with(".html") || ["sitemap.xml", "robots.txt"].contains(&path.as_str());
        assert!(same || is_marked, "{path}");
        assert!(internal.files.contains_key(path) || path == "sitemap.xml", "{path}");
    }
    assert_eq!(text(&internal, "robots.txt"), "User-agent: *\nDisallow: /\n");
}

#[test]
fn every_page_of_it_says_so_and_no_public_page_knows_of_it() {
    for (path, bytes) in &public().files {
        assert!(!path.contains("internal"), "{path}");
        assert!(!String::from_utf8_lossy(bytes).contains("internal/"), "{path}");
    }
    let internal = internal();
    let pages: Vec<&String> = internal.files.keys().filter(|path| path.ends_with("index.html")).collect();
    assert!(pages.len() > 40);
    for path in pages {
        let page = text(&internal, path);
        assert!(page.contains("<meta name=\"robots\" content=\"noindex, nofollow\">"), "{path}");
        let mark = if path.starts_with("ko/") { "<strong>내부용</strong>" } else { "<strong>Internal</strong>" };
        assert!(page.contains(mark), "{path}");
    }
}

#[test]
fn what_is_restricted_is_nowhere_and_said_to_be_missing() {
    let site = internal();
    for (path, bytes) in &site.files {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["Salary", "salary", "Quetzal", "quetzal", "2024-05-02-sheet", "zanzibar"] {
            assert!(!path.contains(secret) && !text.contains(secret), "{path}: {secret}");
        }
    }
    says(&site, BOARD, &["One more incident is open. It is restricted"]);
}

#[test]
fn the_board_says_what_a_responder_who_joins_must_know() {
    let site = internal();
    says(
        &site,
        BOARD,
        &[
            "Cards are slow sev1",
            "Investigating since 2 May 2024, 11:40 CEST",
            "Vault Major outage",
            "Incident manager Mara Ito",
            "Chat #inc-cards",
            "Customers have heard nothing yet.",
            "Todo Ask the vendor.",
            "Detect Missing",
            "senior management knows was due at 2 May 2024, 12:40 CEST",
            "Tell senior management 1 h 20 min late",
            "git incident escalate",
            "One record waits for somebody to say whether it is an incident.",
        ],
    );
    let board = words(&site, BOARD);
    assert!(!board.contains("3 May"), "that has not happened yet");
    let questions = &board[board.find("Open questions").unwrap()..];
    assert!(questions.contains("What do they experience?"));
    assert!(!questions.contains("Who is affected?"), "that is answered");
    assert!(!questions.contains("How many of them?"), "`unknown` is an answer");
}

#[test]
fn a_record_is_shown_in_full_as_far_as_it_has_happened() {
    let site = internal();
    says(
        &site,
        RECORD,
        &[
            "Phishing",
            "Look at the pool first.",
            "Hypothesis The pool is empty.",
            "Evidence disk image · collected · To Wei Chen",
            "Decision Roll back, see the cards .",
            "Graphs in a file.",
        ],
    );
    let html = text(&site, RECORD);
    assert!(!html.contains("Tomorrow"));
    assert!(html.contains("<a href=\"../../../internal/incidents/2024-05-01-cards/\">the cards</a>"));
    assert!(!html.contains("graph.svg"), "what is not part of the site is not linked to");
    assert!(html.contains("id=\"stages\""));
    assert!(!text(&site, "internal/incidents/2024-05-01-cards/index.html").contains("id=\"stages\""), "it is over");
}

/// What the page of an incident says, beside which there is one more.
fn words_of(front_matter: &str) -> String {
    let own = format!("---\ntitle: Of its own\n{front_matter}\n---\n");
    let archive = archive(&[
        ("../incident.yaml", TEAMS),
        ("2024-05-02-slow/incident.md", LIVE),
        ("2024-05-02-own/incident.md", &own),
    ]);
    words(&build(&archive, Audience::Internal, Provenance::default()), "internal/incidents/2024-05-02-own/index.html")
}

#[test]
fn a_severity_that_changed_is_shown_as_the_worst_and_as_the_latest() {
    let of = |severities: [&str; 2]| {
        let [first, second] = severities;
        words_of(&format!(
            "timeline:\n  - {{at: 2024-05-02T08:00:00Z, by: mara, status: investigating, severity: {first}}}\n  \
             - {{at: 2024-05-02T08:10:00Z, by: mara, severity: {second}, note: Looked at it again.}}"
        ))
    };
    let lowered = of(["sev1", "sev3"]);
    assert!(lowered.contains("Worst: sev1 critical Latest: sev3 minor"), "{lowered}");
    for severities in [["sev3", "sev1"], ["sev2", "sev2"]] {
        let same = of(severities);
        assert!(!same.contains("Worst:") && !same.contains("Latest:"), "{same}");
    }
}

#[test]
fn what_was_merged_leads_to_where_it_goes_on_and_asks_for_no_more_answers() {
    let of = |status: &str| {
        words_of(&format!(
            "related: {{duplicate_of: 2024-05-02-slow}}\nassessment: {{audience: external, customers: 5900}}\ntimeline:\n  \
             - {{at: 2024-05-02T08:00:00Z, by: mara, status: investigating}}\n  \
             - {{at: 2024-05-02T08:10:00Z, by: mara, status: {status}, reason: The same.}}"
        ))
    };
    let remark = "This incident is part of another one, where updates continue: Cards are slow";
    let merged = of("merged");
    assert!(merged.contains(remark), "{merged}");
    assert!(merged.contains("Customers 5,900") && !merged.contains("Not answered yet"), "{merged}");
    let canceled = of("canceled");
    assert!(!canceled.contains(remark) && !canceled.contains("Not answered yet"), "{canceled}");
    let live = of("identified");
    assert!(!live.contains(remark) && live.contains("Not answered yet"), "{live}");
}

#[test]
fn a_timeline_can_be_filtered_without_a_script() {
    let site = internal();
    let (page, styles) = (text(&site, RECORD), text(&site, "assets/internal.css"));
    let entries: Vec<&str> =
        page.split("<li class=\"entry").skip(1).map(|entry| entry.split('"').next().unwrap()).collect();
    assert_eq!(entries.len(), 4);
    for (kind, count) in
        [("hypothesis", 1), ("evidence", 1), ("decision", 1), ("state", 1), ("people", 1), ("public", 0)]
    {
        assert!(page.contains(&format!("<input type=\"radio\" name=\"show\" id=\"show-{kind}\">")), "{kind}");
        assert!(styles.contains(&format!(":has(#show-{kind}:checked) .entry:not(.is-{kind})")), "{kind}");
        assert_eq!(entries.iter().filter(|entry| entry.contains(&format!("is-{kind}"))).count(), count, "{kind}");
    }
}

#[test]
fn every_entry_says_who_recorded_it_and_how_late() {
    let archive = records();
    let record = archive.event("2024-05-02-slow").unwrap();
    let place = |entry: usize| record.timeline()[entry].at.span.start;
    let origin = |id: &str, time: &str, is_signed| {
        let commit = Commit { id: id.into(), author: "Wei Chen".into(), time: time.parse().unwrap() };
        Source::Commit(Arc::new(Origin { commit, is_signed }))
    };
    let sources = HashMap::from([
        (place(0), origin("aaaa1111", "2024-05-02T09:40:30Z", true)),
        (place(1), origin("bbbb2222", "2024-05-02T11:50:00Z", false)),
        (place(2), Source::Before),
    ]);
    let provenance = Provenance::new(HashMap::from([(record.path.clone(), sources.into())]));
    let site = build(&archive, Audience::Internal, provenance);
    says(
        &site,
        RECORD,
        &["Recorded by Wei Chen, at once aaaa1111 signed", "Recorded by Wei Chen, 2 h later bbbb2222 not signed"],
    );
    let uncommitted = words(&site, RECORD).matches("In no commit yet").count();
    assert_eq!(uncommitted, 1, "the fourth; the third is older than the history");
    says(&internal(), RECORD, &["There is no history to ask who recorded these entries."]);
}

#[test]
fn actions_are_sorted_by_who_owes_them() {
    let site = internal();
    says(
        &site,
        "internal/actions/index.html",
        &[
            "Overdue 1 Open 2 Done 1 Declined 0",
            "Mara Ito Payments 1 1 Wei Chen – 1 0",
            "Payments Renew by machine 2 days late High Prevent Mara Ito Due 30 April 2024 PAY-7",
        ],
    );
    let page = words(&site, "internal/actions/index.html");
    assert!(page.find("Without a team").unwrap() < page.find("Alert a week before").unwrap());
}

#[test]
fn findings_wait_until_somebody_decides() {
    let site = internal();
    says(&site, "internal/findings/index.html", &["The gate was open. Open Process flaw Nobody", "Manual error 1"]);
    let page = words(&site, "internal/findings/index.html");
    assert!(page.find("The gate was open.").unwrap() < page.find("The book was old.").unwrap());
}

#[test]
fn postmortems_are_there_in_full() {
    let site = internal();
    says(&site, "internal/postmortems/index.html", &["In progress", "In review Mara Ito 2"]);
    says(
        &site,
        "internal/postmortems/2024-05-01-cards/index.html",
        &["A certificate had expired, the long story.", "Renew by machine", "The gate was open."],
    );
}

#[test]
fn triage_drills_and_readiness_have_pages() {
    let site = internal();
    says(&site, "internal/triage/index.html", &["A strange log line Waits 1 h 2 May 2024, 13:00 CEST", "Seen twice."]);
    says(&site, "internal/drills/index.html", &["The disk is gone.", "Missed Back in ten minutes"]);
    says(
        &site,
        "internal/readiness/index.html",
        &[
            "Since the last drill 30 days Lose the database",
            "Objectives met in drills of the last year 1 / 2",
            "Services with an owner 1 / 2",
            "Mara Ito 1 1 2 May 2024",
        ],
    );
}

#[test]
fn a_page_marks_the_part_of_the_site_that_it_belongs_to() {
    let site = internal();
    let part = |path: &str| {
        let page = text(&site, path);
        let (_, marked) = page.split_once(" aria-current=\"page\">").unwrap();
        marked.split('<').next().unwrap().to_owned()
    };
    assert_eq!(part("internal/drills/index.html"), "Drills");
    assert_eq!(part("internal/incidents/2024-04-02-database/index.html"), "Drills");
    assert_eq!(part("internal/incidents/2024-05-01-cards/index.html"), "Incidents");
}

#[test]
fn deadlines_are_owed_by_somebody() {
    let page = words(&internal(), "internal/deadlines/index.html");
    let (overdue, action) = (page.find("Overdue").unwrap(), page.find("Urgent action").unwrap());
    assert!(overdue < action, "{page}");
    assert!(page[action..].contains("Mara Ito") && page.contains("Decide on a finding"), "{page}");
}

#[test]
fn metrics_and_each_quarter_have_a_report() {
    let site = internal();
    says(&site, "internal/metrics/index.html", &["Metrics The last 90 days", "Incidents 2", "Q2 2024"]);
    says(
        &site,
        "internal/reports/2024-Q2/index.html",
        &["Cards are slow", "from the start of impact to its detection"],
    );
    assert!(!site.files.contains_key("internal/reports/2024-Q1/index.html"), "nothing began then");
    says(&site, "ko/internal/reports/2024-Q2/index.html", &["2024년 2분기", "영향 시작부터 감지까지", "1시간 20분"]);
}

#[test]
fn a_page_that_customers_see_leads_to_the_record_behind_it() {
    let site = internal();
    let page = text(&site, "ko/incidents/2024-05-01-cards/index.html");
    assert!(page.contains("href=\"../../../ko/internal/incidents/2024-05-01-cards/\""));
    let record = text(&site, "internal/incidents/2024-05-01-cards/index.html");
    assert!(record.contains("href=\"../../../incidents/2024-05-01-cards/\">As customers see it"));
    assert!(!text(&site, RECORD).contains("As customers see it"), "customers see nothing of it");
}

#[test]
fn every_link_of_it_leads_somewhere() {
    let site = internal();
    let mut seen = 0;
    for path in site.files.keys().filter(|path| path.contains("internal/") && path.ends_with(".html")) {
        let html = text(&site, path);
        for href in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if href.starts_with("https://") || href.starts_with('#') {
                continue;
            }
            let below = href.split('?').next().unwrap().trim_start_matches("../");
            assert_eq!(href.matches("../").count(), path.matches('/').count(), "{path}: {href}");
            let file =
                if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.into() };
            assert!(site.files.contains_key(&file), "{path} links to {href}");
            seen += 1;
        }
        assert!(!html.contains("style=\"") && !html.contains("<style"), "{path}");
        assert_eq!(html.matches("<script").count(), html.matches("<script src=").count(), "{path}");
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn insiders_search_timelines_postmortems_actions_and_names() {
    let site = internal();
    let cards = "Cards are <refused> & returned";
    for (term, found) in [
        ("pool", &["Cards are slow"][..]),
        ("collected", &["Cards are slow"]),
        ("vault", &["Cards are slow"]),
        ("machine", &[cards, "Renew by machine"]),
        ("pay", &[cards, "Renew by machine"]),
        ("gate", &[cards]),
        ("zanzibar", &[]),
        ("tomorrow", &[]),
    ] {
        for language in ["", "ko/"] {
            assert_eq!(find(&site, &format!("{language}internal/"), term), found, "{term}");
        }
    }
    let mara = find(&site, "internal/", "ito");
    assert!(
        mara.contains(&"Renew by machine".to_owned()) && mara.contains(&"Lose the database".to_owned()),
        "{mara:?}"
    );
    let shown = text(&site, "ko/internal/search/docs/0.json");
    assert!(shown.contains("\"path\":\"postmortems/2024-05-01-cards/\""), "{shown}");
    says(&site, "internal/search/index.html", &["Words to look for"]);
}
