//! Which keys a file may have, what their values are, and what they mean.
//!
//! These tables are the single source for decoding, the JSON Schemas and the reference documentation.

use super::incident::Visibility;
use super::timeline::ServiceState;
use super::{Kind, Target};

pub mod config;
mod drill;
mod entry;
mod incident;
mod maintenance;
mod postmortem;

pub use config::{CONFIG, WEEKDAYS};
pub use drill::DRILL;
pub use entry::ENTRY;
pub use incident::INCIDENT;
pub use maintenance::MAINTENANCE;
pub use postmortem::{ACTION_TYPES, FINDING_CLASSES, POSTMORTEM};

/// The keys of one mapping.
#[derive(Debug)]
pub struct Shape {
    pub name: &'static str,
    pub doc: &'static str,
    pub fields: &'static [Field],
}

#[derive(Debug)]
pub struct Field {
    pub key: &'static str,
    pub value: Value,
    pub required: bool,
    pub doc: &'static str,
    /// Whether readers of the public site may get the value, where the record or the service itself is public.
    pub public: bool,
}

/// A list that an organisation can add to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// States of the lifecycle of the record at hand.
    Status,
    Severity,
    Role,
    Type,
    Language,
}

/// What a value may be.
#[derive(Debug)]
pub enum Value {
    /// One line of text, at most so many characters.
    Line(usize),
    /// Text of any length.
    Text,
    Bool,
    /// `true`, `false`, or `unknown`: asked, and not known.
    BoolOrUnknown,
    /// A whole number.
    Number,
    /// A whole number, or `unknown`.
    NumberOrUnknown,
    /// RFC 3339 with an offset.
    Time,
    /// `2024-05-20`.
    Date,
    /// `30m`, `4h`, `14d`, `2w`.
    Duration,
    /// `99.9%`.
    Percent,
    /// `09:00-17:30`.
    Hours,
    /// An absolute web address.
    Url,
    /// Lower case letters, digits and hyphens.
    Slug,
    /// A name of an IANA time zone.
    Zone,
    /// `#1f5fbf`.
    Colour,
    /// One of a closed list.
    OneOf(&'static [&'static str]),
    /// One of a list that the organisation can add to.
    Word(Vocabulary),
    /// The name of something else.
    Ref(Target),
    /// The value, or null where somebody is released from it.
    Nullable(&'static Value),
    List(&'static Value),
    /// One value, or a list of them.
    OneOrMore(&'static Value),
    Map(&'static Shape),
    /// A mapping from names to values.
    Dict {
        key: &'static Value,
        value: &'static Value,
    },
    /// A scalar of one kind, or a collection of another.
    Either {
        scalar: &'static Value,
        collection: &'static Value,
    },
}

/// A text in the site's first language, or one text for each language.
pub const MESSAGE: Value = Value::Either {
    scalar: &Value::Text,
    collection: &Value::Dict { key: &Value::Word(Vocabulary::Language), value: &Value::Text },
};

pub const fn required(key: &'static str, value: Value, doc: &'static str) -> Field {
    Field { key, value, required: true, doc, public: false }
}

pub const fn optional(key: &'static str, value: Value, doc: &'static str) -> Field {
    Field { key, value, required: false, doc, public: false }
}

impl Field {
    /// Every field is internal unless it says so: what the leak check of the site looks for follows from it.
    #[must_use]
    pub const fn public(self) -> Self {
        Self { public: true, ..self }
    }
}

impl Shape {
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// Where a key stands in the order of the format; unknown ones come last.
    pub fn place(&self, key: &str) -> usize {
        self.fields.iter().position(|f| f.key == key).unwrap_or(self.fields.len())
    }

    /// Whether a path such as `detection.method` names a key.
    pub fn has_path(&self, path: &str) -> bool {
        match path.split_once('.') {
            None => self.field(path).is_some(),
            Some((outer, key)) => {
                matches!(self.field(outer), Some(Field { value: Value::Map(inner), .. }) if inner.field(key).is_some())
            }
        }
    }
}

impl Kind {
    pub const fn shape(self) -> &'static Shape {
        match self {
            Self::Incident => &INCIDENT,
            Self::Postmortem => &POSTMORTEM,
            Self::Maintenance => &MAINTENANCE,
            Self::Drill => &DRILL,
        }
    }
}

pub const SERVICE_STATES: &[&str] = &[
    ServiceState::Operational.name(),
    ServiceState::DegradedPerformance.name(),
    ServiceState::PartialOutage.name(),
    ServiceState::MajorOutage.name(),
    ServiceState::UnderMaintenance.name(),
];

pub const CAUSES: &[&str] =
    &["bug", "change", "scale", "architecture", "dependency", "security", "human_process", "unknown"];

pub const VISIBILITIES: &[&str] =
    &[Visibility::Public.name(), Visibility::Internal.name(), Visibility::Restricted.name()];

pub const CHANNELS: &[&str] = &["chat", "video", "room", "phone", "document"];

/// The built-in roles; an organisation may add others.
pub const ROLES: &[&str] = &[
    "incident_manager",
    "deputy",
    "tech_lead",
    "communications_manager",
    "scribe",
    "subject_matter_expert",
    "customer_support_lead",
    "internal_liaison",
    "social_media_lead",
    "problem_manager",
    "security_lead",
    "service_owner",
    "legal_counsel",
    "executive_sponsor",
    "reporter",
];

/// Names of other schools for the built-in roles.
pub const ROLE_ALIASES: &[(&str, &str)] = &[
    ("incident_commander", "incident_manager"),
    ("incident_lead", "incident_manager"),
    ("communications_officer", "communications_manager"),
    ("communications_lead", "communications_manager"),
    ("technical_lead", "tech_lead"),
    ("operations_lead", "tech_lead"),
    ("sme", "subject_matter_expert"),
    ("support_lead", "customer_support_lead"),
    ("deputy_incident_manager", "deputy"),
    ("executive", "executive_sponsor"),
];

/// How the line at the top of a chat channel abbreviates roles.
pub const SHORT_ROLES: &[(&str, &str)] =
    &[("IM", "incident_manager"), ("comms", "communications_manager"), ("tech", "tech_lead")];

/// The built-in types; an organisation may add others.
pub const TYPES: &[&str] = &[
    "availability",
    "performance",
    "software_bug",
    "hardware_failure",
    "network",
    "capacity",
    "configuration_change",
    "deployment",
    "third_party",
    "data_loss",
    "data_integrity",
    "certificate_expiry",
    "physical",
    "process",
    "security",
    "security/data_breach",
    "security/unauthorized_access",
    "security/malware",
    "security/ransomware",
    "security/phishing",
    "security/denial_of_service",
    "security/insider",
    "security/vulnerability",
];

/// Whom one can notify beside people and teams.
pub const STAKEHOLDERS: &[&str] = &["executives", "legal", "regulator", "law_enforcement", "vendor"];

/// Whether a role is another's name in another school.
pub fn is_role_alias(name: &str) -> bool {
    ROLE_ALIASES.iter().any(|(alias, _)| *alias == name)
}

/// The role that a written name stands for.
pub fn canonical_role(name: &str) -> &str {
    ROLE_ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, role)| role)
}
