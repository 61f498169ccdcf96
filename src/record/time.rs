//! Instants as records write them. The only file that names the time library's zones and parsers.
//!
//! A `Time` cannot be built without an offset: a record that says `10:02` means nothing to a reader in another zone.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;
use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// An instant, with the offset it was written in.
#[derive(Clone, Copy)]
pub struct Time {
    instant: Timestamp,
    offset: Offset,
}

/// Why a text is not a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotATime {
    /// Ends a sentence that begins "`…` is not a time: ".
    pub reason: String,
    /// The same instant written as it should be, where there is only one reading.
    pub meant: Option<String>,
}

impl Time {
    pub const fn utc(instant: Timestamp) -> Self {
        Self { instant, offset: Offset::UTC }
    }

    pub const fn instant(self) -> Timestamp {
        self.instant
    }

    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// `self - earlier`; negative when `self` came first.
    pub fn since(self, earlier: Self) -> SignedDuration {
        self.instant.duration_since(earlier.instant)
    }

    /// So many minutes later; nothing beyond the times there are.
    pub fn plus_minutes(self, minutes: u64) -> Option<Self> {
        let later = SignedDuration::from_secs(i64::try_from(minutes).ok()?.checked_mul(60)?);
        Some(Self { instant: self.instant.checked_add(later).ok()?, ..self })
    }

    /// The same instant, written in the offset that a zone has then.
    #[must_use]
    pub fn in_zone(self, zone: &TimeZone) -> Self {
        Self { offset: zone.to_offset(self.instant), ..self }
    }

    /// The calendar day in a zone.
    pub fn day(self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.instant).date()
    }

    /// The calendar day where it was written.
    pub fn local_day(self) -> Date {
        self.offset.to_datetime(self.instant).date()
    }

    /// The same clock reading in another zone: `09:05Z` taken for Rome in May is `07:05Z`.
    pub fn reading_of(self, zone: &TimeZone) -> Option<Self> {
        let reading = self.offset.to_datetime(self.instant);
        let zoned = zone.to_zoned(reading).ok()?;
        Some(Self::utc(zoned.timestamp()))
    }

    /// Without its fraction of a second.
    #[must_use]
    pub fn whole_seconds(self) -> Self {
        Self { instant: Timestamp::from_second(self.instant.as_second()).unwrap_or(self.instant), offset: self.offset }
    }

    /// The form that almost every time of an archive has; worth a path without allocations.
    fn parse_utc(text: &str) -> Option<Self> {
        let tidy = text.len() == 20
            && text
                .bytes()
                .zip(b"0000-00-00T00:00:00Z")
                .all(|(b, form)| if *form == b'0' { b.is_ascii_digit() } else { b == *form })
            && !text.ends_with(":60Z");
        tidy.then(|| text.parse().ok().map(Self::utc)).flatten()
    }

    /// Reads RFC 3339 with an explicit offset and a capital `T`, and nothing looser.
    pub fn parse(text: &str) -> Result<Self, NotATime> {
        if let Some(time) = Self::parse_utc(text) {
            return Ok(time);
        }
        let fields = Fields::scan(text)?;
        let tidy = fields.tidy();
        let instant: Option<Timestamp> = tidy.parse().ok().filter(|_| !fields.has_leap_second());
        let instant = instant.ok_or_else(|| NotATime { reason: fields.what_does_not_exist(), meant: None })?;
        if tidy != text {
            return Err(NotATime {
                reason: "the date, the time and the offset are each written in full, as in `2024-05-01T09:05:00Z`"
                    .into(),
                meant: Some(tidy),
            });
        }
        Ok(Self { instant, offset: fields.offset() })
    }
}

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.instant == other.instant
    }
}

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant.cmp(&other.instant)
    }
}

impl std::hash::Hash for Time {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.instant.hash(state);
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.offset == Offset::UTC {
            write!(f, "{}", self.instant)
        } else {
            write!(f, "{}", self.instant.display_with_offset(self.offset))
        }
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The parts of a text that is more or less a time.
#[derive(Debug)]
struct Fields<'a> {
    date: [&'a str; 3],
    clock: Vec<&'a str>,
    fraction: &'a str,
    offset: ZoneText<'a>,
}

#[derive(Debug, Clone, Copy)]
enum ZoneText<'a> {
    Utc,
    Fixed { sign: char, hours: &'a str, minutes: &'a str },
}

impl<'a> Fields<'a> {
    /// Splits a text into its parts, whatever their widths. Fails where a part is missing altogether.
    fn scan(text: &'a str) -> Result<Self, NotATime> {
        let refuse = |reason: &str| NotATime { reason: reason.into(), meant: None };
        let no_offset = "it has no offset, so it means another moment in every time zone; end it in `Z` for UTC, or in an offset such as `+02:00`";
        let shape = "write it as `2024-05-01T09:05:00Z`: date, `T`, time, and `Z` or an offset";
        let (date, rest) = match text.find(['T', 't', ' ']) {
            Some(at) => (&text[..at], text[at + 1..].trim_start()),
            None if split_date(text).is_some() => {
                return Err(refuse("it is a day without a time of day; write `2024-05-01T09:05:00Z`"));
            }
            None => return Err(refuse(shape)),
        };
        let date = split_date(date).ok_or_else(|| refuse(shape))?;
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(end);
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
        let clock: Vec<_> = clock.split(':').collect();
        let digits = |s: &&str| !s.is_empty() && s.len() <= 2;
        let nanoseconds = fraction.len() <= 9 && fraction.bytes().all(|b| b.is_ascii_digit());
        if !(2..=3).contains(&clock.len()) || !clock.iter().all(digits) || !nanoseconds {
            return Err(refuse(shape));
        }
        let offset = match zone.trim() {
            "" => return Err(refuse(no_offset)),
            "Z" | "z" | "UTC" | "GMT" => ZoneText::Utc,
            zone => parse_offset(zone).ok_or_else(|| refuse(no_offset))?,
        };
        Ok(Self { date, clock, fraction, offset })
    }

    /// The same fields, written as RFC 3339 asks.
    fn tidy(&self) -> String {
        let [year, month, day] = self.date;
        let (hour, minute) = (self.clock[0], self.clock[1]);
        let second = self.clock.get(2).copied().unwrap_or("00");
        let mut out = format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}:{second:0>2}");
        if !self.fraction.is_empty() {
            out.push('.');
            out.push_str(self.fraction);
        }
        match self.offset {
            ZoneText::Utc => out.push('Z'),
            ZoneText::Fixed { sign, hours, minutes } => {
                out.push_str(&format!("{sign}{hours:0>2}:{minutes:0>2}"));
            }
        }
        out
    }

    fn offset(&self) -> Offset {
        match self.offset {
            ZoneText::Utc => Offset::UTC,
            ZoneText::Fixed { sign, hours, minutes } => {
                let number = |s: &str| s.parse::<i32>().unwrap_or(0);
                let seconds = number(hours) * 3600 + number(minutes) * 60;
                Offset::from_seconds(if sign == '-' { -seconds } else { seconds }).unwrap_or(Offset::UTC)
            }
        }
    }

    /// The time library takes second 60 for second 59, and a record would read as another than it says.
    fn has_leap_second(&self) -> bool {
        self.clock.get(2) == Some(&"60")
    }

    fn what_does_not_exist(&self) -> String {
        let number = |s: &str| s.parse::<i64>().unwrap_or(i64::MAX);
        let [year, month, day] = self.date;
        if !(1..=12).contains(&number(month)) {
            return format!("there is no month {month}");
        }
        let exists = jiff::civil::Date::new(
            i16::try_from(number(year)).unwrap_or(i16::MAX),
            i8::try_from(number(month)).unwrap_or(i8::MAX),
            i8::try_from(number(day)).unwrap_or(i8::MAX),
        );
        if exists.is_err() {
            return format!("{year}-{month} has no day {day}");
        }
        if number(self.clock[0]) > 23 {
            return format!("there is no hour {}; midnight is `00` of the next day", self.clock[0]);
        }
        if self.clock.iter().skip(1).any(|part| number(part) > 59) {
            return "minutes and seconds end at 59".into();
        }
        if number(year) == 9999 {
            return "it is too close to the end of the calendar".into();
        }
        "there is no such offset".into()
    }
}

fn split_date(text: &str) -> Option<[&str; 3]> {
    let mut parts = text.split('-');
    let date = [parts.next()?, parts.next()?, parts.next()?];
    let numeric = |s: &&str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let ok = parts.next().is_none() && date.iter().all(numeric) && date[0].len() == 4;
    (ok && date[1].len() <= 2 && date[2].len() <= 2).then_some(date)
}

fn parse_offset(text: &str) -> Option<ZoneText<'_>> {
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let rest = &text[1..];
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "00"),
    };
    let digits = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    (digits(hours) && digits(minutes)).then_some(ZoneText::Fixed { sign, hours, minutes })
}

/// A day as records write it: `2024-05-20`.
pub fn parse_date(text: &str) -> Result<Date, NotATime> {
    let refuse = |reason: String| NotATime { reason, meant: None };
    let [year, month, day] = split_date(text).ok_or_else(|| refuse("write a day as `2024-05-20`".into()))?;
    let tidy = format!("{year}-{month:0>2}-{day:0>2}");
    let date = tidy.parse().map_err(|_| refuse(format!("{year}-{month} has no day {day}")))?;
    if tidy == text {
        Ok(date)
    } else {
        Err(NotATime { reason: "month and day have two digits".into(), meant: Some(tidy) })
    }
}

/// A hundred years, in minutes. A limit that long is none, and a longer one could lead beyond the times there are.
const MAX_MINUTES: u64 = 100 * 366 * 24 * 60;

/// The minutes of `30m`, `4h`, `14d` or `2w`, up to a hundred years.
pub fn parse_minutes(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let minutes = match unit {
        "m" => 1,
        "h" => 60,
        "d" => 24 * 60,
        "w" => 7 * 24 * 60,
        _ => return None,
    };
    let plain = number.bytes().all(|b| b.is_ascii_digit());
    let minutes = number.parse::<u64>().ok().filter(|_| plain)?.checked_mul(minutes)?;
    (minutes <= MAX_MINUTES).then_some(minutes)
}

/// "45s", "12m", "3h 20m", "5d": two units at most, none where it says nothing.
pub fn span(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().unsigned_abs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match () {
        () if minutes == 0 => format!("{seconds}s"),
        () if hours == 0 => format!("{minutes}m"),
        () if hours < 24 && minutes % 60 == 0 => format!("{hours}h"),
        () if hours < 24 => format!("{hours}h {}m", minutes % 60),
        () => format!("{days}d"),
    }
}

/// So many minutes in the same words.
pub fn minutes(count: u64) -> String {
    span(SignedDuration::from_secs(i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(60)))
}

/// When a day begins in a zone.
pub fn start_of(day: Date, zone: &TimeZone) -> Option<Time> {
    let start = day.to_zoned(zone.clone()).ok()?;
    Some(Time { instant: start.timestamp(), offset: start.offset() })
}

/// The last second of a day in a zone.
pub fn end_of(day: Date, zone: &TimeZone) -> Option<Time> {
    let next = start_of(day.tomorrow().ok()?, zone)?;
    let last = next.instant.checked_sub(SignedDuration::from_secs(1)).ok()?;
    Some(Time::utc(last).in_zone(zone))
}

/// As programs read an instant: `2024-05-01T09:05:00Z`.
pub fn utc(at: Timestamp) -> String {
    const TO_THE_SECOND: DateTimePrinter = DateTimePrinter::new().precision(Some(0));
    TO_THE_SECOND.timestamp_to_string(&at)
}

/// Finds a zone of the IANA database; the name `UTC` is one too.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

#[cfg(test)]
mod tests;
