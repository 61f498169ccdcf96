//! One entry of a timeline, with everything that it says and where it comes from.

use jiff::SignedDuration;
use serde::Serialize;

use crate::record::provenance::Source;
use crate::record::timeline::{Amendment, Entry, Evidence};
use crate::site::internal::inside::Case;
use crate::site::internal::reader::{Insider, Severity, Term, Who};
use crate::site::view::{Link, Moment};

#[derive(Debug, Serialize)]
pub struct InternalEntry<'a> {
    pub at: Moment,
    pub by: Option<Who<'a>>,
    /// What the filters of the page ask for.
    pub kinds: Vec<&'static str>,
    pub status: Option<Term<'a>>,
    pub severity: Option<Severity<'a>>,
    pub changes: Vec<InternalChange<'a>>,
    pub texts: Vec<InternalText<'a>>,
    pub links: Vec<Link<'a>>,
    pub backfill: bool,
    pub estimated: bool,
    pub edited: Option<InternalAmendment<'a>>,
    pub redacted: Option<InternalAmendment<'a>>,
    /// Nothing outside git, and where the history at hand does not go back that far.
    pub recorded: Option<InternalOrigin<'a>>,
}

/// Something that is not the same any more, in a few words.
#[derive(Debug, Serialize)]
pub struct InternalChange<'a> {
    pub label: String,
    pub text: String,
    /// As the style sheet knows the state of a service.
    pub state: Option<&'a str>,
}

/// A text that somebody wrote.
#[derive(Debug, Serialize)]
pub struct InternalText<'a> {
    pub kind: &'static str,
    pub label: &'a str,
    /// Safe HTML.
    pub html: String,
    pub lang: Option<&'a str>,
    /// What stands beside the label, such as how an action ended.
    pub remark: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct InternalAmendment<'a> {
    pub at: Option<Moment>,
    pub by: Option<Who<'a>>,
    pub reason: Option<&'a str>,
}

/// Who recorded an entry, and how.
#[derive(Debug, Serialize)]
pub struct InternalOrigin<'a> {
    pub commit: Option<&'a str>,
    /// Who did, and how long after it happened, in words.
    pub said: String,
    pub signed: bool,
}

impl<'a> InternalEntry<'a> {
    pub fn new(reader: &Insider<'a>, case: &'a Case<'a>, entry: &'a Entry) -> Self {
        Self {
            at: reader.reader.moment(entry.at.instant()),
            by: entry.by.as_ref().map(|by| reader.who(&by.value)),
            kinds: kinds(entry),
            status: entry.status.as_ref().map(|status| reader.status(&status.value)),
            severity: entry.severity.as_ref().map(|severity| reader.severity(&severity.value)),
            changes: changes(reader, entry),
            texts: texts(reader, entry),
            links: entry.links.iter().map(|link| reader.written_link(link)).collect(),
            backfill: entry.backfill,
            estimated: entry.estimated,
            edited: entry.edited.as_deref().map(|amendment| InternalAmendment::new(reader, amendment)),
            redacted: entry.redacted.as_deref().map(|amendment| InternalAmendment::new(reader, amendment)),
            recorded: recorded(reader, case, entry),
        }
    }
}

fn kinds(entry: &Entry) -> Vec<&'static str> {
    let moves =
        entry.status.is_some() || entry.severity.is_some() || !entry.impact.is_empty() || !entry.events.is_empty();
    let people = !entry.roles.is_empty() || entry.escalate.is_some() || entry.notify.is_some();
    let all = [
        ("is-public", entry.public.is_some()),
        ("is-state", moves),
        ("is-people", people),
        ("is-decision", entry.decision.is_some() || entry.action.is_some()),
        ("is-hypothesis", entry.hypothesis.is_some()),
        ("is-evidence", entry.evidence.is_some()),
        ("is-todo", entry.todo.is_some()),
    ];
    all.into_iter().filter(|(_, has)| *has).map(|(kind, _)| kind).collect()
}

fn changes<'a>(reader: &Insider<'a>, entry: &'a Entry) -> Vec<InternalChange<'a>> {
    let change = |label: String, text: String| InternalChange { label, text, state: None };
    let word = |key| reader.word(key).to_owned();
    let mut changes: Vec<InternalChange<'a>> = Vec::new();
    changes.extend(entry.impact.iter().map(|(service, state)| InternalChange {
        state: Some(state.value.name()),
        ..change(reader.service(&service.value).to_owned(), reader.reader.state(state.value).text.to_owned())
    }));
    let events: Vec<String> = entry.events.iter().map(|event| reader.term("event_", &event.value).text).collect();
    changes.extend((!events.is_empty()).then(|| change(word("inside_event"), events.join(", "))));
    changes.extend(entry.roles.iter().map(|(role, person)| {
        let person = person.as_ref().map_or_else(|| word("inside_nobody"), |person| reader.party(&person.value));
        change(reader.role(&role.value).text, person)
    }));
    changes.extend(entry.escalate.iter().map(|escalation| {
        let reason = escalation.reason.as_ref().map(|reason| reader.term("escalation_", &reason.value).text);
        let answered = match &escalation.acknowledged {
            Some(at) => format!("{} {}", word("inside_acknowledged"), reader.reader.moment(at.instant()).clock),
            None => word("inside_unacknowledged"),
        };
        let parts = [Some(reader.party(&escalation.to.value)), reason, Some(answered)];
        change(word("inside_escalated"), parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }));
    changes.extend(entry.notify.iter().map(|told| {
        let list = |names: Vec<String>| names.join(", ");
        let who = list(told.who.iter().map(|who| reader.party(&who.value)).collect());
        let by = list(told.by.iter().map(|by| reader.term("medium_", &by.value).text).collect());
        change(word("inside_told"), if by.is_empty() { who } else { format!("{who} ({by})") })
    }));
    changes.extend(entry.next_update.map(|at| change(word("next_update_by"), reader.reader.moment(at.instant()).text)));
    changes.extend(
        entry.evidence.as_deref().map(|evidence| change(word("inside_evidence"), evidence_line(reader, evidence))),
    );
    changes
}

/// What was taken, and through whose hands it went.
fn evidence_line(reader: &Insider<'_>, evidence: &Evidence) -> String {
    let custody = evidence.custody.as_ref().map(|custody| reader.term("custody_", &custody.value).text);
    let from = evidence.from.as_ref().map(|from| format!("{} {}", reader.word("from"), reader.party(&from.value)));
    let to = evidence.to.as_ref().map(|to| format!("{} {}", reader.word("to"), reader.party(&to.value)));
    let hash = evidence.sha256.as_ref().map(|hash| format!("sha256 {}", hash.value));
    let parts = [Some(evidence.item.value.clone()), custody, from, to, hash];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn texts<'a>(reader: &Insider<'a>, entry: &'a Entry) -> Vec<InternalText<'a>> {
    let language = &reader.reader.language.tag;
    let default = reader.reader.site().default_language();
    let mut texts = Vec::new();
    if let Some(message) = &entry.public
        && let Some((tag, text)) = message.best(language, default)
    {
        let tags: Vec<&str> = message.texts(default).map(|(tag, _)| tag).collect();
        texts.push(InternalText {
            kind: "public",
            label: reader.word("inside_public"),
            html: reader.html(text),
            lang: (tag != language).then_some(tag),
            remark: (tags.len() > 1).then(|| tags.join(" ")),
        });
    }
    let result = entry.result.as_ref().map(|result| reader.term("result_", &result.value).text);
    let followed = match (&entry.promoted, &entry.dismissed) {
        (Some(action), _) => Some(format!("{} {}", reader.word("inside_promoted"), action.value)),
        (_, Some(why)) => Some(format!("{} {}", reader.word("inside_dismissed"), why.value)),
        _ => None,
    };
    let written = [
        ("note", "inside_note", &entry.note, None),
        ("hypothesis", "inside_hypothesis", &entry.hypothesis, None),
        ("decision", "inside_decision", &entry.decision, None),
        ("action", "inside_action", &entry.action, result),
        ("todo", "inside_todo", &entry.todo, followed),
        ("reason", "inside_reason", &entry.reason, None),
    ];
    texts.extend(written.into_iter().filter_map(|(kind, key, text, remark)| {
        let text = &text.as_ref()?.value;
        Some(InternalText { kind, label: reader.word(key), html: reader.html(text), lang: reader.lang(text), remark })
    }));
    texts
}

impl<'a> InternalAmendment<'a> {
    fn new(reader: &Insider<'a>, amendment: &'a Amendment) -> Self {
        Self {
            at: amendment.at.map(|at| reader.reader.moment(at.instant())),
            by: amendment.by.as_ref().map(|by| reader.who(&by.value)),
            reason: amendment.reason.as_ref().map(|reason| reason.value.as_str()),
        }
    }
}

fn recorded<'a>(reader: &Insider<'a>, case: &'a Case<'a>, entry: &'a Entry) -> Option<InternalOrigin<'a>> {
    if !reader.inside.provenance.is_known() {
        return None;
    }
    let origin = match reader.inside.provenance.of(&case.record.path, entry) {
        Some(Source::Commit(origin)) => origin,
        Some(Source::Before) => return None,
        None => return Some(InternalOrigin { commit: None, said: String::new(), signed: false }),
    };
    let commit = &origin.commit;
    let happened = entry.at.instant();
    let late = commit.time.duration_since(happened);
    let delay = |key: &str, from, to| {
        reader.reader.language.words.say(key, &[("duration", reader.reader.duration(from, to).into())])
    };
    let delay = match late {
        late if late < -SignedDuration::from_mins(1) => delay("inside_recorded_before", commit.time, happened),
        late if late < SignedDuration::from_mins(1) => reader.word("inside_recorded_at_once").to_owned(),
        _ => delay("inside_recorded_later", happened, commit.time),
    };
    let said = [("author", commit.author.as_str().into()), ("delay", delay.into())];
    Some(InternalOrigin {
        commit: Some(&commit.id),
        said: reader.reader.language.words.say("inside_recorded", &said),
        signed: origin.is_signed,
    })
}
