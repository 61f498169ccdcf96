//! The forms that sinks take, of an event that would break a careless one.

use super::*;
use crate::announce::event::{Internal, Service};
use crate::site::audience::Audience;

fn event(title: &str, said: &str) -> Event {
    Event {
        id: "a1b2c3d4e5f6".into(),
        key: String::new(),
        kind: What::Escalated,
        audience: "internal",
        record: "2024-05-01-checkout".into(),
        title: title.into(),
        at: "2024-05-01T09:00:00Z".parse().unwrap(),
        status: Some("investigating".into()),
        services: vec![Service { id: "checkout".into(), name: "Checkout".into(), state: "major_outage" }],
        window: None,
        next_update: "2024-05-01T09:30:00Z".parse().ok(),
        texts: [("en".into(), said.into()), ("ko".into(), "결제가 실패합니다.".into())].into(),
        withdrawn: false,
        url: Some("https://status.example/x/".into()),
        covers: Vec::new(),
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
        site: "Example".into(),
        channel: Channel::Slack(Hook { url_env: "X".into() }),
    }
}

#[test]
fn facts_are_written_for_people() {
    let facts: Vec<String> = facts(&event("x", "y")).iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let expected = [
        "Services: Checkout: major outage",
        "Next update: 2024-05-01 09:30 UTC",
        "Severity: sev1",
        "Record: incidents/x/incident.md",
    ];
    assert_eq!(facts, expected);
}

#[test]
fn a_sink_gets_its_language_and_else_what_was_written() {
    let event = event("x", "Checkout fails.");
    assert_eq!(text(&event, "ko"), Some("결제가 실패합니다."));
    assert_eq!(text(&event, "it"), Some("Checkout fails."));
}

#[test]
fn slack_calls_nobody_and_gets_no_more_than_it_takes() {
    let message = slack::message(&event(&"가".repeat(200), &format!("<!channel> {}", "x".repeat(4000))), &sink("en"));
    let (head, said) = (&message["blocks"][0]["text"], &message["blocks"][1]["text"]);
    assert_eq!(head["text"].as_str().unwrap().chars().count(), 150);
    assert_eq!(said["text"].as_str().unwrap().chars().count(), 3000);
    assert_eq!(said["type"], "plain_text", "what people wrote is no markup");
    let quoted = slack::message(&event("<!here> & co", "x"), &sink("en"));
    assert_eq!(quoted["text"], "Escalated, sev1: &lt;!here&gt; &amp; co");
}

#[test]
fn a_card_shows_what_people_wrote_as_it_is() {
    let message = teams::message(&event("*x*", "see [this](https://evil.example)"), &sink("en"));
    let card = &message["attachments"][0]["content"];
    assert_eq!(card["body"][0]["text"], "Escalated, sev1: \\*x\\*");
    assert_eq!(card["body"][1]["text"], "see \\[this\\](https://evil.example)");
    assert_eq!(card["actions"][0]["url"], "https://status.example/x/");
}

#[test]
fn a_title_of_several_lines_makes_no_head_of_a_mail() {
    let mail = Mail {
        host: "localhost".into(),
        port: 25,
        tls: crate::announce::sink::Tls::None,
        login: None,
        from: "status@example.com".into(),
        to: vec!["list@example.com".into()],
    };
    let now = "2024-05-01T09:00:05Z".parse().unwrap();
    let message = email::message(&event("x\r\nBcc: all@example.com", "y"), &sink("en"), &mail, now);
    let (head, body) = message.split_once("\r\n\r\n").unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    assert!(head.contains("Date: Wed, 1 May 2024 09:00:05 +0000"), "{head}");
    assert!(body.starts_with("y\r\n\r\nTime: 2024-05-01 09:00 UTC\r\n"), "{body:?}");
}
