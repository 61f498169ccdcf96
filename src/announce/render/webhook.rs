//! A webhook of one's own: the event as it is in the JSON lines.

use serde_json::Value;

use crate::announce::event::Event;

pub fn message(event: &Event) -> Value {
    serde_json::to_value(event).unwrap_or_default()
}
