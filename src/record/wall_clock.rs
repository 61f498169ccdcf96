//! What a clock shows, such as `14:30`: a moment only together with a zone and another moment near it.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Further away a reading is more likely meant for another zone, or for another day.
const NEAR: SignedDuration = SignedDuration::from_hours(12);

/// Hours and minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading(Time);

/// Hours of every day, such as `09:00-17:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub from: Time,
    /// Nothing for midnight at the end of the day.
    pub to: Option<Time>,
}

impl Hours {
    /// Reads two readings with a hyphen between them; the second may be `24:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let from = Reading::parse(from)?.0;
        let to = match to {
            "24:00" => None,
            to => Some(Reading::parse(to)?.0),
        };
        to.is_none_or(|to| from < to).then_some(Self { from, to })
    }
}

impl Reading {
    /// Reads `9:05` and `14:30`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (1..=2).contains(&hour.len()) && minute.len() == 2 && digits(hour) && digits(minute);
        let parse = |part: &str| part.parse().ok().filter(|_| fits);
        Time::new(parse(hour)?, parse(minute)?, 0, 0).ok().map(Self)
    }

    /// When clocks last showed it. `None` where that was more than twelve hours ago.
    pub fn last(self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let today = zone.to_datetime(now).date();
        let days = [Some(today), today.yesterday().ok()];
        let moments = days.into_iter().flatten().filter_map(|day| self.on(day, zone));
        moments.filter(|moment| *moment <= now && now.duration_since(*moment) <= NEAR).max()
    }

    /// When clocks will show it next. `None` where that is more than twelve hours ahead.
    pub fn next(self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let today = zone.to_datetime(now).date();
        let days = [Some(today), today.tomorrow().ok()];
        let moments = days.into_iter().flatten().filter_map(|day| self.on(day, zone));
        moments.filter(|moment| *moment > now && moment.duration_since(now) <= NEAR).min()
    }

    fn on(self, day: Date, zone: &TimeZone) -> Option<Timestamp> {
        Some(zone.to_zoned(day.to_datetime(self.0)).ok()?.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::time::zone;

    fn moments(text: &str, now: &str) -> [Option<String>; 2] {
        let (rome, now) = (zone("Europe/Rome").unwrap(), now.parse().unwrap());
        let reading = Reading::parse(text).unwrap();
        [reading.last(&rome, now), reading.next(&rome, now)].map(|moment| moment.map(|moment| moment.to_string()))
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_reading_is_the_nearest_moment_on_its_side_in_the_zone() {
        // It is 14:40 in Rome.
        assert_eq!(moments("14:30", "2024-05-01T12:40:00Z"), [some("2024-05-01T12:30:00Z"), None]);
        assert_eq!(moments("14:40", "2024-05-01T12:40:00Z"), [some("2024-05-01T12:40:00Z"), None]);
        assert_eq!(moments("2:00", "2024-05-01T12:40:00Z"), [None, some("2024-05-02T00:00:00Z")]);
        // It is 00:10 in Rome.
        assert_eq!(moments("23:50", "2024-05-01T22:10:00Z"), [some("2024-05-01T21:50:00Z"), None]);
    }

    #[test]
    fn hours_begin_before_they_end() {
        let parsed = Hours::parse("9:00-24:00").unwrap();
        assert_eq!((parsed.from, parsed.to), (Time::constant(9, 0, 0, 0), None));
        for text in ["17:00-9:00", "9:00-9:00", "9:00", "9-17", "24:00-24:00", "9:00 - 17:00"] {
            assert_eq!(Hours::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_no_clock_shows_is_no_reading() {
        for text in ["24:00", "9:5", "9", "09:60", "+9:05", "009:05", "9:05:00", ":05", "9:", "結:05"] {
            assert_eq!(Reading::parse(text), None, "{text}");
        }
    }
}
