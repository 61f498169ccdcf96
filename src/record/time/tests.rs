use super::*;

fn reason(text: &str) -> String {
    Time::parse(text).unwrap_err().reason
}

fn meant(text: &str) -> Option<String> {
    Time::parse(text).unwrap_err().meant
}

#[test]
fn reads_what_rfc_3339_writes() {
    for text in
        ["2024-05-01T09:05:00Z", "2024-05-01T09:05:00.123Z", "2024-05-01T11:05:00+02:00", "2024-05-01T00:00:00-11:30"]
    {
        assert_eq!(Time::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn the_same_instant_is_equal_in_every_offset() {
    let utc = Time::parse("2024-05-01T09:05:00Z").unwrap();
    let rome = Time::parse("2024-05-01T11:05:00+02:00").unwrap();
    assert_eq!(utc, rome);
    assert_eq!(rome.local_day().to_string(), "2024-05-01");
}

#[test]
fn says_what_is_missing_or_does_not_exist() {
    assert!(reason("2024-05-01T09:05:00").contains("no offset"));
    assert!(reason("2024-05-01 09:05").contains("no offset"));
    assert!(reason("2024-05-01").contains("without a time of day"));
    assert!(reason("2023-07-94T10:00:00Z").contains("2023-07 has no day 94"));
    assert!(reason("2023-02-29T10:00:00Z").contains("no day 29"));
    assert!(reason("2023-13-01T10:00:00Z").contains("no month 13"));
    assert!(reason("2023-07-01T28:00:00Z").contains("no hour 28"));
    assert!(reason("2023-07-01T24:00:00Z").contains("no hour 24"));
    assert!(reason("2023-07-01T10:75:00Z").contains("59"));
    assert!(reason("2023-07-01T10:00:60Z").contains("59"));
    assert!(reason("2016-12-31T23:59:60+00:00").contains("59"));
    assert!(reason("2023-07-01T10:00:00.1:2Z").contains("write it as"));
    assert!(reason("yesterday").contains("write it as"));
    assert!(reason("").contains("write it as"));
    assert!(reason("2024-05-01T09:05:00 Europe/Rome").contains("no offset"));
}

#[test]
fn offers_the_only_reading_there_is() {
    assert_eq!(meant("2024-05-01T9:15:00Z").as_deref(), Some("2024-05-01T09:15:00Z"));
    assert_eq!(meant("2024-5-1T09:15Z").as_deref(), Some("2024-05-01T09:15:00Z"));
    assert_eq!(meant("2024-05-01 09:15:00 UTC").as_deref(), Some("2024-05-01T09:15:00Z"));
    assert_eq!(meant("2024-05-01t09:15:00z").as_deref(), Some("2024-05-01T09:15:00Z"));
    assert_eq!(meant("2024-05-01T09:15:00+0200").as_deref(), Some("2024-05-01T09:15:00+02:00"));
    assert_eq!(meant("2024-05-01T09:15:00"), None);
}

#[test]
fn a_clock_reading_means_another_moment_in_another_zone() {
    let read = Time::parse("2024-05-01T09:05:00.250Z").unwrap();
    let rome = read.reading_of(&zone("Europe/Rome").unwrap()).unwrap();
    assert_eq!(rome.to_string(), "2024-05-01T07:05:00.25Z");
    assert_eq!(rome.whole_seconds().to_string(), "2024-05-01T07:05:00Z");
}

#[test]
fn a_limit_ends_after_its_minutes() {
    let start = Time::parse("2024-05-01T23:50:00+02:00").unwrap();
    assert_eq!(start.plus_minutes(30).unwrap().to_string(), "2024-05-02T00:20:00+02:00");
    assert_eq!(start.plus_minutes(u64::MAX), None);
}

#[test]
fn spans_have_two_units_at_most() {
    let said = |seconds| span(SignedDuration::from_secs(seconds));
    assert_eq!([45, 720, 3600, 12_000, 500_000].map(said), ["45s", "12m", "1h", "3h 20m", "5d"]);
}

#[test]
fn days() {
    assert!(parse_date("2024-05-20").is_ok());
    assert_eq!(parse_date("2024-5-20").unwrap_err().meant.as_deref(), Some("2024-05-20"));
    assert!(parse_date("2024-02-30").unwrap_err().reason.contains("no day 30"));
}

#[test]
fn durations() {
    assert_eq!(parse_minutes("30m"), Some(30));
    assert_eq!(parse_minutes("4h"), Some(240));
    assert_eq!(parse_minutes("2w"), Some(14 * 24 * 60));
    for text in ["", "m", "30", "-4h", "+4h", "4 h", "4y", "결", "900000000000w", "99999999999999999999m"] {
        assert_eq!(parse_minutes(text), None, "{text}");
    }
}
