//! What a postmortem looks back on, and what its state asks for.

use super::owed::{Settle, command};
use super::{Reason, communication};
use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::clocks::first_due;
use crate::record::incident::Incident;
use crate::record::index::Index;
use crate::record::lifecycle::{Approvals, Requirements};
use crate::record::postmortem::Postmortem;
use crate::record::shape::canonical_role;
use crate::record::time::Time;
use crate::record::timeline::Text;

/// A postmortem with the state it is in.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    pub record: &'a Record,
    pub postmortem: &'a Postmortem,
    pub status: &'a Text,
}

impl<'a> Review<'a> {
    pub fn of(record: &'a Record) -> Option<Self> {
        let postmortem = record.postmortem()?;
        Some(Self { record, postmortem, status: postmortem.status.as_ref()? })
    }

    pub fn is_published(&self) -> bool {
        self.status.value == "published"
    }

    /// Others may read it: it is more than a draft.
    pub fn is_shown(&self) -> bool {
        self.status.value != "draft"
    }

    /// The records that it looks back on: the one beside it, and those that it names.
    pub fn covered<'c>(&self, index: &Index<'c>) -> Vec<&'c Record> {
        let named = self.postmortem.incidents.iter().filter_map(|id| index.event(&id.value));
        index.archive.event(&self.record.id).into_iter().chain(named).collect()
    }

    /// Until when it has to be published: of several incidents the one that was resolved last counts.
    pub fn deadline(&self, index: &Index<'_>) -> Option<Deadline> {
        let deadlines = self.covered(index).into_iter().filter_map(|record| deadline(index.archive, record));
        deadlines.max_by_key(|deadline| deadline.due)
    }

    /// The command that moves it on, with an approval where the next state asks for one that is not there.
    pub fn next_step(&self, archive: &Archive) -> Settle {
        let machine = &archive.lifecycle.postmortem;
        let next = machine.next(Some(&self.status.value)).first().copied().unwrap_or("published");
        let needed = machine.state(next).and_then(|state| state.requires.approvals.as_ref());
        let given = |role: &str| {
            let mut roles = self.postmortem.approvals.iter().filter_map(|approval| approval.role.as_ref());
            roles.any(|given| canonical_role(&given.value) == canonical_role(role))
        };
        let missing = match needed {
            Some(Approvals::Any(_)) if self.postmortem.approvals.is_empty() => Some("service_owner"),
            Some(Approvals::Roles(roles)) => roles.iter().map(String::as_str).find(|role| !given(role)),
            _ => None,
        };
        let approve = missing.map_or_else(String::new, |role| format!(" --approve {role}"));
        command(format_args!("postmortem {}{approve} --status {next}", self.record.id))
    }

    /// Whether it has to be a full one: that of a major or a security incident.
    pub fn is_full(&self, index: &Index<'_>) -> bool {
        let covered = self.covered(index);
        covered
            .iter()
            .any(|record| index.archive.is_major(record) || record.incident().is_some_and(Incident::is_security))
    }

    /// What its state asks for.
    pub fn requirements<'c>(&self, index: &Index<'c>) -> Vec<&'c Requirements> {
        let Some(state) = index.archive.lifecycle.postmortem.state(&self.status.value) else {
            return Vec::new();
        };
        let full = self.is_full(index).then_some(&state.major);
        std::iter::once(&state.requires).chain(full).collect()
    }
}

/// Until when a postmortem that is required has to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub resolved: Time,
    pub due: Time,
}

/// Nothing where no postmortem is required, or the severity sets no limit.
pub fn deadline(archive: &Archive, record: &Record) -> Option<Deadline> {
    is_required_by(archive, record)?;
    let resolved = record.replay.moments.resolved?;
    let limit = archive.peak_severity(record)?.clocks.postmortem?;
    Some(Deadline { resolved, due: resolved.plus_minutes(limit)? })
}

/// Why an incident must be looked back on; nothing where it need not be.
pub fn is_required_by(archive: &Archive, record: &Record) -> Option<Reason> {
    let severity = archive.peak_severity(record);
    if let Some(severity) = severity.filter(|severity| severity.postmortem) {
        return Some(Reason::Severity(severity.id.clone()));
    }
    let incident = record.incident()?;
    let yes = |answer: Option<bool>| answer == Some(true);
    if yes(incident.assessment.data_loss.as_ref().and_then(|answer| answer.value)) {
        return Some(Reason::DataLost);
    }
    if incident.types.iter().any(|kind| kind.value == "security/data_breach") {
        return Some(Reason::DataBreached);
    }
    if yes(incident.detection.customers_noticed_first.as_ref().map(|answer| answer.value)) {
        return Some(Reason::NoticedByCustomers);
    }
    let clocks = communication::clocks(archive, record, |clocks| clocks.escalation);
    let (clock, _) = first_due(&clocks, None)?;
    Some(Reason::LongerThan(clock.limit))
}
