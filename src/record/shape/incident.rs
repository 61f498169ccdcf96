//! The keys of `incident.md`.

use super::config::NAME;
use super::entry::{LINK, TIMELINE};
use super::{CAUSES, CHANNELS, Field, Shape, VISIBILITIES, Value, Vocabulary, optional, required};
use crate::record::Target;

const INCIDENT_REF: Value = Value::Ref(Target::Incident);

pub const TITLE: Field = required("title", NAME, "What readers see first: one line, at most 120 characters.").public();
pub const ALIASES: Field =
    optional("aliases", Value::List(&Value::Slug), "Old ids of this record; the site redirects from them.").public();
pub const VISIBILITY: Field =
    optional("visibility", Value::OneOf(VISIBILITIES), "Who may read it; `internal` where nothing is said.").public();

pub const BREACHES: Field =
    optional("breaches", Value::List(&Value::Map(&BREACH)), "Deadlines that were missed for good, acknowledged once.");

const BREACH: Shape = Shape {
    name: "breach",
    doc: "A deadline that was missed for good.",
    fields: &[
        required("rule", Value::Slug, "The rule that reports it."),
        required("reason", Value::Text, "Why it was missed."),
        required("by", Value::Ref(Target::Actor), "Who acknowledged it."),
        required("at", Value::Time, "When it was acknowledged."),
    ],
};

const DETECTION: Shape = Shape {
    name: "detection",
    doc: "How it was noticed.",
    fields: &[
        optional(
            "method",
            Value::OneOf(&[
                "alert",
                "monitoring",
                "log_analysis",
                "customer_report",
                "support_ticket",
                "social_media",
                "employee",
                "partner",
                "audit",
                "security_researcher",
                "law_enforcement",
                "other",
                "unknown",
            ]),
            "What noticed it first; `unknown` where it was asked and is not known.",
        ),
        optional("source", Value::Line(200), "The alert, the graph, the ticket."),
        optional("customers_noticed_first", Value::Bool, "Whether customers knew before the team did."),
    ],
};

const ASSESSMENT: Shape = Shape {
    name: "assessment",
    doc: "The incident manager's questions. An absent answer was never given; `unknown` is an answer.",
    fields: &[
        optional("audience", Value::OneOf(&["internal", "external", "both", "none", "unknown"]), "Who is affected."),
        optional("experience", Value::Text, "What they see."),
        optional("scope", Value::OneOf(&["some", "all", "none", "unknown"]), "How many of them."),
        optional("customers", Value::NumberOrUnknown, "The number of affected customers."),
        optional("support_cases", Value::NumberOrUnknown, "The number of support cases opened."),
        optional("social_media", Value::BoolOrUnknown, "Whether it is talked about in public."),
        optional("security", Value::BoolOrUnknown, "Whether it is a matter of security."),
        optional("data_loss", Value::BoolOrUnknown, "Whether data was lost."),
        optional("personal_data", Value::BoolOrUnknown, "Whether somebody saw or lost data of people."),
    ],
};

const OBLIGATION: Shape = Shape {
    name: "obligation",
    doc: "A law or contract that may ask us to tell somebody.",
    fields: &[
        required("regime", Value::Line(200), "The law or contract, such as `GDPR Article 33`."),
        required(
            "applies",
            Value::BoolOrUnknown,
            "Whether it asks for a notice; `unknown` while it is being assessed.",
        ),
        optional("basis", Value::Text, "Why it applies or does not, and who decided."),
        optional("due", Value::Time, "Until when the notice has to be sent."),
        optional("sent", Value::Time, "When it was sent."),
        optional("reason", Value::Text, "Why it was sent late."),
    ],
};

const CAUSE: Shape = Shape {
    name: "cause",
    doc: "What is known of the cause.",
    fields: &[
        optional("category", Value::OneOf(CAUSES), "The kind of cause."),
        optional("reference", Value::Line(200), "The release, the change, the vendor's incident."),
        optional("deployed", Value::Time, "When the change that caused it went out."),
    ],
};

const RELATED: Shape = Shape {
    name: "related",
    doc: "Other incidents.",
    fields: &[
        optional("caused_by", Value::OneOrMore(&INCIDENT_REF), "Incidents that led to this one."),
        optional("recurrence_of", Value::OneOrMore(&INCIDENT_REF), "Earlier incidents of the same kind."),
        optional("duplicate_of", Value::Nullable(&INCIDENT_REF), "The incident that this one is, or was merged into.")
            .public(),
    ],
};

pub const INCIDENT: Shape = Shape {
    name: "incident",
    doc: "An incident: what happened, from the first signal to the end of the clean-up.",
    fields: &[
        TITLE,
        optional("type", Value::OneOrMore(&Value::Word(Vocabulary::Type)), "What kind of incident it is."),
        VISIBILITY,
        optional("detection", Value::Map(&DETECTION), "How it was noticed."),
        optional(
            "channels",
            Value::Dict { key: &Value::OneOf(CHANNELS), value: &Value::Line(300) },
            "Where the responders talk.",
        ),
        optional("assessment", Value::Map(&ASSESSMENT), "The incident manager's questions."),
        optional(
            "obligations",
            Value::List(&Value::Map(&OBLIGATION)),
            "Laws and contracts that may ask for a notice, and what came of it.",
        ),
        optional("cause", Value::Map(&CAUSE), "What is known of the cause."),
        optional("related", Value::Map(&RELATED), "Other incidents."),
        optional("links", Value::List(&Value::Map(&LINK)), "Graphs, queries, tickets."),
        ALIASES,
        BREACHES,
        required("timeline", TIMELINE, "What happened, in order. Status, severity and impact are replayed from it."),
    ],
};
