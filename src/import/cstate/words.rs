//! The words that decide what a text means. cState has no fields for them, so they are looked up here, in short lists;
//! a word that is missing costs a line in the report, never a text.

use crate::record::timeline::ServiceState;

use super::label::Meaning;

/// What a label such as `*Identified* -` says about its message. In lower case, without numbers and punctuation.
pub(super) const LABELS: &[(&str, Meaning)] = &[
    ("initial message", Meaning::First),
    ("initial report", Meaning::First),
    ("initial update", Meaning::First),
    ("announcement", Meaning::First),
    ("notice", Meaning::First),
    ("note", Meaning::First),
    ("planned maintenance", Meaning::First),
    ("scheduled maintenance", Meaning::First),
    ("scheduled", Meaning::First),
    ("investigating", Meaning::Investigating),
    ("investigation", Meaning::Investigating),
    ("identified", Meaning::Identified),
    ("issue identified", Meaning::Identified),
    ("cause identified", Meaning::Identified),
    ("monitoring", Meaning::Monitoring),
    ("observing", Meaning::Monitoring),
    ("under observation", Meaning::Monitoring),
    ("close", Meaning::Finished),
    ("closed", Meaning::Finished),
    ("complete", Meaning::Finished),
    ("completed", Meaning::Finished),
    ("done", Meaning::Finished),
    ("final message", Meaning::Finished),
    ("final update", Meaning::Finished),
    ("fixed", Meaning::Finished),
    ("recovered", Meaning::Finished),
    ("resolution", Meaning::Finished),
    ("resolved", Meaning::Finished),
    ("restored", Meaning::Finished),
    ("update", Meaning::Update),
    ("updates", Meaning::Update),
    ("post-mortem", Meaning::Postmortem),
    ("postmortem", Meaning::Postmortem),
    ("post mortem", Meaning::Postmortem),
    ("root cause analysis", Meaning::Postmortem),
    ("rca", Meaning::Postmortem),
];

/// Labels that say nothing which the place in the timeline does not say.
pub(super) const BARE_LABELS: &[&str] = &["initial message", "final message", "close", "update", "updates"];

/// Beginnings of words that make a title one of planned work.
pub(super) const PLANNED: &[&str] = &["maintenance", "planned", "scheduled"];

/// Beginnings of words that make a mere notice one of planned work.
pub(super) const WORK: &[&str] = &["maintenance", "migrat", "planned", "scheduled", "upgrad"];

/// Beginnings of words that make planned work an emergency.
pub(super) const EMERGENCY: &[&str] = &["emergency"];

/// Beginnings of words for trouble: a notice that has one is an incident.
pub(super) const TROUBLE: &[&str] = &[
    "crash",
    "degrad",
    "disrupt",
    "down",
    "error",
    "fail",
    "fault",
    "instab",
    "interruption",
    "investigat",
    "issue",
    "loss",
    "offline",
    "outage",
    "slow",
    "unavailab",
];

/// Beginnings of words that say that it is over.
pub(super) const OVER: &[&str] =
    &["complete", "done", "fixed", "normal", "online", "recovered", "resolved", "restored", "restoring", "success"];

/// What a severity does to the services under `affected`. The first three are cState's own; the others are those of
/// its relatives.
pub(super) const SEVERITIES: &[(&str, ServiceState)] = &[
    ("down", ServiceState::MajorOutage),
    ("disrupted", ServiceState::PartialOutage),
    ("notice", ServiceState::DegradedPerformance),
    ("major-outage", ServiceState::MajorOutage),
    ("partial-outage", ServiceState::PartialOutage),
    ("degraded-performance", ServiceState::DegradedPerformance),
];

/// The posts that come with every new cState site: title and date.
pub(super) const SAMPLES: &[(&str, &str)] = &[
    ("Issues Sending DMs", "2017-12-17 16:24:00"),
    ("Unavailable Guilds & Connection Issues", "2018-04-13 15:54:00"),
    ("US East Connection Issues", "2018-04-25 04:13:00"),
    ("New Pipeline Rollout", "2019-10-05 16:24:00"),
    ("Testing New cState Features", "2019-10-04 18:05:00"),
    ("Maintenance Announcement", "2024-02-24 10:35:00"),
];

/// Whether a text has a word that begins with one of these.
pub(super) fn has_word(text: &str, beginnings: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let word = word.to_lowercase();
        beginnings.iter().any(|beginning| word.starts_with(beginning))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_words() {
        assert!(has_word("Scheduled upgrade", PLANNED));
        assert!(!has_word("Unplanned hardware migration", PLANNED));
        assert!(has_word("Unplanned hardware migration", WORK));
        assert!(!has_word("A counterfeit", TROUBLE));
    }
}
