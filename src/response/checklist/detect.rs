//! Stage 1: it was noticed, and recorded as an incident.

use super::{Ask, Item};

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let moments = &ask.record.replay.moments;
    let method = ask.record.incident().and_then(|incident| incident.detection.method.as_ref());
    let known = method.filter(|method| method.value != "unknown");
    vec![
        Item::at("noticed", moments.detected, || ask.update("--event detected --at \"…\"")),
        Item::at("declared", moments.declared, || ask.update("--status investigating")),
        known.map_or_else(
            || Item::missing("how it was noticed", ask.update("--set detection.method=\"…\"")),
            |method| Item::done("how it was noticed", method.value.replace('_', " ")),
        ),
    ]
}
