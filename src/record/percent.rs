//! A share of the whole, such as `99.95%`.

use std::fmt;

/// Parts per million, so that four nines after the point stay exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    pub const WHOLE: u32 = 1_000_000;

    /// Reads up to four digits after the point, and a percent sign.
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.strip_suffix('%')?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 3) || !digits(fraction, 4) {
            return None;
        }
        let parts = whole.parse::<u32>().ok()? * 10_000 + format!("{fraction:0<4}").parse::<u32>().ok()?;
        (parts <= Self::WHOLE).then_some(Self(parts))
    }

    pub const fn parts_per_million(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        write!(f, "{}%", number.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_promise_and_nothing_more() {
        for (text, parts) in [("99.9%", 999_000), ("99.9999%", 999_999), ("100%", 1_000_000), ("0.5%", 5_000)] {
            let percent = Percent::parse(text).unwrap();
            assert_eq!((percent.parts_per_million(), percent.to_string().as_str()), (parts, text));
        }
        for text in ["99.9", "101%", "99.99999%", "99.%", ".9%", "-1%", "99,9%", "%", "1e2%"] {
            assert_eq!(Percent::parse(text), None, "{text}");
        }
    }
}
