//! Whether an entry says what it said when it was merged.
//!
//! Values are compared, not bytes: key order, quotes, comments and the offset of a time mean nothing here. A few answers
//! may come later than the entry, and are told apart from a change of what was said.

use std::borrow::Borrow;

use crate::record::shape::canonical_role;
use crate::record::time::Time;
use crate::record::timeline::{Amendment, Entry, Escalation, Evidence, Link, Message, ServiceState, Text};
use crate::text::span::Span;

/// The first key whose value is another one, with its place in the entry as it is now.
///
/// No change are the answers that come later: `acknowledged` of an escalation, `result` of an action, `promoted` or
/// `dismissed` of a todo, the `reason` and the `sha256` that were missing, `backfill: true`, `estimated: true`, more links, more languages.
pub fn changed(before: &Entry, now: &Entry, default_language: &str) -> Option<(&'static str, Span)> {
    let texts = [
        ("status", &before.status, &now.status),
        ("severity", &before.severity, &now.severity),
        ("note", &before.note, &now.note),
        ("decision", &before.decision, &now.decision),
        ("action", &before.action, &now.action),
        ("hypothesis", &before.hypothesis, &now.hypothesis),
        ("todo", &before.todo, &now.todo),
    ];
    let later = [
        ("promoted", &before.promoted, &now.promoted),
        ("dismissed", &before.dismissed, &now.dismissed),
        ("reason", &before.reason, &now.reason),
    ];
    let place = |text: &Option<Box<Text>>| text.as_ref().map_or(now.at.span, |text| text.span);
    let text = texts.into_iter().find(|(_, before, now)| !same(before, now));
    let text = text.or_else(|| later.into_iter().find(|(_, before, now)| before.is_some() && !same(before, now)));
    if let Some((key, _, now)) = text {
        return Some((key, place(now)));
    }
    let others = [
        ("event", set(&before.events) == set(&now.events), now.events.first().map(|event| event.span)),
        ("impact", impact(before) == impact(now), now.impact.first().map(|(service, _)| service.span)),
        ("roles", roles(before) == roles(now), now.roles.first().map(|(role, _)| role.span)),
        ("public", same_message(before, now, default_language), now.public.as_ref().and_then(message_place)),
        (
            "next_update",
            before.next_update.map(|time| time.value) == now.next_update.map(|time| time.value),
            now.next_update.map(|time| time.span),
        ),
        (
            "escalate",
            same_escalation(before.escalate.as_deref(), now.escalate.as_deref()),
            now.escalate.as_ref().map(|escalation| escalation.to.span),
        ),
        (
            "notify",
            notified(before) == notified(now),
            now.notify.as_ref().and_then(|notify| Some(notify.who.first()?.span)),
        ),
        ("result", same_result(before, now), now.result.as_ref().map(|result| result.span)),
        (
            "evidence",
            same_evidence(before.evidence.as_deref(), now.evidence.as_deref()),
            now.evidence.as_ref().map(|evidence| evidence.item.span),
        ),
        ("links", same_links(&before.links, &now.links), now.links.first().map(|link| link.url.span)),
        ("backfill", now.backfill || !before.backfill, None),
        ("estimated", now.estimated || !before.estimated, None),
        ("edited", now.edited.is_some() || before.edited.is_none(), None),
        ("redacted", now.redacted.is_some() || before.redacted.is_none(), None),
    ];
    let other = others.into_iter().find(|(_, same, _)| !same);
    other.map(|(key, _, place)| (key, place.unwrap_or(now.at.span)))
}

/// Whether an entry says in the open that it is not what it was: it was edited or redacted since.
pub fn is_amended(before: &Entry, now: &Entry) -> bool {
    let newer = |before: &Option<Box<Amendment>>, now: &Option<Box<Amendment>>| {
        now.is_some() && before.as_deref().map(said) != now.as_deref().map(said)
    };
    newer(&before.edited, &now.edited) || newer(&before.redacted, &now.redacted)
}

/// Whether there is nothing in an entry that anybody could miss.
pub fn is_empty(entry: &Entry) -> bool {
    let texts = [
        &entry.status,
        &entry.severity,
        &entry.note,
        &entry.decision,
        &entry.action,
        &entry.result,
        &entry.hypothesis,
        &entry.todo,
        &entry.promoted,
        &entry.dismissed,
        &entry.reason,
    ];
    texts.iter().all(|text| text.as_ref().is_none_or(|text| text.value.trim().is_empty()))
        && entry.events.is_empty()
        && entry.impact.is_empty()
        && entry.roles.is_empty()
        && entry.links.is_empty()
        && entry.public.is_none()
        && entry.next_update.is_none()
        && entry.escalate.is_none()
        && entry.notify.is_none()
        && entry.evidence.is_none()
        && entry.redacted.is_none()
}

fn said(amendment: &Amendment) -> (Option<Time>, Option<&str>, Option<&str>) {
    (amendment.at.map(|at| at.value), text(&amendment.by), text(&amendment.reason))
}

/// A block of text ends in a line break that the same text in quotes has not.
pub fn text(text: &Option<impl Borrow<Text>>) -> Option<&str> {
    text.as_ref().map(|text| text.borrow().value.trim_end())
}

fn same<T: Borrow<Text>>(before: &Option<T>, now: &Option<T>) -> bool {
    text(before) == text(now)
}

fn set(words: &[Text]) -> Vec<&str> {
    let mut words: Vec<&str> = words.iter().map(|word| word.value.as_str()).collect();
    words.sort_unstable();
    words
}

fn impact(entry: &Entry) -> Vec<(&str, ServiceState)> {
    let mut impact: Vec<_> =
        entry.impact.iter().map(|(service, state)| (service.value.as_str(), state.value)).collect();
    impact.sort_unstable();
    impact
}

fn roles(entry: &Entry) -> Vec<(&str, Option<&str>)> {
    let mut roles: Vec<_> =
        entry.roles.iter().map(|(role, person)| (canonical_role(&role.value), text(person))).collect();
    roles.sort_unstable();
    roles
}

fn notified(entry: &Entry) -> Option<(Vec<&str>, Vec<&str>)> {
    entry.notify.as_ref().map(|notify| (set(&notify.who), set(&notify.by)))
}

/// An action that was still going on may be said to have ended.
fn same_result(before: &Entry, now: &Entry) -> bool {
    matches!(text(&before.result), None | Some("pending")) && now.action.is_some() || same(&before.result, &now.result)
}

fn same_escalation(before: Option<&Escalation>, now: Option<&Escalation>) -> bool {
    match (before, now) {
        (None, None) => true,
        (Some(before), Some(now)) => {
            let answered = before.acknowledged.map(|at| at.value);
            canonical_role(&before.to.value) == canonical_role(&now.to.value)
                && same(&before.reason, &now.reason)
                && (answered.is_none() || answered == now.acknowledged.map(|at| at.value))
        }
        _ => false,
    }
}

fn same_evidence(before: Option<&Evidence>, now: Option<&Evidence>) -> bool {
    match (before, now) {
        (None, None) => true,
        (Some(before), Some(now)) => {
            before.item.value == now.item.value
                && same(&before.custody, &now.custody)
                && same(&before.from, &now.from)
                && same(&before.to, &now.to)
                && (before.sha256.is_none() || same(&before.sha256, &now.sha256))
        }
        _ => false,
    }
}

fn same_links(before: &[Link], now: &[Link]) -> bool {
    before
        .iter()
        .all(|link| now.iter().any(|other| other.url.value == link.url.value && same(&link.title, &other.title)))
}

fn same_message(before: &Entry, now: &Entry, default: &str) -> bool {
    match (&before.public, &now.public) {
        (None, None) => true,
        (Some(before), Some(now)) => {
            let kept = |language: &str| in_language(before, language, default) == in_language(now, language, default);
            match before {
                Message::Plain(_) => kept(default),
                Message::Translated(texts) => texts.iter().all(|(language, _)| kept(&language.value)),
            }
        }
        _ => false,
    }
}

fn in_language<'a>(message: &'a Message, language: &str, default: &str) -> Option<&'a str> {
    message.in_language(language, default).map(str::trim_end)
}

fn message_place(message: &Message) -> Option<Span> {
    match message {
        Message::Plain(text) => Some(text.span),
        Message::Translated(texts) => texts.first().map(|(_, text)| text.span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::{Archive, Memory};

    /// An archive whose record has one entry with some keys.
    fn archive(keys: &str) -> Archive {
        let path = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";
        let text = format!("---\ntimeline:\n  - {{at: 2024-05-01T09:50:00Z, by: mara, {keys}}}\n---\n");
        Archive::load(&Memory([(path.to_owned(), text)].into())).unwrap()
    }

    /// The key that changed first.
    fn key(before: &str, now: &str) -> Option<&'static str> {
        let (before, now) = (archive(before), archive(now));
        changed(&before.records[0].timeline()[0], &now.records[0].timeline()[0], "en").map(|(key, _)| key)
    }

    #[test]
    fn an_answer_may_come_later_and_does_not_change_then() {
        let todo = "todo: Add an alert.";
        assert_eq!(key(todo, &format!("{todo}, promoted: alert")), None);
        assert_eq!(key(&format!("{todo}, promoted: alert"), &format!("{todo}, promoted: pool")), Some("promoted"));
        assert_eq!(key(&format!("{todo}, promoted: alert"), todo), Some("promoted"));
        assert_eq!(key("note: x", "note: x, estimated: true"), None);
        assert_eq!(key("note: x, estimated: true", "note: x"), Some("estimated"));
        assert_eq!(key("note: x, estimated: true", "note: x, estimated: true"), None);
    }

    #[test]
    fn an_escalation_and_evidence_are_neither_added_nor_taken_away() {
        for (name, keys) in
            [("escalate", "escalate: {to: wei}"), ("evidence", "evidence: {item: Log, custody: collected}")]
        {
            let with = format!("note: x, {keys}");
            assert_eq!(
                (key(&with, &with), key(&with, "note: x"), key("note: x", &with)),
                (None, Some(name), Some(name))
            );
        }
    }

    #[test]
    fn of_several_changes_the_first_is_named() {
        let todo = |id: &str, reason: &str| format!("todo: x, promoted: {id}, reason: {reason}");
        assert_eq!(key(&todo("a", "b"), &todo("c", "d")), Some("promoted"));
        let impact =
            |state: &str, time: &str| format!("impact: {{checkout: {state}}}, next_update: 2024-05-01T{time}:00Z");
        assert_eq!(key(&impact("degraded", "10:00"), &impact("operational", "10:30")), Some("impact"));
    }

    #[test]
    fn nobody_misses_an_empty_text() {
        let is_empty = |keys: &str| super::is_empty(&archive(keys).records[0].timeline()[0]);
        assert!(is_empty("note: ''") && !is_empty("note: x") && !is_empty("event: detected"));
    }
}
