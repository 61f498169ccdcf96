//! Announcements in the languages of those who are told.

use super::repository_of;
use crate::sandbox::Sandbox;

const CONFIG: &str = "site: {title: 상태, url: https://status.example, languages: [en, ko, ja]}
services: [{id: checkout, name: {en: Checkout, ko: 결제, ja: お支払い}}]
announce:
  - {name: korea, kind: slack, language: ko, url_env: KOREA}
  - {name: japan, kind: email, language: ja, host: localhost, from: status@example.com, to: jp@example.com}
  - {name: everybody, kind: slack, url_env: EVERYBODY}
";

const INCIDENT: &str = "---
title: Checkout fails
visibility: public
timeline:
  - at: 2024-05-01T09:00:00Z
    by: mara
    status: investigating
    impact: {checkout: major_outage}
    public: {en: Checkout fails., ko: 결제가 실패합니다.}
    next_update: 2024-05-01T09:30:00Z
  - at: 2024-05-01T09:20:00Z
    by: mara
    status: identified
    public: {ko: 원인을 찾았습니다.}
---
";

/// What a sink would get, by its name.
fn told(sandbox: &Sandbox, sink: &str) -> String {
    let run = sandbox.run(&["announce", "--send", "--dry-run", "--since", "HEAD~1", "--sink", sink]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

fn has(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(words), "no {words} in {text}");
    }
}

fn repository(name: &str) -> Sandbox {
    repository_of(name, CONFIG, INCIDENT)
}

#[test]
fn labels_states_names_and_links_are_in_the_language_of_the_sink() {
    let sandbox = repository("announce-languages");
    let korea = told(&sandbox, "korea");
    has(&korea, &["새 인시던트: Checkout fails", "결제가 실패합니다.", "서비스: 결제: 전면 장애"]);
    has(&korea, &["원인 확인: Checkout fails", "https://status.example/ko/incidents/2024-05-01-checkout/"]);
    assert!(!korea.contains("Services") && !korea.contains("Next update"), "{korea}");
    // Nobody has written in Japanese, so the message is English and what stands around it Japanese.
    let japan = told(&sandbox, "japan");
    has(&japan, &["Content-Language: ja", "Subject: =?utf-8?B?", "From: =?utf-8?B?"]);
}

#[test]
fn a_sink_that_asks_for_no_language_is_told_in_that_of_the_message() {
    let everybody = told(&repository("announce-unasked"), "everybody");
    has(&everybody, &["New incident: Checkout fails", "Services: Checkout: Major outage"]);
    has(&everybody, &["원인 확인: Checkout fails", "원인을 찾았습니다."]);
}

#[test]
fn the_words_are_those_of_the_site_and_a_broken_catalogue_keeps_nobody_waiting() {
    let sandbox = repository("announce-own-words");
    sandbox.file("templates/i18n/ko.ftl", "announce_opened = 장애 발생\n");
    has(&told(&sandbox, "korea"), &["장애 발생: Checkout fails"]);
    sandbox.file("templates/i18n/ko.ftl", "no catalogue at all");
    has(&told(&sandbox, "korea"), &["New incident: Checkout fails", "결제가 실패합니다."]);
}
