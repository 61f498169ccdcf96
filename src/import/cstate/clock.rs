//! Times as cState sites write them: with an offset, without one, or as a clock reading in the text of a message.

use jiff::tz::TimeZone;

use crate::record::time::{self, NotATime, Time};

/// A time of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub time: Time,
    /// False where the site's zone was taken for granted.
    pub has_offset: bool,
}

/// Reads a time from front matter or from a `track` shortcode. One without an offset is read in `zone`.
pub(super) fn read(text: &str, zone: &TimeZone) -> Result<Written, NotATime> {
    let text = text.trim();
    let full = if time::parse_date(text).is_ok() {
        format!("{text} 00:00:00")
    } else {
        text.replacen(" +", "+", 1).replacen(" -", "-", 1)
    };
    match tolerant(&full) {
        Ok(time) => Ok(Written { time, has_offset: true }),
        Err(refused) => {
            let reading = tolerant(&format!("{full} UTC")).map_err(|_| refused)?;
            Ok(Written { time: reading.reading_of(zone).unwrap_or(reading), has_offset: false })
        }
    }
}

/// A time with an offset, even where it is not written in full. Scripts are known to put a `Z` behind an offset.
fn tolerant(text: &str) -> Result<Time, NotATime> {
    let read = |text: &str| {
        Time::parse(text).or_else(|refused| match &refused.meant {
            Some(meant) => Time::parse(meant),
            None => Err(refused),
        })
    };
    read(text).or_else(|refused| text.strip_suffix('Z').and_then(|rest| read(rest).ok()).ok_or(refused))
}

/// A clock reading at the head of a message: `2026-01-12 09:29 UTC`, `13:09 GMT+1`, `11:20:00 GMT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    date: Option<String>,
    clock: String,
    /// An offset as RFC 3339 writes it.
    offset: Option<String>,
    /// As it stands in the text.
    pub written: String,
}

impl Reading {
    /// Takes a reading from the beginning of a text; returns what follows it.
    pub fn take(text: &str) -> Option<(Self, &str)> {
        let mut rest = text;
        let date = take_while(rest, |c| c.is_ascii_digit() || c == '-')
            .filter(|(word, _)| time::parse_date(word).is_ok())
            .map(|(word, after)| {
                rest = after.trim_start_matches([' ', 'T', ',']);
                word.to_owned()
            });
        let (clock, after) = take_while(rest, |c| c.is_ascii_digit() || c == ':')?;
        let parts: Vec<&str> = clock.split(':').collect();
        let in_range = |part: &str, limit: u8| part.len() <= 2 && part.parse::<u8>().is_ok_and(|n| n < limit);
        let is_clock = (2..=3).contains(&parts.len())
            && in_range(parts[0], 24)
            && parts[1..].iter().all(|part| part.len() == 2 && in_range(part, 60));
        if !is_clock {
            return None;
        }
        let (offset, after) = take_offset(after);
        let ends = !after.starts_with(|c: char| c.is_alphanumeric());
        (ends && (date.is_some() || offset.is_some())).then(|| {
            let reading =
                Self { date, clock: clock.to_owned(), offset, written: text[..text.len() - after.len()].to_owned() };
            (reading, after)
        })
    }

    /// The moment of the reading. Without a date it is that of `start`, or the day after where only that lies between
    /// `start` and `end`; otherwise its day is not known.
    pub fn moment(&self, start: Time, end: Option<Time>, zone: &TimeZone) -> Option<Written> {
        let on = |day: &str| read(&format!("{day} {}{}", self.clock, self.offset.as_deref().unwrap_or("")), zone).ok();
        if let Some(date) = &self.date {
            return on(date);
        }
        let day = start.day(&TimeZone::UTC);
        let same_day = on(&day.to_string())?;
        if same_day.time >= start {
            return Some(same_day);
        }
        let next_day = on(&day.tomorrow().ok()?.to_string())?;
        end.is_some_and(|end| next_day.time <= end).then_some(next_day)
    }
}

/// `UTC`, `GMT+1`, `Z`, `+02:00`; nothing where there is none. Other abbreviations mean different zones to different readers.
fn take_offset(text: &str) -> (Option<String>, &str) {
    let trimmed = text.trim_start();
    let (named, after) = ["UTC", "GMT", "Z", "utc", "gmt"]
        .iter()
        .find_map(|name| trimmed.strip_prefix(name))
        .map_or((false, trimmed), |after| (true, after));
    let Some(sign) = after.chars().next().filter(|c| matches!(c, '+' | '-')) else {
        return if named { (Some("Z".into()), after) } else { (None, text) };
    };
    match take_while(&after[1..], |c| c.is_ascii_digit() || c == ':') {
        Some((digits, rest)) => {
            let (hours, minutes) = match digits.split_once(':') {
                Some(parts) => parts,
                None if digits.len() == 4 => digits.split_at(2),
                None => (digits, "00"),
            };
            (Some(format!("{sign}{hours:0>2}:{minutes:0>2}")), rest)
        }
        None if named => (Some("Z".into()), after),
        None => (None, text),
    }
}

fn take_while(text: &str, wanted: impl Fn(char) -> bool) -> Option<(&str, &str)> {
    let end = text.find(|c| !wanted(c)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> String {
        let written = read(text, &TimeZone::UTC).unwrap();
        format!("{} {}", written.time, written.has_offset)
    }

    #[test]
    fn reads_every_way_of_writing_a_time() {
        for (written, meant) in [
            ("2017-12-17 16:24:00", "2017-12-17T16:24:00Z false"),
            ("2021-07-05 09:00", "2021-07-05T09:00:00Z false"),
            ("2024-02-24", "2024-02-24T00:00:00Z false"),
            ("2020-12-13T05:53:02.543Z", "2020-12-13T05:53:02.543Z true"),
            ("2024-04-11T8:00:00-00:00", "2024-04-11T08:00:00Z true"),
            ("2022-11-25T08:35:00+01:00", "2022-11-25T08:35:00+01:00 true"),
            ("2025-02-26T08:13:00+00:00Z", "2025-02-26T08:13:00Z true"),
            ("2022-11-25 08:35:00 +0100", "2022-11-25T08:35:00+01:00 true"),
        ] {
            assert_eq!(utc(written), meant, "{written}");
        }
    }

    #[test]
    fn says_what_does_not_exist() {
        let reason = |text| read(text, &TimeZone::UTC).unwrap_err().reason;
        assert!(reason("2023-07-94T10:00:00Z").contains("no day 94"));
        assert!(reason("2023-07-01T28:00:00-00:00").contains("no hour 28"));
        assert!(reason("soon").contains("write it as"));
    }

    #[test]
    fn the_zone_of_the_site_counts_where_there_is_no_offset() {
        let zone = time::zone("Asia/Kolkata").unwrap();
        assert_eq!(read("2025-09-01 10:00:00", &zone).unwrap().time.to_string(), "2025-09-01T04:30:00Z");
    }

    #[test]
    fn takes_readings_from_the_head_of_a_message() {
        let take = |text| Reading::take(text).map(|(_, rest)| rest);
        assert_eq!(take("2026-01-12 09:29 UTC"), Some(""));
        assert_eq!(take("2022-10-25 20:00:00"), Some(""));
        assert_eq!(take("13:09 GMT+1"), Some(""));
        assert_eq!(take("12:44GMT: back"), Some(": back"));
        assert_eq!(take("10:40 UTC We see"), Some(" We see"));
        assert_eq!(take("10:40"), None, "neither a day nor an offset");
        assert_eq!(take("10:40 AM"), None);
        assert_eq!(take("2021 was long"), None);
    }

    #[test]
    fn a_reading_without_a_day_belongs_to_the_incident() {
        let time = |text: &str| Time::parse(text).unwrap();
        let moment = |text: &str, end: Option<&str>| {
            let (reading, _) = Reading::take(text).unwrap();
            reading
                .moment(time("2022-01-24T22:20:00Z"), end.map(time), &TimeZone::UTC)
                .map(|written| written.time.whole_seconds().instant().to_string())
        };
        assert_eq!(moment("22:44 GMT", None).as_deref(), Some("2022-01-24T22:44:00Z"));
        assert_eq!(moment("00:15 UTC", Some("2022-01-25T01:00:00Z")).as_deref(), Some("2022-01-25T00:15:00Z"));
        assert_eq!(moment("00:15 UTC", None), None);
        assert_eq!(moment("2022-01-23 00:15 GMT+1", None).as_deref(), Some("2022-01-22T23:15:00Z"));
    }
}
