//! Short messages: one part, whatever the language. The gateway gets it as JSON.

use serde_json::{Value, json};

use super::Telling;

/// What one part holds: septets of the GSM alphabet, or else units of UCS-2.
const GSM: usize = 160;
const UCS2: usize = 70;

/// The basic alphabet of GSM 03.38.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";

/// Characters of its extension, which take two.
const EXTENDED: &str = "^{}\\[~]|€";

pub fn message(telling: &Telling<'_>, to: &[String]) -> Value {
    json!({"id": telling.event.id, "to": to, "text": short(telling)})
}

/// What happened, then what was said, then where to read more, as far as they fit.
fn short(telling: &Telling<'_>) -> String {
    let said = telling.text().map(|text| format!(" - {}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
    let whole = telling.headline() + &said.unwrap_or_default();
    let Some(url) = telling.url() else { return fit(&whole, "") };
    let tail = format!(" {url}");
    // An address that leaves no room for words is left out; half an address helps nobody.
    let with_url = fit(&whole, &tail);
    if with_url.chars().count() >= tail.chars().count() + 20 { with_url } else { fit(&whole, "") }
}

/// A text, cut so that it and its tail fit into one part. Empty where not even the tail fits.
fn fit(text: &str, tail: &str) -> String {
    let whole = format!("{text}{tail}");
    if fits(&whole) {
        return whole;
    }
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let shorter = letters.iter().rev().map(|(end, _)| {
        let kept = text.get(..*end).unwrap_or_default().trim_end_matches(JOINERS).trim_end();
        format!("{kept}...{tail}")
    });
    shorter.into_iter().find(|text| fits(text)).unwrap_or_default()
}

/// What makes one sign of two or more characters, and means nothing at an end.
const JOINERS: [char; 3] = ['\u{200d}', '\u{fe0f}', '\u{fe0e}'];

fn fits(text: &str) -> bool {
    match septets(text) {
        Some(septets) => septets <= GSM,
        None => text.encode_utf16().count() <= UCS2,
    }
}

/// The length in the GSM alphabet; nothing where a character is not in it.
fn septets(text: &str) -> Option<usize> {
    let length = |letter| match letter {
        _ if BASIC.contains(letter) => Some(1),
        _ if EXTENDED.contains(letter) => Some(2),
        _ => None,
    };
    text.chars().map(length).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_holds_160_letters_of_the_alphabet_of_telephones() {
        assert!(fits(&"a".repeat(160)) && !fits(&"a".repeat(161)));
        assert!(fits(&"€".repeat(80)) && !fits(&"€".repeat(81)));
        assert!(fits(&"é".repeat(160)));
    }

    #[test]
    fn and_70_of_all_others() {
        assert!(fits(&"가".repeat(70)) && !fits(&"가".repeat(71)));
        assert!(fits(&"🔥".repeat(35)) && !fits(&"🔥".repeat(36)), "a character beyond the first plane takes two");
        assert!(!fits(&format!("{}가", "a".repeat(70))), "one of them is enough");
    }

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        for letter in ["a", "가", "🔥", "👩\u{200d}🚒"] {
            let cut = fit(&letter.repeat(200), "");
            assert!(fits(&cut) && cut.ends_with("..."), "{cut}");
            let kept = cut.trim_end_matches("...");
            assert!(kept.chars().all(|c| letter.contains(c)) && !kept.ends_with('\u{200d}'), "{cut}");
            let next = if letter == "a" { 160 } else { 70 };
            let length = if letter == "a" { cut.len() } else { cut.encode_utf16().count() };
            assert!(length + 6 > next, "it uses the room: {length}");
        }
    }

    #[test]
    fn a_tail_is_kept_whole() {
        let cut = fit(&"word ".repeat(60), " https://status.example/incidents/x/");
        assert!(fits(&cut) && cut.ends_with("... https://status.example/incidents/x/"), "{cut}");
    }
}
