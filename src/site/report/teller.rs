//! Who tells a report: what it is about, and the language it is told in.

use fluent_bundle::FluentValue;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Column, Kind, Table};
use crate::metrics::Metrics;
use crate::metrics::period::{Name, Period};
use crate::metrics::uptime::Uptime;
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::incident::Visibility;
use crate::site::language::Language;

pub struct Teller<'a> {
    pub archive: &'a Archive,
    pub metrics: &'a Metrics,
    pub language: &'a Language,
}

impl Teller<'_> {
    pub fn word(&self, key: &str) -> String {
        self.language.words.word(key).to_owned()
    }

    /// A sentence in which texts stand.
    pub fn say(&self, key: &str, texts: &[(&str, &str)]) -> String {
        let arguments: Vec<_> = texts.iter().map(|(name, text)| (*name, FluentValue::from(*text))).collect();
        self.language.words.say(key, &arguments)
    }

    /// A sentence in which things are counted.
    pub fn count(&self, key: &str, counts: &[(&str, usize)]) -> String {
        let arguments: Vec<_> = counts.iter().map(|(name, count)| (*name, FluentValue::from(*count))).collect();
        self.language.words.say(key, &arguments)
    }

    /// One sentence after the other.
    pub fn sentences(&self, sentences: impl IntoIterator<Item = String>) -> String {
        let join = |first: String, next: String| self.say("report_sentences", &[("first", &first), ("next", &next)]);
        sentences.into_iter().reduce(join).unwrap_or_default()
    }

    pub fn of(&self, part: usize, whole: usize) -> String {
        if whole == 0 {
            return self.word("report_none");
        }
        self.count("report_of", &[("part", part), ("whole", whole)])
    }

    /// To the second below a minute, else as everywhere.
    pub fn seconds(&self, seconds: i64) -> String {
        match usize::try_from(seconds) {
            Ok(few) if few < 60 => self.count("report_seconds", &[("n", few)]),
            _ => self.language.dates.duration(SignedDuration::from_secs(seconds)),
        }
    }

    /// How long it was, if at all.
    pub fn seconds_if_any(&self, seconds: i64) -> String {
        if seconds == 0 { self.word("report_none") } else { self.seconds(seconds) }
    }

    pub fn zone(&self) -> TimeZone {
        self.archive.config.zone()
    }

    pub fn day(&self, day: Date) -> String {
        self.language.dates.day(day)
    }

    pub fn day_of(&self, at: Timestamp) -> String {
        self.day(self.language.dates.date(at))
    }

    pub fn moment(&self, at: Timestamp) -> String {
        self.language.dates.moment(at)
    }

    pub fn period(&self, period: &Period) -> String {
        period_name(self.language, period)
    }

    /// Rounded down, so that only what never failed has 100%.
    pub fn uptime(&self, uptime: Uptime) -> String {
        uptime.basis_points().map_or_else(|| self.word("no_data"), |share| self.language.dates.percent(share))
    }

    pub fn service(&self, id: &str) -> String {
        let known = self.archive.config.services.iter().find(|service| service.id.value == id);
        known.map_or(id, |service| service.name_in(&self.language.tag)).to_owned()
    }

    /// A person or a team by the full name, as far as it is known.
    pub fn who(&self, id: Option<&str>) -> String {
        let Some(id) = id else { return self.word("inside_nobody") };
        let config = &self.archive.config;
        let person = config.people.iter().find(|person| person.id.value == id).and_then(|person| person.name.as_ref());
        let team = || config.teams.iter().find(|team| team.id.value == id)?.name.as_ref();
        person.or_else(team).map_or(id, |name| name.value.as_str()).to_owned()
    }

    /// A restricted record is counted, and tells no more.
    pub fn title(&self, record: &Record) -> String {
        match record.name() {
            _ if record.visibility() == Visibility::Restricted => self.word("report_restricted"),
            Some(name) => name.in_language(&self.language.tag).to_owned(),
            None => String::new(),
        }
    }

    /// By keys: columns whose key ends in `#` hold numbers, in `~` prose.
    pub fn table(&self, caption: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
        let column = |key: &&str| {
            let (title, kind) = match (key.strip_suffix('#'), key.strip_suffix('~')) {
                (Some(title), _) => (title, Some(Kind::Number)),
                (None, Some(title)) => (title, Some(Kind::Prose)),
                (None, None) => (*key, None),
            };
            Column { title: self.word(title), kind }
        };
        Table { caption: self.word(caption), columns: columns.iter().map(column).collect(), rows, is_drawn: false }
    }
}

/// What readers of a language call a period.
pub fn period_name(language: &Language, period: &Period) -> String {
    let dates = &language.dates;
    match period.name {
        Name::Month { year, month } => dates.month(year, month),
        Name::Quarter { year, quarter } => {
            let (year, quarter) = (year.to_string(), quarter.to_string());
            language.words.say("report_quarter", &[("year", year.into()), ("quarter", quarter.into())])
        }
        Name::Days(first, last) => dates.span(&dates.day(first), &dates.day(last)),
        Name::Day(day) => dates.day(day),
        Name::Moments(..) => dates.span(&dates.moment(period.window.from), &dates.moment(period.window.to)),
        Name::Week(first) => dates.short_day(first),
    }
}
