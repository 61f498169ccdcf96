//! `badge/`: the state of a service, or of everything, as a small picture and as JSON for shields.io.
//!
//! Names lie as in `badge/checkout.svg`; the badge of everything is `badge.svg`, beside the folder.

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::record::timeline::ServiceState;
use crate::site::language::Language;
use crate::site::plan;
use crate::site::view::{Facts, Reader};
use crate::text::markdown::escape;

/// Units of width of one column of text, and of the room on either side of it.
const COLUMN: usize = 7;
const ROOM: usize = 7;

struct Badge<'a> {
    label: &'a str,
    message: &'a str,
    /// Nothing where nothing is known.
    state: Option<ServiceState>,
}

/// All badges of a language, by their paths from the root of the site.
pub fn files(facts: &Facts<'_>, language: &Language) -> Vec<(String, Vec<u8>)> {
    let reader = Reader { facts, language, path: String::new() };
    let badge = |label, state: Option<ServiceState>| Badge {
        label,
        message: reader.word(state.map_or("no_data", ServiceState::name)),
        state,
    };
    let all = badge(facts.site.title.in_language(&language.tag), facts.overall.state())
        .files(&format!("{}badge", language.prefix));
    let services = facts.site.services.iter().zip(facts.health).flat_map(|(service, health)| {
        let state = (!health.retired && health.watched.seconds() > 0).then_some(health.now);
        let path = format!("{}badge/{}", language.prefix, plan::folder_name(&service.id));
        badge(service.name_in(&language.tag), state).files(&path)
    });
    all.into_iter().chain(services).collect()
}

impl Badge<'_> {
    fn files(&self, path: &str) -> [(String, Vec<u8>); 2] {
        [(format!("{path}.svg"), self.svg().into_bytes()), (format!("{path}.json"), self.json().into_bytes())]
    }

    /// As the endpoint badges of shields.io have it.
    fn json(&self) -> String {
        json!({
            "schemaVersion": 1,
            "label": self.label,
            "message": self.message,
            "color": color(self.state),
            "isError": self.state.is_some_and(|state| state > ServiceState::UnderMaintenance),
        })
        .to_string()
    }

    fn svg(&self) -> String {
        let (left, right) = (width(self.label), width(self.message));
        let (total, color) = (left + right, color(self.state));
        let says = escape(&format!("{}: {}", self.label, self.message));
        let text = |x: usize, width: usize, words: &str| {
            let words = escape(words);
            let length = width - 2 * ROOM;
            format!("<text x=\"{x}\" y=\"14\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\">{words}</text>")
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{total}\" height=\"20\" role=\"img\" aria-label=\"{says}\">\
             <title>{says}</title>\
             <clipPath id=\"r\"><rect width=\"{total}\" height=\"20\" rx=\"3\"/></clipPath>\
             <g clip-path=\"url(#r)\"><path fill=\"#444b55\" d=\"M0 0h{left}v20H0z\"/>\
             <path fill=\"{color}\" d=\"M{left} 0h{right}v20H{left}z\"/></g>\
             <g fill=\"#fff\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"11\">{}{}</g></svg>\n",
            text(ROOM, left, self.label),
            text(left + ROOM, right, self.message),
        )
    }
}

fn width(text: &str) -> usize {
    text.width() * COLUMN + 2 * ROOM
}

/// Dark enough for white letters.
const fn color(state: Option<ServiceState>) -> &'static str {
    match state {
        None => "#566070",
        Some(ServiceState::Operational) => "#1a6b47",
        Some(ServiceState::UnderMaintenance) => "#2a52a8",
        Some(ServiceState::DegradedPerformance) => "#7f5600",
        Some(ServiceState::PartialOutage) => "#9c420c",
        Some(ServiceState::MajorOutage) => "#ac1f2d",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_says_in_words_what_it_shows_and_leaves_room_for_wide_letters() {
        let of = |label| Badge { label, message: "Down", state: Some(ServiceState::MajorOutage) };
        let svg = of("R&D").svg();
        assert!(svg.contains("aria-label=\"R&amp;D: Down\"") && svg.contains("fill=\"#ac1f2d\""), "{svg}");
        assert!(svg.contains(&format!("width=\"{}\"", (3 + 4) * COLUMN + 4 * ROOM)), "{svg}");
        assert!(of("검색").svg().contains(&format!("width=\"{}\"", (4 + 4) * COLUMN + 4 * ROOM)));
    }

    #[test]
    fn no_data_is_not_green() {
        let json = Badge { label: "Checkout", message: "No data", state: None }.json();
        assert_eq!(
            json,
            r##"{"schemaVersion":1,"label":"Checkout","message":"No data","color":"#566070","isError":false}"##
        );
    }
}
