//! The keys of `drill.md`.

use super::entry::TIMELINE;
use super::incident::{ALIASES, TITLE};
use super::{Shape, Value, optional, required};
use crate::record::Target;

const OBJECTIVE: Shape = Shape {
    name: "objective",
    doc: "What the drill is to show.",
    fields: &[
        required("text", Value::Text, "The objective."),
        optional(
            "result",
            Value::OneOf(&["met", "partly", "missed"]),
            "What came of it; absent until the drill was held.",
        ),
    ],
};

pub const DRILL: Shape = Shape {
    name: "drill",
    doc: "A rehearsal. It never reaches a public page, a metric or an uptime figure.",
    fields: &[
        TITLE,
        required("scenario", Value::Text, "What is pretended to have happened."),
        optional("held", Value::Time, "When it was held."),
        optional("participants", Value::OneOrMore(&Value::Ref(Target::Person)), "Who took part."),
        optional("objectives", Value::List(&Value::Map(&OBJECTIVE)), "What it is to show."),
        ALIASES,
        optional("timeline", TIMELINE, "What happened, in order."),
    ],
};
