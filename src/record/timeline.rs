//! One entry of a timeline: what happened, who recorded it, and what was said about it.

use crate::text::span::{Span, Spanned};

use super::time::Time;

/// A text of a record.
pub type Text = Spanned<String>;

/// The state of a service, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceState {
    Operational,
    UnderMaintenance,
    DegradedPerformance,
    PartialOutage,
    MajorOutage,
}

impl ServiceState {
    pub const ALL: [Self; 5] =
        [Self::Operational, Self::UnderMaintenance, Self::DegradedPerformance, Self::PartialOutage, Self::MajorOutage];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::UnderMaintenance => "under_maintenance",
            Self::DegradedPerformance => "degraded_performance",
            Self::PartialOutage => "partial_outage",
            Self::MajorOutage => "major_outage",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A message to customers: one text, or one for each language it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// In the site's first language.
    Plain(Text),
    /// Language tag and text, in the order of the record.
    Translated(Vec<(Text, Text)>),
}

impl Message {
    /// Every text with the language it is in. `default` is the language of a plain text.
    pub fn texts<'a>(&'a self, default: &'a str) -> impl Iterator<Item = (&'a str, &'a Text)> {
        let (plain, translated) = match self {
            Self::Plain(text) => (Some((default, text)), &[][..]),
            Self::Translated(texts) => (None, &texts[..]),
        };
        plain.into_iter().chain(translated.iter().map(|(tag, text)| (tag.value.as_str(), text)))
    }

    /// The text in a language. `default` is the language that a plain text is in.
    pub fn in_language(&self, language: &str, default: &str) -> Option<&str> {
        match self {
            Self::Plain(text) => (language == default).then_some(text.value.as_str()),
            Self::Translated(texts) => {
                texts.iter().find(|(tag, _)| tag.value == language).map(|(_, text)| text.value.as_str())
            }
        }
    }

    /// The text that a reader of `language` gets, with the language it is in:
    /// their own, else the site's first, else the first that was written.
    pub fn best<'a>(&'a self, language: &'a str, default: &'a str) -> Option<(&'a str, &'a str)> {
        [language, default].into_iter().find_map(|tag| self.in_language(tag, default).map(|text| (tag, text))).or_else(
            || match self {
                Self::Plain(text) => Some((default, text.value.as_str())),
                Self::Translated(texts) => texts.first().map(|(tag, text)| (tag.value.as_str(), text.value.as_str())),
            },
        )
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub title: Option<Text>,
    pub url: Text,
}

/// Who was called in, and whether they answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    pub to: Text,
    pub reason: Option<Text>,
    pub acknowledged: Option<Spanned<Time>>,
}

/// Stakeholders that were told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    pub who: Vec<Text>,
    pub by: Vec<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub item: Text,
    pub sha256: Option<Text>,
    pub custody: Option<Text>,
    pub from: Option<Text>,
    pub to: Option<Text>,
}

/// A correction or a removal that readers are told about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    pub span: Span,
    pub at: Option<Spanned<Time>>,
    pub by: Option<Text>,
    pub reason: Option<Text>,
}

/// An entry that has at least a time. Everything else is there if the record says so; what is rare is boxed, because
/// archives hold a hundred thousand of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The whole entry.
    pub span: Span,
    pub at: Spanned<Time>,
    pub by: Option<Text>,
    pub status: Option<Box<Text>>,
    pub severity: Option<Box<Text>>,
    /// Service and its state, in the order of the record.
    pub impact: Vec<(Text, Spanned<ServiceState>)>,
    pub events: Vec<Text>,
    /// Role and the person who has it from now on; nobody where it is released.
    pub roles: Vec<(Text, Option<Text>)>,
    pub public: Option<Message>,
    pub note: Option<Box<Text>>,
    pub next_update: Option<Spanned<Time>>,
    pub escalate: Option<Box<Escalation>>,
    pub notify: Option<Box<Notification>>,
    pub decision: Option<Box<Text>>,
    pub action: Option<Box<Text>>,
    /// How an `action` ended: worked, failed, pending.
    pub result: Option<Box<Text>>,
    pub hypothesis: Option<Box<Text>>,
    pub todo: Option<Box<Text>>,
    /// The action that a `todo` became.
    pub promoted: Option<Box<Text>>,
    /// Why a `todo` was dropped.
    pub dismissed: Option<Box<Text>>,
    pub evidence: Option<Box<Evidence>>,
    pub reason: Option<Box<Text>>,
    pub links: Vec<Link>,
    pub backfill: bool,
    /// Nobody knows `at` for certain.
    pub estimated: bool,
    pub edited: Option<Box<Amendment>>,
    pub redacted: Option<Box<Amendment>>,
}

impl Entry {
    /// What was said to customers, in every language.
    pub fn said(&self) -> impl Iterator<Item = &Text> {
        self.public.iter().flat_map(|message| message.texts("")).map(|(_, text)| text)
    }

    /// The texts that are Markdown, of a message in every language.
    pub fn markdown(&self) -> impl Iterator<Item = &Text> {
        let own = [&self.note, &self.decision, &self.action, &self.hypothesis];
        own.into_iter().filter_map(Option::as_deref).chain(self.said())
    }
}
