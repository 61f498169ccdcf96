//! The deadlines of an incident: when each began to run, when it is due, and for how long it binds. Pure arithmetic on
//! what the timeline says; whether now is later than that is for the caller to ask.
//!
//! A clock of a severity runs while the incident is live and at least that severe. It starts at the later of both, so
//! it does not begin anew when the severity is lowered, and begins when it is raised. A reopened incident is live again
//! from that moment on.

use super::config::{Clocks, Severity};
use super::lifecycle::Machine;
use super::replay::Replay;
use super::time::Time;
use super::timeline::Entry;
use crate::text::span::Spanned;

/// From a moment to another; open at the end while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: Time,
    pub to: Option<Time>,
}

impl Stretch {
    /// What two stretches share. A moment is none.
    fn common(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        to.is_none_or(|to| from < to).then_some(Self { from, to })
    }
}

/// When an incident was live: once, and once more for every time it was reopened.
pub fn live(machine: &Machine, replay: &Replay) -> Vec<Stretch> {
    let statuses = replay.statuses.iter();
    joined(statuses.map(|status| (machine.is_live(&status.value), Stretch { from: status.from, to: status.to })))
}

/// The stretches that count, those that touch as one.
fn joined(stretches: impl Iterator<Item = (bool, Stretch)>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for (counts, stretch) in stretches {
        match all.last_mut() {
            Some(last) if counts && last.to == Some(stretch.from) => last.to = stretch.to,
            _ if counts => all.push(stretch),
            _ => {}
        }
    }
    all
}

/// A limit of a severity, while it runs.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'a> {
    pub severity: &'a Severity,
    /// In minutes.
    pub limit: u64,
    pub runs: Stretch,
}

impl Clock<'_> {
    /// When its limit ends, counted from its start or from a later moment. Nothing where the incident had ended by then,
    /// or was no longer so severe: then nothing was due.
    pub fn due(&self, after: Option<Time>) -> Option<Time> {
        let start = after.map_or(self.runs.from, |after| after.max(self.runs.from));
        start.plus_minutes(self.limit).filter(|due| self.runs.to.is_none_or(|to| *due < to))
    }
}

/// Every clock of one kind that ever ran, for each severity that has one. `severities` are worst first.
pub fn running<'a>(
    machine: &Machine,
    severities: &'a [Severity],
    replay: &Replay,
    limit: fn(&Clocks) -> Option<u64>,
) -> Vec<Clock<'a>> {
    let live = live(machine, replay);
    let mut clocks = Vec::new();
    for (rank, severity) in severities.iter().enumerate() {
        let Some(limit) = limit(&severity.clocks) else { continue };
        let so_severe = |id: &str| severities.iter().take(rank + 1).any(|worse| worse.id == id);
        let reached = replay.severities.iter();
        let reached = joined(reached.map(|held| (so_severe(&held.value), Stretch { from: held.from, to: held.to })));
        let shared = reached.iter().flat_map(|reached| live.iter().filter_map(|live| live.common(*reached)));
        clocks.extend(shared.map(|runs| Clock { severity, limit, runs }));
    }
    clocks
}

/// The clock that is due first, and when.
pub fn first_due<'c, 'a>(clocks: &'c [Clock<'a>], after: Option<Time>) -> Option<(&'c Clock<'a>, Time)> {
    clocks.iter().filter_map(|clock| Some((clock, clock.due(after)?))).min_by_key(|(_, due)| *due)
}

/// A stretch of a live incident in which customers heard nothing, after they had once been told of it.
#[derive(Clone, Debug)]
pub struct Silence<'a> {
    /// The message before it; none where the incident was reopened before customers heard of that.
    pub after: Option<&'a Entry>,
    /// When readers were told that the next message would come. It replaces the cadence.
    pub promise: Option<Spanned<Time>>,
    /// To the next message, or to the end of the live stretch.
    pub lasted: Stretch,
    /// The next message, if the incident did not end first.
    pub ended_by: Option<&'a Entry>,
}

impl<'a> Silence<'a> {
    fn new(from: Time, to: Option<Time>, after: Option<&'a Entry>) -> Self {
        let promise = after.and_then(|message| message.next_update).filter(|promise| promise.value > from);
        Self { after, promise, lasted: Stretch { from, to }, ended_by: None }
    }
}

/// The silences of a timeline, whose entries come in the order in which they happened. What came before the first
/// message is none: that has a clock of its own.
pub fn silences<'a>(live: &[Stretch], entries: &[&'a Entry]) -> Vec<Silence<'a>> {
    let mut all = Vec::new();
    for stretch in live {
        let is_message = |entry: &&&Entry| entry.public.is_some() && entry.at.value < stretch.from;
        let told_before = entries.iter().find(is_message);
        let mut silence = told_before.map(|_| Silence::new(stretch.from, stretch.to, None));
        // What is said with the end still belongs to it.
        let ended = |entry: &Entry| stretch.to.is_some_and(|to| entry.at.value > to);
        let during = entries.iter().copied().filter(|entry| entry.at.value >= stretch.from && !ended(entry));
        for entry in during {
            if entry.public.is_some() {
                let next = Silence::new(entry.at.value, stretch.to, Some(entry));
                if let Some(mut before) = silence.replace(next) {
                    before.lasted.to = Some(entry.at.value);
                    before.ended_by = Some(entry);
                    all.push(before);
                }
            } else if let Some(silence) = &mut silence {
                // A promise may be moved as long as it is not broken.
                let kept = silence.promise.is_none_or(|promise| entry.at.value <= promise.value);
                silence.promise = entry.next_update.filter(|_| kept).or(silence.promise);
            }
        }
        all.extend(silence.filter(|silence| silence.lasted.to != Some(silence.lasted.from)));
    }
    all
}

#[cfg(test)]
mod tests;
