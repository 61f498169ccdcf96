//! Stage 6: everybody knows what is whose job.

use super::{Ask, Item, Need, Says};
use crate::record::shape::canonical_role;
use crate::response::command::ROLE;
use crate::response::owed::command;
use crate::response::severity;

pub fn items(ask: &Ask<'_>) -> Vec<Item> {
    let peak = severity::peak(ask.archive, ask.record);
    let asked = peak.map_or_else(|| vec![ROLE], |peak| peak.severity.roles.iter().map(String::as_str).collect());
    let item = |role: &str| {
        let mut held = ask.record.replay.roles.iter().filter(|held| canonical_role(&held.role) == role);
        match held.next_back() {
            Some(held) => Item::done(Need::Role(role.to_owned()), Says::Person(held.person.clone())),
            None => Item::missing(
                Need::Role(role.to_owned()),
                command(format_args!("assign {role}=… --id {}", ask.record.id)),
            ),
        }
    };
    asked.into_iter().map(item).collect()
}
