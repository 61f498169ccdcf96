//! Stage 5: whoever has to be called in was called, and came.

use super::{Ask, Item, Need, Says, State};
use crate::record::escalation::SPONSOR;
use crate::record::{clocks, steps};
use crate::response::communication;
use crate::response::escalation::{told, unanswered};
use crate::response::owed::command;

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let open = unanswered(ask.archive, ask.record);
    let calls = steps::in_order(ask.record).filter_map(|entry| Some((entry, entry.escalate.as_deref()?)));
    let calls = calls.map(|(entry, call)| {
        let what = Need::Answer(call.to.value.clone());
        if !open.iter().any(|(_, unanswered)| std::ptr::eq(*unanswered, call)) {
            return Item::done(what, Says::At(call.acknowledged.map_or(entry.at.value, |answered| answered.value)));
        }
        let again = command(format_args!("escalate …:no_acknowledgement {}", ask.record.id));
        Item { says: Some(Says::CalledAt(entry.at.value)), ..Item::missing(what, again) }
    });
    calls.chain([management(ask)]).collect()
}

/// Told in time, or after the limit; not needed where it was over before.
fn management(ask: &Ask<'_>) -> Item {
    let what = Need::ManagementTold;
    if let Some((at, _)) = told(ask.record) {
        return Item::done(what, Says::At(at));
    }
    let clocks = communication::clocks(ask.archive, ask.record, |clocks| clocks.escalation);
    match clocks::first_due(&clocks, None) {
        Some((_, due)) if ask.is_over => {
            Item { says: Some(Says::WasDueAt(due)), state: State::Missing, ..Item::later(what) }
        }
        Some((_, due)) if due.instant() < ask.now => {
            let tell = command(format_args!("escalate {SPONSOR}:time_limit {}", ask.record.id));
            Item { says: Some(Says::WasDueAt(due)), ..Item::missing(what, tell) }
        }
        Some((_, due)) => Item { says: Some(Says::DueAt(due)), ..Item::later(what) },
        None => Item::not_needed(what, Says::OverBefore),
    }
}
