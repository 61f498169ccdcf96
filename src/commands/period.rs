//! The flags that say which time numbers are about.

use jiff::Timestamp;

use super::flags::past;
use crate::error::Error;
use crate::metrics::period::Period;
use crate::metrics::uptime::day_bounds;
use crate::record::config::Config;
use crate::record::time::parse_date;

/// How many days are looked at where nothing is said.
const DAYS: i64 = 90;

#[derive(Debug, clap::Args)]
pub struct PeriodArgs {
    /// A calendar month: `2026-10`.
    #[arg(long, value_name = "MONTH", conflicts_with_all = ["quarter", "since", "until"])]
    month: Option<String>,

    /// A quarter of a year: `2026-Q3`.
    #[arg(long, value_name = "QUARTER", conflicts_with_all = ["since", "until"])]
    quarter: Option<String>,

    /// From a day or a time on, or as long ago as `30d`.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,

    /// Up to the end of a day, or up to a time; now where nothing is said.
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

impl PeriodArgs {
    /// The last 90 days where nothing is said. Days are those of the site's zone.
    pub fn period(&self, now: Timestamp, config: &Config) -> Result<Period, Error> {
        let zone = config.zone();
        let unreadable = |what: &str, text: &str, example: &str| {
            Error::new(format!("`{text}` is not a {what}")).hint(format!("write it as `{example}`"))
        };
        if let Some(text) = &self.month {
            return Period::month(text, &zone).ok_or_else(|| unreadable("month", text, "2026-10"));
        }
        if let Some(text) = &self.quarter {
            return Period::quarter(text, &zone).ok_or_else(|| unreadable("quarter", text, "2026-Q3"));
        }
        let day = |text: &str| parse_date(text).ok().and_then(|day| day_bounds(day, &zone));
        let until = match &self.until {
            Some(text) => match day(text) {
                Some(day) => day.to,
                None => past(text, now, config)?,
            },
            None => now,
        };
        let period = match &self.since {
            Some(text) => {
                let from = match day(text) {
                    Some(day) => day.from,
                    None => past(text, now, config)?,
                };
                Some(Period::between(from, until, &zone))
            }
            None => Period::last_days(DAYS, until, &zone).map(|days| Period::between(days.window.from, until, &zone)),
        };
        let possible = period.filter(|period| period.window.seconds() > 0);
        possible.ok_or_else(|| Error::new("the period ends before it begins").hint("`--since` comes before `--until`"))
    }
}
