//! One thing that is announced. Field names are those of the JSON lines and do not change.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::site::audience::Audience;
use crate::site::stable_id::stable_id;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Opened,
    Updated,
    Escalated,
    Resolved,
    Edited,
    MaintenanceAnnounced,
    PostmortemPublished,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The same whichever revisions are compared.
    pub id: String,
    /// What it is about, within its record: two revisions of it are compared by this.
    #[serde(skip)]
    pub key: String,
    pub kind: What,
    pub audience: &'static str,
    pub record: String,
    pub title: String,
    /// In the languages that it was written in.
    #[serde(skip)]
    pub titles: BTreeMap<String, String>,
    pub at: Timestamp,
    /// Where the incident or maintenance stood then.
    pub status: Option<String>,
    /// The services that were said to be in a state.
    pub services: Vec<Service>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// The promise that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_update: Option<Timestamp>,
    /// What was said to customers, by language, without markup.
    pub texts: BTreeMap<String, String>,
    /// The message was taken back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// The page of the public site.
    pub url: Option<String>,
    /// Of a postmortem: the incidents that it looks back on, as far as the audience may know of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Covered>,
    /// The same page in its other languages.
    #[serde(skip)]
    pub translations: BTreeMap<String, String>,
    /// What only colleagues may know; nothing for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal: Option<Internal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Service {
    pub id: String,
    pub name: String,
    /// In other languages.
    #[serde(skip)]
    pub names: BTreeMap<String, String>,
    pub state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    pub record: String,
    pub title: String,
    /// In the languages that it was written in.
    #[serde(skip)]
    pub titles: BTreeMap<String, String>,
    /// The page of the public site; nothing for colleagues.
    pub url: Option<String>,
    /// The same page in its other languages.
    #[serde(skip)]
    pub translations: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    pub from: Timestamp,
    pub to: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Internal {
    pub severity: Option<String>,
    pub by: Option<String>,
    pub note: Option<String>,
    /// Who was called in.
    pub escalated_to: Option<String>,
    /// The file.
    pub path: String,
}

impl Event {
    /// The message in a language, else in any other in which it was written; with the language it is in.
    pub fn text<'e>(&'e self, language: &'e str) -> (&'e str, Option<&'e str>) {
        let wanted = self.texts.get_key_value(language).or_else(|| self.texts.first_key_value());
        wanted.map_or((language, None), |(tag, text)| (tag, Some(text)))
    }
}

/// What an event is about, within its record. An entry is told once, whatever it turns out to be: one that was the first
/// may become the second when an earlier one is added.
#[derive(Clone, Copy, Debug)]
pub enum Topic {
    /// What an entry says.
    Entry,
    /// A correction of an entry.
    Edit,
    /// The end, where no message told of it.
    End,
    Postmortem,
}

/// Tells entries of the same second apart, by their order.
#[derive(Debug, Default)]
pub struct Keys {
    seen: BTreeMap<Timestamp, usize>,
}

impl Keys {
    /// The key of the next entry, which has this time.
    pub fn next(&mut self, at: Timestamp) -> String {
        let seen = self.seen.entry(at).or_default();
        *seen += 1;
        format!("{at}/{seen}")
    }
}

impl Topic {
    pub fn key(self, of: &str) -> String {
        let topic = match self {
            Self::Entry => "entry",
            Self::Edit => "edit",
            Self::End => "end",
            Self::Postmortem => "postmortem",
        };
        format!("{topic}/{of}")
    }
}

/// The id of what a key of a record stands for.
pub fn id(audience: Audience, record: &str, key: &str) -> String {
    stable_id("announcement", &format!("{}/{record}/{key}", audience.name()))
}
