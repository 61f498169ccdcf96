//! How time is counted: as it passes, or only while people are at work.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::uptime::Window;
use crate::record::config::BusinessHours;

#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// All of it.
    #[default]
    Wall,
    /// Only business hours, in the zone that they are kept in.
    Business(BusinessHours, TimeZone),
}

impl Clock {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Wall => "wall",
            Self::Business(..) => "business",
        }
    }

    /// The seconds of a window that count.
    pub fn seconds(&self, window: Window) -> i64 {
        let Self::Business(hours, zone) = self else { return window.seconds() };
        let mut seconds = 0;
        let mut day = zone.to_datetime(window.from).date();
        let last = zone.to_datetime(window.to).date();
        while day <= last {
            if let Some(open) = open(hours, zone, day) {
                seconds += open.clip(window).seconds();
            }
            let Ok(tomorrow) = day.tomorrow() else { break };
            day = tomorrow;
        }
        seconds
    }
}

/// When people are at work on a day. Both ends are readings of the clock on the wall, so that a night in which the clock
/// changes is as long as it was.
fn open(hours: &BusinessHours, zone: &TimeZone, day: Date) -> Option<Window> {
    if !hours.is_workday(day) {
        return None;
    }
    let at = |reading| Some(zone.to_zoned(day.to_datetime(reading)).ok()?.timestamp());
    let midnight = || -> Option<Timestamp> { super::uptime::day_bounds(day, zone).map(|day| day.to) };
    let to = match hours.hours.to {
        Some(reading) => at(reading)?,
        None => midnight()?,
    };
    Some(Window { from: at(hours.hours.from)?, to })
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;
    use crate::record::time::zone;
    use crate::record::wall_clock::Hours;

    fn rome(hours: &str, days: Vec<Weekday>, holidays: &[&str]) -> Clock {
        let holidays = holidays.iter().map(|day| day.parse().unwrap()).collect();
        let hours = BusinessHours { days, hours: Hours::parse(hours).unwrap(), timezone: None, holidays };
        Clock::Business(hours, zone("Europe/Rome").unwrap())
    }

    fn weekdays(hours: &str, holidays: &[&str]) -> Clock {
        use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
        rome(hours, vec![Monday, Tuesday, Wednesday, Thursday, Friday], holidays)
    }

    fn minutes(clock: &Clock, from: &str, to: &str) -> i64 {
        let window = Window { from: from.parse().unwrap(), to: to.parse().unwrap() };
        clock.seconds(window) / 60
    }

    #[test]
    fn only_business_hours_count() {
        let clock = weekdays("09:00-17:30", &["2026-05-01"]);
        // From Wednesday noon in Rome to Thursday noon.
        assert_eq!(minutes(&clock, "2026-04-29T10:00:00Z", "2026-04-30T10:00:00Z"), 330 + 180);
        // A night, a weekend, a holiday before a weekend.
        assert_eq!(minutes(&clock, "2026-04-29T16:00:00Z", "2026-04-30T06:30:00Z"), 0);
        assert_eq!(minutes(&clock, "2026-04-25T00:00:00Z", "2026-04-26T22:00:00Z"), 0);
        assert_eq!(minutes(&clock, "2026-04-30T15:00:00Z", "2026-05-04T07:10:00Z"), 30 + 10);
    }

    #[test]
    fn a_day_on_which_the_clock_changes_is_as_long_as_it_was() {
        let every_day = |hours| rome(hours, vec![Weekday::Sunday], &[]);
        let spring = ("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z");
        let autumn = ("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z");
        let whole = every_day("00:00-24:00");
        assert_eq!(minutes(&whole, spring.0, spring.1), 23 * 60);
        assert_eq!(minutes(&whole, autumn.0, autumn.1), 25 * 60);
        let office = every_day("09:00-17:00");
        assert_eq!(minutes(&office, spring.0, spring.1), 8 * 60);
        assert_eq!(minutes(&office, autumn.0, autumn.1), 8 * 60);
    }

    #[test]
    fn the_clock_on_the_wall_counts_everything() {
        assert_eq!(minutes(&Clock::Wall, "2026-04-25T00:00:00Z", "2026-04-26T00:00:00Z"), 24 * 60);
    }
}
