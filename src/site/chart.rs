//! Small charts as SVG. Colours come from the style sheet by class; every chart says in words what it shows.

use std::fmt::Write;

use jiff::Timestamp;

use crate::record::timeline::ServiceState;
use crate::text::markdown::escape;

use crate::metrics::uptime::{Day, Stretch, Window};

/// Of a bar, in units of the view box.
const HEIGHT: i32 = 32;
const WIDTH: i32 = 3;
const PITCH: i32 = 4;

/// One bar a day. `summary` is the chart in words, `title` a day in words.
pub fn bars(days: &[Day], summary: &str, title: impl Fn(&Day) -> String) -> String {
    let places = days.iter().zip(0..);
    row("bars", days.len(), places, summary, title)
}

/// The days of one month, at the places they have in a month of 31 days.
pub fn month(days: &[Day], summary: &str, title: impl Fn(&Day) -> String) -> String {
    let places = days.iter().map(|day| (day, i32::from(day.date.day()) - 1));
    row("bars month", 31, places, summary, title)
}

fn row<'a>(
    class: &str,
    places: usize,
    days: impl Iterator<Item = (&'a Day, i32)>,
    summary: &str,
    title: impl Fn(&Day) -> String,
) -> String {
    let width = places as i32 * PITCH - (PITCH - WIDTH);
    let mut svg = format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
        escape(summary)
    );
    let (mut good, mut unknown, mut bad) = (String::new(), String::new(), String::new());
    for (day, place) in days {
        let x = place * PITCH;
        // Writing to a string cannot fail.
        _ = match day.state {
            None => write!(unknown, "M{x} {}h{WIDTH}v4h-{WIDTH}z", HEIGHT - 4),
            Some(ServiceState::Operational) => write!(good, "M{x} 0h{WIDTH}v{HEIGHT}h-{WIDTH}z"),
            Some(state) => write!(bad, "{}", bad_day(x, state, &title(day))),
        };
    }
    for (class, path) in [("operational", good), ("no_data", unknown)] {
        if !path.is_empty() {
            _ = write!(svg, "<path class=\"{class}\" d=\"{path}\"/>");
        }
    }
    svg + &bad + "</svg>"
}

/// The worse, the fuller: readable without telling colours apart.
fn bad_day(x: i32, state: ServiceState, title: &str) -> String {
    let (y, height) = match state {
        ServiceState::MajorOutage => (0, HEIGHT),
        ServiceState::PartialOutage => (12, 20),
        ServiceState::DegradedPerformance => (21, 11),
        ServiceState::UnderMaintenance | ServiceState::Operational => (10, 12),
    };
    format!(
        "<g class=\"{}\"><title>{}</title><path class=\"track\" d=\"M{x} 0h{WIDTH}v{HEIGHT}h-{WIDTH}z\"/>\
         <path d=\"M{x} {y}h{WIDTH}v{height}h-{WIDTH}z\"/></g>",
        state.name(),
        escape(title)
    )
}

/// One service during one event, on an axis of a thousand units. `marks` are the moments at which something was said.
pub fn strip(stretches: &[Stretch], axis: Window, marks: &[Timestamp], summary: &str) -> String {
    let length = axis.seconds().max(1);
    let x = |at: Timestamp| (at.as_second() - axis.from.as_second()).clamp(0, length) * 1000 / length;
    let mut svg = format!(
        "<svg class=\"strip\" viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">\
         <path class=\"operational\" d=\"M0 4h1000v12H0z\"/>",
        escape(summary)
    );
    for stretch in stretches {
        let (from, to) = (x(stretch.from), x(stretch.to.unwrap_or(axis.to)));
        if stretch.from < axis.to {
            let width = (to - from).max(4);
            _ = write!(svg, "<path class=\"{}\" d=\"M{from} 0h{width}v20h-{width}z\"/>", stretch.state.name());
        }
    }
    let marks = marks.iter().filter(|at| axis.from <= **at && **at <= axis.to);
    let marks: String = marks.map(|at| format!("M{} 0v20", x(*at))).collect();
    if !marks.is_empty() {
        _ = write!(svg, "<path class=\"mark\" d=\"{marks}\"/>");
    }
    svg + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str, state: Option<ServiceState>) -> Day {
        Day { date: date.parse().unwrap(), state, affected: 60 }
    }

    #[test]
    fn good_days_share_one_path_and_bad_days_say_what_happened() {
        let days = [
            day("2026-11-01", None),
            day("2026-11-02", Some(ServiceState::Operational)),
            day("2026-11-03", Some(ServiceState::MajorOutage)),
        ];
        let svg = bars(&days, "3 days & more", |day| format!("bad <{}>", day.date));
        assert_eq!(svg.matches("<title>").count(), 1);
        assert!(svg.contains("aria-label=\"3 days &amp; more\""));
        assert!(svg.contains("<g class=\"major_outage\"><title>bad &lt;2026-11-03&gt;</title>"));
        assert!(svg.contains("class=\"no_data\" d=\"M0 28"));
    }

    #[test]
    fn a_day_has_its_place_in_the_month() {
        let svg = month(&[day("2026-11-10", Some(ServiceState::Operational))], "", |_| String::new());
        assert!(svg.contains("d=\"M36 0"));
    }

    #[test]
    fn a_stretch_lies_where_it_happened() {
        let at = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        let stretch = Stretch::unplanned(ServiceState::PartialOutage, at(10), Some(at(20)));
        let svg = strip(&[stretch], Window { from: at(0), to: at(100) }, &[at(50), at(100), at(500)], "");
        assert!(svg.contains("<path class=\"partial_outage\" d=\"M100 0h100v20h-100z\"/>"));
        assert!(
            svg.contains("<path class=\"mark\" d=\"M500 0v20M1000 0v20\"/>"),
            "what was said later is not on it: {svg}"
        );
    }
}
