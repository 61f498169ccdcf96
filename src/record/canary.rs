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
    /// Each with its spelling.
    people: Names<(String, Canary)>,
    /// Severities and customers, too.
    others: Names<(String, Canary)>,
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
        let spelled = |canary| move |name: String| (name.clone(), (name, canary));
        let others = severities.map(spelled(Canary::Severity)).chain(customers.map(spelled(Canary::Customer)));
        let projects = projects(archive).into_iter().map(|key| (format!("{key}-"), ()));
        Self {
            people: Names::new(people.map(spelled(Canary::Person))),
            others: Names::new(others),
            projects: Names::new(projects),
        }
    }

    /// What every name that may be found has in it, whatever its case.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.people.spellings().chain(self.others.spellings()).chain(self.projects.spellings())
    }

    /// Every name in a text, with its place.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Span, Canary)> {
        self.people(text).map(|span| (span, Canary::Person)).chain(self.others(text))
    }

    /// Where a text names one of us.
    pub fn people<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> {
        named(&self.people, text).map(|(span, _)| span)
    }

    /// Where a text names anything else that must not reach the public.
    pub fn others<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Span, Canary)> {
        let tickets = self.projects.find(text).filter_map(|(span, ())| {
            let number = text[span.end..].bytes().take_while(u8::is_ascii_digit).count();
            // `PAY-2024-01` is the number of an invoice.
            let rest = text[span.end + number..].trim_start_matches('-');
            let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
            let is_key = number > 0 && ends && text[span.range()].bytes().all(|byte| !byte.is_ascii_lowercase());
            is_key.then_some((Span::new(span.start, span.end + number), Canary::Ticket))
        });
        named(&self.others, text).chain(tickets)
    }
}

fn named<'a>(names: &'a Names<(String, Canary)>, text: &'a str) -> impl Iterator<Item = (Span, Canary)> {
    names.find(text).filter_map(move |(span, (name, canary))| {
        // `Next` is a customer, `next` a word of the language; the same holds for `Will May`.
        let is_word = begins_in_capitals(name) && !begins_in_capitals(&text[span.range()]);
        let is_of_the_language = is_word && matches!(canary, Canary::Person | Canary::Customer);
        (!is_of_the_language).then_some((span, *canary))
    })
}

fn begins_in_capitals(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

fn is_full(name: &str) -> bool {
    const LETTERS_WITHOUT_SPACES: usize = 3;
    name.contains(' ') || !name.is_ascii() && name.chars().count() >= LETTERS_WITHOUT_SPACES
}

/// `sev1`, `sev-1`, `sev 1`. An id without a number, such as `major`, is a word that customers use too, and so are
/// `level 1` and `p 1`. `S3` is better known as somebody's storage.
fn spellings(severity: &str) -> Vec<String> {
    let letters = severity.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    let number = severity.trim_start_matches(letters).trim_start_matches('-');
    if letters.is_empty() || number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    if severity.eq_ignore_ascii_case("s3") {
        return Vec::new();
    }
    let is_abbreviation = letters.len() > 1 && !["level", "tier", "class", "grade"].contains(&letters);
    let between = ["", "-"].into_iter().chain(is_abbreviation.then_some(" "));
    between.map(|between| format!("{letters}{between}{number}")).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::archive::Memory;

    /// What is found in a text under a configuration, in the order of its places.
    fn found<'a>(config: &str, text: &'a str) -> Vec<(&'a str, Canary)> {
        let archive = Archive::load(&Memory([("incident.yaml".to_owned(), config.to_owned())].into())).unwrap();
        let canaries = Canaries::of(&archive);
        let mut found: Vec<(Span, Canary)> = canaries.find(text).collect();
        found.sort_by_key(|(span, _)| *span);
        found.into_iter().map(|(span, canary)| (&text[span.range()], canary)).collect()
    }

    fn nothing(config: &str, text: &str) {
        assert_eq!(found(config, text), [], "{text}");
    }

    #[test]
    fn people_are_known_by_their_full_name_and_by_their_handle() {
        let people = "people: [{id: april, name: April May}, {id: mark, name: Mark}, {id: hana, name: 김하나}, {id: ko, name: 김}]";
        assert_eq!(
            found(people, "APRIL MAY, @Mark and 김하나님"),
            [("APRIL MAY", Canary::Person), ("@Mark", Canary::Person), ("김하나", Canary::Person)]
        );
        nothing(people, "Mark the page. In april may is near. 김치와 하나");
    }

    #[test]
    fn a_customer_is_not_the_word_that_it_is_named_after() {
        let private = "private: {customers: [Next, eBay]}";
        assert_eq!(found(private, "Next and ebay"), [("Next", Canary::Customer), ("ebay", Canary::Customer)]);
        nothing(private, "The next update, nextly");
    }

    #[test]
    fn a_severity_is_known_in_its_usual_spellings() {
        let severities = |id: &str| format!("severities: {{{id}: {{name: x, rank: 1}}}}");
        for text in ["sev1", "SEV-1", "Sev 1"] {
            assert_eq!(found(&severities("sev1"), text), [(text, Canary::Severity)]);
            assert_eq!(found(&severities("sev-1"), text), [(text, Canary::Severity)]);
        }
        assert_eq!(found(&severities("p1"), "P1"), [("P1", Canary::Severity)]);
        nothing(&severities("p1"), "p 1 of 3");
        nothing(&severities("s3"), "Files on Amazon S3");
        nothing(&severities("level1"), "Our level 1 support");
        nothing(&severities("major"), "A major outage");
        nothing(&severities("sev1"), "sev12, sevens 1");
    }

    #[test]
    fn a_ticket_is_a_project_and_a_number() {
        let private = "private: {tickets: [PAY]}";
        assert_eq!(found(private, "See PAY-812."), [("PAY-812", Canary::Ticket)]);
        nothing(private, "pay-812, PAY-, PAY-2024-01, PAY-12a, XPAY-12");
        let customer_of_a_project = "private: {tickets: [ACME], customers: [Acme]}";
        assert_eq!(found(customer_of_a_project, "the ACME-style gate"), [("ACME", Canary::Customer)]);
    }

    #[test]
    fn the_project_is_in_the_address_of_a_ticket() {
        for ticket in ["PAY-812", "https://tracker.example/PAY-812", "https://tracker.example/?id=PAY-812"] {
            assert_eq!(project(ticket), Some("PAY"), "{ticket}");
        }
        for other in ["https://git.example/pull/12", "pay-812", "https://tracker.example/P-1", "https://x.example/PAY-"]
        {
            assert_eq!(project(other), None, "{other}");
        }
    }
}
