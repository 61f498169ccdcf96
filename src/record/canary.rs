//! Names that must not reach the public: of people, tickets, severities and customers.
//!
//! Made once for an archive, then asked for each text: the texts of records by `check`, whole pages by the site.

use std::collections::BTreeSet;

use super::archive::Archive;
use super::config::Config;
use crate::text::names::Names;
use crate::text::span::Span;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canary {
    /// The full name of one of us, or the handle with its `@`.
    Person,
    Ticket,
    Severity,
    Customer,
}

#[derive(Debug)]
pub struct Canaries {
    names: Names<Canary>,
    /// Project keys with their hyphen: a number follows.
    projects: Names<()>,
}

impl Canaries {
    pub fn of(archive: &Archive) -> Self {
        let config = &archive.config;
        let people = config.people.iter().flat_map(|person| {
            // A single word may be a word of the language too.
            let name = person.name.iter().map(|name| name.value.clone()).filter(|name| is_full(name));
            name.chain([format!("@{}", person.id.value)])
        });
        let severities = config.severities.iter().flat_map(|severity| spellings(&severity.id));
        let customers = config.private.customers.iter().map(|name| name.value.clone());
        let names = people
            .map(|name| (name, Canary::Person))
            .chain(severities.map(|name| (name, Canary::Severity)))
            .chain(customers.map(|name| (name, Canary::Customer)));
        let projects = projects(archive).into_iter().map(|key| (format!("{key}-"), ()));
        Self { names: Names::new(names), projects: Names::new(projects) }
    }

    /// Every name in a text, with its place.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Span, Canary)> {
        let named = self.names.find(text).map(|(span, canary)| (span, *canary));
        let tickets = self.projects.find(text).filter_map(|(span, ())| {
            let number = text[span.end..].bytes().take_while(u8::is_ascii_digit).count();
            let ends = text[span.end + number..].chars().next().is_none_or(|next| !next.is_alphanumeric());
            let is_key = number > 0 && ends && text[span.range()].bytes().all(|byte| !byte.is_ascii_lowercase());
            is_key.then_some((Span::new(span.start, span.end + number), Canary::Ticket))
        });
        named.chain(tickets)
    }
}

fn is_full(name: &str) -> bool {
    const LETTERS_WITHOUT_SPACES: usize = 3;
    name.contains(' ') || !name.is_ascii() && name.chars().count() >= LETTERS_WITHOUT_SPACES
}

/// `sev1`, `sev-1`, `sev 1`. An id without a number, such as `major`, is a word that customers use too.
fn spellings(severity: &str) -> Vec<String> {
    let letters = severity.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    let number = severity.trim_start_matches(letters).trim_start_matches('-');
    if letters.is_empty() || number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    ["", "-", " "].map(|between| format!("{letters}{between}{number}")).into()
}

/// The configured project keys, and those that actions use: `PAY` of `https://tracker.example/PAY-812`.
fn projects(archive: &Archive) -> BTreeSet<String> {
    let Config { private, .. } = &archive.config;
    let postmortems = archive.records.iter().filter_map(|record| record.postmortem());
    let tickets = postmortems.flat_map(|postmortem| &postmortem.actions).filter_map(|action| action.ticket.as_ref());
    let used = tickets.filter_map(|ticket| project(&ticket.value));
    private.tickets.iter().map(|key| key.value.as_str()).chain(used).map(str::to_owned).collect()
}

fn project(ticket: &str) -> Option<&str> {
    let (key, number) = ticket.rsplit(['/', '=']).next()?.rsplit_once('-')?;
    let is_upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let is_key = key.len() >= 2 && key.starts_with(|c: char| c.is_ascii_uppercase()) && key.bytes().all(is_upper);
    (is_key && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(key)
}
