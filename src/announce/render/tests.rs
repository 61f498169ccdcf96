//! The forms that sinks take, of an event that would break a careless one.

use super::*;
use crate::announce::event::{Internal, Service};
use crate::record::archive::{Archive, Memory};
use crate::site::audience::Audience;
use crate::site::builtin::Overrides;

fn event(title: &str, said: &str) -> Event {
    Event {
        id: "a1b2c3d4e5f6".into(),
        key: String::new(),
        kind: What::Escalated,
        audience: "internal",
        record: "2024-05-01-checkout".into(),
        title: title.into(),
        titles: Default::default(),
        at: "2024-05-01T09:00:00Z".parse().unwrap(),
        status: Some("investigating".into()),
        services: vec![Service {
            id: "checkout".into(),
            name: "Checkout".into(),
            names: [("ko".into(), "결제".into()), ("ja".into(), "お支払い".into())].into(),
            state: "major_outage",
        }],
        window: None,
        next_update: "2024-05-01T09:30:00Z".parse().ok(),
        texts: [("en".into(), said.into()), ("ko".into(), "결제가 실패합니다.".into())].into(),
        withdrawn: false,
        url: Some("https://status.example/x/".into()),
        covers: Vec::new(),
        translations: [("ko".into(), "https://status.example/ko/x/".into())].into(),
        internal: Some(Internal {
            severity: Some("sev1".into()),
            by: None,
            note: None,
            escalated_to: None,
            path: "incidents/x/incident.md".into(),
        }),
    }
}

fn sink(language: &str) -> Sink {
    Sink {
        name: "x".into(),
        audience: Audience::Internal,
        language: language.into(),
        asks_for_language: true,
        site: "Example".into(),
        channel: Channel::Slack(Hook { url_env: "X".into() }),
    }
}

/// A site in four languages; the last has no words of its own.
fn labels() -> Labels {
    let config = "site: {languages: [en, ko, ja, fr]}";
    let archive = Archive::load(&Memory([("incident.yaml".to_owned(), config.to_owned())].into())).unwrap();
    Labels::load(&archive.config, &Overrides::default()).unwrap()
}

fn mail() -> Mail {
    Mail {
        host: "localhost".into(),
        port: 25,
        tls: crate::announce::sink::Tls::None,
        login: None,
        from: "status@example.com".into(),
        to: vec!["list@example.com".into()],
    }
}

fn told<T>(event: &Event, sink: &Sink, form: impl Fn(&Telling<'_>) -> T) -> T {
    form(&Telling { event, sink, language: labels().of(event, sink) })
}

#[test]
fn facts_are_written_for_people() {
    let expected = [
        "Services: Checkout: Major outage",
        "Next update: 1 May 2024, 09:30 UTC",
        "Severity: sev1",
        "Record: incidents/x/incident.md",
    ];
    assert_eq!(told(&event("x", "y"), &sink("en"), |telling| telling.lines()), expected);
}

#[test]
fn a_sink_gets_its_language_and_else_what_was_written() {
    let event = event("x", "Checkout fails.");
    assert_eq!(event.text("ko"), ("ko", Some("결제가 실패합니다.")));
    assert_eq!(event.text("it"), ("en", Some("Checkout fails.")));
    // Somebody who asked for Japanese reads Japanese around an English message.
    let (labels, asked) = (labels(), sink("ja"));
    assert_eq!(labels.of(&event, &asked).tag, "ja");
    // Whoever did not ask is told in the language of the message.
    let unasked = Sink { language: "ja".into(), asks_for_language: false, ..asked };
    assert_eq!(labels.of(&event, &unasked).tag, "en");
    let without_words = Sink { language: "fr".into(), asks_for_language: true, ..unasked };
    assert_eq!(labels.of(&event, &without_words).tag, "en", "what has no words goes out with English ones");
}

#[test]
fn labels_are_in_the_language_of_the_sink() {
    let event = event("Checkout fails", "Checkout fails.");
    let korean = told(&event, &sink("ko"), slack::message).to_string();
    for words in [
        "에스컬레이션, sev1: Checkout fails",
        "결제가 실패합니다.",
        "서비스: 결제: 전면 장애",
        "다음 안내 예정: 2024년 5월 1일 09:30 UTC",
        "https://status.example/ko/x/",
    ] {
        assert!(korean.contains(words), "no {words} in {korean}");
    }
    let japanese = told(&event, &sink("ja"), teams::message).to_string();
    for words in [
        "エスカレーション、sev1：Checkout fails",
        "Checkout fails.",
        "お支払い：全面障害",
        "次回のお知らせ",
        "2024年5月1日 09:30 UTC",
        "https://status.example/x/",
    ] {
        assert!(japanese.contains(words), "no {words} in {japanese}");
    }
}

#[test]
fn every_kind_of_event_has_a_headline_in_every_language() {
    let labels = labels();
    let kinds = [
        What::Opened,
        What::Updated,
        What::Escalated,
        What::Resolved,
        What::Edited,
        What::MaintenanceAnnounced,
        What::PostmortemPublished,
    ];
    for kind in kinds {
        let event = Event { kind, ..event("x", "y") };
        let [english, korean, japanese] = ["en", "ko", "ja"].map(|tag| {
            headline(&event, labels.of(&event, &sink(tag))).trim_end_matches(['x', ' ', ':', '：']).to_owned()
        });
        assert!(english.is_ascii() && !english.contains('_'), "{english}");
        assert!(!korean.is_ascii() && !japanese.is_ascii() && korean != japanese, "{korean} {japanese}");
    }
}

#[test]
fn a_short_message_in_korean_fits_into_one_part_of_70_units() {
    let event = event("결제 오류", &"x".repeat(200));
    let message = told(&event, &sink("ko"), |telling| sms::message(telling, &["+82105550100".into()]));
    let text = message["text"].as_str().unwrap();
    assert!(text.starts_with("에스컬레이션, sev1: 결제 오류 - 결제가"), "{text}");
    assert!(text.encode_utf16().count() <= 70, "{text}");
    assert!(text.ends_with("https://status.example/ko/x/"), "{text}");
    let long =
        Event {
            texts: [("ko".into(), "가".repeat(200))].into(), url: None, translations: Default::default(), ..event
        };
    let cut = told(&long, &sink("ko"), |telling| sms::message(telling, &[]));
    assert_eq!(cut["text"].as_str().unwrap().encode_utf16().count(), 70, "it uses the room");
}

#[test]
fn the_headline_has_the_title_in_the_language_of_the_sink() {
    let event = Event { titles: [("ko".into(), "결제 오류".into())].into(), ..event("Checkout fails", "y") };
    let headline = |language: &str| told(&event, &sink(language), |telling| telling.headline());
    assert_eq!(
        [headline("ko"), headline("ja")],
        ["에스컬레이션, sev1: 결제 오류", "エスカレーション、sev1：Checkout fails"]
    );
}

#[test]
fn the_head_of_a_mail_is_ascii_whatever_the_language() {
    let event = event(&format!("결제 오류 {}", "가나다라".repeat(20)), "y");
    let now = "2024-05-01T09:00:05Z".parse().unwrap();
    let sink = Sink { site: "상태 페이지".into(), ..sink("ko") };
    let message = told(&event, &sink, |telling| email::message(telling, &mail(), now));
    let (head, _) = message.split_once("\r\n\r\n").unwrap();
    assert!(head.is_ascii() && head.lines().all(|line| line.len() <= 78), "{head}");
    assert!(head.contains("Content-Language: ko"), "{head}");
    let subject = head.split("Subject: ").nth(1).unwrap().split("\r\n").take_while(|line| line.starts_with(['=', ' ']));
    let words: Vec<&str> =
        subject.map(|line| line.trim().strip_prefix("=?utf-8?B?").unwrap().trim_end_matches("?=")).collect();
    let decoded: String =
        words.iter().map(|word| String::from_utf8(base64(word)).expect("each word is whole characters")).collect();
    assert_eq!(decoded, format!("에스컬레이션, sev1: {}", event.title));
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sextets: Vec<u32> =
        text.bytes().filter_map(|byte| ALPHABET.iter().position(|b| *b == byte)).map(|place| place as u32).collect();
    let bytes = sextets.chunks(4).flat_map(|four| {
        let bits = four.iter().enumerate().fold(0, |bits, (place, sextet)| bits | sextet << (18 - 6 * place));
        bits.to_be_bytes()[1..].iter().copied().take(four.len() - 1).collect::<Vec<u8>>()
    });
    bytes.collect()
}

#[test]
fn slack_calls_nobody_and_gets_no_more_than_it_takes() {
    let shown = |title: &str, said: &str| told(&event(title, said), &sink("en"), slack::message);
    let message = shown(&"가".repeat(200), &format!("<!channel> {}", "x".repeat(4000)));
    let (head, said) = (&message["blocks"][0]["text"], &message["blocks"][1]["text"]);
    assert_eq!(head["text"].as_str().unwrap().chars().count(), 150);
    assert_eq!(said["text"].as_str().unwrap().chars().count(), 3000);
    assert_eq!(said["type"], "plain_text", "what people wrote is no markup");
    let quoted = shown("<!here> & co", "x");
    assert_eq!(quoted["text"], "Escalated, sev1: &lt;!here&gt; &amp; co");
}

#[test]
fn a_card_shows_what_people_wrote_as_it_is() {
    let message = told(&event("*x*", "see [this](https://evil.example)"), &sink("en"), teams::message);
    let card = &message["attachments"][0]["content"];
    assert_eq!(card["body"][0]["text"], "Escalated, sev1: \\*x\\*");
    assert_eq!(card["body"][1]["text"], "see \\[this\\](https://evil.example)");
    assert_eq!(card["actions"][0]["url"], "https://status.example/x/");
}

#[test]
fn a_title_of_several_lines_makes_no_head_of_a_mail() {
    let now = "2024-05-01T09:00:05Z".parse().unwrap();
    let event = event("x\r\nBcc: all@example.com", "y");
    let message = told(&event, &sink("en"), |telling| email::message(telling, &mail(), now));
    let (head, body) = message.split_once("\r\n\r\n").unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    assert!(head.contains("Date: Wed, 1 May 2024 09:00:05 +0000"), "{head}");
    assert!(body.starts_with("y\r\n\r\nTime: 1 May 2024, 09:00 UTC\r\n"), "{body:?}");
}
