//! What the lifecycle asks of a record in the states it has reached.

use std::sync::Arc;

use super::{Context, steps};
use crate::record::Record;
use crate::record::lifecycle::{PostmortemGate, PublicFinal, Requirements, State, TodoGate};
use crate::record::sections;
use crate::record::shape::canonical_role;
use crate::record::timeline::{Entry, Text};
use crate::response::adoption::was_kept_live;
use crate::text::span::Span;

/// A state that a record has reached and whose requirements still bind it.
#[derive(Debug)]
pub struct Reached<'a> {
    pub entry: &'a Entry,
    pub status: &'a Text,
    state: &'a State,
    major: bool,
}

/// Something that is missing.
#[derive(Debug)]
pub struct Gap<'a> {
    pub message: String,
    /// Places that show it.
    pub places: Vec<(&'a Arc<str>, Span, &'static str)>,
}

/// The state that the record is in, and before it every state in which the work was already over: what is closed is
/// resolved too. Of a record that was made afterwards, the states that it had by then are left out, as nobody can make up
/// for them. A record that was kept live does not get past a gate by a time that has passed.
pub fn reached<'a>(context: &Context<'a>, record: &'a Record) -> Vec<Reached<'a>> {
    let Some(machine) = context.archive.lifecycle.machine(record.kind) else {
        return Vec::new();
    };
    let major = context.archive.is_major(record);
    let mut reached = Vec::new();
    for taken in steps::of(&context.archive.lifecycle, record).into_iter().rev() {
        let Some(state) = machine.state(&taken.to.value) else { break };
        if state.live && !reached.is_empty() {
            break;
        }
        reached.push(Reached { entry: taken.entry, status: taken.to, state, major });
        if state.live {
            break;
        }
    }
    let was_kept_live = was_kept_live(context.archive, record);
    reached.retain(|reached| was_kept_live || !reached.entry.backfill);
    reached.reverse();
    reached
}

impl<'a> Reached<'a> {
    fn requirements(&self) -> impl Iterator<Item = &'a Requirements> {
        let major = self.major.then_some(&self.state.major);
        std::iter::once(&self.state.requires).chain(major)
    }

    /// Keys of the front matter that must be there.
    pub fn fields(&self) -> impl Iterator<Item = &'a str> {
        self.requirements().flat_map(|required| required.fields.iter().map(String::as_str))
    }

    /// Whether no todo may be open any more.
    pub fn asks_for_settled_todos(&self) -> bool {
        self.requirements().any(|required| required.todos == Some(TodoGate::NoneOpen))
    }

    /// Everything else that must be there and is not.
    pub fn missing(&self, context: &Context<'a>, record: &'a Record) -> Vec<Gap<'a>> {
        let mut gaps = Vec::new();
        let gap = |message: String| Gap { message, places: Vec::new() };
        for required in self.requirements() {
            let events = required.events.iter().filter(|event| !has_event(record, event));
            gaps.extend(events.map(|event| gap(format!("no entry with `event: {event}`"))));
            let roles = required.roles.iter().filter(|role| !has_role(record, role));
            gaps.extend(roles.map(|role| gap(format!("nobody ever had the role `{role}`"))));
            let channels = required.channels.iter().filter(|channel| !has_channel(record, channel));
            gaps.extend(channels.map(|channel| gap(format!("no `{channel}` under `channels`"))));
            let postmortem = context.index.postmortem(record);
            let sections = required.sections.iter().filter(|section| !has_section(postmortem, section));
            gaps.extend(sections.map(|section| gap(format!("no section “{section}” in the postmortem"))));
            if required.postmortem == Some(PostmortemGate::PublishedOrWaived) {
                // What is waived is the postmortem; the rest of the gate stays.
                let waived = |_: &Gap<'_>| context.waivers.accept("postmortem-required", &record.path);
                gaps.extend(unpublished(context, record).filter(|gap| !waived(gap)));
            }
        }
        gaps
    }

    /// Whether customers who were told of it are to be told its end, with this state or after it.
    pub fn asks_for_last_word(&self) -> bool {
        self.requirements().any(|required| required.public_final == Some(PublicFinal::WhenPublic))
    }

    /// Whether a postmortem is to be there, where one is required.
    pub fn asks_for_postmortem(&self) -> bool {
        self.requirements().any(|required| required.postmortem == Some(PostmortemGate::PublishedOrWaived))
    }
}

fn has_event(record: &Record, event: &str) -> bool {
    let named = record.timeline().iter().flat_map(|entry| &entry.events).any(|named| named.value == event);
    match event {
        "impact_started" => record.replay.moments.impact_started.is_some() || had_no_impact(record),
        // While a service is still down, `open-impact` reports it.
        "impact_ended" => named || !record.replay.impacts.is_empty() || had_no_impact(record),
        "acknowledged" => record.replay.moments.acknowledged.is_some(),
        "mitigated" => record.replay.moments.mitigated.is_some(),
        _ => named,
    }
}

/// Known to have affected nobody: what never began need not end.
fn had_no_impact(record: &Record) -> bool {
    record.incident().is_some_and(|incident| incident.assessment.says_nobody())
}

fn has_role(record: &Record, role: &str) -> bool {
    record.replay.roles.iter().any(|held| canonical_role(&held.role) == canonical_role(role))
}

fn has_channel(record: &Record, channel: &str) -> bool {
    record.incident().is_some_and(|incident| incident.channels.iter().any(|(name, _)| name.value == channel))
}

fn has_section(postmortem: Option<&Record>, title: &str) -> bool {
    let has = |record: &Record| record.sections().iter().any(|section| sections::is(section, title));
    postmortem.is_some_and(has)
}

/// A postmortem that is there and not published. One that is not there is the matter of `postmortem-required`.
fn unpublished<'a>(context: &Context<'a>, record: &'a Record) -> Option<Gap<'a>> {
    let beside = context.index.postmortem(record)?;
    // One that cannot be read is a finding of its own.
    let status = beside.postmortem()?.status.as_ref()?;
    (status.value != "published").then(|| Gap {
        message: format!("its postmortem is `{}`, not `published`", status.value),
        places: vec![(&beside.path, status.span, "the postmortem")],
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use crate::check::{Options, run};
    use crate::record::archive::{Archive, Memory};

    /// What is said about the states that a record has reached in a lifecycle of such states, one after the other.
    fn found(states: &str, entries: &[&str]) -> Vec<String> {
        let names = ["investigating", "monitoring", "resolved", "settled"];
        let step = |pair: &[&str]| format!("{{from: {}, to: [{}]}},", pair[0], pair[1]);
        let steps: String =
            names.windows(2).filter(|pair| states.contains(&format!("{}:", pair[1]))).map(step).collect();
        let lifecycle =
            format!("incident: {{initial: [{{to: [investigating]}}], states: {{{states}}}, transitions: [{steps}]}}");
        let entry = |keys: &&str| format!("  - {{at: 2024-05-01T09:50:00Z, by: bot:alerts, {keys}}}\n");
        let timeline: String = entries.iter().map(entry).collect();
        let files = [
            (
                "incidents/2024/05/2024-05-01-checkout-errors/incident.md",
                format!("---\ntitle: x\ntimeline:\n{timeline}---\n"),
            ),
            ("schemas/lifecycle.yaml", lifecycle),
        ];
        let archive = Archive::load(&Memory(files.map(|(path, text)| (path.to_owned(), text)).into())).unwrap();
        let report = run(&archive, &Options { as_of: Timestamp::MAX, ..Options::default() });
        let found = report.diagnostics.iter().filter(|found| matches!(found.rule, "unmet-gate" | "missing-field"));
        found.map(|found| format!("{} | {}", found.message, found.help.as_deref().unwrap_or_default())).collect()
    }

    /// What `unmet-gate` says, without its help.
    fn gaps(states: &str, entries: &[&str]) -> Vec<String> {
        let found = found(states, entries).into_iter();
        found.filter_map(|found| Some(found.split_once(" | ")?.0.to_owned())).collect()
    }

    fn asks(state: &str, what: &str) -> String {
        format!("`{state}` asks for more than this record has: {what}")
    }

    const LIVE: [&str; 2] = ["status: investigating", "status: monitoring"];

    #[test]
    fn a_live_state_asks_until_it_is_left() {
        let states = "investigating: {live: true, requires: {channels: [chat]}}, \
                      monitoring: {live: true, requires: {channels: [video, phone]}}, resolved: {requires: {channels: [room]}}";
        assert_eq!(gaps(states, &LIVE[..1]), [asks("investigating", "no `chat` under `channels`")]);
        let two = "no `video` under `channels`; no `phone` under `channels`";
        assert_eq!(gaps(states, &LIVE), [asks("monitoring", two)]);
        let over = [&LIVE[..], &["status: resolved"]].concat();
        assert_eq!(gaps(states, &over), [asks("resolved", "no `room` under `channels`")]);
    }

    #[test]
    fn what_two_states_ask_for_is_missed_once_in_the_first() {
        let states = "investigating: {live: true}, monitoring: {live: true}, resolved: {requires: {fields: [cause]}}, \
                      settled: {requires: {fields: [cause]}}";
        let entries = [&LIVE[..], &["status: resolved", "status: settled"]].concat();
        let help = "add `cause` to the front matter, or give it with `--set cause=VALUE`";
        assert_eq!(found(states, &entries), [format!("`resolved` asks for `cause`, which is not there | {help}")]);
    }

    #[test]
    fn a_record_that_was_kept_live_passes_no_gate_by_a_time_that_has_passed() {
        let states = "investigating: {live: true}, monitoring: {live: true}, resolved: {requires: {channels: [chat]}}";
        let afterwards = ["status: investigating, backfill: true", LIVE[1], "status: resolved, backfill: true"];
        assert_eq!(gaps(states, &afterwards), [""; 0]);
        let live = [LIVE[0], LIVE[1], "status: resolved, backfill: true"];
        assert_eq!(gaps(states, &live), [asks("resolved", "no `chat` under `channels`")]);
        let came_to_it_later = ["status: investigating, backfill: true", LIVE[1], "status: resolved"];
        assert_eq!(gaps(states, &came_to_it_later), [asks("resolved", "no `chat` under `channels`")]);
    }

    #[test]
    fn moments_count_whatever_they_are_known_by() {
        let states = "investigating: {live: true}, monitoring: {live: true}, \
                      resolved: {requires: {events: [acknowledged, mitigated, detected]}}";
        let roles = "status: investigating, roles: {incident_manager: mara}";
        let over = "status: resolved";
        let no = |event: &str| format!("no entry with `event: {event}`");
        assert_eq!(gaps(states, &[roles, LIVE[1], over]), [asks("resolved", &no("detected"))]);
        let all = ["acknowledged", "mitigated", "detected"].map(no).join("; ");
        assert_eq!(gaps(states, &[LIVE[0], over]), [asks("resolved", &all)]);
    }
}
