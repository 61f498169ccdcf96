//! The records of `init --example`, dated relative to today.

use jiff::civil::{Date, Time as Clock};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::error::Error;
use crate::record::archive::RECORDS;

/// The day it begins (from today), the end of its id, and its file.
const RECORDS_OF_EXAMPLE: [(i64, &str, &str, &str); 4] = [
    (-9, "slow-pages", "incident.md", include_str!("example/resolved.md")),
    (-9, "slow-pages", "postmortem.md", include_str!("example/postmortem.md")),
    (0, "stale-search", "incident.md", include_str!("example/open.md")),
    (7, "database-upgrade", "maintenance.md", include_str!("example/maintenance.md")),
];

/// Path and text of every record.
pub fn records(me: &str, now: Timestamp) -> Result<Vec<(String, String)>, Error> {
    let today = TimeZone::UTC.to_datetime(now).date();
    let path = |days: i64, name: &str, file: &str| -> Result<String, Error> {
        let day = later(today, days)?;
        Ok(format!("{RECORDS}/{}/{day}-{name}/{file}", day.strftime("%Y/%m")))
    };
    RECORDS_OF_EXAMPLE
        .iter()
        .map(|(days, name, file, text)| Ok((path(*days, name, file)?, filled(text, me, now, today)?)))
        .collect()
}

/// Puts the values for `@ME@`, `@-40m@` (minutes from now), `@+14d@` (a day) and `@-9d09:41@` (a time of a day, in UTC).
fn filled(text: &str, me: &str, now: Timestamp, today: Date) -> Result<String, Error> {
    let mut out = String::with_capacity(text.len());
    for (i, part) in text.split('@').enumerate() {
        // Between two marks stands what is to be filled in.
        if i % 2 == 0 {
            out.push_str(part);
        } else if part == "ME" {
            out.push_str(me);
        } else {
            out.push_str(&moment(part, now, today).ok_or_else(|| Error::new(format!("`@{part}@` is no moment")))?);
        }
    }
    Ok(out)
}

fn moment(text: &str, now: Timestamp, today: Date) -> Option<String> {
    if let Some(minutes) = text.strip_suffix('m') {
        let minutes = SignedDuration::from_mins(minutes.parse().ok()?);
        let whole = Timestamp::from_second(now.as_second() / 60 * 60).ok()?;
        return whole.checked_add(minutes).ok().map(|time| time.to_string());
    }
    let (days, clock) = text.split_once('d')?;
    let day = later(today, days.parse().ok()?).ok()?;
    if clock.is_empty() {
        return Some(day.to_string());
    }
    let (hour, minute) = clock.split_once(':')?;
    let clock = Clock::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    TimeZone::UTC.to_timestamp(day.to_datetime(clock)).ok().map(|time| time.to_string())
}

fn later(day: Date, days: i64) -> Result<Date, Error> {
    day.checked_add(days.days()).map_err(|e| Error::new(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use crate::check::{self, Options};
    use crate::record::archive::{Archive, Memory};

    /// Around midnight, on a leap day, at the turn of the year.
    #[test]
    fn the_example_is_clean_at_every_moment() {
        for now in ["2024-02-29T00:05:00Z", "2024-12-31T23:59:59Z", "2025-01-05T12:00:00Z"] {
            let now: Timestamp = now.parse().unwrap();
            let config = "services: [{id: website}]\npeople: [{id: mara}]\n";
            let mut files: BTreeMap<String, String> = records("mara", now).unwrap().into_iter().collect();
            files.insert("incident.yaml".into(), config.into());
            let archive = Archive::load(&Memory(files)).unwrap();
            let report = check::run(&archive, &Options { as_of: now, ..Options::default() });
            assert_eq!((archive.records.len(), report.diagnostics), (4, Vec::new()), "{now}");
        }
    }
}
