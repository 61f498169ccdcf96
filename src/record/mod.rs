//! What an incident is: the records, their timelines, and what follows from them.
//!
//! `shape` says which keys a file may have; `decode` reads them with their places; `replay` turns a timeline into
//! states and intervals; `archive` holds all records of one tree.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::text::markdown::{self, Section};
use crate::text::problem::Problem;
use crate::text::span::{Span, Spanned};

pub mod archive;
pub mod canary;
pub mod clocks;
pub mod colour;
pub mod config;
pub mod decode;
pub mod drill;
pub mod escalation;
pub mod find;
pub mod format;
pub mod glance;
pub mod history;
pub mod id;
pub mod incident;
pub mod index;
pub mod internal;
pub mod lifecycle;
pub mod maintenance;
pub mod name;
pub mod part;
pub mod past;
pub mod percent;
pub mod postmortem;
pub mod provenance;
pub mod public;
pub mod replay;
pub mod review;
pub mod schema;
pub mod sections;
pub mod shape;
pub mod slug;
pub mod steps;
pub mod time;
pub mod timeline;
pub mod touched;
pub mod wall_clock;
pub mod words;
pub mod write;

use drill::Drill;
use incident::{Breach, Incident, Visibility};
use maintenance::Maintenance;
use name::Name;
use postmortem::Postmortem;
use replay::Replay;
use timeline::{Entry, Text};

/// The kind of a record, which its file name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Incident,
    Postmortem,
    Maintenance,
    Drill,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Incident, Self::Postmortem, Self::Maintenance, Self::Drill];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Postmortem => "postmortem",
            Self::Maintenance => "maintenance",
            Self::Drill => "drill",
        }
    }

    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Incident => "incident.md",
            Self::Postmortem => "postmortem.md",
            Self::Maintenance => "maintenance.md",
            Self::Drill => "drill.md",
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn of_file(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.file_name() == name)
    }
}

/// What a record refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    Service,
    Person,
    Team,
    /// Someone who acts: a person, or `bot:NAME`.
    Actor,
    /// A person, a team or a role.
    Responder,
    /// A person, a team, or a kind of stakeholder.
    Stakeholder,
    Incident,
    /// A rule of `check`.
    Rule,
}

/// A name in a record that stands for something elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub target: Target,
    pub name: Text,
    /// The key it stands under, such as `by`.
    pub key: &'static str,
}

/// One file of the archive: what it says, and what is wrong with how it says it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The folder's name.
    pub id: Arc<str>,
    pub kind: Kind,
    /// Relative to the root of the archive, with `/`.
    pub path: Arc<str>,
    pub text: Arc<str>,
    /// The front matter without its fences; empty where there is none.
    pub front: Span,
    /// The Markdown after the front matter.
    pub body: Span,
    pub problems: Vec<Problem>,
    pub references: Vec<Reference>,
    /// The keys of the front matter that have a value: the key that they stand under (nothing at the top), and their own.
    pub keys: Vec<(&'static str, &'static str)>,
    pub content: Content,
    /// Of the timeline; empty for a postmortem.
    pub replay: Replay,
    /// Where the front matter has internal texts that are long enough to be looked for in what others read. It is parsed again
    /// when somebody first asks: only the site does.
    internal: OnceLock<Vec<Span>>,
    sections: OnceLock<Vec<Section>>,
}

#[derive(Clone, Debug)]
pub enum Content {
    Incident(Box<Incident>),
    Postmortem(Box<Postmortem>),
    Maintenance(Box<Maintenance>),
    Drill(Box<Drill>),
    /// The front matter could not be read at all.
    Unreadable,
}

impl Record {
    /// Why nothing is known of it, where its front matter cannot be read at all.
    pub fn unreadable(&self) -> Option<&Problem> {
        let is_unreadable = matches!(self.content, Content::Unreadable);
        self.problems.iter().find(|problem| is_unreadable && problem.rule != "line-endings")
    }

    pub fn incident(&self) -> Option<&Incident> {
        match &self.content {
            Content::Incident(incident) => Some(incident),
            _ => None,
        }
    }

    pub fn postmortem(&self) -> Option<&Postmortem> {
        match &self.content {
            Content::Postmortem(postmortem) => Some(postmortem),
            _ => None,
        }
    }

    pub fn maintenance(&self) -> Option<&Maintenance> {
        match &self.content {
            Content::Maintenance(maintenance) => Some(maintenance),
            _ => None,
        }
    }

    pub fn drill(&self) -> Option<&Drill> {
        match &self.content {
            Content::Drill(drill) => Some(drill),
            _ => None,
        }
    }

    pub fn timeline(&self) -> &[Entry] {
        match &self.content {
            Content::Incident(x) => &x.timeline,
            Content::Maintenance(x) => &x.timeline,
            Content::Drill(x) => &x.timeline,
            Content::Postmortem(_) | Content::Unreadable => &[],
        }
    }

    /// Whether it was kept while the event went on. One that begins with `backfill: true` was made afterwards, or came from
    /// another tool: nobody could follow the rules of today.
    pub fn was_kept_live(&self) -> bool {
        let declared = self.replay.statuses.first().and_then(|status| self.timeline().get(status.entry));
        declared.is_none_or(|entry| !entry.backfill)
    }

    /// False where an entry could not be read: then nothing may be concluded from what is missing.
    pub fn timeline_complete(&self) -> bool {
        match &self.content {
            Content::Incident(x) => x.timeline_complete,
            Content::Maintenance(x) => x.timeline_complete,
            Content::Drill(x) => x.timeline_complete,
            Content::Postmortem(_) | Content::Unreadable => false,
        }
    }

    /// What it is called, for everybody or by language.
    pub fn name(&self) -> Option<&Name> {
        match &self.content {
            Content::Incident(x) => x.title.as_ref(),
            Content::Maintenance(x) => x.title.as_ref(),
            Content::Drill(x) => x.title.as_ref(),
            Content::Postmortem(_) | Content::Unreadable => None,
        }
    }

    /// Its title for whom the language does not matter.
    pub fn title(&self) -> Option<&Text> {
        self.name().map(|name| &name.text)
    }

    /// Drills are never public; what says nothing is internal.
    pub fn visibility(&self) -> Visibility {
        let said = |v: &Option<Spanned<Visibility>>| v.as_ref().map_or(Visibility::Internal, |v| v.value);
        match &self.content {
            Content::Incident(x) => said(&x.visibility),
            Content::Maintenance(x) => said(&x.visibility),
            Content::Drill(_) | Content::Postmortem(_) | Content::Unreadable => Visibility::Internal,
        }
    }

    /// Missed deadlines that the record acknowledges.
    pub fn breaches(&self) -> &[Breach] {
        match &self.content {
            Content::Incident(x) => &x.breaches,
            Content::Postmortem(x) => &x.breaches,
            Content::Maintenance(x) => &x.breaches,
            Content::Drill(_) | Content::Unreadable => &[],
        }
    }

    pub fn aliases(&self) -> &[Text] {
        match &self.content {
            Content::Incident(x) => &x.aliases,
            Content::Maintenance(x) => &x.aliases,
            Content::Drill(x) => &x.aliases,
            Content::Postmortem(_) | Content::Unreadable => &[],
        }
    }

    /// Whether an entry lies after a moment.
    pub fn goes_beyond(&self, moment: Timestamp) -> bool {
        self.timeline().iter().any(|entry| entry.at.instant() > moment)
    }

    /// The record without the entries after a moment.
    #[must_use]
    pub fn until(&self, moment: Timestamp) -> Self {
        let mut record = self.clone();
        let timeline = match &mut record.content {
            Content::Incident(x) => &mut x.timeline,
            Content::Maintenance(x) => &mut x.timeline,
            Content::Drill(x) => &mut x.timeline,
            Content::Postmortem(_) | Content::Unreadable => return record,
        };
        timeline.retain(|entry| entry.at.instant() <= moment);
        record.replay = replay::replay(timeline);
        record
    }

    /// Whether the front matter has a value for a key, given as a path such as `detection.method`.
    pub fn has_key(&self, path: &str) -> bool {
        let wanted = path.split_once('.').unwrap_or(("", path));
        self.keys.contains(&wanted)
    }

    pub fn body(&self) -> &str {
        &self.text[self.body.range()]
    }

    /// The sections of the body. It is parsed when somebody first asks: many rules do, of few records.
    pub fn sections(&self) -> &[Section] {
        self.sections.get_or_init(|| markdown::sections(self.body(), self.body.start))
    }
}
