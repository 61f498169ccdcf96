//! Colours as style sheets write them, and how well they can be told apart.

use std::fmt;

/// Red, green and blue of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// What text needs against its background (WCAG 2.2, 1.4.3).
pub const READABLE: f64 = 4.5;

impl Colour {
    pub const BLACK: Self = Self([0; 3]);
    pub const WHITE: Self = Self([255; 3]);

    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// `#1f5fbf`, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| Some(Self([part(0)?, part(2)?, part(4)?]))).flatten()
    }

    /// From 1 for the same colour to 21 for black on white.
    pub fn contrast(self, other: Self) -> f64 {
        const FLARE: f64 = 0.05;
        let (a, b) = (self.luminance() + FLARE, other.luminance() + FLARE);
        a.max(b) / a.min(b)
    }

    /// The nearest shade towards `end` that can be read on a background; itself if it can.
    #[must_use]
    pub fn readable_on(self, background: Self, end: Self) -> Self {
        const STEPS: u16 = 64;
        let shades = (0..=STEPS).map(|step| self.mixed(end, step, STEPS));
        shades.into_iter().find(|shade| shade.contrast(background) >= READABLE).unwrap_or(end)
    }

    fn mixed(self, other: Self, step: u16, steps: u16) -> Self {
        let mix = |(a, b): (u8, u8)| {
            let sum = u16::from(a) * (steps - step) + u16::from(b) * step;
            u8::try_from(sum / steps).unwrap_or(u8::MAX)
        };
        let [(r, s), (g, h), (b, c)] = [0, 1, 2].map(|part| (self.0[part], other.0[part]));
        Self([mix((r, s)), mix((g, h)), mix((b, c))])
    }

    /// Relative luminance as WCAG defines it.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(colour("#1F5fbf").to_string(), "#1f5fbf");
        for text in ["1f5fbf", "#1f5", "#1f5fbg", "#+1+2+3", "blue", "#1f5fbf0"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.001);
        assert!((colour("#767676").contrast(Colour::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_shade_that_cannot_be_read_is_moved_no_further_than_it_must() {
        assert_eq!(colour("#1f5fbf").readable_on(Colour::WHITE, Colour::BLACK), colour("#1f5fbf"));
        let amber = colour("#ffcc00").readable_on(Colour::WHITE, Colour::BLACK);
        assert!((READABLE..READABLE + 0.3).contains(&amber.contrast(Colour::WHITE)), "{amber}");
    }
}
