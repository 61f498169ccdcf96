//! One event to servers that fail in every way.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use git_incident::announce::deliver::{Courier, Patience, Remedy, Trouble};
use git_incident::announce::event::{Event, What};
use git_incident::announce::labels::Labels;
use git_incident::announce::sink::{Channel, Hook, Mail, Sink, Tls};
use git_incident::record::archive::{Archive, Memory};
use git_incident::site::audience::Audience;
use git_incident::site::builtin::Overrides;

use super::receiver::{Act, Receiver};
use super::{CONFIG, commit, repository};

fn event() -> Event {
    Event {
        id: "a1b2c3d4e5f6".into(),
        key: "entry/x".into(),
        kind: What::Opened,
        audience: "public",
        record: "2024-05-01-checkout".into(),
        title: "결제 오류: checkout fails".into(),
        titles: Default::default(),
        at: "2024-05-01T09:00:00Z".parse().unwrap(),
        status: Some("investigating".into()),
        services: Vec::new(),
        window: None,
        next_update: None,
        texts: [("en".into(), "Checkout fails.\n.\nWe look into it.".into())].into(),
        withdrawn: false,
        url: None,
        covers: Vec::new(),
        translations: Default::default(),
        internal: None,
    }
}

fn sink(channel: Channel) -> Sink {
    Sink {
        name: "x".into(),
        audience: Audience::Public,
        language: "en".into(),
        asks_for_language: true,
        site: "Example".into(),
        channel,
    }
}

fn mail(port: u16) -> Sink {
    sink(Channel::Email(Mail {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        login: None,
        from: "status@example.com".into(),
        to: vec!["ann@example.com".into(), "bob@example.com".into()],
    }))
}

/// Three tries within a moment.
const PATIENCE: Patience = Patience {
    timeout: Duration::from_millis(800),
    tries: 3,
    first_pause: Duration::from_millis(1),
    longest_pause: Duration::from_millis(1500),
};

fn deliver(sink: &Sink, url: &str) -> Result<(), Trouble> {
    let labels = Labels::load(&Archive::load(&Memory::default()).unwrap().config, &Overrides::default()).unwrap();
    let secrets = |name: &str| (name == "HOOK").then(|| url.to_owned());
    Courier::new(PATIENCE, &labels, &secrets).deliver(&event(), sink).map(drop)
}

fn post(url: &str) -> Result<(), Trouble> {
    deliver(&sink(Channel::Webhook(Hook { url_env: "HOOK".into() })), url)
}

/// A port that nobody listens on.
fn deaf_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_post_carries_the_id_of_its_event() {
    let server = Receiver::http(&[]);
    post(&server.url()).unwrap();
    let got = server.got();
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].header("Idempotency-Key"), Some("a1b2c3d4e5f6"));
    let body: serde_json::Value = serde_json::from_str(&got[0].body).unwrap();
    assert_eq!(body["id"], "a1b2c3d4e5f6");
}

#[test]
fn trouble_that_passes_is_waited_for_and_then_all_is_well() {
    for act in [
        Act::Reset,
        Act::Hang,
        Act::Stop,
        Act::Half,
        Act::Answer("500 Oh"),
        Act::Answer("503 Oh"),
        Act::Answer("429 Slow"),
        Act::Answer("408 Late"),
    ] {
        let server = Receiver::http(&[act, act]);
        assert_eq!(post(&server.url()), Ok(()), "{act:?}");
        assert_eq!(server.connections(), 3, "{act:?}");
        assert!(server.got().iter().all(|m| m.header("Idempotency-Key") == Some("a1b2c3d4e5f6")));
    }
}

#[test]
fn patience_ends() {
    let server = Receiver::http(&[Act::Answer("500 Oh"); 9]);
    let trouble = post(&server.url()).unwrap_err();
    assert_eq!(trouble.why, "$HOOK answers 500; tried 3 of 3 times");
    assert_eq!((trouble.remedy, server.connections()), (Remedy::Again(None), 3));
    let refused = post(&format!("http://127.0.0.1:{}/", deaf_port())).unwrap_err();
    assert_eq!(refused.remedy, Remedy::Again(None), "{}", refused.why);
}

#[test]
fn a_server_that_asks_for_time_gets_it_and_one_that_asks_for_too_much_is_left_for_later() {
    let server = Receiver::http(&[Act::Answer("429 Slow\r\nRetry-After: 1")]);
    let began = Instant::now();
    post(&server.url()).unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1));
    let server = Receiver::http(&[Act::Answer("429 Slow\r\nRetry-After: 3600")]);
    let trouble = post(&server.url()).unwrap_err();
    assert_eq!((trouble.remedy, server.connections()), (Remedy::Again(Some(Duration::from_secs(3600))), 1));
}

#[test]
fn a_refusal_is_not_tried_again_and_tells_no_secret() {
    for answer in ["400 No", "401 No", "404 Gone", "301 Moved\r\nLocation: http://127.0.0.1:1/"] {
        let server = Receiver::http(&[Act::Answer(answer); 3]);
        let trouble = post(&server.url()).unwrap_err();
        assert_eq!((trouble.remedy, server.connections()), (Remedy::Mend, 1), "{answer}");
        assert!(trouble.why.contains("$HOOK") && !trouble.why.contains("hook"), "{}", trouble.why);
    }
    assert_eq!(post("").unwrap_err().why, "the environment has no `HOOK`");
    let nonsense = post("geheim").unwrap_err();
    assert!(!nonsense.why.contains("geheim"), "{}", nonsense.why);
}

#[test]
fn a_mail_carries_the_id_of_its_event() {
    let server = Receiver::smtp(&[]);
    deliver(&mail(server.port), "").unwrap();
    let got = &server.got()[0];
    assert_eq!(got.header("Message-ID"), Some("<a1b2c3d4e5f6@example.com>"));
    assert_eq!(got.header("References"), Some("<2024-05-01-checkout.public@example.com>"));
    assert!(got.header("Subject").unwrap().starts_with("=?utf-8?"), "{}", got.head);
    for recipient in ["ann", "bob"] {
        assert!(got.head.contains(&format!("X-RCPT TO:<{recipient}@example.com>")), "{}", got.head);
    }
    assert!(got.body.contains("\r\n..\r\nWe look into it."), "a dot alone would end the message: {}", got.body);
}

#[test]
fn a_mail_server_that_has_trouble_is_tried_again() {
    let acts = [
        Act::Reset,
        Act::Hang,
        Act::Stop,
        Act::Half,
        Act::Greet("421 4.3.2 later"),
        Act::Recipient("450 4.2.1 busy"),
        Act::Answer("451 4.3.0 later"),
    ];
    for act in acts {
        let server = Receiver::smtp(&[act, act]);
        assert_eq!(deliver(&mail(server.port), ""), Ok(()), "{act:?}");
        assert_eq!(server.connections(), 3, "{act:?}");
    }
    let nobody = deliver(&mail(deaf_port()), "").unwrap_err();
    assert_eq!(nobody.remedy, Remedy::Again(None), "{}", nobody.why);
}

#[test]
fn a_mail_server_that_refuses_is_not_asked_again() {
    for act in [Act::Greet("554 5.7.1 go away"), Act::Recipient("550 5.1.1 nobody"), Act::Answer("552 5.3.4 too big")] {
        let server = Receiver::smtp(&[act; 3]);
        let trouble = deliver(&mail(server.port), "").unwrap_err();
        assert_eq!((trouble.remedy, server.connections()), (Remedy::Mend, 1), "{act:?}: {}", trouble.why);
    }
}

#[test]
fn a_mail_server_without_starttls_gets_nothing_in_the_clear() {
    let server = Receiver::smtp(&[]);
    let mut sink = mail(server.port);
    if let Channel::Email(mail) = &mut sink.channel {
        mail.tls = Tls::Starttls;
    }
    assert_eq!(deliver(&sink, "").unwrap_err().remedy, Remedy::Mend);
    assert!(server.got().is_empty());
}

#[test]
fn a_sink_that_refuses_waits_and_keeps_no_other_waiting() {
    let sandbox = repository("announce-refusal");
    let (refusing, other) = (Receiver::http(&[Act::Answer("400 No")]), Receiver::http(&[]));
    let announce = |more: &[&str]| {
        let args = [&["announce", "--send", "--since", "HEAD~1", "--retries", "0"], more].concat();
        let mut command = sandbox.command(&args);
        let output = command.env("CUSTOMERS", refusing.url()).env("CHAT", other.url()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = announce(&[]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("customers: New incident: Checkout fails (") && said.contains("$CUSTOMERS answers 400"),
        "{said}"
    );
    assert!(said.contains("chat: told 1 event"), "{said}");
    assert!(!said.contains("/hook"), "the address is a secret: {said}");
    // The next run goes on where this one stopped, also from a later commit.
    sandbox.file("incident.yaml", &format!("{CONFIG}teams: [{{id: team-a, name: A}}]\n"));
    commit(&sandbox);
    assert_eq!(announce(&[]).0, Some(0));
    assert_eq!((refusing.got().len(), other.got().len()), (2, 1));
    assert_eq!(announce(&[]).0, Some(0));
    assert_eq!((refusing.got().len(), other.got().len()), (2, 1));
}

#[test]
fn an_event_that_is_given_up_is_named() {
    let sandbox = repository("announce-skip");
    let refusing = Receiver::http(&[Act::Answer("400 No"); 9]);
    let announce = |more: &[&str]| {
        let args = [&["announce", "--send", "--since", "HEAD~1", "--sink", "customers"], more].concat();
        sandbox.command(&args).env("CUSTOMERS", refusing.url()).output().unwrap()
    };
    let said = String::from_utf8(announce(&[]).stderr).unwrap();
    let id = said.split("--skip ").nth(1).unwrap().split('`').next().unwrap();
    assert_eq!(announce(&["--skip", id]).status.code(), Some(0));
    assert_eq!((announce(&[]).status.code(), refusing.got().len()), (Some(0), 1));
}
