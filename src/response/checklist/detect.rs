//! Stage 1: it was noticed, and recorded as an incident.

use super::{Ask, Item, Need, Says};

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let moments = &ask.record.replay.moments;
    let method = ask.record.incident().and_then(|incident| incident.detection.method.as_ref());
    let known = method.filter(|method| method.value != "unknown");
    vec![
        Item::at(Need::Noticed, moments.detected, || ask.update("--event detected --at \"…\"")),
        Item::at(Need::Declared, moments.declared, || ask.update("--status investigating")),
        known.map_or_else(
            || Item::missing(Need::HowNoticed, ask.update("--set detection.method=\"…\"")),
            |method| Item::done(Need::HowNoticed, Says::Detection(method.value.clone())),
        ),
    ]
}
