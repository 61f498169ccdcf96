//! `incident.md`.

use crate::text::span::Spanned;

use super::time::Time;
use super::timeline::{Amendment, Entry, Link, Text};

/// Who may read a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    Restricted,
    #[default]
    Internal,
    Public,
}

impl Visibility {
    pub const ALL: [Self; 3] = [Self::Public, Self::Internal, Self::Restricted];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::Restricted => "restricted",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == name)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Incident {
    pub title: Option<Text>,
    pub types: Vec<Text>,
    pub visibility: Option<Spanned<Visibility>>,
    pub detection: Detection,
    pub channels: Vec<(Text, Text)>,
    pub assessment: Assessment,
    pub cause: Cause,
    pub related: Related,
    pub links: Vec<Link>,
    /// Old ids that still lead here.
    pub aliases: Vec<Text>,
    pub breaches: Vec<Breach>,
    pub timeline: Vec<Entry>,
    /// False where an entry could not be read, so that nothing may be concluded from what is missing.
    pub timeline_complete: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Detection {
    pub method: Option<Text>,
    pub source: Option<Text>,
    pub customers_noticed_first: Option<Spanned<bool>>,
}

/// A number that somebody may have asked for without getting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Known(u64),
    Unknown,
}

/// The incident manager's six questions. An absent answer was never given; `unknown` is an answer.
#[derive(Clone, Debug, Default)]
pub struct Assessment {
    pub audience: Option<Text>,
    pub experience: Option<Text>,
    pub scope: Option<Text>,
    pub customers: Option<Spanned<Count>>,
    pub support_cases: Option<Spanned<Count>>,
    /// true, false or unknown (`None` inside).
    pub social_media: Option<Spanned<Option<bool>>>,
    pub security: Option<Spanned<Option<bool>>>,
    pub data_loss: Option<Spanned<Option<bool>>>,
}

#[derive(Clone, Debug, Default)]
pub struct Cause {
    pub category: Option<Text>,
    pub reference: Option<Text>,
    pub deployed: Option<Spanned<Time>>,
}

/// Ids of other incidents.
#[derive(Clone, Debug, Default)]
pub struct Related {
    pub caused_by: Vec<Text>,
    pub recurrence_of: Vec<Text>,
    /// Also the incident that a merged one went into.
    pub duplicate_of: Option<Text>,
}

/// A deadline that was missed for good, acknowledged once.
#[derive(Clone, Debug)]
pub struct Breach {
    pub rule: Option<Text>,
    pub amendment: Amendment,
}
