//! The keys of `postmortem.md`.

use super::incident::BREACHES;
use super::{CAUSES, Shape, Value, Vocabulary, optional, required};
use crate::record::Target;

const PERSON: Value = Value::Ref(Target::Person);

const APPROVAL: Shape = Shape {
    name: "approval",
    doc: "Somebody approved the postmortem.",
    fields: &[
        required("by", PERSON, "Who approved it."),
        optional("as", Value::Word(Vocabulary::Role), "In which role."),
        required("at", Value::Time, "When."),
    ],
};

const CAUSE_STATEMENT: Shape = Shape {
    name: "cause statement",
    doc: "One cause, as a sentence.",
    fields: &[
        required("statement", Value::Text, "The cause."),
        optional("category", Value::OneOf(CAUSES), "Its kind."),
    ],
};

const RESPONSE_REVIEW: Shape = Shape {
    name: "response review",
    doc: "Whether the response was sufficient and complete.",
    fields: &[
        optional("sufficiency", Value::OneOf(&["sufficient", "partly", "insufficient"]), "Was it enough."),
        optional("completeness", Value::OneOf(&["complete", "partly", "incomplete"]), "Was everything done."),
        optional("obstacles", Value::OneOrMore(&Value::Text), "What stood in the way."),
    ],
};

/// The kinds of process failures.
pub const FINDING_CLASSES: &[&str] = &[
    "technical_lapse",
    "procedural_failure",
    "manual_error",
    "process_flaw",
    "communication_glitch",
    "unknown_attack_vector",
    "cross_organisation",
    "resource_constraint",
];

const FINDING: Shape = Shape {
    name: "finding",
    doc: "A process failure, tracked until it is disposed of.",
    fields: &[
        required("id", Value::Slug, "Unique in the file."),
        required("class", Value::OneOf(FINDING_CLASSES), "The kind of failure."),
        required("statement", Value::Text, "The failure, as a sentence without a person's name."),
        optional("owner", PERSON, "Who sees to it."),
        optional("disposition", Value::OneOf(&["open", "accepted", "declined", "deferred"]), "What was decided."),
        optional("consulted", Value::OneOrMore(&Value::Ref(Target::Stakeholder)), "Who was asked."),
    ],
};

const EXTENSION: Shape = Shape {
    name: "extension",
    doc: "A due date that was moved in the open.",
    fields: &[
        required("from", Value::Date, "The old due date."),
        required("to", Value::Date, "The new one."),
        required("by", PERSON, "Who approved it."),
        required("reason", Value::Text, "Why."),
    ],
};

/// What actions are for.
pub const ACTION_TYPES: &[&str] =
    &["investigate", "mitigate", "repair", "detect", "prevent", "process", "documentation"];

const ACTION: Shape = Shape {
    name: "action",
    doc: "What will be done about it.",
    fields: &[
        required("id", Value::Slug, "Unique in the file; globally INCIDENT-ID/ID."),
        required("title", Value::Line(200), "A verb and an outcome."),
        required("type", Value::OneOf(ACTION_TYPES), "What it is for."),
        optional(
            "priority",
            Value::OneOf(&["high", "low"]),
            "`high` has the severity's deadline; `low` is an improvement.",
        ),
        optional("owner", PERSON, "One person."),
        optional("due", Value::Date, "The day by which it is done."),
        optional("extended", Value::List(&Value::Map(&EXTENSION)), "Moves of the due date."),
        optional("ticket", Value::Line(300), "Where the work is tracked."),
        required("status", Value::OneOf(&["open", "in_progress", "done", "wont_do"]), "Where it stands."),
        optional("done", Value::Date, "When it was done."),
        optional("evidence", Value::OneOrMore(&Value::Line(300)), "The change that did it."),
        optional("reason", Value::Text, "Why it will not be done."),
        optional("approved_by", PERSON, "Who agreed that it will not be done."),
    ],
};

const DOCUMENT: Shape = Shape {
    name: "document",
    doc: "A runbook or procedure that has to change.",
    fields: &[
        required("kind", Value::Line(60), "runbook, plan, procedure, diagram."),
        required(
            "path",
            Value::Line(300),
            "Where it is: from the root of the repository, with `./` from here, or an address.",
        ),
        optional("owner", PERSON, "Who changes it."),
        optional("due", Value::Date, "Until when."),
        optional("done", Value::Date, "When it was changed."),
    ],
};

pub const POSTMORTEM: Shape = Shape {
    name: "postmortem",
    doc: "What was learned, and what will be done about it.",
    fields: &[
        required("status", Value::OneOf(&["draft", "in_review", "approved", "published"]), "Where it stands."),
        optional("owner", PERSON, "One person."),
        optional("parties", Value::List(&Value::Ref(Target::Stakeholder)), "Everybody who took part in the response."),
        optional("meeting", Value::Time, "When it was discussed."),
        optional("approvals", Value::List(&Value::Map(&APPROVAL)), "Who approved it."),
        optional("incidents", Value::List(&Value::Ref(Target::Incident)), "Other incidents that it covers."),
        optional("causes", Value::List(&Value::Map(&CAUSE_STATEMENT)), "The causes, each a sentence."),
        optional("response_review", Value::Map(&RESPONSE_REVIEW), "Was the response sufficient, was it complete."),
        optional("findings", Value::List(&Value::Map(&FINDING)), "Process failures, tracked until disposed of."),
        optional("actions", Value::List(&Value::Map(&ACTION)), "What will be done."),
        optional("documents", Value::List(&Value::Map(&DOCUMENT)), "Documents that have to change."),
        BREACHES,
    ],
};
