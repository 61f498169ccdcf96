//! One thing that is owed.

use std::sync::Arc;

use super::{Owner, Task};
use crate::record::time::Time;

/// What kind of thing is owed. Of two that are due at once the first is done first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// Customers were never told of a live incident.
    FirstUpdate,
    /// The next message, by the cadence of the severity.
    NextUpdate,
    /// The next message, at the time that readers were promised.
    PromisedUpdate,
    /// Senior management has to be told.
    Escalation,
    /// Nobody commands.
    IncidentManager,
    /// Roles that the severity asks for.
    Role,
    /// Channels that the severity asks for.
    Channel,
    /// A finding to be decided on, which comes before the postmortem is published.
    Finding,
    Postmortem,
    /// A high-priority action.
    Action,
    /// A notice to an authority or a customer, or the decision whether one is needed.
    Obligation,
    MaintenanceStart,
    MaintenanceEnd,
    /// A waiver that ends.
    Waiver,
}

impl Duty {
    pub const ALL: [Self; 14] = [
        Self::FirstUpdate,
        Self::NextUpdate,
        Self::PromisedUpdate,
        Self::Escalation,
        Self::IncidentManager,
        Self::Role,
        Self::Channel,
        Self::Finding,
        Self::Postmortem,
        Self::Action,
        Self::Obligation,
        Self::MaintenanceStart,
        Self::MaintenanceEnd,
        Self::Waiver,
    ];

    /// Its name for programs, which does not change.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstUpdate => "first_update",
            Self::NextUpdate => "next_update",
            Self::PromisedUpdate => "promised_update",
            Self::Escalation => "escalation",
            Self::IncidentManager => "incident_manager",
            Self::Role => "role",
            Self::Channel => "channel",
            Self::Postmortem => "postmortem",
            Self::Action => "action",
            Self::Finding => "finding",
            Self::Obligation => "obligation",
            Self::MaintenanceStart => "maintenance_start",
            Self::MaintenanceEnd => "maintenance_end",
            Self::Waiver => "waiver",
        }
    }

    /// The rule of `check` that judges afterwards whether it was done, with its family. Whoever waives that rule for a
    /// record, or turns it off, is not asked for it here either.
    pub const fn judged_by(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::FirstUpdate => ("late-first-update", "communication"),
            Self::NextUpdate => ("missed-cadence", "communication"),
            Self::PromisedUpdate => ("broken-promise", "communication"),
            Self::Escalation => ("late-escalation", "communication"),
            Self::IncidentManager => ("no-incident-manager", "people"),
            Self::Role => ("required-role", "people"),
            Self::Channel => ("missing-channel", "people"),
            Self::Postmortem => ("postmortem-required", "postmortem"),
            Self::Finding => ("finding-undisposed", "action"),
            Self::Obligation => ("obligation-unassessed", "security"),
            Self::MaintenanceEnd => ("overrun", "maintenance"),
            Self::Waiver => ("expired-waiver", "catalogue"),
            Self::Action | Self::MaintenanceStart => return None,
        })
    }

    /// Whether it belongs to what is going on now, and goes before what is done afterwards.
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Self::FirstUpdate
                | Self::NextUpdate
                | Self::PromisedUpdate
                | Self::Escalation
                | Self::IncidentManager
                | Self::Role
                | Self::Channel
                | Self::Obligation
                | Self::MaintenanceStart
                | Self::MaintenanceEnd
        )
    }
}

/// What settles a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settle {
    /// A command line. `…` stands for words that only people have; commands refuse it as it is.
    Command(String),
    /// An edit by hand, at a path and a line from 1.
    Edit(Arc<str>, usize),
}

/// Something that is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    pub task: Task,
    /// The id of the incident, maintenance or drill.
    pub record: Arc<str>,
    pub title: Option<String>,
    /// The file that it is about.
    pub path: Arc<str>,
    /// Of the incident, at its worst.
    pub severity: Option<String>,
    /// Nothing where no clock runs.
    pub due: Option<Time>,
    /// Whether that has passed.
    pub overdue: bool,
    pub owner: Owner,
    pub settle: Settle,
}

/// A command line of this program.
pub(super) fn command(line: impl std::fmt::Display) -> Settle {
    Settle::Command(format!("git incident {line}"))
}
