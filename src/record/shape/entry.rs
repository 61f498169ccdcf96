//! The keys of a timeline entry.

use super::{MESSAGE, SERVICE_STATES, Shape, Value, Vocabulary, optional, required};
use crate::record::Target;

const ACTOR: Value = Value::Ref(Target::Actor);

pub const LINK: Shape = Shape {
    name: "link",
    doc: "A graph, a query, a ticket, a message.",
    fields: &[
        optional("title", Value::Line(200), "What the reader will find there."),
        required("url", Value::Url, "An absolute address."),
    ],
};

pub const AMENDMENT: Shape = Shape {
    name: "amendment",
    doc: "Who changed a merged entry, when and why.",
    fields: &[
        required("at", Value::Time, "When it was changed.").public(),
        required("by", ACTOR, "Who changed it."),
        required("reason", Value::Text, "Why; readers are shown that the entry changed."),
    ],
};

const ESCALATION: Shape = Shape {
    name: "escalation",
    doc: "Somebody else was called in.",
    fields: &[
        required(
            "to",
            Value::Ref(Target::Responder),
            "A person, a team or a role; senior management is the role `executive_sponsor`.",
        ),
        optional(
            "reason",
            Value::OneOf(&["time_limit", "severity", "expertise", "customer", "security", "no_acknowledgement"]),
            "Why it was escalated.",
        ),
        optional("acknowledged", Value::Time, "When they answered; absent while they have not."),
    ],
};

const NOTIFICATION: Shape = Shape {
    name: "notification",
    doc: "Stakeholders were told.",
    fields: &[
        required(
            "who",
            Value::OneOrMore(&Value::Ref(Target::Stakeholder)),
            "executives, legal, regulator, law_enforcement, vendor, a team or a person.",
        ),
        optional("by", Value::OneOrMore(&Value::OneOf(&["email", "sms", "chat", "phone"])), "The channels used."),
    ],
};

const EVIDENCE: Shape = Shape {
    name: "evidence",
    doc: "A link of the chain of custody.",
    fields: &[
        required("item", Value::Line(200), "What it is; the same words at every step."),
        optional("sha256", Value::Line(64), "The hash of its content."),
        required(
            "custody",
            Value::OneOf(&["collected", "transferred", "returned", "destroyed"]),
            "What happened to it.",
        ),
        optional("from", Value::Line(120), "Who had it."),
        optional("to", Value::Line(120), "Who has it now."),
    ],
};

pub const ENTRY: Shape = Shape {
    name: "entry",
    doc: "What happened, who recorded it, and what was said about it.",
    fields: &[
        required("at", Value::Time, "When it happened: RFC 3339 with an explicit offset.").public(),
        required("by", ACTOR, "A person of `incident.yaml`, or `bot:NAME`."),
        optional(
            "backfill",
            Value::Bool,
            "Recorded after later entries were; the only entry that may break the order of `at`.",
        ),
        optional(
            "estimated",
            Value::Bool,
            "Whether `at` is an estimate, as when nobody knows to the minute when it began.",
        ),
        optional("status", Value::Word(Vocabulary::Status), "The record moves to this state of its lifecycle.")
            .public(),
        optional(
            "severity",
            Value::Word(Vocabulary::Severity),
            "The severity is set or changed; lowering it needs `reason`.",
        ),
        optional(
            "event",
            Value::OneOrMore(&Value::OneOf(&[
                "impact_started",
                "detected",
                "acknowledged",
                "mitigated",
                "impact_ended",
                "contained",
                "eradicated",
                "validated",
                "restored",
            ])),
            "A milestone, or a list of them.",
        )
        .public(),
        optional(
            "impact",
            Value::Dict { key: &Value::Ref(Target::Service), value: &Value::OneOf(SERVICE_STATES) },
            "The state of services from now on; uptime is computed from it.",
        )
        .public(),
        optional(
            "roles",
            Value::Dict { key: &Value::Word(Vocabulary::Role), value: &Value::Nullable(&Value::Ref(Target::Person)) },
            "Who has a role from now on; null releases it.",
        ),
        optional(
            "public",
            MESSAGE,
            "A message to customers in Markdown; the only free text that the public site shows.",
        )
        .public(),
        optional("note", Value::Text, "Markdown for the responders."),
        optional("next_update", Value::Time, "The promise made to readers.").public(),
        optional("escalate", Value::Map(&ESCALATION), "Somebody else was called in."),
        optional("notify", Value::Map(&NOTIFICATION), "Stakeholders were told."),
        optional("decision", Value::Text, "What was decided, and why."),
        optional("action", Value::Text, "What was tried."),
        optional("result", Value::OneOf(&["worked", "failed", "pending"]), "How the `action` ended."),
        optional("hypothesis", Value::Text, "What is suspected."),
        optional("todo", Value::Text, "A follow-up, to be promoted to an action or dismissed before closing."),
        optional("promoted", Value::Slug, "The id of the action that the `todo` became."),
        optional("dismissed", Value::Text, "Why the `todo` was dropped."),
        optional("evidence", Value::Map(&EVIDENCE), "A link of the chain of custody."),
        optional("reason", Value::Text, "Required to go backwards, lower a severity, cancel, merge or reopen."),
        optional("links", Value::List(&Value::Map(&LINK)), "Graphs, queries, tickets, chat messages."),
        optional(
            "edited",
            Value::Map(&AMENDMENT),
            "The text of a merged entry was corrected; readers see that it was.",
        ),
        optional("redacted", Value::Map(&AMENDMENT), "The content had to go; `at` and `by` stay."),
    ],
};

pub const TIMELINE: Value = Value::List(&Value::Map(&ENTRY));
