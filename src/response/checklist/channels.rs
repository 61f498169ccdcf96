//! Stage 2: the responders know where to talk.

use super::{Ask, Item};
use crate::response::severity::{self, missing_channels};

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let Some(incident) = ask.record.incident() else { return Vec::new() };
    let open = incident.channels.iter().map(|(name, place)| Item::done(name.value.as_str(), &place.value));
    let peak = severity::peak(ask.archive, ask.record);
    let missing = peak.map_or_else(Vec::new, |peak| missing_channels(peak.severity, incident));
    let missing = missing.into_iter().map(|channel| {
        let settle = ask.update(&format!("--set channels.{channel}=\"…\""));
        Item::missing(channel, settle)
    });
    let items: Vec<Item> = open.chain(missing).collect();
    match peak {
        Some(peak) if items.is_empty() => {
            vec![Item::not_needed("channels", format!("`{}` asks for none", peak.severity.id))]
        }
        _ => items,
    }
}
