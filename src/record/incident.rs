//! `incident.md`.

use crate::text::span::{Span, Spanned};

use super::name::Name;
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
    pub title: Option<Name>,
    pub types: Vec<Text>,
    pub visibility: Option<Spanned<Visibility>>,
    pub detection: Detection,
    pub channels: Vec<(Text, Text)>,
    pub assessment: Assessment,
    pub obligations: Vec<Obligation>,
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
    pub personal_data: Option<Spanned<Option<bool>>>,
}

/// A duty to tell somebody of it, such as an authority.
#[derive(Clone, Debug)]
pub struct Obligation {
    pub span: Span,
    /// The law or contract that may ask for it.
    pub regime: Option<Text>,
    /// true, false or unknown (`None` inside).
    pub applies: Option<Spanned<Option<bool>>>,
    pub basis: Option<Text>,
    pub due: Option<Spanned<Time>>,
    pub sent: Option<Spanned<Time>>,
    /// Why it was sent late.
    pub reason: Option<Text>,
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

impl Detection {
    /// Whether customers knew before the team did: as somebody answered, else as the method tells. Nothing where it is not
    /// known.
    pub fn customers_first(&self) -> Option<Spanned<bool>> {
        self.customers_noticed_first.or_else(|| {
            let method = self.method.as_ref()?;
            let told = match method.value.as_str() {
                "customer_report" | "support_ticket" | "social_media" => true,
                "alert" | "monitoring" | "log_analysis" | "employee" | "audit" => false,
                _ => return None,
            };
            Some(Spanned::new(told, method.span))
        })
    }
}

impl Incident {
    /// Whether it is a matter of security, by its type or by the assessment.
    pub fn is_security(&self) -> bool {
        let of_security = |name: &str| name == "security" || name.starts_with("security/");
        let assessed = self.assessment.security.as_ref().is_some_and(|answer| answer.value == Some(true));
        assessed || self.types.iter().any(|kind| of_security(&kind.value))
    }
}

impl Assessment {
    /// Whether it is known that nobody was affected.
    pub fn says_nobody(&self) -> bool {
        let none = |answer: &Option<Text>| answer.as_ref().is_some_and(|answer| answer.value == "none");
        none(&self.scope) || none(&self.audience)
    }
}
