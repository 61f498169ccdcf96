//! Stage 7: it is over, everybody knows, and what is left is written down.

use super::{Ask, Item};
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
        Some(at) => Item::done("resolved", at),
        None => Item::later("resolved"),
    }
}

fn ended(ask: &Ask<'_>) -> Item {
    let what = "impact ended";
    match ask.record.replay.moments.impact_ended {
        Some(at) => Item::done(what, at),
        None if ask.record.incident().is_some_and(|incident| incident.assessment.says_nobody()) => {
            Item::not_needed(what, "nobody was affected")
        }
        None => ask.at_the_end(what, ask.update("--event impact_ended --at \"…\"")),
    }
}

fn last_word(ask: &Ask<'_>) -> Item {
    let what = "last word to customers";
    let last = communication::messages(ask.record).next_back().map(|entry| entry.at.value);
    match (last, ask.record.replay.moments.resolved) {
        _ if ask.record.visibility() != Visibility::Public => {
            Item::not_needed(what, "customers cannot read this record")
        }
        (None, _) if ask.is_over => Item::not_needed(what, "they were never told"),
        (Some(last), Some(resolved)) if ask.is_over && last >= resolved => Item::done(what, last),
        _ => ask.at_the_end(what, ask.update("--public \"…\"")),
    }
}

fn follow_ups(ask: &Ask<'_>) -> Item {
    let what = "follow-ups";
    let todos = || ask.record.timeline().iter().enumerate().filter(|(_, entry)| entry.todo.is_some());
    let open: Vec<usize> = todos()
        .filter(|(_, entry)| entry.promoted.is_none() && entry.dismissed.is_none())
        .map(|(i, _)| i + 1)
        .collect();
    match open.first() {
        None if todos().next().is_none() => Item::not_needed(what, "none were noted"),
        None => Item::done(what, "each is an action or was dropped"),
        Some(entry) => ask.at_the_end(what, command(format_args!("promote {entry} {} --type \"…\"", ask.record.id))),
    }
}

fn postmortem(ask: &Ask<'_>) -> Item {
    let what = "postmortem published";
    let review = ask.index.postmortem(ask.record).and_then(Review::of);
    match review {
        Some(review) if review.is_published() => Item::done(what, &review.record.id),
        Some(review) => ask.at_the_end(what, review.next_step(ask.archive)),
        None => match review::is_required_by(ask.archive, ask.record) {
            Some(_) => ask.at_the_end(what, command(format_args!("postmortem {}", ask.record.id))),
            None => Item::not_needed(what, "this one needs none"),
        },
    }
}
