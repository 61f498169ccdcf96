//! Stage 3: somebody knows how bad it is.

use super::{Ask, Item, Need, Says, assessment};

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let record = ask.record;
    let severity = record.replay.severity().map_or_else(
        || Item::missing(Need::Severity, ask.update("--severity \"…\"")),
        |severity| Item::done(Need::Severity, Says::Severity(severity.to_owned())),
    );
    let (asked, open) = (assessment::questions(record).count(), assessment::open(record));
    let answered = |is_minor| Says::Answered { answered: asked - open.len(), asked, is_minor };
    let questions = match open.as_slice() {
        [] => Item::done(Need::Assessment, answered(false)),
        _ if !ask.archive.is_major(record) => Item::not_needed(Need::Assessment, answered(true)),
        open => {
            let settle = ask.update(&assessment::flags(open));
            Item { says: Some(answered(false)), ..Item::missing(Need::Assessment, settle) }
        }
    };
    vec![severity, questions]
}
