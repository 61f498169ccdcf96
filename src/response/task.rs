//! What is to be done, with everything that a sentence about it needs. The words are those of whoever says it.

use super::Duty;
use crate::record::clocks::Clock;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    TellCustomers(Limit),
    /// The next message, by the cadence of the severity.
    TellCustomersAgain(Limit),
    /// The next message, which readers were promised.
    KeepPromise,
    /// Unless it is resolved by then.
    TellManagement(Limit),
    TakeCommand,
    FillRoles {
        severity: String,
        roles: Vec<String>,
    },
    OpenChannels {
        severity: String,
        channels: Vec<String>,
    },
    /// A finding, by its statement.
    DecideOn(Option<String>),
    WritePostmortem(Reason),
    /// A postmortem that is written, and the state that it is in.
    PublishPostmortem(String),
    /// An action, by its title.
    Finish(Option<String>),
    /// Whether anybody outside has to be told that personal data is concerned.
    AssessObligations,
    /// Whether a law or a contract applies.
    Assess(Option<String>),
    /// The notice that a law or a contract asks for.
    SendNotice(Option<String>),
    StartMaintenance,
    /// Or announce that it takes longer.
    EndMaintenance,
    /// Mend what a rule finds, or waive it for longer.
    RenewWaiver(String),
}

/// What a severity asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit {
    pub severity: String,
    pub minutes: u64,
}

/// Why an incident has to be looked back on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its severity requires it.
    Severity(String),
    DataLost,
    DataBreached,
    NoticedByCustomers,
    /// It went on for more than so many minutes.
    LongerThan(u64),
}

impl Limit {
    pub fn of(clock: &Clock<'_>) -> Self {
        Self { severity: clock.severity.id.clone(), minutes: clock.limit }
    }
}

impl Task {
    pub const fn duty(&self) -> Duty {
        match self {
            Self::TellCustomers(_) => Duty::FirstUpdate,
            Self::TellCustomersAgain(_) => Duty::NextUpdate,
            Self::KeepPromise => Duty::PromisedUpdate,
            Self::TellManagement(_) => Duty::Escalation,
            Self::TakeCommand => Duty::IncidentManager,
            Self::FillRoles { .. } => Duty::Role,
            Self::OpenChannels { .. } => Duty::Channel,
            Self::DecideOn(_) => Duty::Finding,
            Self::WritePostmortem(_) | Self::PublishPostmortem(_) => Duty::Postmortem,
            Self::Finish(_) => Duty::Action,
            Self::AssessObligations | Self::Assess(_) | Self::SendNotice(_) => Duty::Obligation,
            Self::StartMaintenance => Duty::MaintenanceStart,
            Self::EndMaintenance => Duty::MaintenanceEnd,
            Self::RenewWaiver(_) => Duty::Waiver,
        }
    }
}
