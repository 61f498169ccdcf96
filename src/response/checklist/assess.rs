//! Stage 3: somebody knows how bad it is.

use super::{Ask, Item, assessment};

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let record = ask.record;
    let severity = record.replay.severity().map_or_else(
        || Item::missing("severity", ask.update("--severity \"…\"")),
        |severity| Item::done("severity", severity),
    );
    let (asked, open) = (assessment::questions(record).count(), assessment::open(record));
    let questions = "questions of the assessment";
    let answered = format!("{} of {asked} answered", asked - open.len());
    let questions = match open.as_slice() {
        [] => Item::done(questions, answered),
        _ if !ask.archive.is_major(record) => Item::not_needed(questions, format!("{answered}; it is not major")),
        open => Item { says: Some(answered), ..Item::missing(questions, ask.update(&assessment::flags(open))) },
    };
    vec![severity, questions]
}
