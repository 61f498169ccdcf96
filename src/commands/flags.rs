//! Values of flags that several commands take.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::error::Error;
use crate::record::config::Config;
use crate::record::time::{Time, parse_date, parse_minutes};
use crate::record::wall_clock::Reading;
use crate::text::suggest::nearest;

/// A time that has been: as `at` takes it, a day, or as long ago as `12h`.
pub fn past(text: &str, now: Timestamp, config: &Config) -> Result<Timestamp, Error> {
    if let Some(ago) = span(text) {
        return moved(now, -ago);
    }
    if parse_date(text).is_ok() {
        return rfc3339(&format!("{text}T00:00:00Z"));
    }
    at(text, now, config)
}

/// A colleague's clock may be so far ahead of ours.
pub const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// When something happened: `now`, as long ago as `-10m` or `10m ago`, `14:30` on the clocks of the site's zone, or RFC 3339.
pub fn at(text: &str, now: Timestamp, config: &Config) -> Result<Timestamp, Error> {
    let at = said(text, now, config)?;
    if at.duration_since(now) > CLOCK_SKEW {
        return Err(Error::new(format!("`{text}` is still to come, and only what has been can have happened"))
            .hint(format!("it is {} now", Time::utc(now).whole_seconds().in_zone(&config.zone()))));
    }
    Ok(at)
}

fn said(text: &str, now: Timestamp, config: &Config) -> Result<Timestamp, Error> {
    if text == NOW {
        return Ok(now);
    }
    let ago = text.strip_prefix('-').or_else(|| text.strip_suffix("ago").map(str::trim_end));
    if let Some(ago) = ago.and_then(span) {
        return moved(now, -ago);
    }
    match Reading::parse(text) {
        Some(reading) => {
            reading.last(&config.zone(), now).ok_or_else(|| not_near(text, "in the last twelve hours", now, config))
        }
        None => {
            rfc3339(text).map_err(|e| e.hint("or say how long ago it was, `-10m`, or what the clock showed, `14:30`"))
        }
    }
}

/// When something will be: `now`, `30m` from now, `14:30` on the clocks of the site's zone, or RFC 3339.
pub fn future(text: &str, now: Timestamp, config: &Config) -> Result<Timestamp, Error> {
    if text == NOW {
        return Ok(now);
    }
    if let Some(ahead) = span(text.strip_prefix('+').unwrap_or(text)) {
        return moved(now, ahead);
    }
    match Reading::parse(text) {
        Some(reading) => {
            reading.next(&config.zone(), now).ok_or_else(|| not_near(text, "in the next twelve hours", now, config))
        }
        None => {
            rfc3339(text).map_err(|e| e.hint("or say in how long, `30m` or `4h`, or what the clock will show, `14:30`"))
        }
    }
}

/// A reading that is half a day away was probably taken from a clock in another zone.
fn not_near(text: &str, range: &str, now: Timestamp, config: &Config) -> Error {
    let zone = config.site.timezone.as_ref().map_or("UTC", |zone| &zone.value);
    let reading = config.zone().to_datetime(now).strftime("%H:%M");
    Error::new(format!("no clock in {zone}, the site's zone, shows {text} {range}; there it is {reading} now"))
        .hint(format!("write the whole time, as in `{}`", Time::utc(now).whole_seconds().in_zone(&config.zone())))
}

/// A day: `2024-06-03`, or in so many days, as in `14d`.
pub fn day(text: &str, now: Timestamp, config: &Config) -> Result<Date, Error> {
    let day_of = |instant| Ok(config.zone().to_datetime(instant).date());
    match (parse_date(text), span(text.strip_prefix('+').unwrap_or(text))) {
        (Ok(day), _) => Ok(day),
        (Err(_), Some(ahead)) => day_of(moved(now, ahead)?),
        (Err(why), None) => {
            let error = Error::new(format!("`{text}` is not a day: {}", why.reason));
            Err(error.did_you_mean(why.meant.as_deref()).hint("or say in how many days, as in `14d`"))
        }
    }
}

/// The moment of the command.
const NOW: &str = "now";

/// What stands in a proposed command for words that only people have.
const BLANK: &str = "…";

/// A text that somebody wrote or pasted, without what only looks like text: the line breaks of another system, empty lines
/// before it, blanks behind it. It may begin with a dash; the next flag is none. A command that was pasted as it was
/// proposed has no text yet.
pub fn words(text: &str) -> Result<String, String> {
    match text.trim() {
        flag if flag.starts_with("--") && !flag.contains(char::is_whitespace) => {
            Err(format!("the text is missing: `{flag}` is the next flag"))
        }
        BLANK => Err(format!("`{BLANK}` stands for what only you know; write it out")),
        "" if !text.is_empty() => Err("it says nothing".into()),
        line if !line.contains(['\n', '\r']) => Ok(line.to_owned()),
        _ => {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            // The indentation of the first line belongs to what was pasted.
            let lines = text.trim_end().split('\n').skip_while(|line| line.trim().is_empty());
            Ok(lines.collect::<Vec<_>>().join("\n"))
        }
    }
}

/// A title, which stands in one line.
pub fn title(text: &str) -> Result<String, String> {
    words(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A word of a filter that can match nothing is a slip.
pub fn known<'a>(what: &str, words: &[String], all: impl Iterator<Item = &'a str> + Clone) -> Result<(), Error> {
    for word in words {
        if !all.clone().any(|known| known == word) {
            return Err(Error::new(format!("there is no {what} `{word}`")).did_you_mean(nearest(word, all)));
        }
    }
    Ok(())
}

/// The two sides of `KEY=VALUE`.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), words(value.trim())?)),
        _ => Err("write it as NAME=VALUE".into()),
    }
}

/// How long, as in `24h`.
pub fn duration(text: &str) -> Result<SignedDuration, String> {
    span(text).ok_or_else(|| "write it as `90m`, `24h`, `1h30m`, `7d` or `2w`".to_owned())
}

/// `90s`, `30m`, or several together, as in `1h30m`.
fn span(text: &str) -> Option<SignedDuration> {
    let parts = text.split_inclusive(|c: char| c.is_ascii_alphabetic());
    let one = |part: &str| match part.strip_suffix('s') {
        Some(seconds) => seconds.parse().ok().map(|seconds: u32| SignedDuration::from_secs(seconds.into())),
        None => parse_minutes(part).and_then(|minutes| i64::try_from(minutes).ok()).map(SignedDuration::from_mins),
    };
    let zero = (!text.is_empty()).then_some(SignedDuration::ZERO);
    parts.map(one).fold(zero, |sum, part| sum?.checked_add(part?))
}

fn moved(now: Timestamp, by: SignedDuration) -> Result<Timestamp, Error> {
    now.checked_add(by).map_err(|_| Error::new("that is further away than a calendar reaches"))
}

fn rfc3339(text: &str) -> Result<Timestamp, Error> {
    Time::parse(text)
        .map(Time::instant)
        .map_err(|why| Error::new(format!("`{text}` is not a time: {}", why.reason)).did_you_mean(why.meant.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2024-05-01T09:05:00Z".parse().unwrap()
    }

    fn config() -> Config {
        Config::default()
    }

    #[test]
    fn times_are_absolute_or_counted_from_now_or_read_from_a_clock() {
        let at = |text| at(text, now(), &config()).unwrap().to_string();
        let future = |text| future(text, now(), &config()).unwrap().to_string();
        let past = |text| past(text, now(), &config()).unwrap().to_string();
        for ago in ["-10m", "10m ago", "8:55", "08:55", "2024-05-01T10:55:00+02:00"] {
            assert_eq!(at(ago), "2024-05-01T08:55:00Z", "{ago}");
        }
        for ahead in ["30m", "+30m", "9:35", "2024-05-01T09:35:00Z"] {
            assert_eq!(future(ahead), "2024-05-01T09:35:00Z", "{ahead}");
        }
        assert_eq!((at("now"), future("now")), ("2024-05-01T09:05:00Z".into(), "2024-05-01T09:05:00Z".into()));
        assert_eq!((at("-90s"), at("1h5m ago")), ("2024-05-01T09:03:30Z".into(), "2024-05-01T08:00:00Z".into()));
        assert_eq!(future("1h30m"), "2024-05-01T10:35:00Z");
        assert_eq!(past("2d"), "2024-04-29T09:05:00Z");
        assert_eq!(past("-2d"), "2024-04-29T09:05:00Z");
        assert_eq!(past("9:00"), "2024-05-01T09:00:00Z");
        assert_eq!(past("2024-04-29"), "2024-04-29T00:00:00Z");
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_ways_to_write_one() {
        let error = at("10m", now(), &config()).unwrap_err().to_string();
        assert!(error.contains("`10m` is not a time") && error.contains("`-10m`"), "{error}");
        let error = at("14:30", now(), &config()).unwrap_err().to_string();
        assert!(error.starts_with(
            "no clock in UTC, the site's zone, shows 14:30 in the last twelve hours; there it is 09:05 now"
        ));
        for no_span in ["-", "+", "h", "1h30", "30", "-s", "m5", "1h -5m"] {
            assert!(at(no_span, now(), &config()).is_err() && future(no_span, now(), &config()).is_err(), "{no_span}");
        }
        assert!(future("8:55", now(), &config()).is_err());
        let error = at("2024-05-01T09:11:00Z", now(), &config()).unwrap_err().to_string();
        assert!(error.contains("is still to come") && error.contains("it is 2024-05-01T09:05:00Z now"), "{error}");
        assert!(at("2024-05-01T09:10:00Z", now(), &config()).is_ok(), "a colleague's clock may be ahead");
        assert!(future("soon", now(), &config()).is_err() && past("2024-02-30", now(), &config()).is_err());
        assert!(future("99999999999999999d", now(), &config()).is_err());
    }

    #[test]
    fn a_day_is_a_date_or_so_many_days_from_now() {
        let day = |text| day(text, now(), &config()).map(|day| day.to_string());
        assert_eq!((day("2024-06-03").unwrap(), day("14d").unwrap()), ("2024-06-03".into(), "2024-05-15".into()));
        let error = day("tomorrow").unwrap_err().to_string();
        assert!(error.starts_with("`tomorrow` is not a day") && error.contains("`14d`"), "{error}");
        assert!(day("2024-6-3").unwrap_err().to_string().contains("did you mean `2024-06-03`?"));
    }

    #[test]
    fn pairs_have_two_sides() {
        assert_eq!(pair("checkout = partial_outage"), Ok(("checkout".into(), "partial_outage".into())));
        assert!(pair("checkout").is_err() && pair("=x").is_err());
    }

    #[test]
    fn a_proposed_command_is_not_run_before_its_blanks_are_filled() {
        assert!(words("…").is_err() && pair("channels.chat=…").is_err());
        assert_eq!(words("We look into it…"), Ok("We look into it…".into()));
    }

    #[test]
    fn a_pasted_text_keeps_its_lines_and_loses_what_nobody_sees() {
        assert_eq!(words(" one line \r\n"), Ok("one line".into()));
        assert_eq!(words("\r\n  10 ok\r\n\r\n\t3 failed\r\n"), Ok("  10 ok\n\n\t3 failed".into()));
        assert_eq!(words(""), Ok(String::new()));
        assert!(words(" \n ").is_err());
    }
}
