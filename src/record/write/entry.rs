//! An entry about to be written.

use super::fields::{Fields, some_map};
use crate::record::shape::ENTRY;
use crate::record::time::Time;
use crate::record::timeline::ServiceState;
use crate::text::data::Data;

/// An entry about to be written. Texts are Markdown of any length unless something else is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub at: Time,
    /// A person of `incident.yaml`, or `bot:NAME`.
    pub by: String,
    /// Whether it is recorded after later entries were.
    pub backfill: bool,
    pub estimated: bool,
    pub status: Option<String>,
    pub severity: Option<String>,
    pub events: Vec<String>,
    pub impact: Vec<(String, ServiceState)>,
    /// Role and the person who has it from now on; nobody where it is released.
    pub roles: Vec<(String, Option<String>)>,
    pub public: Option<NewMessage>,
    pub note: Option<String>,
    pub next_update: Option<Time>,
    pub escalate: Option<NewEscalation>,
    pub notify: Option<NewNotification>,
    pub decision: Option<String>,
    pub action: Option<String>,
    /// How an `action` ended: worked, failed, pending.
    pub result: Option<String>,
    pub hypothesis: Option<String>,
    pub todo: Option<String>,
    /// The action that a `todo` became.
    pub promoted: Option<String>,
    /// Why a `todo` was dropped.
    pub dismissed: Option<String>,
    pub evidence: Option<NewEvidence>,
    pub reason: Option<String>,
    pub links: Vec<NewLink>,
    pub edited: Option<NewAmendment>,
    pub redacted: Option<NewAmendment>,
}

/// A message to customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewMessage {
    /// In the site's first language.
    Plain(String),
    /// Language tag and text.
    Translated(Vec<(String, String)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEscalation {
    pub to: String,
    pub reason: Option<String>,
    pub acknowledged: Option<Time>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotification {
    pub who: Vec<String>,
    pub by: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvidence {
    pub item: String,
    pub sha256: Option<String>,
    pub custody: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLink {
    pub title: Option<String>,
    pub url: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAmendment {
    pub at: Time,
    pub by: String,
    pub reason: String,
}

impl NewEntry {
    pub fn new(at: Time, by: impl Into<String>) -> Self {
        Self {
            at,
            by: by.into(),
            backfill: false,
            estimated: false,
            status: None,
            severity: None,
            events: Vec::new(),
            impact: Vec::new(),
            roles: Vec::new(),
            public: None,
            note: None,
            next_update: None,
            escalate: None,
            notify: None,
            decision: None,
            action: None,
            result: None,
            hypothesis: None,
            todo: None,
            promoted: None,
            dismissed: None,
            evidence: None,
            reason: None,
            links: Vec::new(),
            edited: None,
            redacted: None,
        }
    }

    /// The entry as it stands in the timeline.
    pub fn data(&self) -> Data {
        let mut fields = Fields::default();
        fields.put("at", Some(Data::plain(self.at)));
        fields.text("by", Some(&self.by));
        fields.put("backfill", self.backfill.then(|| Data::plain(true)));
        fields.put("estimated", self.estimated.then(|| Data::plain(true)));
        fields.text("status", self.status.as_ref());
        fields.text("severity", self.severity.as_ref());
        fields.one_or_more("event", &self.events);
        let impact = self.impact.iter().map(|(service, state)| (service.as_str(), Data::text(state.name())));
        fields.put("impact", some_map(impact));
        let roles =
            self.roles.iter().map(|(role, person)| (role.as_str(), person.as_ref().map_or(Data::null(), Data::text)));
        fields.put("roles", some_map(roles));
        fields.put("public", self.public.as_ref().map(NewMessage::data));
        fields.text("note", self.note.as_ref());
        fields.put("next_update", self.next_update.map(Data::plain));
        fields.put("escalate", self.escalate.as_ref().map(NewEscalation::data));
        fields.put("notify", self.notify.as_ref().map(NewNotification::data));
        fields.text("decision", self.decision.as_ref());
        fields.text("action", self.action.as_ref());
        fields.text("result", self.result.as_ref());
        fields.text("hypothesis", self.hypothesis.as_ref());
        fields.text("todo", self.todo.as_ref());
        fields.text("promoted", self.promoted.as_ref());
        fields.text("dismissed", self.dismissed.as_ref());
        fields.put("evidence", self.evidence.as_ref().map(NewEvidence::data));
        fields.text("reason", self.reason.as_ref());
        let links: Vec<Data> = self.links.iter().map(NewLink::data).collect();
        fields.put("links", (!links.is_empty()).then_some(Data::List(links)));
        fields.put("edited", self.edited.as_ref().map(NewAmendment::data));
        fields.put("redacted", self.redacted.as_ref().map(NewAmendment::data));
        fields.in_order_of(&ENTRY)
    }
}

impl NewMessage {
    pub fn data(&self) -> Data {
        match self {
            Self::Plain(text) => Data::text(text),
            Self::Translated(texts) => Data::map(texts.iter().map(|(tag, text)| (tag.as_str(), Data::text(text)))),
        }
    }
}

impl NewEscalation {
    fn data(&self) -> Data {
        let mut fields = Fields::default();
        fields.text("to", Some(&self.to));
        fields.text("reason", self.reason.as_ref());
        fields.put("acknowledged", self.acknowledged.map(Data::plain));
        Data::Map(fields.0)
    }
}

impl NewNotification {
    fn data(&self) -> Data {
        let mut fields = Fields::default();
        fields.one_or_more("who", &self.who);
        fields.one_or_more("by", &self.by);
        Data::Map(fields.0)
    }
}

impl NewEvidence {
    fn data(&self) -> Data {
        let mut fields = Fields::default();
        fields.text("item", Some(&self.item));
        fields.text("sha256", self.sha256.as_ref());
        fields.text("custody", Some(&self.custody));
        fields.text("from", self.from.as_ref());
        fields.text("to", self.to.as_ref());
        Data::Map(fields.0)
    }
}

impl NewLink {
    fn data(&self) -> Data {
        let mut fields = Fields::default();
        fields.text("title", self.title.as_ref());
        fields.text("url", Some(&self.url));
        Data::Map(fields.0)
    }
}

impl NewAmendment {
    pub fn data(&self) -> Data {
        let mut fields = Fields::default();
        fields.put("at", Some(Data::plain(self.at)));
        fields.text("by", Some(&self.by));
        fields.text("reason", Some(&self.reason));
        Data::Map(fields.0)
    }
}
