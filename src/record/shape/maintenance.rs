//! The keys of `maintenance.md`.

use super::entry::TIMELINE;
use super::incident::{ALIASES, BREACHES, TITLE, VISIBILITY};
use super::{SERVICE_STATES, Shape, Value, optional, required};
use crate::record::Target;

const WINDOW: Shape = Shape {
    name: "window",
    doc: "The announced time. Inside it maintenance is not downtime.",
    fields: &[
        required("start", Value::Time, "When it begins.").public(),
        required("end", Value::Time, "When it ends at the latest.").public(),
    ],
};

pub const MAINTENANCE: Shape = Shape {
    name: "maintenance",
    doc: "Planned work that readers are told of.",
    fields: &[
        TITLE,
        VISIBILITY,
        required("window", Value::Map(&WINDOW), "The announced time."),
        optional(
            "services",
            Value::Dict { key: &Value::Ref(Target::Service), value: &Value::OneOf(SERVICE_STATES) },
            "What readers are to expect inside the window.",
        )
        .public(),
        optional("approved_by", Value::OneOrMore(&Value::Ref(Target::Person)), "Who approved it."),
        optional("change", Value::Line(200), "The change request."),
        optional("emergency", Value::Bool, "Announced later than the policy asks, for a reason."),
        ALIASES,
        BREACHES,
        required("timeline", TIMELINE, "What was announced and what happened, in order."),
    ],
};
