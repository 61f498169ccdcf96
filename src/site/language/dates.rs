//! Times, days and durations as the readers of a language write them, in the zone of the site.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::words::{Pattern, Words};
use crate::record::percent::Percent;

#[derive(Debug)]
pub struct Dates {
    zone: TimeZone,
    months: Vec<String>,
    short_months: Vec<String>,
    day: Pattern,
    short_day: Pattern,
    month: Pattern,
    clock: Pattern,
    moment: Pattern,
    span: Pattern,
    units: [Pattern; 3],
    joined_units: Pattern,
    under_a_minute: String,
    percent: Pattern,
}

const DAY_SLOTS: [&str; 5] = ["day", "month", "short_month", "number", "year"];

impl Dates {
    pub fn new(words: &Words, zone: TimeZone) -> Self {
        let names = |prefix: &str| (1..=12).map(|n| words.word(&format!("{prefix}_{n}")).to_owned()).collect();
        Self {
            zone,
            months: names("month"),
            short_months: names("short_month"),
            day: words.pattern("date_day", &DAY_SLOTS),
            short_day: words.pattern("date_short_day", &DAY_SLOTS),
            month: words.pattern("date_month", &["month", "number", "year"]),
            clock: words.pattern("date_clock", &["hour", "minute", "zone"]),
            moment: words.pattern("date_moment", &["day", "clock"]),
            span: words.pattern("date_span", &["from", "to"]),
            units: ["duration_days", "duration_hours", "duration_minutes"].map(|key| words.pattern(key, &["n"])),
            joined_units: words.pattern("duration_two_units", &["large", "small"]),
            under_a_minute: words.word("duration_under_a_minute").to_owned(),
            percent: words.pattern("percent", &["whole", "hundredths"]),
        }
    }

    pub fn date(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// `21 November 2026`
    pub fn day(&self, date: Date) -> String {
        self.fill_day(&self.day, date)
    }

    /// `21 Nov`
    pub fn short_day(&self, date: Date) -> String {
        self.fill_day(&self.short_day, date)
    }

    fn fill_day(&self, pattern: &Pattern, date: Date) -> String {
        let (day, number, year) = (date.day().to_string(), date.month().to_string(), date.year().to_string());
        pattern.fill(&[&day, name(&self.months, date.month()), name(&self.short_months, date.month()), &number, &year])
    }

    /// `November 2026`
    pub fn month(&self, year: i16, month: i8) -> String {
        self.month.fill(&[name(&self.months, month), &month.to_string(), &year.to_string()])
    }

    /// `Nov`
    pub fn short_month(&self, month: i8) -> &str {
        name(&self.short_months, month)
    }

    /// `21 November 2026, 09:41 UTC`
    pub fn moment(&self, at: Timestamp) -> String {
        self.moment_and_clock(at).0
    }

    /// `21 November 2026, 09:41 UTC`, and `09:41 UTC` alone.
    pub fn moment_and_clock(&self, at: Timestamp) -> (String, String) {
        let zone = self.zone.to_offset_info(at);
        let local = zone.offset().to_datetime(at);
        let (hour, minute) = (format!("{:02}", local.hour()), format!("{:02}", local.minute()));
        let clock = self.clock.fill(&[&hour, &minute, zone.abbreviation()]);
        (self.moment.fill(&[&self.day(local.date()), &clock]), clock)
    }

    /// `9–21 Nov`, with the ends as they come.
    pub fn span(&self, from: &str, to: &str) -> String {
        self.span.fill(&[from, to])
    }

    /// In the two largest units that matter: `2 d 3 h`, `1 h 39 min`, `12 min`.
    pub fn duration(&self, duration: SignedDuration) -> String {
        let minutes = duration.as_mins().max(0);
        let parts = [minutes / 1440, minutes / 60 % 24, minutes % 60];
        let Some(first) = parts.iter().position(|n| *n > 0) else { return self.under_a_minute.clone() };
        let unit = |i: usize| self.units[i].fill(&[&parts[i].to_string()]);
        match parts.get(first + 1) {
            Some(n) if *n > 0 => self.joined_units.fill(&[&unit(first), &unit(first + 1)]),
            _ => unit(first),
        }
    }

    /// A share in hundredths of a percent: `99.98%`, and `100%` for the whole.
    pub fn percent(&self, basis_points: i64) -> String {
        if basis_points == 10_000 {
            return "100%".to_owned();
        }
        self.percent.fill(&[&(basis_points / 100).to_string(), &format!("{:02}", basis_points % 100)])
    }

    /// As many digits after the sign as were given.
    pub fn share(&self, share: Percent) -> String {
        let text = share.to_string();
        match text.trim_end_matches('%').split_once('.') {
            Some((whole, rest)) => self.percent.fill(&[whole, rest]),
            None => text,
        }
    }
}

fn name(months: &[String], month: i8) -> &str {
    let place = usize::try_from(month - 1).unwrap_or_default();
    months.get(place).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::builtin::Files;

    fn dates(tag: &str, zone: &str) -> Dates {
        Dates::new(&Words::load(tag, &Files::builtin_only()).unwrap(), TimeZone::get(zone).unwrap())
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_language_writes_a_moment_its_own_way() {
        let moment = |tag: &str| dates(tag, "Etc/UTC").moment(at("2026-11-05T09:41:00Z"));
        assert_eq!(moment("en"), "5 November 2026, 09:41 UTC");
        assert_eq!(moment("ko"), "2026년 11월 5일 09:41 UTC");
        assert_eq!(moment("ja"), "2026年11月5日 09:41 UTC");
        assert_eq!(moment("it"), "5 novembre 2026, 09:41 UTC");
    }

    #[test]
    fn times_are_those_of_the_zone_with_its_summer_time() {
        let rome = dates("en", "Europe/Rome");
        let clock = |time: &str| rome.moment_and_clock(at(time)).1;
        assert_eq!(clock("2026-07-01T22:30:00Z"), "00:30 CEST");
        assert_eq!(rome.date(at("2026-07-01T22:30:00Z")).to_string(), "2026-07-02");
        assert_eq!(clock("2026-12-01T22:30:00Z"), "23:30 CET");
    }

    #[test]
    fn durations_have_two_units_at_most() {
        let dates = dates("en", "Etc/UTC");
        let minutes = |n: i64| dates.duration(SignedDuration::from_mins(n));
        assert_eq!(minutes(0), "under 1 min");
        assert_eq!(minutes(12), "12 min");
        assert_eq!(minutes(99), "1 h 39 min");
        assert_eq!(minutes(120), "2 h");
        assert_eq!(minutes(1440 * 2 + 180 + 5), "2 d 3 h");
        assert_eq!(minutes(1440 + 5), "1 d");
    }

    #[test]
    fn a_share_has_the_decimal_sign_of_the_language() {
        assert_eq!(dates("en", "Etc/UTC").percent(9_998), "99.98%");
        assert_eq!(dates("it", "Etc/UTC").percent(9_905), "99,05%");
        assert_eq!(dates("en", "Etc/UTC").percent(10_000), "100%");
        assert_eq!(dates("en", "Etc/UTC").percent(0), "0.00%");
    }
}
