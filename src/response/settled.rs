//! Whether a glance at the texts of a folder tells for certain that nothing is owed.
//!
//! Most records of an archive are over for good. To read them in full, only to learn that, would take most of the time.

use jiff::Timestamp;

use crate::record::Kind;
use crate::record::config::Config;
use crate::record::glance::{self, Look};
use crate::record::lifecycle::{Lifecycle, PostmortemGate, State};

/// Answers that ask for nothing; whatever else is said needs a full reading.
const HARMLESS: [&str; 2] = [": false", ": unknown"];

/// The texts of one folder.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// The incident, maintenance or drill.
    pub event: Option<(Kind, &'a str)>,
    pub postmortem: Option<&'a str>,
}

/// What decides about a whole archive.
#[derive(Debug)]
pub struct Judge<'a> {
    pub config: &'a Config,
    pub lifecycle: &'a Lifecycle,
    /// What is dated later does not exist yet.
    pub now: Timestamp,
}

impl Judge<'_> {
    /// False also where only a full reading can tell.
    pub fn is_settled(&self, texts: Texts<'_>) -> bool {
        let is_reviewed = texts.postmortem.is_none_or(|text| self.is_reviewed(text).unwrap_or(false));
        let is_over = texts.event.is_none_or(|(kind, text)| {
            kind == Kind::Drill || self.is_over(kind, text, texts.postmortem.is_some()).unwrap_or(false)
        });
        is_reviewed && is_over
    }

    /// Published, without anything that is to be done, and about no other incident.
    fn is_reviewed(&self, text: &str) -> Option<bool> {
        let front = glance::front(text)?;
        let state = self.lifecycle.postmortem.state(glance::word(front, "status")?)?;
        let may_owe = ["open", "in_progress", "findings", "incidents"];
        Some(!state.live && !may_owe.iter().any(|word| front.contains(word)))
    }

    fn is_over(&self, kind: Kind, text: &str, has_postmortem: bool) -> Option<bool> {
        let look = glance::look(text)?;
        let state = self.lifecycle.machine(kind)?.state(look.status)?;
        let may_oblige = ["obligations", "personal_data", "data_breach"];
        let is_over =
            look.to.instant() <= self.now && !state.live && !may_oblige.iter().any(|word| text.contains(word));
        Some(is_over && (kind != Kind::Incident || has_postmortem || self.needs_no_review(state, &look, text)))
    }

    /// Whether an incident for certain needs no postmortem, or needs none any more.
    fn needs_no_review(&self, state: &State, look: &Look<'_>, text: &str) -> bool {
        let is_dropped = matches!(look.status, "canceled" | "merged");
        let asks = |gate| gate == Some(PostmortemGate::PublishedOrWaived);
        let is_past_the_gate = asks(state.requires.postmortem) || asks(state.major.postmortem);
        let is_harmless = |key: &str| {
            text.match_indices(key).all(|(at, _)| {
                let answer = text.get(at + key.len()..).unwrap_or_default();
                HARMLESS.iter().any(|harmless| answer.starts_with(harmless))
            })
        };
        is_dropped
            || is_past_the_gate
            || look.is_backfilled
            || is_harmless("data_loss") && is_harmless("customers_noticed_first") && self.was_small_and_short(look)
    }

    /// No severity that requires a postmortem, and over before senior management had to be told.
    fn was_small_and_short(&self, look: &Look<'_>) -> bool {
        let severities = &self.config.severities;
        let rank = |id: &&str| severities.iter().position(|severity| severity.id == **id);
        let Some(ranks) = look.severities.iter().map(rank).collect::<Option<Vec<usize>>>() else { return false };
        let Some(worst) = ranks.into_iter().min() else { return true };
        // Whoever is at a severity is at every lesser one too, and every clock of these runs.
        let clocks = severities.iter().skip(worst);
        let lasted = look.to.since(look.from).as_mins().unsigned_abs();
        clocks.clone().take(1).all(|severity| !severity.postmortem)
            && clocks.filter_map(|severity| severity.clocks.escalation).all(|limit| lasted < limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "---\ntitle: x\nassessment: {data_loss: false}\ndetection: {customers_noticed_first: unknown}\ntimeline:\n  \
                         - at: 2024-05-01T09:00:00Z\n    status: investigating\n    severity: sev3\n  - at: 2024-05-03T09:00:00Z\n    \
                         status: resolved\n---\n";
    const REVIEW: &str = "---\nstatus: published\nactions:\n  - {id: a, status: done}\n---\nIt is open.\n";

    fn is_settled(kind: Kind, event: &str, postmortem: Option<&str>) -> bool {
        let (config, lifecycle) = (
            Config { severities: crate::record::config::Severity::built_in(), ..Config::default() },
            Lifecycle::built_in().unwrap(),
        );
        let judge = Judge { config: &config, lifecycle: &lifecycle, now: "2024-05-10T09:00:00Z".parse().unwrap() };
        judge.is_settled(Texts { event: Some((kind, event)), postmortem })
    }

    #[test]
    fn a_small_incident_that_is_over_owes_nothing() {
        assert!(is_settled(Kind::Incident, SMALL, None));
        for (said, instead) in [
            ("status: resolved", "status: monitoring"),
            ("status: resolved", "status: unheard_of"),
            ("sev3", "sev2"),
            ("sev3", "sev9"),
            ("data_loss: false", "data_loss: true"),
            ("data_loss: false", "\"data_loss\": true"),
            ("customers_noticed_first: unknown", "customers_noticed_first:  true"),
            ("assessment: {", "assessment: {personal_data: true, "),
            ("title: x", "title: x\nobligations: []"),
            ("title: x", "title: x\ntype: security/data_breach"),
            // Three days are the limit after which senior management is told.
            ("2024-05-03T09:00:00Z", "2024-05-04T09:00:00Z"),
            // It happens only after the time that is asked about.
            ("2024-05-03T09:00:00Z", "2024-05-10T09:00:01Z"),
        ] {
            let text = SMALL.replace(said, instead);
            assert_ne!(text, SMALL);
            assert!(!is_settled(Kind::Incident, &text, None), "{instead}");
        }
    }

    #[test]
    fn a_large_one_is_settled_by_its_review_its_end_or_because_it_was_recorded_afterwards() {
        let large = SMALL.replace("sev3", "sev1");
        assert!(!is_settled(Kind::Incident, &large, None));
        assert!(is_settled(Kind::Incident, &large, Some(REVIEW)));
        for state in ["closed", "canceled", "merged"] {
            assert!(is_settled(Kind::Incident, &large.replace("resolved", state), None), "{state}");
        }
        let late = large.replace("status: investigating", "backfill: true\n    status: investigating");
        assert!(is_settled(Kind::Incident, &late, None));
    }

    #[test]
    fn a_review_is_settled_once_nothing_of_it_is_to_be_done() {
        assert!(is_settled(Kind::Drill, SMALL, Some(REVIEW)));
        for (said, instead) in [
            ("published", "approved"),
            ("status: done", "status: open"),
            ("status: done", "status: 'in_progress'"),
            ("actions:", "findings: []\nactions:"),
            ("actions:", "incidents: [y]\nactions:"),
        ] {
            assert!(!is_settled(Kind::Drill, SMALL, Some(&REVIEW.replace(said, instead))), "{instead}");
        }
    }

    #[test]
    fn planned_work_is_settled_when_it_is_over() {
        let work = |status: &str| {
            SMALL.replace("investigating", "scheduled").replace("resolved", status).replace("severity: sev3", "note: x")
        };
        assert!(is_settled(Kind::Maintenance, &work("completed"), None));
        assert!(!is_settled(Kind::Maintenance, &work("in_progress"), None));
    }
}
