//! Ids of records: `YYYY-MM-DD-slug`.

use jiff::civil::Date;

use super::decode::is_slug;

pub const MAX_LENGTH: usize = 80;

/// The day in an id.
pub fn day(id: &str) -> Option<Date> {
    let (date, rest) = id.split_at_checked(10)?;
    rest.starts_with('-').then(|| super::time::parse_date(date).ok()).flatten()
}

/// Why a folder's name is not an id, to follow "because ".
pub fn fault(id: &str) -> Option<&'static str> {
    if id.len() > MAX_LENGTH {
        Some("it is longer than 80 characters")
    } else if !is_slug(id) {
        Some("only lower case letters, digits and hyphens are allowed")
    } else if day(id).is_none() {
        Some("it does not begin with a day that exists, as in `2024-05-01-`")
    } else if id.len() == 11 || id.ends_with('-') {
        Some("a few words must follow the day")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_id_and_what_is_not() {
        assert_eq!(fault("2024-05-01-checkout-errors"), None);
        for id in
            ["checkout", "2024-02-30-x", "2024-05-01", "2024-05-01-", "2024-05-01-Über", "2024-5-1-x", "2024-05-01-x-"]
        {
            assert!(fault(id).is_some(), "{id}");
        }
    }
}
