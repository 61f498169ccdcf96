//! Stage 4: colleagues and customers have heard of it.

use super::{Ask, Item, Need, Says};
use crate::record::incident::Visibility;
use crate::record::steps;
use crate::record::timeline::Entry;

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let tells_colleagues = |entry: &&Entry| {
        entry.notify.is_some()
            || [&entry.note, &entry.decision, &entry.hypothesis, &entry.action].iter().any(|text| text.is_some())
    };
    let declared = ask.record.replay.moments.declared;
    let mut since = steps::in_order(ask.record).skip_while(|entry| Some(entry.at.value) < declared);
    let internal = since.find(tells_colleagues).map(|entry| entry.at.value);
    let public = match ask.record.visibility() {
        Visibility::Public => {
            Item::at(Need::CustomersTold, ask.record.replay.moments.first_public, || ask.update("--public \"…\""))
        }
        Visibility::Internal => Item::not_needed(Need::CustomersTold, Says::Internal),
        Visibility::Restricted => Item::not_needed(Need::CustomersTold, Says::Restricted),
    };
    vec![Item::at(Need::ColleaguesTold, internal, || ask.update("-m \"…\"")), public]
}
