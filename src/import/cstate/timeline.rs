//! From messages to the entries of a timeline.
//!
//! The front matter gives two times, the start and the end; the first message stands at the one, and a last message
//! that says it is over at the other. A message between them whose time is not known stands at the last known time
//! before it, with a note. Such a message moves the status only while the incident is open, where the current status
//! matters: in one that is over it would only make durations that nobody measured.
//!
//! Where the source ends a record before it begins, nobody knows how long it lasted. Both times are written as the
//! events that they are, so that `check` finds the contradiction; status and impact change at the start, so that the
//! record is over and counts no downtime.

use jiff::SignedDuration;

use crate::import::draft::{Entry, States};
use crate::import::fidelity::{Log, Topic};
use crate::record::time::Time;
use crate::record::timeline::ServiceState;

use super::issue::Issue;
use super::label::Meaning;
use super::messages::Message;

const UNKNOWN_TIME: &str = "Time not known.";
const UNKNOWN_END: &str = "When it ended is not known.";
const EARLY_END: &str = "The source says that it ended here, before it began.";

/// An entry in the making.
#[derive(Clone, Debug)]
struct Step {
    entry: Entry,
    message: Option<Message>,
    /// The status that it would bring.
    status: Option<&'static str>,
}

impl Step {
    fn new(at: Time) -> Self {
        Self { entry: Entry::new(at), message: None, status: None }
    }

    fn told(at: Time, known: bool, message: Message) -> Self {
        let mut step = Self::new(at);
        step.entry.note = (!known).then(|| UNKNOWN_TIME.to_owned());
        step.message = Some(message);
        step
    }
}

/// An incident, from the start of its impact to its end.
pub(super) fn incident(issue: &Issue, messages: Vec<Message>, impact: States, log: &mut Log) -> Vec<Entry> {
    let end = issue.resolved.then(|| ending(issue, &messages, log));
    let mut story = Story::tell(issue, messages, end.map(|end| end.at), log);
    let opening = &mut story.opening;
    opening.status = opening.message.as_ref().and_then(status_of).or(Some("investigating"));
    opening.entry.events = vec!["impact_started"];
    opening.entry.impact.clone_from(&impact);
    story.read_statuses(log);
    match end {
        Some(end) => story.resolve(end, impact),
        None => note_open(issue, &story, log),
    }
    story.entries(lifecycle)
}

fn note_open(issue: &Issue, story: &Story, log: &mut Log) {
    if issue.end.is_some() {
        let text = "`resolvedWhen` is set although `resolved` is not true; left open";
        log.note(Topic::Contradiction, issue.end_line, text);
    }
    let newest = story.between.last().and_then(|step| step.message.as_ref());
    if let Some(message) = newest.filter(|m| m.means(Meaning::Finished)) {
        let text = "the newest message says that it is over, but `resolved` is not true; left open";
        log.note(Topic::Contradiction, message.line, text);
    }
}

/// A post about something that was not an incident. It is over once it is told.
pub(super) fn notice(issue: &Issue, messages: Vec<Message>, log: &mut Log) -> Vec<Entry> {
    let end = issue.end.filter(|end| *end > issue.start);
    let mut story = Story::tell(issue, messages, end, log);
    match &mut story.closing {
        Some(closing) => closing.status = Some("resolved"),
        None => match story.between.last_mut() {
            Some(last) => last.status = Some("resolved"),
            None => story.opening.status = Some("resolved"),
        },
    }
    story.entries(|_, wanted| Move::To(wanted))
}

/// Announced, done, completed.
pub(super) fn maintenance(issue: &Issue, messages: Vec<Message>, log: &mut Log) -> Vec<Entry> {
    let end = issue.resolved.then(|| ending(issue, &messages, log));
    let mut story = Story::tell(issue, messages, end.map(|end| end.at), log);
    story.opening.status = Some("scheduled");
    if let Some(closing) = &mut story.closing {
        closing.status = Some("completed");
        closing.entry.note = end.and_then(|end| end.note());
        let mut begun = Step::new(issue.start);
        begun.status = Some("in_progress");
        story.between.insert(0, begun);
    }
    story.entries(|_, wanted| Move::To(wanted))
}

/// The moment at which something that is resolved was over.
#[derive(Clone, Copy, Debug)]
struct Ending {
    at: Time,
    known: bool,
    /// What the source says, where that is before the start.
    early: Option<Time>,
}

impl Ending {
    fn note(self) -> Option<String> {
        (!self.known).then(|| UNKNOWN_END.to_owned())
    }
}

fn ending(issue: &Issue, messages: &[Message], log: &mut Log) -> Ending {
    if let Some(at) = issue.end {
        if at < issue.start {
            let text = format!("it ended at {at}, before it began at {}", issue.start);
            log.note(Topic::Contradiction, issue.end_line, text);
            return Ending { at: issue.start, known: false, early: Some(at) };
        }
        note_late_messages(at, messages, log);
        return Ending { at, known: true, early: None };
    }
    let said = messages.iter().rfind(|m| m.is_over()).and_then(|m| m.time);
    if let Some(at) = said.filter(|at| *at >= issue.start) {
        let text = "resolved without `resolvedWhen`; the time of the message that says so takes its place";
        log.note(Topic::Unread, None, text);
        return Ending { at, known: true, early: None };
    }
    let text = "resolved without `resolvedWhen`: when it ended is not known, so no duration can be computed";
    log.note(Topic::Contradiction, None, text);
    let latest = messages.iter().filter_map(|m| m.time).max();
    Ending { at: latest.map_or(issue.start, |latest| latest.max(issue.start)), known: false, early: None }
}

/// Messages of another day than the incident: one of the two dates is a slip.
fn note_late_messages(end: Time, messages: &[Message], log: &mut Log) {
    let late = |message: &&Message| message.time.is_some_and(|time| time.since(end) > SignedDuration::from_hours(24));
    let count = messages.iter().filter(late).count();
    if let Some(first) = messages.iter().find(late) {
        let text = format!("{count} of {} messages are dated more than a day after its end at {end}", messages.len());
        log.note(Topic::Contradiction, first.line, text);
    }
}

/// The status that a label names.
fn status_of(message: &Message) -> Option<&'static str> {
    match message.label.as_ref()?.meaning {
        Meaning::Investigating => Some("investigating"),
        Meaning::Identified => Some("identified"),
        Meaning::Monitoring => Some("monitoring"),
        _ => None,
    }
}

/// What becomes of a status that a message names.
enum Move {
    Stay,
    To(&'static str),
    /// A step backwards, which a record explains.
    Back(&'static str),
}

fn lifecycle(current: Option<&'static str>, wanted: &'static str) -> Move {
    const FORWARD: [&str; 4] = ["investigating", "identified", "monitoring", "resolved"];
    let place = |status: &str| FORWARD.iter().position(|known| *known == status);
    match current {
        None => Move::To(wanted),
        // What was written after the end reports on it; cState has no reopening.
        Some("resolved") => Move::Stay,
        Some(current) if current == wanted => Move::Stay,
        Some(current) if place(wanted) < place(current) => Move::Back(wanted),
        Some(_) => Move::To(wanted),
    }
}

/// The message that belongs to the end: the one with its time, else a last one without a time that says it is over.
fn last_word(messages: &[Message], end: Option<Time>) -> Option<usize> {
    let end = end?;
    let timed = messages.iter().rposition(|m| m.time == Some(end) && !m.means(Meaning::Postmortem));
    timed.or_else(|| {
        let last = messages.iter().rposition(|m| !m.means(Meaning::Postmortem))?;
        let says_so = messages[last].time.is_none() && messages[last].is_over();
        (last > 0 && says_so).then_some(last)
    })
}

/// The messages at their times, between the start and the end of the front matter.
#[derive(Clone, Debug)]
struct Story {
    opening: Step,
    between: Vec<Step>,
    closing: Option<Step>,
    afterwards: Vec<Step>,
}

impl Story {
    fn tell(issue: &Issue, messages: Vec<Message>, end: Option<Time>, log: &mut Log) -> Self {
        let start = issue.start;
        let mut story = Self {
            opening: Step::new(start),
            between: Vec::new(),
            closing: end.map(Step::new),
            afterwards: Vec::new(),
        };
        let count = messages.len();
        let last_word = last_word(&messages, end);
        let mut now = start;
        let mut unknown = Vec::new();
        for (index, message) in messages.into_iter().enumerate() {
            let known = match message.time {
                None if index == 0 => Some(start),
                None if Some(index) == last_word => end,
                written => written,
            };
            now = known.unwrap_or(now);
            if index == 0 && now == start {
                story.opening.message = Some(message);
            } else if let Some(closing) = &mut story.closing
                && Some(index) == last_word
            {
                closing.message = Some(message);
            } else if message.means(Meaning::Postmortem) {
                let at = known.or(end).unwrap_or(now);
                story.afterwards.push(Step::told(at, known.is_some(), message));
            } else {
                if known.is_none() {
                    unknown.push(message.line);
                }
                story.between.push(Step::told(now, known.is_some(), message));
            }
        }
        if let Some(first) = unknown.first() {
            let text = format!("the times of {} of {count} messages are not known", unknown.len());
            log.note(Topic::MessageTime, *first, text);
        }
        story
    }

    /// Takes the statuses from the labels between start and end.
    fn read_statuses(&mut self, log: &mut Log) {
        let is_open = self.closing.is_none();
        for step in &mut self.between {
            let Some(message) = &step.message else { continue };
            let known = step.entry.note.is_none();
            let named = status_of(message);
            if known || is_open {
                step.status = named;
            } else if named.is_some() {
                log.note(Topic::Status, message.line, "when the incident reached this status is not known");
            }
        }
    }

    /// Ends an incident and its impact.
    fn resolve(&mut self, end: Ending, impact: States) {
        let Some(closing) = &mut self.closing else { return };
        closing.status = Some("resolved");
        closing.entry.note = end.note();
        closing.entry.impact = impact.into_iter().map(|(service, _)| (service, ServiceState::Operational)).collect();
        let Some(early) = end.early else {
            closing.entry.events = vec!["impact_ended"];
            return;
        };
        let mut step = Step::new(early);
        step.entry.events = vec!["impact_ended"];
        step.entry.note = Some(EARLY_END.to_owned());
        self.between.push(step);
    }

    /// The entries in their order, each with its status and its words.
    fn entries(self, lifecycle: impl Fn(Option<&'static str>, &'static str) -> Move) -> Vec<Entry> {
        let mut steps = vec![self.opening];
        steps.extend(self.between);
        steps.extend(self.closing);
        steps.extend(self.afterwards);
        steps.sort_by_key(|step| step.entry.at);
        let mut current = None;
        steps
            .into_iter()
            .map(|step| {
                let mut entry = step.entry;
                match step.status.map(|wanted| lifecycle(current, wanted)) {
                    Some(Move::To(status)) => entry.status = Some(status),
                    Some(Move::Back(status)) => {
                        entry.status = Some(status);
                        entry.reason = Some("The imported message says so.".to_owned());
                    }
                    Some(Move::Stay) | None => {}
                }
                current = entry.status.or(current);
                entry.public = step.message.map(|message| {
                    let status = status_of(&message);
                    let ends =
                        message.means(Meaning::Finished) && matches!(entry.status, Some("resolved" | "completed"));
                    message.words(ends || (status.is_some() && status == current))
                });
                entry
            })
            .collect()
    }
}
