//! From the pieces of a body to messages in the order in which they were written.

use jiff::tz::TimeZone;

use crate::import::fidelity::{Log, Topic};
use crate::record::time::Time;

use super::body::{Piece, PieceTime};
use super::clock;
use super::issue::without_offset;
use super::label::{Label, Meaning};
use super::words::{OVER, has_word};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub line: usize,
    pub label: Option<Label>,
    /// Where the text says one.
    pub time: Option<Time>,
    pub text: String,
}

impl Message {
    pub fn means(&self, meaning: Meaning) -> bool {
        self.label.as_ref().is_some_and(|label| label.meaning == meaning)
    }

    /// Whether it says that the trouble is over.
    pub fn is_over(&self) -> bool {
        self.means(Meaning::Finished) || has_word(&self.text, OVER)
    }

    /// The text for readers. The label stays where the status of the entry does not say it.
    pub fn words(&self, status_says_it: bool) -> String {
        let Some(label) = &self.label else {
            return self.text.clone();
        };
        if self.text.is_empty() {
            return label.text.clone();
        }
        if label.is_bare() || (status_says_it && label.is_known()) {
            let goes_on = self.text.starts_with(char::is_lowercase) && label.meaning == Meaning::Update;
            return if goes_on { format!("{} {}", label.text, self.text) } else { self.text.clone() };
        }
        let is_prose = self.text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '(' | '\''));
        let space = if is_prose { " " } else { "\n\n" };
        format!("**{}:**{space}{}", label.text, self.text)
    }
}

/// What places a clock reading on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    pub start: Time,
    pub end: Option<Time>,
    pub zone: &'a TimeZone,
}

/// The messages of a body, oldest first.
pub(super) fn recover(pieces: &[Piece], frame: Frame<'_>, log: &mut Log) -> Vec<Message> {
    let mut messages: Vec<Message> = pieces.iter().map(|piece| message(piece, frame, log)).collect();
    let postmortem = messages.iter().position(|m| m.means(Meaning::Postmortem)).map(|index| messages.remove(index));
    let first_line = messages.first().map(|m| m.line);
    let (order, sure) = order(&messages, frame.start);
    if order == Order::NewestFirst {
        split_announcement(&mut messages, log);
        messages.reverse();
    }
    if messages.len() > 1 && !sure {
        let text = format!("nothing in the text tells its order; read as {}", order.name());
        log.note(Topic::Order, first_line, text);
    } else if ends_early(&messages) {
        let text = format!(
            "read as {}, although a message in the middle says that it is over and the last does not",
            order.name()
        );
        log.note(Topic::Order, first_line, text);
    }
    messages.extend(postmortem);
    messages
}

/// A sign that the order is not what it seems, or that it flared up again.
fn ends_early(messages: &[Message]) -> bool {
    match messages {
        [_, middle @ .., last] => !last.is_over() && middle.iter().any(Message::is_over),
        _ => false,
    }
}

fn message(piece: &Piece, frame: Frame<'_>, log: &mut Log) -> Message {
    let mut text = piece.text.clone();
    let written = match &piece.time {
        None => None,
        Some(PieceTime::Track(track)) => clock::read(track, frame.zone)
            .inspect_err(|refused| {
                let why = format!("`track \"{track}\"` is not a time: {}", refused.reason);
                log.note(Topic::Unread, piece.line, why);
            })
            .ok(),
        Some(PieceTime::Reading(reading)) => {
            let moment = reading.moment(frame.start, frame.end, frame.zone);
            if moment.is_none() {
                text = format!("**{}**\n\n{text}", reading.written).trim_end().to_owned();
            }
            moment
        }
    };
    if written.is_some_and(|written| !written.has_offset) {
        log.note_once(Topic::Zone, piece.line, without_offset(frame.zone));
    }
    if text.is_empty()
        && piece.label.is_none()
        && let Some(PieceTime::Reading(reading)) = &piece.time
    {
        text.clone_from(&reading.written);
    }
    Message {
        line: piece.line,
        label: piece.label.clone(),
        time: written.map(|written| Time::utc(written.time.instant())),
        text,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    OldestFirst,
    NewestFirst,
}

impl Order {
    const fn name(self) -> &'static str {
        match self {
            Self::OldestFirst => "oldest first",
            Self::NewestFirst => "newest first, as cState advises",
        }
    }
}

/// In which order a body was written, and whether something in it says so. Times count most, then the places of
/// the labels that can only begin or end a story, then words.
fn order(messages: &[Message], start: Time) -> (Order, bool) {
    use Order::{NewestFirst, OldestFirst};
    let (Some(first), Some(last)) = (messages.first(), messages.last()) else {
        return (NewestFirst, true);
    };
    if let Some(order) = order_of_times(messages, start) {
        return (order, true);
    }
    let begins = |m: &Message| m.means(Meaning::First) || m.means(Meaning::Investigating);
    let goes_on = |m: &Message| m.means(Meaning::Update) || m.means(Meaning::Finished);
    match (begins(first), begins(last)) {
        (true, false) => return (OldestFirst, true),
        (false, true) => return (NewestFirst, true),
        _ => {}
    }
    match (first.means(Meaning::Finished), last.means(Meaning::Finished)) {
        (true, false) => return (NewestFirst, true),
        (false, true) => return (OldestFirst, true),
        _ => {}
    }
    // A post cannot begin with an update.
    if goes_on(first) {
        return (NewestFirst, true);
    }
    match (first.is_over(), last.is_over()) {
        (true, false) => (NewestFirst, true),
        (false, true) => (OldestFirst, true),
        _ if last.label.is_some() => (OldestFirst, true),
        _ => (NewestFirst, false),
    }
}

fn order_of_times(messages: &[Message], start: Time) -> Option<Order> {
    let times: Vec<(usize, Time)> =
        messages.iter().enumerate().filter_map(|(index, m)| m.time.map(|time| (index, time))).collect();
    let (first, last) = (times.first()?, times.last()?);
    if first.1 < last.1 {
        return Some(Order::OldestFirst);
    }
    if first.1 > last.1 {
        return Some(Order::NewestFirst);
    }
    // One time only: what was written after the start was not written first.
    match first {
        (0, time) if *time > start && messages.len() > 1 => Some(Order::NewestFirst),
        (index, time) if *time > start && index + 1 == messages.len() => Some(Order::OldestFirst),
        _ => None,
    }
}

/// In a body that is written newest first, the announcement stands under the oldest update, often without a mark
/// between them: then it begins after the update's first paragraph.
fn split_announcement(messages: &mut Vec<Message>, log: &mut Log) {
    let Some(oldest) = messages.last_mut() else {
        return;
    };
    let is_update = oldest.means(Meaning::Update) || oldest.means(Meaning::Finished);
    if !is_update || oldest.time.is_some() {
        return;
    }
    let Some(gap) = oldest.text.find("\n\n") else {
        return;
    };
    let rest = oldest.text.split_off(gap);
    let announcement = rest.trim_start_matches('\n');
    let line = oldest.line + oldest.text.matches('\n').count() + rest.len() - announcement.len();
    log.note(
        Topic::Order,
        line,
        "nothing marks off the oldest update from the announcement below it, which is taken to begin here",
    );
    messages.push(Message { line, label: None, time: None, text: announcement.to_owned() });
}

#[cfg(test)]
mod tests {
    use super::super::body;
    use super::*;

    fn recovered(text: &str) -> (Vec<String>, Log) {
        let mut log = Log::new("x.md");
        let frame = Frame {
            start: Time::parse("2024-05-01T10:00:00Z").unwrap(),
            end: Time::parse("2024-05-01T12:00:00Z").ok(),
            zone: &TimeZone::UTC,
        };
        let messages = recover(&body::read(text, 1).pieces, frame, &mut log);
        (messages.iter().map(|m| m.words(false)).collect(), log)
    }

    fn texts(text: &str) -> Vec<String> {
        recovered(text).0
    }

    #[test]
    fn the_place_of_investigating_tells_the_order() {
        let oldest_first = texts("*Investigating* - a\n\n*Update* - B");
        let newest_first = texts("*Update* - B\n\n*Investigating* - a");
        assert_eq!(oldest_first, ["**Investigating:** a", "B"]);
        assert_eq!(newest_first, oldest_first);
    }

    #[test]
    fn an_update_on_top_means_that_the_announcement_is_at_the_end() {
        assert_eq!(
            texts("*Update* Complete\n\n*Update* Started\n\nWe will upgrade.\n\nIt takes an hour."),
            ["We will upgrade.\n\nIt takes an hour.", "Started", "Complete"]
        );
        assert_eq!(texts("We will upgrade.\n\n*Update* Complete"), ["We will upgrade.", "Complete"]);
    }

    #[test]
    fn words_decide_where_there_are_no_labels() {
        let (texts, log) = recovered("Service is restored.\n\n---\n\nThe site is offline.");
        assert_eq!(texts, ["The site is offline.", "Service is restored."]);
        assert_eq!(log.notes(), []);
    }

    #[test]
    fn without_any_evidence_the_advice_of_cstate_counts_and_is_reported() {
        let (texts, log) = recovered("Second.\n\n---\n\nFirst.");
        assert_eq!(texts, ["First.", "Second."]);
        assert_eq!(log.notes()[0].topic, Topic::Order);
    }

    #[test]
    fn times_count_more_than_labels() {
        assert_eq!(
            texts("2024-05-01 10:00 UTC\n\nResolved it? No.\n\n---\n\n2024-05-01 11:00 UTC\n\nWe look again."),
            ["Resolved it? No.", "We look again."]
        );
    }

    #[test]
    fn a_time_that_belongs_to_no_day_stays_in_the_text() {
        assert_eq!(texts("09:00 UTC\n\nEarlier than the start."), ["**09:00 UTC**\n\nEarlier than the start."]);
    }

    #[test]
    fn a_post_mortem_comes_last() {
        assert_eq!(
            texts("*Post-mortem*\n\nA node failed.\n\n---\n\n*Resolved* - b\n\n*Investigating* - a"),
            ["**Investigating:** a", "**Resolved:** b", "**Post-mortem:** A node failed."]
        );
    }

    #[test]
    fn a_label_that_belongs_to_its_sentence_stays() {
        assert_eq!(texts("*Update* as of 11:39AM all done."), ["Update as of 11:39AM all done."]);
        assert_eq!(texts("*Update 2* - more"), ["**Update 2:** more"]);
        assert_eq!(texts("**Complete**"), ["Complete"]);
    }
}
