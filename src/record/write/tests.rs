use std::borrow::Borrow;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::record::Record;
use crate::record::decode::{self, Names};
use crate::record::lifecycle::Lifecycle;
use crate::record::timeline::{self, Message, ServiceState, Text};

const RECORD: &str = "---\ntitle: Checkout fails # for cards\n\ntimeline:\n  # The first sign.\n  - at: 2024-05-01T09:41:00Z\n    by: wei\n    note: 'x'\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    status: investigating\n---\n\nText.\n";

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn note(at: &str, note: &str) -> NewEntry {
    NewEntry { note: Some(note.into()), ..NewEntry::new(time(at), "wei") }
}

fn read(text: &str) -> Record {
    let mut names = Names::new(&Lifecycle::built_in().unwrap());
    let config = "site: {title: Shop, languages: [en, ko]}\n";
    decode::config::read("incident.yaml", config.into(), &mut names);
    decode::record::read("2024-05-01-x", Kind::Incident, "incidents/2024-05-01-x/incident.md", text.into(), &names)
}

#[test]
fn the_newest_entry_goes_to_the_end() {
    let new = append_entry(RECORD, &note("2024-05-01T10:00:00Z", "Pool: empty")).unwrap();
    let expected = RECORD.replace(
        "    status: investigating\n",
        "    status: investigating\n  - at: 2024-05-01T10:00:00Z\n    by: wei\n    note: \"Pool: empty\"\n",
    );
    assert_eq!(new, expected);
}

#[test]
fn an_entry_that_was_recorded_late_goes_to_its_place() {
    let new = append_entry(RECORD, &note("2024-05-01T09:45:00Z", "later")).unwrap();
    assert_eq!(
        new,
        RECORD
            .replace("    note: 'x'\n", "    note: 'x'\n  - at: 2024-05-01T09:45:00Z\n    by: wei\n    note: later\n")
    );
    let first = append_entry(RECORD, &note("2024-05-01T09:00:00Z", "later")).unwrap();
    assert!(
        first.contains("timeline:\n  - at: 2024-05-01T09:00:00Z\n    by: wei\n    note: later\n  # The first sign.\n")
    );
}

#[test]
fn entries_of_one_time_keep_the_order_in_which_they_came() {
    let new = append_entry(RECORD, &note("2024-05-01T09:41:00Z", "later")).unwrap();
    let notes: Vec<_> = read(&new).timeline().iter().filter_map(|e| e.note.as_ref().map(|n| n.value.clone())).collect();
    assert_eq!(notes, ["x", "later"]);
}

#[test]
fn a_timeline_without_entries_gets_its_first() {
    let entry = "  - at: 2024-05-01T10:00:00Z\n    by: wei\n    note: later\n";
    for (old, new) in [
        ("timeline: []\n", format!("timeline:\n{entry}")),
        ("timeline: [] # newest last\n", format!("timeline: # newest last\n{entry}")),
        ("timeline:\n", format!("timeline:\n{entry}")),
        ("title: x\n", format!("title: x\ntimeline:\n{entry}")),
        ("", format!("timeline:\n{entry}")),
    ] {
        let written = append_entry(&format!("---\n{old}---\n"), &note("2024-05-01T10:00:00Z", "later"));
        assert_eq!(written, Ok(format!("---\n{new}---\n")), "{old}");
    }
}

#[test]
fn what_cannot_be_read_is_left_to_a_person() {
    let refused = |text: &str| append_entry(text, &note("2024-05-01T10:00:00Z", "later")).unwrap_err();
    assert_eq!(refused("---\ntitle: a: b\ntimeline: []\n---\n").line, 2);
    assert_eq!(refused("---\ntimeline: soon\n---\n").line, 2);
    let bell = append_entry(RECORD, &note("2024-05-01T10:00:00Z", "ding \u{7}")).unwrap_err();
    assert!(bell.reason.contains("U+0007"), "{bell}");
    assert!(refused("---\n<<<<<<< HEAD\na: 1\n=======\n>>>>>>> b\n---\n").reason.contains("merge"));
}

#[test]
fn an_item_of_a_list_is_named_by_its_number() {
    let record = RECORD.replace("timeline:\n", "obligations:\n  - {regime: a}\n  - {regime: b}\ntimeline:\n");
    let new = set(&record, Kind::Incident, "obligations.2.applies", Data::plain(true)).unwrap();
    assert_eq!(new, record.replace("{regime: b}", "{regime: b, applies: true}"));
    assert!(set(&record, Kind::Incident, "obligations.3.applies", Data::plain(true)).is_err());
    assert!(set(&record, Kind::Incident, "obligations.0.applies", Data::plain(true)).is_err());
}

#[test]
fn a_new_key_stands_where_the_format_has_it() {
    let new = set(RECORD, Kind::Incident, "visibility", Data::text("public")).unwrap();
    assert!(new.contains("title: Checkout fails # for cards\nvisibility: public\n\ntimeline:\n"), "{new}");
    let new = set(RECORD, Kind::Incident, "detection.method", Data::text("alert")).unwrap();
    assert!(new.contains("title: Checkout fails # for cards\ndetection: {method: alert}\n\ntimeline:\n"), "{new}");
}

#[test]
fn a_new_record_looks_as_if_a_person_had_written_it() {
    let mut record = NewRecord::new(Kind::Incident)
        .with("visibility", Data::text("public"))
        .with("title", Data::text("Checkout: errors"))
        .with("channels", Data::map([("chat", Data::text("#inc-checkout"))]));
    let mut first = NewEntry::new(time("2024-05-01T09:50:00Z"), "mara");
    first.status = Some("investigating".into());
    first.severity = Some("sev2".into());
    first.impact = vec![("checkout".into(), ServiceState::PartialOutage)];
    first.roles = vec![("incident_manager".into(), Some("mara".into()))];
    first.public = Some(NewMessage::Plain("We are looking into it.\n\nMore soon.".into()));
    first.next_update = Some(time("2024-05-01T10:20:00Z"));
    record.timeline.push(first);
    record.body = "What the responders know.".into();
    let text = "\
---
title: \"Checkout: errors\"
visibility: public
channels: {chat: \"#inc-checkout\"}
timeline:
  - at: 2024-05-01T09:50:00Z
    by: mara
    status: investigating
    severity: sev2
    impact: {checkout: partial_outage}
    roles: {incident_manager: mara}
    public: |-
      We are looking into it.

      More soon.
    next_update: 2024-05-01T10:20:00Z
---

What the responders know.
";
    assert_eq!(record.render(), text);
    assert_eq!(read(text).problems, []);
    assert_eq!(
        NewRecord::new(Kind::Postmortem).with("status", Data::text("draft")).render(),
        "---\nstatus: draft\n---\n"
    );
}

/// An entry that was read, without its places.
fn unplaced(entry: &timeline::Entry) -> NewEntry {
    fn text(text: &Option<impl Borrow<Text>>) -> Option<String> {
        text.as_ref().map(|text| text.borrow().value.clone())
    }
    let texts = |texts: &[Text]| texts.iter().map(|t| t.value.clone()).collect();
    let pair = |(a, b): &(Text, Text)| (a.value.clone(), b.value.clone());
    let amendment = |it: &Option<Box<timeline::Amendment>>| {
        it.as_ref().map(|it| NewAmendment {
            at: it.at.unwrap().value,
            by: text(&it.by).unwrap(),
            reason: text(&it.reason).unwrap(),
        })
    };
    NewEntry {
        at: entry.at.value,
        by: text(&entry.by).unwrap(),
        backfill: entry.backfill,
        estimated: entry.estimated,
        status: text(&entry.status),
        severity: text(&entry.severity),
        events: texts(&entry.events),
        impact: entry.impact.iter().map(|(service, state)| (service.value.clone(), state.value)).collect(),
        roles: entry.roles.iter().map(|(role, person)| (role.value.clone(), text(person))).collect(),
        public: entry.public.as_ref().map(|message| match message {
            Message::Plain(text) => NewMessage::Plain(text.value.clone()),
            Message::Translated(texts) => NewMessage::Translated(texts.iter().map(pair).collect()),
        }),
        note: text(&entry.note),
        next_update: entry.next_update.map(|t| t.value),
        escalate: entry.escalate.as_ref().map(|it| NewEscalation {
            to: it.to.value.clone(),
            reason: text(&it.reason),
            acknowledged: it.acknowledged.map(|t| t.value),
        }),
        notify: entry.notify.as_ref().map(|it| NewNotification { who: texts(&it.who), by: texts(&it.by) }),
        decision: text(&entry.decision),
        action: text(&entry.action),
        result: text(&entry.result),
        hypothesis: text(&entry.hypothesis),
        todo: text(&entry.todo),
        promoted: text(&entry.promoted),
        dismissed: text(&entry.dismissed),
        evidence: entry.evidence.as_ref().map(|it| NewEvidence {
            item: it.item.value.clone(),
            sha256: text(&it.sha256),
            custody: text(&it.custody).unwrap(),
            from: text(&it.from),
            to: text(&it.to),
        }),
        reason: text(&entry.reason),
        links: entry
            .links
            .iter()
            .map(|link| NewLink { title: text(&link.title), url: link.url.value.clone() })
            .collect(),
        edited: amendment(&entry.edited),
        redacted: amendment(&entry.redacted),
    }
}

/// Whatever somebody pastes.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9 ]{0,12}",
        Just(": ".to_owned()),
        Just(" #".to_owned()),
        Just("# ".to_owned()),
        Just("- ".to_owned()),
        Just("---\n".to_owned()),
        Just("<<<<<<< HEAD\n".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("  ".to_owned()),
        Just("\t".to_owned()),
        Just("\"'`|>".to_owned()),
        Just("{[,]}".to_owned()),
        Just("\\n\\".to_owned()),
        Just("결제 오류".to_owned()),
        Just("🔥".to_owned()),
        Just("\u{feff}\u{2028}\u{85}\u{200b}".to_owned()),
        any::<char>()
            .prop_filter("pages can show it", |c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
            .prop_map(String::from),
    ];
    vec(piece, 1..8).prop_map(|pieces| pieces.concat()).prop_filter("says something", |text| !text.trim().is_empty())
}

fn line() -> impl Strategy<Value = String> {
    any_text()
        .prop_map(|text| text.lines().collect::<Vec<_>>().join(" ").trim().to_owned())
        .prop_filter("short", |text| !text.is_empty() && text.chars().count() <= 60)
}

fn some_time() -> impl Strategy<Value = Time> {
    prop_oneof![Just("2024-05-01T09:20:00Z"), Just("2024-05-01T09:45:00.5Z"), Just("2024-05-01T14:00:00+02:00")]
        .prop_map(time)
}

prop_compose! {
    fn entry()(
        at in some_time(),
        (backfill, estimated) in (any::<bool>(), any::<bool>()),
        status in option::of(Just("identified".to_owned())),
        events in vec(Just("detected".to_owned()), 0..3),
        impact in option::of(Just(("checkout".to_owned(), ServiceState::MajorOutage))),
        roles in option::of(option::of(Just("mara".to_owned()))),
        public in option::of(prop_oneof![
            any_text().prop_map(NewMessage::Plain),
            (any_text(), any_text()).prop_map(|(en, ko)| NewMessage::Translated(vec![("en".into(), en), ("ko".into(), ko)])),
        ]),
        (note, decision, action, reason) in (option::of(any_text()), option::of(any_text()), option::of(any_text()), option::of(any_text())),
        (next_update, acknowledged) in (option::of(some_time()), option::of(some_time())),
        who in option::of(vec(Just("legal".to_owned()), 1..20)),
        evidence in option::of((line(), option::of(line()))),
        links in vec((option::of(line()), "https://[a-z]{1,40}\\.example/[a-z?=&#%,:]{0,40}"), 0..4),
        edited in option::of(any_text()),
    ) -> NewEntry {
        NewEntry {
            backfill, estimated, status, events, public, note, decision, action, reason, next_update,
            impact: impact.into_iter().collect(),
            roles: roles.into_iter().map(|person| ("scribe".to_owned(), person)).collect(),
            escalate: acknowledged.map(|at| NewEscalation { to: "team-a".into(), reason: Some("expertise".into()), acknowledged: Some(at) }),
            notify: who.map(|who| NewNotification { who, by: vec!["chat".into()] }),
            evidence: evidence.map(|(item, from)| NewEvidence { item, sha256: None, custody: "collected".into(), from, to: None }),
            links: links.into_iter().map(|(title, url)| NewLink { title, url }).collect(),
            edited: edited.map(|reason| NewAmendment { at: time("2024-05-02T09:00:00Z"), by: "wei".into(), reason }),
            ..NewEntry::new(at, "bot:alerts")
        }
    }
}

proptest! {
    #[test]
    fn what_was_written_is_what_is_read(entry in entry(), crlf in any::<bool>()) {
        let old = if crlf { RECORD.replace('\n', "\r\n") } else { RECORD.to_owned() };
        let new = append_entry(&old, &entry).unwrap();
        let record = read(&new);
        prop_assert_eq!(&record.problems, &[], "{}", new);
        prop_assert_eq!(record.timeline().len(), 3);
        let found = record.timeline().iter().find(|e| e.by.as_ref().is_some_and(|by| by.value == "bot:alerts"));
        prop_assert_eq!(unplaced(found.unwrap()), entry);
        let mut rest = record.timeline().iter().map(|e| e.at.value).collect::<Vec<_>>();
        rest.sort();
        prop_assert_eq!(rest, record.timeline().iter().map(|e| e.at.value).collect::<Vec<_>>());
        // Every old line is still there, in its order.
        let mut lines = new.split_inclusive('\n');
        prop_assert!(old.split_inclusive('\n').all(|line| lines.any(|new| new == line)));
    }
}
