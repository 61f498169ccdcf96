//! Stage 2: the responders know where to talk.

use super::{Ask, Item, Need, Says};
use crate::response::severity::{self, missing_channels};

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let Some(incident) = ask.record.incident() else { return Vec::new() };
    let open = incident.channels.iter();
    let open =
        open.map(|(name, place)| Item::done(Need::Channel(name.value.clone()), Says::Place(place.value.clone())));
    let peak = severity::peak(ask.archive, ask.record);
    let missing = peak.map_or_else(Vec::new, |peak| missing_channels(peak.severity, incident));
    let missing = missing.into_iter().map(|channel| {
        let settle = ask.update(&format!("--set channels.{channel}=\"…\""));
        Item::missing(Need::Channel(channel.to_owned()), settle)
    });
    let items: Vec<Item> = open.chain(missing).collect();
    match peak {
        Some(peak) if items.is_empty() => {
            vec![Item::not_needed(Need::Channels, Says::AsksForNone(peak.severity.id.clone()))]
        }
        _ => items,
    }
}
