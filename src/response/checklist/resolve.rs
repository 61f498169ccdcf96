//! Stage 7: it is over, everybody knows, and what is left is written down.

use super::{Ask, Item, Need, Says};
use crate::record::incident::Visibility;
use crate::response::communication;
use crate::response::owed::command;
use crate::response::review::{self, Review};

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    vec![resolved(ask), ended(ask), last_word(ask), follow_ups(ask), postmortem(ask)]
}

fn resolved(ask: &Ask<'_>) -> Item {
    let replay = &ask.record.replay;
    let over = replay.moments.resolved.or_else(|| replay.statuses.last().map(|status| status.from));
    match over.filter(|_| ask.is_over) {
        Some(at) => Item::done(Need::Resolved, Says::At(at)),
        None => Item::later(Need::Resolved),
    }
}

fn ended(ask: &Ask<'_>) -> Item {
    let what = Need::ImpactEnded;
    match ask.record.replay.moments.impact_ended {
        Some(at) => Item::done(what, Says::At(at)),
        None if ask.record.incident().is_some_and(|incident| incident.assessment.says_nobody()) => {
            Item::not_needed(what, Says::NobodyWasAffected)
        }
        None => ask.at_the_end(what, ask.update("--event impact_ended --at \"…\"")),
    }
}

fn last_word(ask: &Ask<'_>) -> Item {
    let what = Need::LastWord;
    let last = communication::messages(ask.record).next_back().map(|entry| entry.at.value);
    match (last, ask.record.replay.moments.resolved) {
        _ if ask.record.visibility() != Visibility::Public => Item::not_needed(what, Says::CustomersCannotRead),
        (None, _) if ask.is_over => Item::not_needed(what, Says::CustomersWereNeverTold),
        (Some(last), Some(resolved)) if ask.is_over && last >= resolved => Item::done(what, Says::At(last)),
        _ => ask.at_the_end(what, ask.update("--public \"…\"")),
    }
}

fn follow_ups(ask: &Ask<'_>) -> Item {
    let what = Need::FollowUps;
    let todos = || ask.record.timeline().iter().enumerate().filter(|(_, entry)| entry.todo.is_some());
    let open: Vec<usize> = todos()
        .filter(|(_, entry)| entry.promoted.is_none() && entry.dismissed.is_none())
        .map(|(i, _)| i + 1)
        .collect();
    match open.first() {
        None if todos().next().is_none() => Item::not_needed(what, Says::NoneWereNoted),
        None => Item::done(what, Says::AllAreSettled),
        Some(entry) => ask.at_the_end(what, command(format_args!("promote {entry} {} --type \"…\"", ask.record.id))),
    }
}

fn postmortem(ask: &Ask<'_>) -> Item {
    let what = Need::Postmortem;
    let review = ask.index.postmortem(ask.record).and_then(Review::of);
    match review {
        Some(review) if review.is_published() => Item::done(what, Says::Postmortem(review.record.id.to_string())),
        Some(review) => ask.at_the_end(what, review.next_step(ask.archive)),
        None => match review::is_required_by(ask.archive, ask.record) {
            Some(_) => ask.at_the_end(what, command(format_args!("postmortem {}", ask.record.id))),
            None => Item::not_needed(what, Says::NeedsNone),
        },
    }
}
