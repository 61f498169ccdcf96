//! Who responds, and where they talk.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::shape::ROLES;
use crate::site::internal::inside::Case;
use crate::site::internal::reader::{Insider, Term};

#[derive(Debug, Serialize)]
pub struct InternalRole<'a> {
    pub role: Term<'a>,
    /// Who has it now; of a record that is over, who had it last.
    pub people: Vec<String>,
    /// Who had it before.
    pub before: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct InternalChannel<'a> {
    pub channel: Term<'a>,
    pub place: &'a str,
    /// The same where it is an address of the web.
    pub href: Option<&'a str>,
}

/// The roles that were ever held, the incident manager first.
pub fn roles<'a>(reader: &Insider<'a>, case: &'a Case<'a>) -> Vec<InternalRole<'a>> {
    let mut roles: BTreeMap<(usize, &str), InternalRole<'a>> = BTreeMap::new();
    for held in &case.replay().roles {
        let rank = ROLES.iter().position(|role| *role == held.role).unwrap_or(ROLES.len());
        let new = || InternalRole { role: reader.role(&held.role), people: Vec::new(), before: Vec::new() };
        let role = roles.entry((rank, &held.role)).or_insert_with(new);
        let person = reader.party(&held.person);
        if held.to.is_some() { role.before.push(person) } else { role.people.push(person) }
    }
    roles.into_values().collect()
}

pub fn channels<'a>(reader: &Insider<'a>, case: &'a Case<'a>) -> Vec<InternalChannel<'a>> {
    let channels = case.record.incident().map_or(&[][..], |incident| &incident.channels);
    let channel = |(name, place): &'a (_, _)| {
        let (name, place): (&crate::record::timeline::Text, &crate::record::timeline::Text) = (name, place);
        let is_address = place.value.starts_with("https://") || place.value.starts_with("http://");
        InternalChannel {
            channel: reader.term("channel_", &name.value),
            place: &place.value,
            href: is_address.then_some(place.value.as_str()),
        }
    };
    channels.iter().map(channel).collect()
}
