//! Values of flags that several commands take.

use jiff::{SignedDuration, Timestamp};

use crate::error::Error;
use crate::record::time::{Time, parse_date, parse_minutes};

/// A time that has been: RFC 3339, a day, or as long ago as `12h`.
pub fn past(text: &str, now: Timestamp) -> Result<Timestamp, Error> {
    if let Some(ago) = span(text.strip_prefix('-').unwrap_or(text)) {
        return moved(now, -ago);
    }
    if parse_date(text).is_ok() {
        return rfc3339(&format!("{text}T00:00:00Z"));
    }
    rfc3339(text)
}

/// When something happened: RFC 3339, or as long ago as `-10m`.
pub fn at(text: &str, now: Timestamp) -> Result<Timestamp, Error> {
    match text.strip_prefix('-').and_then(span) {
        Some(ago) => moved(now, -ago),
        None => rfc3339(text).map_err(|e| e.hint("or say how long ago it was: `--at=-10m`")),
    }
}

/// When something will be: RFC 3339, or from now on, such as `30m`.
pub fn future(text: &str, now: Timestamp) -> Result<Timestamp, Error> {
    match span(text.strip_prefix('+').unwrap_or(text)) {
        Some(ahead) => moved(now, ahead),
        None => rfc3339(text).map_err(|e| e.hint("or say in how long: `30m`, `4h`")),
    }
}

/// The two sides of `KEY=VALUE`.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.trim().to_owned())),
        _ => Err("write it as NAME=VALUE".into()),
    }
}

fn span(text: &str) -> Option<SignedDuration> {
    parse_minutes(text).and_then(|minutes| i64::try_from(minutes).ok()).map(SignedDuration::from_mins)
}

fn moved(now: Timestamp, by: SignedDuration) -> Result<Timestamp, Error> {
    now.checked_add(by).map_err(|_| Error::new("that is further away than a calendar reaches"))
}

fn rfc3339(text: &str) -> Result<Timestamp, Error> {
    Time::parse(text).map(Time::instant).map_err(|why| {
        let error = Error::new(format!("`{text}` is not a time: {}", why.reason));
        match why.meant {
            Some(meant) => error.hint(format!("did you mean `{meant}`?")),
            None => error,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2024-05-01T09:05:00Z".parse().unwrap()
    }

    #[test]
    fn times_are_absolute_or_counted_from_now() {
        assert_eq!(at("-10m", now()).unwrap().to_string(), "2024-05-01T08:55:00Z");
        assert_eq!(at("2024-05-01T10:00:00+02:00", now()).unwrap().to_string(), "2024-05-01T08:00:00Z");
        assert_eq!(future("30m", now()).unwrap().to_string(), "2024-05-01T09:35:00Z");
        assert_eq!(past("2d", now()).unwrap().to_string(), "2024-04-29T09:05:00Z");
        assert_eq!(past("2024-04-29", now()).unwrap().to_string(), "2024-04-29T00:00:00Z");
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_ways_to_write_one() {
        let error = at("10m", now()).unwrap_err().to_string();
        assert!(error.contains("`10m` is not a time") && error.contains("--at=-10m"), "{error}");
        assert!(future("soon", now()).is_err() && past("2024-02-30", now()).is_err());
        assert!(future("99999999999999999d", now()).is_err());
    }

    #[test]
    fn pairs_have_two_sides() {
        assert_eq!(pair("checkout = partial_outage"), Ok(("checkout".into(), "partial_outage".into())));
        assert!(pair("checkout").is_err() && pair("=x").is_err());
    }
}
