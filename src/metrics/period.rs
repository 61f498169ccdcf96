//! The stretch of time that numbers are about.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::uptime::{Window, day_bounds};

/// From a moment up to another, which is no part of it, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// `2026-10`, `2026-Q3`, `2026-08-24 to 2026-11-22`.
    pub label: String,
    pub window: Window,
}

impl Period {
    /// A calendar month, written `2026-10`.
    pub fn month(text: &str, zone: &TimeZone) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let first = first_of(number(year, 4)?, number(month, 2)?)?;
        Self::days(text, first, first.checked_add(1.month()).ok()?, zone)
    }

    /// A quarter of a calendar year, written `2026-Q3`.
    pub fn quarter(text: &str, zone: &TimeZone) -> Option<Self> {
        let (year, quarter) = text.split_once("-Q")?;
        let quarter = number(quarter, 1).filter(|quarter| (1..=4).contains(quarter))?;
        let first = first_of(number(year, 4)?, quarter * 3 - 2)?;
        Self::days(text, first, first.checked_add(3.months()).ok()?, zone)
    }

    /// So many days, of which the day of a moment is the last.
    pub fn last_days(count: i64, now: Timestamp, zone: &TimeZone) -> Option<Self> {
        let today = zone.to_datetime(now).date();
        let first = today.checked_sub((count - 1).days()).ok()?;
        Self::days(&format!("{first} to {today}"), first, today.tomorrow().ok()?, zone)
    }

    /// Between two moments.
    pub fn between(from: Timestamp, to: Timestamp, zone: &TimeZone) -> Self {
        let minute = |at: Timestamp| {
            let reading = zone.to_datetime(at);
            let midnight = reading.time() == jiff::civil::Time::midnight();
            reading.strftime(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" }).to_string()
        };
        Self { label: format!("{} to {}", minute(from), minute(to)), window: Window { from, to: to.max(from) } }
    }

    /// Whether a day begins in it.
    pub fn has_day(&self, day: Date, zone: &TimeZone) -> bool {
        day_bounds(day, zone).is_some_and(|day| self.window.has(day.from))
    }

    /// The calendar months that it touches, each as far as it belongs to it.
    pub fn months(&self, zone: &TimeZone) -> Vec<Self> {
        let mut months = Vec::new();
        let mut next = zone.to_datetime(self.window.from).date().first_of_month();
        while let Some(month) = Self::month(&next.strftime("%Y-%m").to_string(), zone) {
            if month.window.from >= self.window.to {
                break;
            }
            months.push(Self { window: month.window.clip(self.window), ..month });
            let Ok(following) = next.checked_add(1.month()) else { break };
            next = following;
        }
        months
    }

    fn days(label: &str, first: Date, end: Date, zone: &TimeZone) -> Option<Self> {
        let midnight = |date: Date| day_bounds(date, zone).map(|day| day.from);
        Some(Self { label: label.to_owned(), window: Window { from: midnight(first)?, to: midnight(end)? } })
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
        assert_eq!((period.label.as_str(), hours(&period)), ("2026-08-25 to 2026-11-22", 90 * 24));
    }

    #[test]
    fn months_of_a_period_are_clipped_to_it() {
        let at = |text: &str| text.parse().unwrap();
        let period = Period::between(at("2026-01-20T00:00:00Z"), at("2026-03-01T12:30:00Z"), &TimeZone::UTC);
        assert_eq!(period.label, "2026-01-20 to 2026-03-01 12:30");
        let months: Vec<_> = period.months(&TimeZone::UTC).iter().map(|m| (m.label.clone(), hours(m))).collect();
        assert_eq!(months, [("2026-01".into(), 12 * 24), ("2026-02".into(), 28 * 24), ("2026-03".into(), 12)]);
    }
}
