//! The stretch of time that numbers are about.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::uptime::{Window, day_bounds};

/// From a moment up to another, which is no part of it, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub name: Name,
    pub window: Window,
}

/// What it is called, by the calendar and the clock of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Month {
        year: i16,
        month: i8,
    },
    Quarter {
        year: i16,
        quarter: i8,
    },
    /// Both of them, and those in between.
    Days(Date, Date),
    Day(Date),
    Moments(DateTime, DateTime),
    /// By its first day.
    Week(Date),
}

/// `2026-10`, `2026-Q3`, `2026-08-24 to 2026-11-22`.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year:04}-Q{quarter}"),
            Self::Days(first, last) => write!(f, "{first} to {last}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Moments(from, to) => {
                write!(f, "{} to {}", from.strftime("%Y-%m-%d %H:%M"), to.strftime("%Y-%m-%d %H:%M"))
            }
            Self::Week(first) => write!(f, "{}", first.strftime("%m-%d")),
        }
    }
}

impl Period {
    /// A calendar month, written `2026-10`.
    pub fn month(text: &str, zone: &TimeZone) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        Self::month_of(first_of(number(year, 4)?, number(month, 2)?)?, zone)
    }

    fn month_of(day: Date, zone: &TimeZone) -> Option<Self> {
        let first = day.first_of_month();
        let name = Name::Month { year: first.year(), month: first.month() };
        Self::days(name, first, first.checked_add(1.month()).ok()?, zone)
    }

    /// A quarter of a calendar year, written `2026-Q3`.
    pub fn quarter(text: &str, zone: &TimeZone) -> Option<Self> {
        let (year, quarter) = text.split_once("-Q")?;
        let quarter = number(quarter, 1).filter(|quarter| (1..=4).contains(quarter))?;
        Self::quarter_of(first_of(number(year, 4)?, quarter * 3 - 2)?, zone)
    }

    fn quarter_of(day: Date, zone: &TimeZone) -> Option<Self> {
        let quarter = (day.month() + 2) / 3;
        let first = Date::new(day.year(), quarter * 3 - 2, 1).ok()?;
        let name = Name::Quarter { year: first.year(), quarter };
        Self::days(name, first, first.checked_add(3.months()).ok()?, zone)
    }

    /// So many days, of which the day of a moment is the last.
    pub fn last_days(count: i64, now: Timestamp, zone: &TimeZone) -> Option<Self> {
        let today = zone.to_datetime(now).date();
        let first = today.checked_sub((count - 1).days()).ok()?;
        Self::days(Name::Days(first, today), first, today.tomorrow().ok()?, zone)
    }

    /// Between two moments. One that begins with a day is called by its days, the last of which may not be over.
    pub fn between(from: Timestamp, to: Timestamp, zone: &TimeZone) -> Self {
        let to = to.max(from);
        let (first, end) = (zone.to_datetime(from), zone.to_datetime(to));
        let last =
            if end.time() == Time::midnight() { end.date().yesterday().unwrap_or(end.date()) } else { end.date() };
        let name = match first.time() == Time::midnight() {
            true if last <= first.date() => Name::Day(first.date()),
            true => Name::Days(first.date(), last),
            false => Name::Moments(first, end),
        };
        Self { name, window: Window { from, to } }
    }

    /// The one before it: of the calendar where it is a month or a quarter, else as long.
    pub fn previous(&self, zone: &TimeZone) -> Option<Self> {
        let before = zone.to_datetime(self.window.from).date().yesterday().ok()?;
        match self.name {
            Name::Month { .. } => Self::month_of(before, zone),
            Name::Quarter { .. } => Self::quarter_of(before, zone),
            Name::Days(..) | Name::Day(_) | Name::Moments(..) | Name::Week(_) => {
                // Whole days, so that each has its night.
                let days = (self.window.seconds() + 86_399) / 86_400;
                let from = self.window.from.to_zoned(zone.clone()).checked_sub(days.days()).ok()?;
                Some(Self::between(from.timestamp(), self.window.from, zone))
            }
        }
    }

    /// Whether a day begins in it.
    pub fn has_day(&self, day: Date, zone: &TimeZone) -> bool {
        day_bounds(day, zone).is_some_and(|day| self.window.has(day.from))
    }

    /// Weeks from its start on, the last as far as it belongs to it.
    pub fn weeks(&self, zone: &TimeZone) -> Vec<Self> {
        let mut weeks = Vec::new();
        let mut first = zone.to_datetime(self.window.from).date();
        while let Some(week) =
            first.checked_add(7.days()).ok().and_then(|end| Self::days(Name::Week(first), first, end, zone))
        {
            if week.window.from >= self.window.to {
                break;
            }
            weeks.push(Self { window: week.window.clip(self.window), ..week });
            let Ok(next) = first.checked_add(7.days()) else { break };
            first = next;
        }
        weeks
    }

    /// The calendar months that it touches, each as far as it belongs to it.
    pub fn months(&self, zone: &TimeZone) -> Vec<Self> {
        let mut months = Vec::new();
        let mut next = zone.to_datetime(self.window.from).date().first_of_month();
        while let Some(month) = Self::month_of(next, zone) {
            if month.window.from >= self.window.to {
                break;
            }
            months.push(Self { window: month.window.clip(self.window), ..month });
            let Ok(following) = next.checked_add(1.month()) else { break };
            next = following;
        }
        months
    }

    fn days(name: Name, first: Date, end: Date, zone: &TimeZone) -> Option<Self> {
        let midnight = |date: Date| day_bounds(date, zone).map(|day| day.from);
        Some(Self { name, window: Window { from: midnight(first)?, to: midnight(end)? } })
    }
}

fn first_of(year: i16, month: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, 1).ok()
}

/// A number of so many digits.
fn number(text: &str, digits: usize) -> Option<i16> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::time::zone;

    fn hours(period: &Period) -> i64 {
        period.window.seconds() / 3600
    }

    #[test]
    fn months_and_quarters_are_those_of_the_zone() {
        let rome = zone("Europe/Rome").unwrap();
        let month = Period::month("2026-10", &rome).unwrap();
        assert_eq!(month.window.from.to_string(), "2026-09-30T22:00:00Z");
        // October has one hour more where the clock goes back.
        assert_eq!((hours(&month), hours(&Period::month("2026-10", &TimeZone::UTC).unwrap())), (31 * 24 + 1, 31 * 24));
        let quarter = Period::quarter("2026-Q1", &rome).unwrap();
        assert_eq!((quarter.window.to.to_string().as_str(), hours(&quarter)), ("2026-03-31T22:00:00Z", 90 * 24 - 1));
    }

    #[test]
    fn what_no_calendar_has_is_no_period() {
        for text in ["2026-13", "2026-1", "26-10", "2026-00", "2026-10-01", "x"] {
            assert_eq!(Period::month(text, &TimeZone::UTC), None, "{text}");
        }
        for text in ["2026-Q0", "2026-Q5", "2026-q1", "2026Q1", "2026-Q11"] {
            assert_eq!(Period::quarter(text, &TimeZone::UTC), None, "{text}");
        }
    }

    #[test]
    fn today_is_the_last_of_the_last_days() {
        let period = Period::last_days(90, "2026-11-22T06:00:00Z".parse().unwrap(), &TimeZone::UTC).unwrap();
        assert_eq!((period.name.to_string().as_str(), hours(&period)), ("2026-08-25 to 2026-11-22", 90 * 24));
    }

    #[test]
    fn the_previous_month_or_quarter_is_that_of_the_calendar() {
        let utc = TimeZone::UTC;
        let previous = |period: Option<Period>| period.unwrap().previous(&utc).unwrap();
        assert_eq!(previous(Period::month("2026-03", &utc)), Period::month("2026-02", &utc).unwrap());
        assert_eq!(previous(Period::quarter("2026-Q1", &utc)), Period::quarter("2025-Q4", &utc).unwrap());
        let days = Period::last_days(10, "2026-11-22T06:00:00Z".parse().unwrap(), &utc);
        assert_eq!(previous(days).name.to_string(), "2026-11-03 to 2026-11-12");
    }

    #[test]
    fn a_period_is_called_by_its_days_or_by_its_moments() {
        let label = |from: &str, to: &str| {
            Period::between(from.parse().unwrap(), to.parse().unwrap(), &TimeZone::UTC).name.to_string()
        };
        assert_eq!(label("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"), "2026-05-01 to 2026-05-31");
        assert_eq!(label("2026-05-01T00:00:00Z", "2026-05-01T10:00:00Z"), "2026-05-01");
        assert_eq!(label("2026-05-01T09:00:00Z", "2026-05-01T10:00:00Z"), "2026-05-01 09:00 to 2026-05-01 10:00");
    }

    #[test]
    fn weeks_begin_with_the_period() {
        let weeks = Period::month("2026-02", &TimeZone::UTC).unwrap().weeks(&TimeZone::UTC);
        assert_eq!(weeks.iter().map(|w| w.name.to_string()).collect::<Vec<_>>(), ["02-01", "02-08", "02-15", "02-22"]);
        assert_eq!(Period::month("2026-03", &TimeZone::UTC).unwrap().weeks(&TimeZone::UTC).len(), 5);
    }

    #[test]
    fn months_of_a_period_are_clipped_to_it() {
        let at = |text: &str| text.parse().unwrap();
        let period = Period::between(at("2026-01-20T00:00:00Z"), at("2026-03-01T12:30:00Z"), &TimeZone::UTC);
        assert_eq!(period.name.to_string(), "2026-01-20 to 2026-03-01");
        let months: Vec<_> = period.months(&TimeZone::UTC).iter().map(|m| (m.name.to_string(), hours(m))).collect();
        assert_eq!(months, [("2026-01".into(), 12 * 24), ("2026-02".into(), 28 * 24), ("2026-03".into(), 12)]);
    }
}
