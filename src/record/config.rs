//! `incident.yaml`: the organisation. Read with places, like a record, so that every mistake is shown at once.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::text::problem::Problem;
use crate::text::span::{Span, Spanned};

use super::Reference;
use super::colour::Colour;
use super::name::Name;
use super::percent::Percent;
use super::replay::Replay;
use super::time::{Time, parse_date, start_of, zone};
use super::timeline::{Message, Text};
use super::wall_clock::Hours;

/// The language of an organisation that names none.
pub const DEFAULT_LANGUAGE: &str = "en";

#[derive(Clone, Debug, Default)]
pub struct Config {
    pub path: Arc<str>,
    pub text: Arc<str>,
    /// False where it is no mapping at all: then nothing that depends on it may be judged.
    pub readable: bool,
    pub problems: Vec<Problem>,
    pub references: Vec<Reference>,
    pub site: Site,
    pub theme: Theme,
    pub services: Vec<Service>,
    pub people: Vec<Person>,
    pub teams: Vec<Team>,
    /// Worst first, which is the order of their ids.
    pub severities: Vec<Severity>,
    pub private: Private,
    /// Added to the built-in ones.
    pub roles: Vec<Text>,
    /// Added to the built-in ones.
    pub types: Vec<Text>,
    /// When people are at work; nothing where the organisation does not say.
    pub business_hours: Option<BusinessHours>,
    /// Minutes by which a maintenance is announced before its window; nothing where that is not promised.
    pub notice: Option<u64>,
    /// Whether every update is pushed.
    pub push: bool,
    /// The settings under `rules`: a level (or off) for a rule.
    pub rules: Vec<(Text, Text)>,
    /// The commit with which the repository was adopted, or the first day after: what was merged before is not judged.
    pub history_since: Option<Text>,
    /// The phrases that a repository adds to a rule about words, or takes from it.
    pub phrases: Vec<Phrases>,
    pub waivers: Vec<Waiver>,
    /// Where events are announced.
    pub announce: Vec<Sink>,
}

#[derive(Clone, Debug, Default)]
pub struct Site {
    pub title: Option<Message>,
    /// Without a slash at the end.
    pub url: Option<Text>,
    pub timezone: Option<Text>,
    /// The first is the default; where there is none, it is `DEFAULT_LANGUAGE`.
    pub languages: Vec<Text>,
    pub description: Option<Message>,
    /// Minutes after which a reader is warned that the page is old.
    pub stale_after: Option<u64>,
    /// Mail addresses and telephone numbers that public texts may give to customers.
    pub contact: Vec<Text>,
    pub security: Option<Security>,
}

/// How the site looks.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// A file below the folder of assets.
    pub logo: Option<Text>,
    pub logo_dark: Option<Text>,
    pub accent: Option<Spanned<Colour>>,
    pub accent_dark: Option<Spanned<Colour>>,
}

/// When people are at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessHours {
    pub days: Vec<Weekday>,
    pub hours: Hours,
    /// The zone they are kept in; that of the site where nothing is said.
    pub timezone: Option<Text>,
    pub holidays: Vec<Date>,
}

impl BusinessHours {
    pub fn is_workday(&self, day: Date) -> bool {
        self.days.contains(&day.weekday()) && !self.holidays.contains(&day)
    }
}

/// What must not stand in a public text.
#[derive(Clone, Debug, Default)]
pub struct Private {
    /// Domains whose hosts only insiders reach.
    pub hosts: Vec<Text>,
    /// Project keys of trackers, such as `PAY` of `PAY-812`.
    pub tickets: Vec<Text>,
    pub customers: Vec<Text>,
}

/// Where a weakness is reported.
#[derive(Clone, Debug)]
pub struct Security {
    /// A web address, or an e-mail address.
    pub contact: Text,
    pub expires: Spanned<Date>,
    pub policy: Option<Text>,
}

/// The options `also` and `except` of a rule.
#[derive(Clone, Debug)]
pub struct Phrases {
    pub rule: Text,
    pub also: Vec<Text>,
    pub except: Vec<Text>,
}

/// A finding that somebody accepts until a day.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub span: Span,
    pub rule: Option<Text>,
    pub record: Option<Text>,
    pub reason: Option<Text>,
    pub by: Option<Text>,
    pub until: Option<Spanned<Date>>,
}

/// Somebody who is told of events. Secrets are never among this: it names the variables of the environment that hold them.
#[derive(Clone, Debug)]
pub struct Sink {
    pub span: Span,
    pub name: Text,
    /// slack, teams, webhook, email, sms.
    pub kind: Option<Text>,
    /// public or internal.
    pub audience: Option<Text>,
    pub language: Option<Text>,
    pub url_env: Option<Text>,
    pub host: Option<Text>,
    pub port: Option<Spanned<u64>>,
    /// How the connection to a mail server is kept secret: starttls, implicit, none.
    pub tls: Option<Text>,
    pub user_env: Option<Text>,
    pub password_env: Option<Text>,
    pub from: Option<Text>,
    pub to: Vec<Text>,
}

#[derive(Clone, Debug)]
pub struct Service {
    pub span: Span,
    pub id: Text,
    /// What readers see; the id where nothing is given.
    pub name: Option<Name>,
    pub description: Option<Message>,
    /// Services whose groups say the same in the first language of the site stand together.
    pub group: Option<Message>,
    pub owner: Option<Text>,
    pub tier: Option<Spanned<u64>>,
    pub public: bool,
    /// The share of the time that it is meant to be up.
    pub objective: Option<Spanned<Percent>>,
    /// When it began to be watched; before that there is no data.
    pub since: Option<Spanned<Date>>,
    pub retired: Option<Spanned<Date>>,
    pub replaced_by: Option<Text>,
    /// Names that old records use for it.
    pub aliases: Vec<Text>,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: Text,
    pub name: Option<Text>,
    pub team: Option<Text>,
}

#[derive(Clone, Debug)]
pub struct Team {
    pub id: Text,
    pub name: Option<Text>,
}

/// A severity with its clocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severity {
    pub id: String,
    pub name: String,
    pub criteria: String,
    pub major: bool,
    pub roles: Vec<String>,
    pub channels: Vec<String>,
    pub postmortem: bool,
    pub clocks: Clocks,
}

/// Limits in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    pub first_update: Option<u64>,
    pub cadence: Option<u64>,
    pub escalation: Option<u64>,
    pub postmortem: Option<u64>,
    pub action: Option<u64>,
}

impl Config {
    /// Why nothing in it counts, where it is there and cannot be read at all.
    pub fn unreadable(&self) -> Option<&Problem> {
        let is_unreadable = !self.readable && !self.text.trim().is_empty();
        self.problems.iter().find(|problem| is_unreadable && problem.rule != "line-endings")
    }

    pub fn severity(&self, id: &str) -> Option<&Severity> {
        self.severities.iter().find(|s| s.id == id)
    }

    /// The service that has a name, or had it once.
    pub fn service(&self, name: &str) -> Option<&Service> {
        let by_id = self.services.iter().find(|service| service.id.value == name);
        by_id.or_else(|| self.services.iter().find(|service| service.aliases.iter().any(|alias| alias.value == name)))
    }

    /// The worst severity that was ever reached.
    pub fn worst_severity(&self, replay: &Replay) -> Option<&Severity> {
        self.severities.iter().find(|severity| replay.severities_reached().any(|reached| reached == severity.id))
    }

    /// The zone in which the organisation reads clocks; UTC where it names none.
    pub fn zone(&self) -> TimeZone {
        self.site.timezone.as_ref().and_then(|name| zone(&name.value)).unwrap_or(TimeZone::UTC)
    }

    /// What public texts may give to customers, and where a weakness is reported.
    pub fn contacts(&self) -> impl Iterator<Item = &str> {
        let of_security =
            self.site.security.iter().map(|security| security.contact.value.trim_start_matches("mailto:"));
        self.site.contact.iter().map(|contact| contact.value.as_str()).chain(of_security)
    }

    /// The start of the day that `rules.history.since` names; nothing where it names a commit.
    pub fn adopted(&self) -> Option<Timestamp> {
        start_of(parse_date(&self.history_since.as_ref()?.value).ok()?, &TimeZone::UTC).map(Time::instant)
    }

    /// What the site is called in a language, or what there is.
    pub fn site_title<'a>(&'a self, language: &'a str) -> Option<&'a str> {
        Some(self.site.title.as_ref()?.best(language, self.default_language())?.1)
    }

    pub fn default_language(&self) -> &str {
        self.site.languages.first().map_or(DEFAULT_LANGUAGE, |l| l.value.as_str())
    }
}

impl Service {
    /// The name in a language, or what there is.
    pub fn name_in(&self, language: &str) -> &str {
        self.name.as_ref().map_or(&self.id.value, |name| name.in_language(language))
    }

    /// The description in a language, or what there is. `default` is the first language of the site.
    pub fn description_in<'a>(&'a self, language: &'a str, default: &'a str) -> Option<&'a str> {
        Some(self.description.as_ref()?.best(language, default)?.1)
    }
}
